"""Lessons 1 and 3, their exercises and pools: quotations stand in the register, sums agree with it, screens decide."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from buuchinh import course, law
from buuchinh.questions import bank
from buuchinh.questions.authored import AuthoredQuestion, NumericQuestion, QuestionFile, asked_as

ROOT = course.root()
LESSONS = {number: next((ROOT / "lessons").glob(f"{number}-*.ipynb")) for number in ("01", "03")}
EACH = pytest.mark.parametrize("lesson", LESSONS)


def cells(lesson: str) -> list[Any]:
    return list(nbformat.read(LESSONS[lesson], as_version=4).cells)


def files(lesson: str) -> list[QuestionFile]:
    paths = [
        f"datasets/questions/l{lesson}.yml", f"source/bt{lesson}/questions.yml", f"exam/pool/x{lesson}.yml",
    ]  # fmt: skip
    return [bank.load(ROOT / path) for path in paths]


def practice(lesson: str) -> QuestionFile:
    return files(lesson)[0]


def words(node: Any) -> list[str]:
    if isinstance(node, str):
        return [node]
    inner = list(node.values()) if isinstance(node, dict) else node if isinstance(node, list | tuple) else []
    return [text for value in inner for text in words(value)]


@EACH
def test_curly_quotes_hold_words_of_the_law_or_of_the_report_and_nothing_else(lesson: str) -> None:
    with (ROOT / "datasets/law/provisions.csv").open(encoding="utf-8", newline="") as file:
        quotes = [row["quote"].casefold() for row in csv.DictReader(file)]
    with (ROOT / "datasets/coverage/sentences.csv").open(encoding="utf-8", newline="") as file:
        quotes += [row["text"].casefold() for row in csv.DictReader(file)]
    texts = [cell.source for cell in cells(lesson) if cell.cell_type == "markdown"]
    texts += words([file.model_dump(mode="json") for file in files(lesson)])
    quoted = [
        " ".join(one.split()).casefold() for text in texts for one in re.findall("“([^”]+)”", text) if one.strip()
    ]
    assert len(quoted) > 5
    assert not [one for one in quoted if not any(one in quote for quote in quotes)]


@EACH
def test_every_numbered_screen_ends_in_a_decision(lesson: str) -> None:
    asked: list[str] = []
    undecided = ""
    for cell in cells(lesson):
        if cell.cell_type == "markdown" and re.match(r"## \d+\.", cell.source):
            assert not undecided, f"no question under {undecided}"
            undecided = cell.source.splitlines()[0]
        for name in re.findall(rf'ask\("(l{lesson}-q\d+)"\)', cell.source):
            asked.append(name)
            undecided = ""
    written = [asked_as(question) for question in practice(lesson).questions]
    assert asked == list(dict.fromkeys(written))


@EACH
def test_staff_see_no_code(lesson: str) -> None:
    for cell in cells(lesson):
        if cell.cell_type == "code":
            assert cell.metadata["jupyter"]["source_hidden"], cell.id
            assert "giao-dien" in cell.metadata["tags"], cell.id


@EACH
def test_every_objective_of_the_lesson_is_asked_about(lesson: str) -> None:
    with (ROOT / "datasets/questions/objectives.csv").open(encoding="utf-8", newline="") as table:
        mine = {row["id"] for row in csv.DictReader(table) if row["lesson"] == lesson}
    assert {question.objective for question in practice(lesson).questions} == mine


@EACH
def test_the_exam_shares_no_wording_with_what_is_practised(lesson: str) -> None:
    practised, graded, pool = files(lesson)
    told = {question.stem.casefold() for file in (practised, graded) for question in file.questions}
    assert len(pool.questions) >= 12
    assert not told & {question.stem.casefold() for question in pool.questions}


def found(name: str) -> AuthoredQuestion:
    return next(one for file in files("03") for one in file.questions if one.id == name)


@pytest.mark.parametrize(
    ("name", "act", "end", "share"),
    [
        ("l03-q15-v1", "ND282-2025/12.4.dd", "amount_max", 2),
        ("l03-q15-v2", "ND174-2026/11.1.b", "amount_max", 0.5),
        ("l03-q15-v3", "ND282-2025/13.5", "amount_min", 2),
        ("bt03-q07", "ND282-2025/13.4.d", "amount_max", 2),
        ("x03-q05", "ND174-2026/11.2", "amount_min", 0.5),
    ],
)
def test_a_fine_is_the_register_s_doubled_or_halved(name: str, act: str, end: str, share: float) -> None:
    written_for = law.provision(act).amount_for
    assert (written_for, share) in {("individual", 2), ("organisation", 0.5)}
    question = found(name)
    assert isinstance(question, NumericQuestion)
    assert question.keys[0].correct == getattr(law.provision(act), end) * share / 1_000_000


def test_pictures_are_drawn_in_vietnamese_letters_large_enough() -> None:
    for path in (ROOT / "lessons/hinh/03-sau-hop.svg", ROOT / "source/bt03/hinh/ke-cho-nhan.svg"):
        svg = Path(path).read_text(encoding="utf-8")
        assert 'viewBox="0 0 600 ' in svg
        assert min(float(size) for size in re.findall(r'font-size="([\d.]+)"', svg)) >= 14
