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
def class_of_three(course_copy: Path) -> list[str]:
    for unit in assessment.TESTS:
        (course_copy / "datasets/questions" / f"{unit}.yml").write_text(alike(unit, 4), encoding="utf-8")
    enrolled = codes_of(3)
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


def test_the_gain_of_those_who_took_both_and_the_first_end_of_each(class_of_three: list[str]) -> None:
    one, two, three = class_of_three
    for code, before, after in ((one, 1, 3), (two, 2, 4)):
        finished("kt1", code, before, "2026-11-01T09:00:00+07:00")
        finished("kt2", code, after, "2026-11-20T09:00:00+07:00")
    finished("kt1", three, 4, "2026-11-01T09:00:00+07:00")
    for code in class_of_three:
        take_in(code)
    finished("kt2", one, 0, "2026-11-21T09:00:00+07:00")  # a later end, on another machine, does not count
    (course.workplace(one, "bt02") / "bt02.ipynb").write_bytes(
        (course.workplace(one, "bt02") / "bt02.ipynb").read_bytes() + b"\n"
    )
    take_in(one)
    found = learning_gain.measured()
    assert (found.pairs, found.only_before, found.only_after) == (2, 1, 0)
    assert (found.before, found.after) == (0.375, 0.875)
    assert found.gain == pytest.approx((0.875 - 0.375) / (1 - 0.375))
    assert found.questions == {"q01": (1, 1), "q02": (0.5, 1), "q03": (0, 1), "q04": (0, 0.5)}


def test_the_report_names_how_many_and_nobody(class_of_three: list[str]) -> None:
    one = class_of_three[0]
    finished("kt1", one, 1, "2026-11-01T09:00:00+07:00")
    finished("kt2", one, 4, "2026-11-20T09:00:00+07:00")
    take_in(one)
    paths = learning_gain.write()
    text = "\n".join(path.read_text(encoding="utf-8-sig") for path in paths if path.suffix == ".csv")
    assert not any(code in text for code in class_of_three)
    table = dict(row[:2] for row in rows(paths[0]))
    assert table["Số người làm cả hai bài"] == "1"
    assert table["Trung bình trước (%)"] == "25.0"
    assert table["Mức tiến bộ chuẩn hóa (Hake): (sau − trước) / (100 % − trước)"] == "1.0"
    assert "dưới 30" in table["Cách đọc"]


def test_all_right_before_leaves_nothing_to_gain(class_of_three: list[str]) -> None:
    one = class_of_three[0]
    for unit in assessment.TESTS:
        finished(unit, one, 4, "2026-11-01T09:00:00+07:00")
    take_in(one)
    assert learning_gain.measured().gain is None


def test_without_any_test_the_report_says_so(class_of_three: list[str]) -> None:
    take_in(class_of_three[0])
    with pytest.raises(KitError, match="kt1"):
        learning_gain.write()


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"format": 1}', json.dumps("x" * 9).encode(), b"\xff"])
def test_a_damaged_test_is_passed_over(data: bytes) -> None:
    assert learning_gain._parsed(data) is None
