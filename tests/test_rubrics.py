"""What the guides for instructors say of an exercise is what the exercise asks: its questions, points, scales."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from buuchinh import course
from buuchinh.notebooks import asked_in
from buuchinh.questions import question_bank, types
from buuchinh.questions.authored import AuthoredQuestion, asked_as

ROOT = Path(__file__).parents[1]
GUIDES = sorted((ROOT / "docs" / "instructor").glob("[0-9]*.md"))
_SAID = re.compile(r"`?(bt\d\d-q\d+)`? \((\d+) điểm\)")
_ROW = re.compile(r"^\| (bt\d\d-q\d+) \| (\d+) \|", re.MULTILINE)
_SCALE = re.compile(r"^\| (\d+) \| ", re.MULTILINE)
_IN_ALL = re.compile(r"(\d+) điểm, (\d+) câu, trong đó (\d+) câu bắt buộc đúng \(([^)]*)\)")


@pytest.fixture(params=GUIDES, ids=lambda path: path.stem)
def guide(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Return a guide's text and the exercise that it is about."""
    path: Path = request.param
    return path.read_text(encoding="utf-8"), f"bt{path.stem}"


def asked(unit: str) -> dict[str, AuthoredQuestion]:
    """Return the questions of an exercise, one for several wordings."""
    file = question_bank.load(ROOT / "source" / unit / course.QUESTIONS)
    return {asked_as(one): one for one in file.questions if not one.retired}


def test_points_named_in_a_guide_are_those_of_the_exercise(guide: tuple[str, str]) -> None:
    text, unit = guide
    points = {name: one.points for name, one in asked(unit).items()}
    for name, said in _SAID.findall(text):
        assert points[name] == int(said), name
    if rows := _ROW.findall(text):
        assert {name: int(said) for name, said in rows} == points, "each question has its row, in no other exercise's"
        assert f"{sum(points.values()):g} điểm" in text
    if found := _IN_ALL.search(text):
        critical = sorted(name for name, one in asked(unit).items() if one.critical)
        assert (int(found[1]), int(found[2])) == (sum(points.values()), len(points))
        assert (int(found[3]), re.findall(r"`([^`]+)`", found[4])) == (len(critical), critical)


def test_what_a_person_marks_has_its_scale_in_the_guide(guide: tuple[str, str]) -> None:
    text, unit = guide
    for name, one in asked(unit).items():
        if types.type_of(one).by_hand(one):
            assert name in text, "nobody would know how to mark it"


@pytest.mark.parametrize("name", ["bt05-q14", "bt07-q13"])
def test_a_scale_in_points_adds_up_to_the_points_of_its_question(name: str) -> None:
    text = (ROOT / "docs" / "instructor" / f"{name[2:4]}.md").read_text(encoding="utf-8")
    table = text[text.index("| Điểm |") :].split("\n\n", 1)[0]
    assert sum(map(int, _SCALE.findall(table))) == asked(name[:4])[name].points


def test_a_question_told_by_its_number_has_that_number_on_the_page(guide: tuple[str, str]) -> None:
    text, unit = guide
    shown = asked_in(ROOT / "source" / unit / f"{unit}.ipynb")
    for number, name in re.findall(r"Chấm câu (\d+)\*\* \(`(bt\d\d-q\d+)`\)", text):
        assert shown[int(number) - 1] == name
    assert text.count("Chấm câu ") == len(re.findall(r"Chấm câu \d+\*\* \(`", text)), "its id stands by it"


def test_questions_of_an_exercise_that_bear_numbers_bear_those_of_the_page() -> None:
    """In bt06 the number stands in the heading above the question; the id is of it, or thirty more where it is new."""
    shown = asked_in(ROOT / "source" / "bt06" / "bt06.ipynb")
    assert [int(name.removeprefix("bt06-q")) % 30 for name in shown] == list(range(1, 11))
