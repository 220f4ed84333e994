"""What holds for every lesson and its exercise: citations, quotations, decisions, pictures, objectives, no code."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import nbformat
import pytest

from buuchinh import course, law
from buuchinh.questions import bank
from buuchinh.questions.authored import asked_as
from buuchinh.questions.practice import assessment
from buuchinh.release import source

ROOT = course.root()
LESSONS = sorted((ROOT / "lessons").glob("0[1-9]-*.ipynb"))
EXERCISES = sorted((ROOT / "source").glob("bt*/questions.yml"))
EACH_LESSON = pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
EACH_EXERCISE = pytest.mark.parametrize("path", EXERCISES, ids=lambda path: path.parent.name)
SECRECY = {"LBC-2010/4.2", "LBC-2010/7.6", "LBC-2010/29.10", "HP-2013/21.2", "BLDS-2015/38.3", "BLHS-2015/159.1"}
"""Provisions that guard what is in an item and who sent it to whom."""
OPENING = {"LBC-2010/14.3", "LBC-2010/14.2", "LBC-2010/29.3", "BLTTHS-2015/197.1", "LBC-2010/14.1"}
"""Provisions that say who may look, and on what."""


def rows(table: str) -> list[dict[str, str]]:
    with (ROOT / "datasets" / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cells(lesson: Path) -> list[Any]:
    return list(nbformat.read(lesson, as_version=4).cells)


def markdown(lesson: Path) -> list[str]:
    return [cell.source for cell in cells(lesson) if cell.cell_type == "markdown"]


def practice(lesson: Path) -> Any:
    return bank.load(ROOT / "datasets/questions" / f"l{lesson.name[:2]}.yml")


def texts(node: Any) -> list[str]:
    if isinstance(node, str):
        return [node]
    if isinstance(node, dict):
        return [text for name, value in node.items() if name != "svg" for text in texts(value)]
    return [text for value in node for text in texts(value)] if isinstance(node, list | tuple) else []


@cache
def sayings() -> str:
    """Return all that may stand between curly quotes: words of the law, of the report, of other sources."""
    law_words = [row["quote"] for row in rows("law/provisions.csv")]
    source_words = [row["text"] for row in rows("coverage/sentences.csv")]
    figures = [row["quote"] for row in rows("statistics/facts.csv")]
    titles = [row[name] for row in rows("law/documents.csv") for name in ("title", "short_title")]
    return "\n".join(plain(text) for text in (*law_words, *source_words, *figures, *titles))


def plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def strangers(said: list[str]) -> list[str]:
    quoted = [one for text in said for one in re.findall("“([^”]+)”", text) if one.strip()]
    pieces = [piece.strip(" .,;:") for one in quoted for piece in re.split(r"…|\.\.\.", one) if piece.strip(" .,;:")]
    return [piece for piece in pieces if plain(piece) not in sayings()]


def test_all_eight_lessons_are_there_each_with_its_exercise() -> None:
    assert [path.name[:2] for path in LESSONS] == [f"0{n}" for n in range(1, 9)]
    assert [path.parent.name for path in EXERCISES] == [f"bt0{n}" for n in range(1, 9)]


@EACH_LESSON
def test_each_citation_resolves(lesson: Path) -> None:
    cited = [ref for text in markdown(lesson) for ref, _ in law.references_in(text)]
    assert cited
    for ref in cited:
        law.provision(ref)


@EACH_LESSON
def test_curly_quotes_of_a_lesson_hold_words_of_law_or_source(lesson: Path) -> None:
    questions = [question.model_dump(mode="json") for question in practice(lesson).questions]
    assert strangers([*markdown(lesson), *texts(questions)]) == []


@EACH_EXERCISE
def test_curly_quotes_of_an_exercise_hold_words_of_law_or_source(path: Path) -> None:
    assert strangers(texts([question.model_dump(mode="json") for question in bank.load(path).questions])) == []


@EACH_LESSON
def test_every_screen_ends_in_a_decision(lesson: Path) -> None:
    open_heading = ""
    for cell in cells(lesson):
        if cell.cell_type == "markdown" and re.match(r"## \d+\.", cell.source):
            assert not open_heading, f"no question under {open_heading}"
            open_heading = cell.source.splitlines()[0]
        elif cell.cell_type == "code" and re.search(r'\b(ask|test)\("', cell.source):
            open_heading = ""
    assert not open_heading


@EACH_LESSON
def test_each_practice_question_is_asked_once(lesson: Path) -> None:
    unit = f"l{lesson.name[:2]}"
    asked = re.findall(rf'ask\("({unit}-[\w-]+)"\)', "\n".join(cell.source for cell in cells(lesson)))
    assert sorted(asked) == sorted({asked_as(question) for question in practice(lesson).questions})


@EACH_LESSON
def test_staff_see_no_code_and_officers_parts_are_marked(lesson: Path) -> None:
    for cell in cells(lesson):
        if cell.cell_type == "code":
            tags = set(cell.metadata["tags"])
            hidden = cell.metadata.get("jupyter", {}).get("source_hidden", False)
            assert hidden is ("giao-dien" in tags), cell.id
            assert hidden or "can-bo" in tags, cell.id


@EACH_LESSON
def test_drawings_carry_their_text(lesson: Path) -> None:
    shown = [match for text in markdown(lesson) for match in re.findall(r"!\[([^\]]*)\]\((hinh/[^)]+)\)", text)]
    for alternative, path in shown:
        root = ET.parse(lesson.parent / path).getroot()
        told = {child.tag.rpartition("}")[2]: child.text or "" for child in root}
        assert min(len(alternative), len(told["desc"])) > 60, path
        assert told["title"], path


@EACH_LESSON
def test_a_lesson_has_a_way_through_of_its_own_and_asks_what_it_was_good_for(lesson: Path) -> None:
    types = [question.type for question in practice(lesson).questions]
    assert "scenario" in types
    assert "survey" in types
    assert len(set(types)) >= 5


@EACH_LESSON
def test_what_teaches_to_look_also_teaches_to_keep_secret(lesson: Path) -> None:
    cited = {ref.split("@")[0] for text in markdown(lesson) for ref, _ in law.references_in(text)}
    if cited & OPENING:
        assert cited & SECRECY, lesson.name


@EACH_LESSON
def test_all_objectives_of_a_lesson_are_practised(lesson: Path) -> None:
    mine = {row["id"] for row in rows("questions/objectives.csv") if row["lesson"] == lesson.name[:2]}
    assert mine
    assert {question.objective for question in practice(lesson).questions if question.objective} == mine


@EACH_EXERCISE
def test_the_source_notebook_agrees_with_its_questions(path: Path) -> None:
    unit = path.parent.name
    assert source.validate(unit) == []
    found = [
        cell.metadata["nbgrader"]
        for cell in nbformat.read(path.parent / f"{unit}.ipynb", as_version=4).cells
        if "nbgrader" in cell.metadata
    ]
    graded = [(one["grade_id"], one["points"]) for one in found if one.get("grade") or one.get("task")]
    assert graded == [(question.id, question.points) for question in bank.load(path).questions]
    names = [one["grade_id"] for one in found]
    assert names[-1] == f"{unit}-nop"
    assert len(names) == len(set(names))


@EACH_EXERCISE
def test_objectives_of_an_exercise_are_its_lessons(path: Path) -> None:
    lesson = path.parent.name[2:]
    mine = {row["id"] for row in rows("questions/objectives.csv") if row["lesson"] == lesson}
    assert {question.objective for question in bank.load(path).questions if question.objective} <= mine


def test_the_two_short_tests_ask_the_same_ten_things_over_the_whole_course() -> None:
    before, after = (assessment.questions(unit).questions for unit in assessment.TESTS)
    assert len(before) == len(after) == 10
    for one, other in zip(before, after, strict=True):
        assert one.id.replace("kt1", "kt2") == other.id
        assert (one.objective, one.type, one.bloom) == (other.objective, other.type, other.bloom)
        assert one.stem != other.stem
    lesson_of = {row["id"]: row["lesson"] for row in rows("questions/objectives.csv")}
    assert len({lesson_of[str(one.objective)] for one in before}) == 8
