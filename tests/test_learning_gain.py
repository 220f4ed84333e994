"""The two short tests travel with hand-ins, and the report tells what the class gained: n, never a ranking."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from kit.bank import alike

from buuchinh import codes, course
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.files import write_json
from buuchinh.intake import collect
from buuchinh.notebook import pack
from buuchinh.questions.practice import assessment
from buuchinh.questions.publish import obscure
from buuchinh.results import learning_gain


def codes_of(count: int) -> list[str]:
    return [codes.make(f"GL{n:04d}") for n in range(1, count + 1)]


def finished(unit: str, code: str, right: int, at: str) -> None:
    """Write a finished test of four questions of which the first ``right`` are right."""
    file = assessment.questions(unit)
    answers: dict[str, Any] = {}
    for number, question in enumerate(file.questions):
        shown: Any = obscure(question, file.seed)
        key = shown.keys[0].correct
        other = next(option.id for option in shown.options if option.id != key)
        answers[question.id] = key if number < right else other
    done = {"format": 1, "unit": unit, "version": file.version, "code": code, "finished_at": at, "answers": answers}
    write_json(course.workplace(code, unit) / assessment.FINISHED, done)


@pytest.fixture
def class_of_six(course_copy: Path) -> list[str]:
    for unit in assessment.TESTS:
        (course_copy / "datasets/questions" / f"{unit}.yml").write_text(alike(unit, 4), encoding="utf-8")
    enrolled = codes_of(6)
    with gradebook.opened() as book:
        for code in enrolled:
            book.add_student(code)
    return enrolled


def take_in(code: str) -> None:
    folder = course.workplace(code, "bt02")
    shutil.copytree(course.root() / "exercises" / "bt02", folder, dirs_exist_ok=True)
    assert collect.collect(pack.build(folder, "bt02", code).path)[0].outcome == "taken"


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))


def take_both(people: list[str], before: list[int], after: list[int]) -> None:
    for code, low, high in zip(people, before, after, strict=True):
        finished("kt1", code, low, "2026-11-01T09:00:00+07:00")
        finished("kt2", code, high, "2026-11-20T09:00:00+07:00")


def test_the_gain_of_those_who_took_both_and_the_first_end_of_each(class_of_six: list[str]) -> None:
    one, *_, last = class_of_six
    take_both(class_of_six[:5], [1, 2, 2, 2, 3], [3, 4, 4, 4, 4])
    finished("kt1", last, 4, "2026-11-01T09:00:00+07:00")
    for code in class_of_six:
        take_in(code)
    finished("kt2", one, 0, "2026-11-21T09:00:00+07:00")  # a later end, on another machine, does not count
    (course.workplace(one, "bt02") / "bt02.ipynb").write_bytes(
        (course.workplace(one, "bt02") / "bt02.ipynb").read_bytes() + b"\n"
    )
    take_in(one)
    found = learning_gain.measured()
    assert (found.pairs, found.only_before, found.only_after) == (5, 1, 0)
    assert (found.before, found.after) == (0.5, 0.95)
    assert found.gain == pytest.approx((0.95 - 0.5) / (1 - 0.5))
    assert found.questions == {"q01": (1, 1), "q02": (0.8, 1), "q03": (0.2, 1), "q04": (0, 0.8)}


def test_the_first_end_is_the_earlier_moment_wherever_its_clock_stands(class_of_six: list[str]) -> None:
    take_both(class_of_six[:5], [0] * 5, [0] * 5)
    one = class_of_six[0]
    finished("kt2", one, 4, "2026-11-20T09:30:00+07:00")
    for code in class_of_six[:5]:
        take_in(code)
    finished("kt2", one, 0, "2026-11-20T03:00:00+00:00")  # half an hour later
    (course.workplace(one, "bt02") / "bt02.ipynb").write_bytes(
        (course.workplace(one, "bt02") / "bt02.ipynb").read_bytes() + b"\n"
    )
    take_in(one)
    assert learning_gain.measured().after == 0.2


def test_the_report_names_how_many_and_nobody(class_of_six: list[str]) -> None:
    take_both(class_of_six[:5], [1] * 5, [4] * 5)
    for code in class_of_six[:5]:
        take_in(code)
    paths = learning_gain.write()
    text = "\n".join(path.read_text(encoding="utf-8-sig") for path in paths if path.suffix == ".csv")
    assert not any(code in text for code in class_of_six)
    table = dict(row[:2] for row in rows(paths[0]))
    assert table["Số người làm cả hai bài"] == "5"
    assert table["Tỷ lệ câu đúng trọn vẹn, trước (%)"] == "25.0"
    assert table["Mức tiến bộ chuẩn hóa (Hake): (sau − trước) / (100 % − trước)"] == "1.0"
    assert "dưới 30" in table["Cách đọc"]


def test_nothing_is_told_of_fewer_than_five_and_the_report_says_why(class_of_six: list[str]) -> None:
    take_both(class_of_six[:4], [1, 2, 3, 4], [4] * 4)
    finished("kt1", class_of_six[4], 4, "2026-11-01T09:00:00+07:00")
    for code in class_of_six[:5]:
        take_in(code)
    found = learning_gain.measured()
    assert (found.before, found.after, found.gain, found.questions) == (None, None, None, {})
    whole, questions, _ = learning_gain.write()
    table = dict(row[:2] for row in rows(whole))
    assert table.pop("Cách đọc").startswith("Dưới 5 người làm cả hai bài: không tính, vì")
    assert list(table.values()) == ["Giá trị", "dưới 5", "dưới 5", "0", "", "", ""]
    assert len(rows(questions)) == 1


def test_all_right_before_leaves_nothing_to_gain(class_of_six: list[str]) -> None:
    take_both(class_of_six[:5], [4] * 5, [4] * 5)
    for code in class_of_six[:5]:
        take_in(code)
    found = learning_gain.measured()
    assert (found.before, found.gain) == (1, None)


def test_without_any_test_the_report_says_so(class_of_six: list[str]) -> None:
    take_in(class_of_six[0])
    with pytest.raises(KitError, match="kt1"):
        learning_gain.write()


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"format": 1}', json.dumps("x" * 9).encode(), b"\xff"])
def test_a_damaged_test_is_passed_over(data: bytes) -> None:
    assert learning_gain._parsed(data) is None
