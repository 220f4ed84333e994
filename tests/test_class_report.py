from __future__ import annotations

import csv
import io
import random
import shutil
from dataclasses import replace
from statistics import correlation

import pytest
from kit.classroom import UNIT, edit
from kit.handin import answers, code_of, hand_in
from openpyxl import load_workbook

from buuchinh import spreadsheet
from buuchinh.classroom import gradebook
from buuchinh.grading import grade_class
from buuchinh.intake import collect
from buuchinh.proportions import wilson
from buuchinh.results import class_report, item_report, item_statistics
from buuchinh.results.results import standings


def test_the_class_as_csv_and_workbook(course):
    codes = [code_of(n) for n in (1, 2)]
    hand_in(course, codes[1], answers(right=False))
    hand_in(course, codes[0], answers(value=12))
    grade_class.grade(UNIT)
    persons, questions, *_, book = class_report.write(UNIT)
    assert persons.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(persons.read_text(encoding="utf-8-sig"))))
    assert [row["Mã học viên"] for row in rows] == ["Tối đa", *codes]
    assert [row["Điểm"] for row in rows] == ["14.0", "11.0", "5.0"]
    assert [row["bt90-q3: Viết một câu báo cáo."] for row in rows] == ["3.0", "chờ chấm tay", "chờ chấm tay"]
    assert [row["Kết quả"] for row in rows[1:]] == ["Chờ chấm tay", "Chưa đạt"]
    assert "khác với khi nộp" in rows[1]["Ghi chú"]
    asked = {row["Câu"]: row for row in csv.DictReader(io.StringIO(questions.read_text(encoding="utf-8-sig")))}
    assert (asked["bt90-q1"]["Số bài"], asked["bt90-q1"]["Tỷ lệ trọn điểm"]) == ("2", "0.5")
    assert asked["bt90-q1"]["Tương quan với phần còn lại"] == "chưa đủ dữ liệu"
    assert asked["bt90-q3"]["Số bài"] == "0"
    sheet = load_workbook(book)["Bảng điểm"]
    assert sheet["A3"].value == codes[0]
    assert sheet["E3"].value == 11


def test_wilson_agrees_with_the_published_interval():
    low, high = wilson(81, 263)  # Newcombe (1998), Statistics in Medicine 17, table I
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert wilson(0, 10)[0] == 0
    assert wilson(10, 10)[1] == pytest.approx(1)


def test_a_correlation_is_given_from_thirty_on_and_is_pearsons():
    chance = random.Random(7)
    rests = [chance.uniform(0, 10) for _ in range(40)]
    shares = [float(rest > 5) for rest in rests]
    assert item_statistics.figures(shares[:29], rests[:29]).item_rest is None
    found = item_statistics.figures(shares, rests).item_rest
    mean_x, mean_y = sum(shares) / 40, sum(rests) / 40
    covariance = sum((x - mean_x) * (y - mean_y) for x, y in zip(shares, rests, strict=True))
    spread = (sum((x - mean_x) ** 2 for x in shares) * sum((y - mean_y) ** 2 for y in rests)) ** 0.5
    assert found == pytest.approx(covariance / spread)
    assert item_statistics.figures([1.0] * 40, rests).item_rest is None
    assert item_statistics.figures([], []).mean is None


