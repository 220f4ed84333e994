"""The two short tests travel with hand-ins, and the report tells what the class gained: n, never a ranking.

Figures of two orders are computed by hand in the test itself.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from math import sqrt
from pathlib import Path
from statistics import fmean, variance

import pytest
from kit.bank import alike
from kit.short_tests import finished, take_in

from buuchinh import codes, course
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.questions.practice import assessment
from buuchinh.results import crossed_gain, learning_gain


def codes_of(count: int) -> list[str]:
    return [codes.make(f"GL{n:04d}") for n in range(1, count + 1)]


@pytest.fixture
def class_of_six(course_copy: Path) -> list[str]:
    for unit in assessment.TESTS:
        (course_copy / "datasets/questions" / f"{unit}.yml").write_text(alike(unit, 4), encoding="utf-8")
    return enrolled(6)


def enrolled(count: int) -> list[str]:
    people = codes_of(count)
    with gradebook.opened() as book:
        for code in people:
            book.add_student(code)
    return people


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))


def take_both(people: list[str], before: list[int], after: list[int]) -> None:
    for code, low, high in zip(people, before, after, strict=True):
        finished("kt1", code, low, "2026-11-01T09:00:00+07:00")
        finished("kt2", code, high, "2026-11-20T09:00:00+07:00")


def take_both_turned(people: list[str], before: list[int], after: list[int]) -> None:
    for code, low, high in zip(people, before, after, strict=True):
        finished("kt2", code, low, "2026-11-01T09:00:00+07:00", "before")
        finished("kt1", code, high, "2026-11-20T09:00:00+07:00", "after")


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
    assert found.whole
    assert (found.whole.before, found.whole.after) == (0.5, 0.95)
    assert found.gain == pytest.approx((0.95 - 0.5) / (1 - 0.5))
    shares = {name: (one.before, one.after) for name, one in found.objectives.items()}
    assert shares == {"m2-1": (1, 1), "m2-2": (0.8, 1), "m2-3": (0.2, 1), "m2-4": (0, 0.8)}


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
    found = learning_gain.measured().whole
    assert found
    assert found.after == 0.2


def test_the_report_names_how_many_and_nobody(class_of_six: list[str]) -> None:
    take_both(class_of_six[:5], [1] * 5, [4] * 5)
    for code in class_of_six[:5]:
        take_in(code)
    paths = learning_gain.write()
    text = "\n".join(path.read_text(encoding="utf-8-sig") for path in paths if path.suffix == ".csv")
    assert not any(code in text for code in class_of_six)
    table = dict(row[:2] for row in rows(paths[0]))
    assert table["Số người làm cả hai bài"] == "5"
    assert "nhóm kia dưới 5 người" in table["Cách đọc"]
    assert table["Tỷ lệ câu đúng trọn vẹn, trước (%)"] == "25.0"
    assert table["Mức tiến bộ chuẩn hóa (Hake): (sau − trước) / (100 % − trước)"] == "1.0"
    assert "dưới 30" in table["Cách đọc"]


def test_nothing_is_told_of_fewer_than_five_and_the_report_says_why(class_of_six: list[str]) -> None:
    take_both(class_of_six[:4], [1, 2, 3, 4], [4] * 4)
    finished("kt1", class_of_six[4], 4, "2026-11-01T09:00:00+07:00")
    for code in class_of_six[:5]:
        take_in(code)
    found = learning_gain.measured()
    assert (found.whole, found.gain, found.easier, found.objectives) == (None, None, None, {})
    whole, questions, _ = learning_gain.write()
    table = dict(row[:2] for row in rows(whole))
    assert table.pop("Cách đọc").startswith("Dưới 5 người làm cả hai bài theo cùng một thứ tự: không tính, vì")
    del table["Cách tính"]
    assert list(table.values()) == ["Giá trị", "dưới 5", "dưới 5", "0", "dưới 5", "0", *[""] * 7]
    assert len(rows(questions)) == 1


def test_all_right_before_leaves_nothing_to_gain(class_of_six: list[str]) -> None:
    take_both(class_of_six[:5], [4] * 5, [4] * 5)
    for code in class_of_six[:5]:
        take_in(code)
    found = learning_gain.measured()
    assert found.whole
    assert (found.whole.before, found.gain) == (1, None)


@pytest.fixture
def class_of_ten(course_copy: Path) -> list[str]:
    for unit in assessment.TESTS:
        (course_copy / "datasets/questions" / f"{unit}.yml").write_text(alike(unit, 4), encoding="utf-8")
    return enrolled(10)


def test_the_gain_is_the_mean_of_both_orders_and_what_is_left_is_how_easy_a_test_is(class_of_ten: list[str]) -> None:
    """kt2 is easier by 0.2: it adds so much after kt1 and takes so much before it."""
    some, others = class_of_ten[:5], class_of_ten[5:]
    take_both(some, [0, 1, 2, 1, 1], [3, 4, 4, 3, 4])
    take_both_turned(others, [1, 2, 1, 2, 2], [3, 3, 3, 3, 4])
    for code in class_of_ten:
        take_in(code)
    found = learning_gain.measured()
    assert found.orders == {"kt1": 5, "kt2": 5}
    one, other = [0.75, 0.75, 0.5, 0.5, 0.75], [0.5, 0.25, 0.5, 0.25, 0.5]
    assert found.whole
    assert found.easier
    assert found.whole.gain.value == pytest.approx((fmean(one) + fmean(other)) / 2)
    assert found.easier.value == pytest.approx((fmean(one) - fmean(other)) / 2)
    half = 2.306 * sqrt(variance(one) / 5 + variance(other) / 5) / 2  # t of 8 degrees: both orders vary alike
    assert variance(one) == pytest.approx(variance(other))
    assert found.whole.gain.interval == pytest.approx((0.525 - half, 0.525 + half), abs=1e-4)
    by_objective = found.objectives["m2-4"]
    assert [by_objective.before, by_objective.after] == pytest.approx([0, (3 / 5 + 1 / 5) / 2])
    paths = learning_gain.write()
    table = {row[0]: row[1:] for row in rows(paths[0])}
    assert table["Tiến bộ: sau trừ trước (điểm phần trăm)"] == ["52.5", "suy ra"]
    assert all(row[-1] == "suy ra" for row in rows(paths[1])[1:]), "each figure says what it is"
    figures = table.keys() - {"Điều được tính", "Cách đọc", "Cách tính"}
    assert {table[name][-1] for name in figures} == {"suy ra"}


def test_an_order_of_fewer_than_five_is_told_in_no_figure(class_of_ten: list[str]) -> None:
    take_both(class_of_ten[:6], [1] * 6, [3, 3, 3, 3, 3, 4])
    for code in class_of_ten[:6]:
        take_in(code)
    alone = learning_gain.measured()
    take_both_turned(class_of_ten[6:], [0] * 4, [4] * 4)
    for code in class_of_ten[6:]:
        take_in(code)
    found = learning_gain.measured()
    assert found.orders == {"kt1": 6, "kt2": 4}
    assert (found.pairs, found.easier) == (6, None)
    assert (found.whole, found.objectives) == (alone.whole, alone.objectives)


def test_who_ended_a_test_that_named_no_place_has_it_before_and_after_as_it_was_then() -> None:
    """Ends said no place once: kt1 stood before. Who took the later place first has no pair."""
    at = ["2026-11-01T09:00:00+07:00", "2026-11-20T09:00:00+07:00"]
    assert assessment.in_order({"kt1": (at[0], None)}) == ("kt1", None)
    assert assessment.in_order({"kt2": (at[0], None)}) == (None, "kt2")
    assert assessment.in_order({"kt1": (at[0], None), "kt2": (at[1], "after")}) == ("kt1", "kt2")
    assert assessment.in_order({"kt2": (at[0], "before"), "kt1": (at[1], "after")}) == ("kt2", "kt1")
    assert assessment.in_order({"kt2": (at[0], None), "kt1": (at[1], None)}) == ("kt1", "kt2")
    assert assessment.in_order({"kt2": (at[0], "after"), "kt1": (at[1], "before")}) == (None, "kt2")
    assert assessment.in_order({"kt1": (at[1], "before"), "kt2": (at[0], "before")}) == ("kt2", "kt1")
    assert assessment.in_order({}) == (None, None)


@pytest.mark.parametrize(("freedom", "known"), [(4, 2.7764), (8, 2.3060), (30, 2.0423), (1000, 1.9623)])
def test_students_t_is_that_of_the_tables(freedom: float, known: float) -> None:
    assert crossed_gain.student(freedom) == pytest.approx(known, abs=1e-3)


def test_without_any_test_the_report_says_so(class_of_six: list[str]) -> None:
    take_in(class_of_six[0])
    with pytest.raises(KitError, match="kt1"):
        learning_gain.write()


def test_tests_are_found_in_a_zip_within_a_zip_whatever_else_lies_there(tmp_path: Path) -> None:
    ended = {"format": 1, "unit": "kt1", "version": "1.0.0", "finished_at": "2026-11-01T09:00:00+07:00", "answers": {}}
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr("bt02/kt1 (1).json", json.dumps(ended))
        packed.writestr("bt02/bt02.ipynb", "{" * 5_000)
    with zipfile.ZipFile(tmp_path / "bai.zip", "w") as packed:
        packed.writestr("trong.zip", inner.getvalue())
        packed.writestr("kt2.json", json.dumps(ended | {"unit": "kt2"}))
        packed.writestr("answers.json", "[" * 100_000)
    assert sorted(found["unit"] for found in learning_gain.tests_in(tmp_path)) == ["kt1", "kt2"]


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"format": 1}', json.dumps("x" * 9).encode(), b"\xff"])
def test_a_damaged_test_is_passed_over(data: bytes) -> None:
    assert learning_gain._parsed(data) is None
