"""The file of a class in a campaign: counted person by person, each once, and nothing of fewer than five people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from test_campaign_results import WHOLE, code_of, ended, export, put, shown, unit_of

from buuchinh.questions.practice import assessment
from buuchinh.results import campaign_results, class_export
from buuchinh.results.exported_results import Ended


def end(unit: str, right: int, at: str) -> Ended:
    file = assessment.questions(unit)
    return Ended(at, file.version, {one.id: number < right for number, one in enumerate(file.questions)})


def class_of(numbers: range, before: int = 4, after: int | None = 8) -> dict[str, Any]:
    people = {}
    for number in numbers:
        first = end("kt1", before, f"2026-11-02T09:{number:02d}:00+07:00")
        people[code_of(number)] = {"kt1": first} | ({"kt2": end("kt2", after, first.at)} if after is not None else {})
    return class_export.class_file(people)


def test_a_class_of_five_is_a_row_like_its_trainees_own_files(tmp_path: Path) -> None:
    put(tmp_path / "a", "Lớp/ca-khoa_chien-dich.json", class_of(range(5)))
    unit_of(tmp_path / "b", "Lớp", range(5))
    of_class, of_files = (campaign_results.summed_up(tmp_path / name) for name in "ab")
    assert of_class.rows == of_files.rows
    assert (of_class.rows[0].before[WHOLE], of_class.rows[0].after[WHOLE]) == (40, 80)
    assert of_class.bad == ()


def test_a_class_of_four_is_not_shown(tmp_path: Path) -> None:
    put(tmp_path, "Lớp/ca-khoa_chien-dich.json", class_of(range(4)))
    summary = campaign_results.summed_up(tmp_path)
    assert (summary.rows, summary.left_out) == ((), True)


def test_who_is_in_the_class_and_sent_a_file_too_is_one_person(tmp_path: Path) -> None:
    put(tmp_path, "A/ca-khoa_chien-dich.json", class_of(range(4)))
    unit_of(tmp_path, "A", range(4))
    assert campaign_results.summed_up(tmp_path).rows == ()
    unit_of(tmp_path, "A", range(4, 5))
    assert campaign_results.summed_up(tmp_path).rows[0].people == 5


def test_who_began_without_a_code_is_found_in_the_class_by_the_finished_tests(tmp_path: Path) -> None:
    put(tmp_path, "A/ca-khoa_chien-dich.json", class_of(range(4)))
    guest = export("", own="khách")
    guest["state"] = [["finished  kt1", ended("kt1", 4, at="2026-11-02T09:03:00+07:00")]]
    put(tmp_path, "A/khach.json", guest)
    assert campaign_results.summed_up(tmp_path).rows == ()


def test_a_later_file_of_the_class_tells_nobody_apart(tmp_path: Path) -> None:
    path = "A/ca-khoa_chien-dich.json"
    put(tmp_path, path, class_of(range(8)))
    first = campaign_results.summed_up(tmp_path).rows
    for more in range(1, 5):
        put(tmp_path, path, class_of(range(8 + more)))
        assert campaign_results.summed_up(tmp_path).rows == first
    put(tmp_path, path, class_of(range(13)))
    assert campaign_results.summed_up(tmp_path).rows[0].people == 13


def test_those_who_finished_one_test_are_told_with_five_others_alone(tmp_path: Path) -> None:
    both, one_test = class_of(range(6)), class_of(range(6, 9), 10, None)
    put(tmp_path, "A/ca-khoa_chien-dich.json", both | {"people": both["people"] + one_test["people"]})
    (row,) = campaign_results.summed_up(tmp_path).rows
    assert (row.people, row.done, row.before[WHOLE]) == (6, 6, 40)


def _right(value: object) -> dict[str, Any]:
    made = class_of(range(6))
    made["people"][0]["tests"][0]["right"] = value
    return made


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (class_of(range(6)) | {"course": "Khóa khác"}, "khóa khác"),
        (class_of(range(6)) | {"people": {}}, "không đúng dạng"),
        (class_of(range(6)) | {"people": []}, "không có câu trả lời"),
        (class_of(range(6)) | {"people": [{}] * 2001}, "quá nhiều mã"),
        (class_of(range(6)) | {"people": [{"code": "x", "tests": []}]}, "Mã học viên"),
        (_right({"kt1-x": True}), "sai dạng"),
        (_right([1, 2]), "sai dạng"),
    ],
)
def test_what_cannot_be_used_is_named_and_stops_nothing(tmp_path: Path, given: dict[str, Any], words: str) -> None:
    put(tmp_path, "B/x.json", given)
    unit_of(tmp_path, "A", range(20, 26))
    summary = campaign_results.summed_up(tmp_path)
    assert any(words in one.words for one in summary.bad), summary.bad
    assert summary.rows[0].people >= 6


def test_a_test_of_another_version_does_not_count(tmp_path: Path) -> None:
    made = class_of(range(6))
    for person in made["people"]:
        for test in person["tests"]:
            test["version"] = "0.0.1"
    put(tmp_path, "A/x.json", made)
    summary = campaign_results.summed_up(tmp_path)
    assert summary.rows[0].done is None
    assert "khóa này là bản" in json.dumps([one.words for one in summary.bad], ensure_ascii=False)


def test_no_code_is_in_the_table(tmp_path: Path) -> None:
    put(tmp_path, "A/ca-khoa_chien-dich.json", class_of(range(6)))
    assert "GL" not in shown(campaign_results.summed_up(tmp_path))