def test_a_correlation_goes_over_those_whose_other_questions_are_all_graded(course):
    """Of forty who are right thirty wait for a person to read a good text: no reason to doubt the key."""
    hand_in(course, code_of(1), answers())
    grade_class.grade(UNIT)
    (one,) = standings(UNIT)

    def of(number):
        right = number >= 20
        earned = {"bt90-q1": 4.0 * right, "bt90-q2": 2.0, "bt90-q4": 5.0 * (number // 4 % 2)}
        earned["bt90-q3"] = None if right and number % 4 else 3.0 if right else 1.0
        items = tuple(replace(item, earned=earned[item.id]) for item in one.items)
        return replace(one, code=code_of(number), items=items)

    found = [of(number) for number in range(60)]
    graded = [standing for standing in found if not standing.pending]
    head, *rows = item_report.questions(UNIT, found).rows
    row = dict(zip(head, next(row for row in rows if row[0] == "bt90-q1"), strict=True))
    shares = [standing.items[0].earned for standing in graded]
    rests = [standing.earned - standing.items[0].earned for standing in graded]
    assert (row["Số bài"], row["Tỷ lệ trọn điểm"]) == (60, 0.667)
    assert row["Tương quan với phần còn lại"] == round(correlation(shares, rests), 2) > 0
    assert "xem lại đáp án" not in str(row["Nên xem"])
    assert "30 bài đã chấm đủ" in str(item_report.reliabilities(found)[0][0])
    few = [standing for standing in found if standing.pending] + graded[:20]
    row = dict(zip(head, item_report.questions(UNIT, few).rows[1], strict=True))
    assert (row["Số bài"], row["Tương quan với phần còn lại"]) == (50, "chưa đủ dữ liệu")


def test_kr20_is_alpha_for_right_or_wrong_and_is_given_from_thirty_on():
    chance = random.Random(3)
    skill = [chance.uniform(0.3, 0.95) for _ in range(40)]
    rows = [[float(chance.random() < one) for _ in range(12)] for one in skill]
    shares = [sum(column) / 40 for column in zip(*rows, strict=True)]
    totals = [sum(row) for row in rows]
    mean = sum(totals) / 40
    variance = sum((total - mean) ** 2 for total in totals) / 40
    by_kuder_and_richardson = 12 / 11 * (1 - sum(p * (1 - p) for p in shares) / variance)
    assert item_statistics.kr20(rows) == pytest.approx(by_kuder_and_richardson)
    assert item_statistics.kr20(rows[:29]) is None
    assert item_statistics.kr20([[1.0, 0.0]] * 40) is None
    assert item_statistics.kr20([[1.0]] * 40) is None


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠SUM(A1)", " =1", "\u00a0=1",
        "\ufeff=1", "\u200b\u2060@x", "\u00ad+1",
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(text):
    sheet = spreadsheet.Sheet("x", "X", [["a"], [text]])
    assert list(csv.reader(io.StringIO(spreadsheet.as_csv(sheet.rows).decode("utf-8-sig"), newline="")))[1] == [
        "'" + text.replace("\r", "\n")
    ]
    page = load_workbook(io.BytesIO(spreadsheet.as_workbook([sheet])))["X"]
    assert page["A2"].data_type == "s"
    assert page["A2"].value.startswith("'")
    assert spreadsheet.guarded(-1.5) == -1.5


@pytest.mark.parametrize("text", ["a;=1+1;b", "a; ＝1+1", "a;b", 'a;"=1+1"'])
def test_a_cell_with_a_semicolon_is_quoted_and_begins_no_formula_for_who_separates_by_it(text):
    written = spreadsheet.as_csv([["x", text]]).decode("utf-8-sig")
    assert written.startswith('x,"')
    by_semicolon = next(csv.reader(io.StringIO(written, newline=""), delimiter=";"))
    assert not [cell for cell in by_semicolon if cell.strip().startswith(("=", "＝"))]
    (read,) = csv.reader(io.StringIO(written, newline=""))
    assert spreadsheet.unguarded(read[1]) == text


@pytest.mark.parametrize("text", ["\x1b]0;X\x07bt90-q9", "\x0b", "\x00", "a\u202eb", "\ud83d", "\ufffe", "\x9b31m"])
def test_no_cell_stops_a_workbook_or_turns_a_terminal(text):
    sheet = spreadsheet.Sheet("x", "X", [["a"], [text]])
    for shown in (
        spreadsheet.as_csv(sheet.rows).decode("utf-8"),
        load_workbook(io.BytesIO(spreadsheet.as_workbook([sheet])))["X"]["A2"].value or "",
    ):
        assert not set(shown) & set("\x00\x07\x0b\x1b\x9b\u202e\ufffe")


def test_one_hand_in_with_control_characters_in_an_id_stops_nobodys_report(course):
    one, two = code_of(1), code_of(2)
    with gradebook.opened() as book:
        for code in (one, two):
            book.update_or_create_student(code)
    for code in (one, two):
        folder = hand_in(course, code, answers())
        stick = course / "usb" / code / UNIT
        shutil.move(folder, stick)
    edit(course / "usb" / one / UNIT / "answers.json", '"bt90-q1"', '"\\u001b]0;X\\u0007bt90-q9"')
    assert [line.outcome for line in collect.collect(course / "usb")] == ["taken", "taken"]
    grade_class.grade(UNIT)
    persons, *_, book = class_report.write(UNIT)
    told = persons.read_text(encoding="utf-8-sig")
    assert "câu trả lời cho câu không có trong bài" in told
    assert not set(told) & set("\x07\x1b")
    assert load_workbook(book)["Bảng điểm"]["A4"].value == two
