"""Copies in a class are told by collect, grade and report: as a question, with the evidence."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from kit.answering import right_answer, wrong_answers
from kit.handin import code_of, hand_in
from openpyxl import load_workbook

from buuchinh import cli, codes
from buuchinh.classroom import gradebook
from buuchinh.grading import equal_work
from buuchinh.questions import exam_forms
from buuchinh.release import release, versions
from buuchinh.results import class_report, report_parts

UNIT = "bt02"
CODES = [
    code for code in (codes.make(f"GL{n:04d}") for n in range(1, 200)) if exam_forms.pick("bt02", "abc", code) == "a"
][:24]
"""Codes of people who are asked the same variants: only there are wrong answers compared."""
_WORDS = ["dừng", "báo", "giữ", "xa", "ghi", "gọi", "không", "mở", "khách", "quầy"]
DAY = date(2026, 11, 25)
START = datetime.fromisoformat("2026-11-25T08:00:00+07:00")


def answered(random: np.random.Generator, code: str, wrongly: float = 0.4) -> dict[str, object]:
    """Return an ``answers.json`` by somebody who answers this share of what has a wrong answer wrongly."""
    released = versions.released_for(UNIT, versions.released(UNIT).version, code)
    at = START + timedelta(seconds=int(random.integers(0, 80_000)))
    entries = {}
    for name, question in released.obscured.items():
        wrong = list(wrong_answers(question, DAY))
        answer = right_answer(question, DAY)
        if answer is None:
            answer = f"Tôi là {code}. " + " ".join(random.choice(_WORDS, 40))
        elif wrong and random.random() < wrongly:
            answer = wrong[int(random.integers(len(wrong)))]
        at += timedelta(seconds=int(random.integers(10, 120)))
        entries[name] = {"answer": answer, "at": at.isoformat(), "tries": 1}
    return {"format": 1, "unit": UNIT, "version": released.version, "code": code, "answers": entries}


def zipped(folder: Path, record: dict[str, object]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("answers.json", json.dumps(record, ensure_ascii=False))
        archive.write(Path("exercises") / UNIT / f"{UNIT}.ipynb", f"{UNIT}.ipynb")
    (folder / f"{UNIT}_{record['code']}.zip").write_bytes(out.getvalue())


@pytest.fixture
def desk(course_copy, tmp_path):
    """Return a folder with the work of 24 people; the last handed in what the first made, under another code."""
    release.release(UNIT)
    with gradebook.opened() as book:
        for code in CODES:
            book.add_student(code)
    random = np.random.default_rng(11)
    folder = tmp_path / "usb"
    folder.mkdir()
    copied = answered(random, CODES[0], wrongly=0.7)  # a copy is told by wrong answers that few others gave
    records = [copied, *(answered(random, code) for code in CODES[1:-1])]
    for record in [*records, records[0] | {"code": CODES[-1]}]:
        zipped(folder, record)
    return folder


def test_collect_grade_and_report_tell_of_the_copy_and_of_nobody_else(desk, capsys):
    for words in (["collect", str(desk)], ["grade", UNIT], ["report", UNIT]):
        cli.run(words)
        lines = capsys.readouterr().out.splitlines()
        (head,) = [number for number, line in enumerate(lines) if "giống nhau hơn mức tình cờ" in line]
        assert "câu hỏi" in lines[head]
        assert "không phải kết luận" in lines[head]
        assert lines[head + 1].startswith(f"{CODES[0]} và {CODES[-1]}: ")
        assert "viết cùng một đoạn" in lines[head + 1]
        assert "bt02-q14" in lines[head + 1]
        assert len([line for line in lines if " và GL-" in line]) == 1
    (pair,) = equal_work.find(UNIT)
    assert set(pair.kinds) == {"wrong", "texts"}
    assert "Bài giống nhau" not in load_workbook(report_parts.folder(UNIT) / f"bao-cao_{UNIT}.xlsx").sheetnames
    workbooks = [path.name for path in class_report.write(UNIT) if path.suffix == ".xlsx"]
    assert workbooks == [f"bao-cao_{UNIT}.xlsx", f"bai-giong_{UNIT}.xlsx"], "the desk links the first"
    book = load_workbook(report_parts.folder(UNIT) / f"bai-giong_{UNIT}.xlsx")
    head, row = book["Bài giống nhau"].iter_rows(values_only=True)
    assert [cell for cell in row if cell][:2] == [CODES[0], CODES[-1]]
    assert "Người thứ nhất" in head


def test_a_class_without_copies_has_no_such_line_and_no_such_sheet(desk, capsys):
    (desk / f"{UNIT}_{CODES[-1]}.zip").unlink()
    for words in (["collect", str(desk)], ["grade", UNIT], ["report", UNIT]):
        cli.run(words)
    assert "giống nhau" not in capsys.readouterr().out
    assert not list(report_parts.folder(UNIT).glob("bai-giong*"))


def test_several_people_with_one_work_are_one_line_and_not_a_line_a_pair(desk, capsys):
    record = json.loads(zipfile.ZipFile(desk / f"{UNIT}_{CODES[0]}.zip").read("answers.json"))
    for code in CODES[1:4]:
        zipped(desk, record | {"code": code})
    cli.run(["collect", str(desk)])
    lines = capsys.readouterr().out.splitlines()
    (head,) = [number for number, line in enumerate(lines) if "giống nhau hơn mức tình cờ" in line]
    assert "1 nhóm" in lines[head]
    assert lines[head + 1].startswith(f"{', '.join(CODES[:4])} và {CODES[-1]}: ")
    assert len([line for line in lines if " và GL-" in line]) == 1
    assert len(equal_work.find(UNIT)) == 10


def test_a_damaged_record_is_left_out_and_stops_nothing(desk):
    cli.run(["collect", str(desk)])
    for code, text in ((CODES[1], '{"answers": [1'), (CODES[2], '{"answers": {"bt02-q01": 3}}'), (CODES[3], "[]")):
        (Path("submitted") / code / UNIT / "answers.json").write_text(text, encoding="utf-8")
    assert [(pair.first, pair.second) for pair in equal_work.find(UNIT)] == [(CODES[0], CODES[-1])]


def test_the_same_code_is_told_though_its_comments_differ(small_course):
    lines = "\n".join(f"so_{n} = {n} * {n + 3} - {n * 7 % 5}" for n in range(20))
    for number, work in ((1, lines), (2, f"# bài của tôi\n{lines}"), (3, 'submit("bt90-q4", 1)')):
        hand_in(small_course, code_of(number), {"bt90-q4": {"tong": number}}, work)
    (pair,) = equal_work.find("bt90")
    assert (pair.first, pair.second, dict(pair.kinds)) == (code_of(1), code_of(2), {"code": ("bt90-q4",)})
