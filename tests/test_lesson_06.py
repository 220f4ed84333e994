"""Lesson 6: keys follow from the tables, no figure is typed into the notebook, its visible code runs."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import matplotlib as mpl
import nbformat
import pytest

from buuchinh import course, law, statistics
from buuchinh.questions import bank
from buuchinh.questions.scoring import score
from buuchinh.questions.types.form.model import FormQuestion
from buuchinh.questions.types.multiple.model import MultipleField
from buuchinh.questions.types.numeric.model import NumericField
from buuchinh.questions.types.survey.model import SurveyQuestion

TODAY = date(2026, 11, 25)
FILE = bank.load(course.root() / "datasets" / "questions" / "l06.yml")
BY_ID = {question.id: question for question in FILE.questions}
CELLS = nbformat.read(course.root() / "lessons" / "06-thong-ke-vu-viec.ipynb", as_version=4).cells


def value(name: str) -> float:
    return statistics.figure(name).value


def keys() -> Iterator[tuple[str, Any]]:
    for question in FILE.questions:
        if isinstance(question, FormQuestion):
            yield from ((f"{question.id}/{field.id}", key) for field in question.fields for key in field.keys)
        elif not isinstance(question, SurveyQuestion):
            yield from ((question.id, key) for key in question.keys)


def repeated_rows() -> int:
    with (course.root() / "datasets/statistics/incidents-simulated.csv").open(encoding="utf-8", newline="") as file:
        counts = Counter(row["incident_id"] for row in csv.DictReader(file))
    return sum(count - 1 for count in counts.values())


def test_numbers_asked_for_follow_from_the_tables() -> None:
    cases, before = value("seed-cases-h1-2023"), value("seed-cases-h1-2022")
    persons, persons_before = value("seed-persons-h1-2023"), value("seed-persons-h1-2022")
    expected = {
        "l06-q03": value("seed-guns-military-h1-2023") + value("seed-guns-homemade-h1-2023"),
        "l06-q05": cases - value("seed-cases-change-h1-2023"),
        "l06-q07": 100 * (persons - persons_before) / persons_before,
        "l06-q09": 100 * (cases - (before + 1)) / (before + 1),
        "l06-q13": 3 / 60_000 * 100_000,
        "l06-q15": 100 * value("hanoi-drug-kg-m5-2023") / value("hanoi-drug-kg-2y"),
        "l06-q22": repeated_rows(),
    }
    assert set(expected) == {question.id for question in FILE.questions if isinstance(question, NumericField)}
    for name, number in expected.items():
        assert score(BY_ID[name], number, TODAY).fraction == 1, name
    sheet = {
        "ky": "6 tháng đầu năm 2023",
        "pham-vi": "khong-neu",
        "so-vu": cases,
        "so-vu-truoc": before,
        "lech": value("seed-guns-h1-2023") - expected["l06-q03"],
        "ket-luan": "chua-ket-luan",
    }
    assert score(BY_ID["l06-q19"], sheet, TODAY).fraction == 1


def test_shares_that_options_state_follow_from_the_tables() -> None:
    air, drugs = value("customs-air-drug-cases-2025"), value("customs-drug-cases-2025")
    assert air / drugs == pytest.approx(1 / 3, abs=0.02)
    assert value("customs-air-drug-kg-2025") / value("customs-drug-kg-2025") == pytest.approx(1 / 6, abs=0.01)
    reading = BY_ID["l06-q21"]
    assert isinstance(reading, MultipleField)
    assert set(reading.keys[0].correct) == {"mot-phan-ba-vu", "mot-phan-sau-kg"}
    stem = BY_ID["l06-q16"].stem
    for name in ("hanoi-drug-cases-share", "hanoi-drug-kg-share"):
        assert f"{value(name):.0f} %" in stem


def test_every_key_rests_on_something_that_exists() -> None:
    with (course.root() / "datasets/statistics/sources.csv").open(encoding="utf-8", newline="") as file:
        sources = {row["id"] for row in csv.DictReader(file)}
    for name, key in keys():
        for ref in key.sources:
            assert ref in sources or statistics.figure(ref).id == ref, (name, ref)
        for ref in key.provisions:
            assert law.provision(ref).id == ref, (name, ref)


def test_questions_are_of_many_kinds_and_most_ask_to_do_something() -> None:
    assert len({question.type for question in FILE.questions}) >= 7
    doing = [question for question in FILE.questions if question.bloom in {"apply", "analyse", "evaluate", "create"}]
    assert len(doing) >= len(FILE.questions) / 2


def test_right_option_is_not_given_away_by_its_length() -> None:
    for question in FILE.questions:
        if question.type == "single":
            length = {option.id: len(option.text) for option in question.options}
            right = length.pop(question.keys[0].correct)
            assert right <= 1.3 * sum(length.values()) / len(length), question.id


def test_each_feedback_is_a_word_of_its_own() -> None:
    for name, key in keys():
        words = key.feedback
        if isinstance(words, dict) and "/" not in name and all(isinstance(one, str) for one in words.values()):
            assert len(set(words.values())) == len(words), name
            assert all(len(one) >= 40 for one in words.values()), name


def test_staff_see_no_code_and_officers_do() -> None:
    for cell in CELLS:
        if cell.cell_type == "code":
            tags = set(cell.metadata["tags"])
            hidden = cell.metadata.get("jupyter", {}).get("source_hidden", False)
            assert tags in ({"giao-dien"}, {"can-bo"}), cell.id
            assert hidden is (tags == {"giao-dien"}), cell.id
            assert len(cell.source.splitlines()) <= 14 or hidden, "short cells, to be read"


def test_no_figure_of_the_tables_is_typed() -> None:
    units = "vụ|người|khẩu|kg|viên|linh kiện|công cụ|đối tượng|%|đại diện|nội dung|triệu|tỷ"
    typed = re.compile(rf"\d[\d.,]*\s*(?:{units})(?!\w)")
    for cell in CELLS:
        assert not typed.search(cell.source), (cell.id, typed.search(cell.source))


def test_visible_code_runs_and_says_that_it_is_simulated(capsys: pytest.CaptureFixture[str]) -> None:
    mpl.use("agg")
    names: dict[str, Any] = {}
    exec("from buuchinh import load", names)
    officers = [cell for cell in CELLS if cell.cell_type == "code" and "can-bo" in cell.metadata["tags"]]
    assert len(officers) >= 6
    for cell in officers:
        exec(cell.source, names)
    said = capsys.readouterr().out
    assert f"Dòng lặp: {repeated_rows()}" in said
    assert "Ngày không đọc được: 0" in said
    blanks = re.findall(r"Ô trống \w+ khi đổi:\s+(\d+)", said)
    assert len(blanks) == 2
    assert blanks[0] == blanks[1]
    assert "MÔ PHỎNG" in names["ax"].get_title()
    assert names["ax"].get_ylim()[0] == 0
