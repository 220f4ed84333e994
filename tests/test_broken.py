"""A class in which every hand-in is broken in its own way: nobody's answers are lost, nobody stops it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from broken import answers, cells, folders, notebooks, people, zips
from kit.broken import CASES, TEXT, UNITS, Case, Course, Good
from kit.course import missing

from buuchinh.attempts import reader
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.grading import grade_class
from buuchinh.intake import collect
from buuchinh.intake.decide_submission import Decision

pytestmark = pytest.mark.journey
MODULES = (answers, cells, folders, notebooks, people, zips)


@dataclass(frozen=True)
class Graded:
    """The class after ``collect`` and ``grade``."""

    root: Path
    lines: list[Decision]
    goods: dict[str, Good]
    points: dict[tuple[str, str], dict[str, float | None]]
    changed: list[str]


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for path in sorted(folder.rglob("*")):
        about = path.lstat()
        found[path.as_posix()] = (about.st_mtime_ns, about.st_size)
    return found


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graded]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("lop")
        patch.setenv("BUUCHINH_COURSE", str(folder / "course"))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        made = Course.make(folder)
        goods: dict[str, Good] = {}
        for unit in UNITS:
            good = goods[f"good {unit}"] = made.good(unit)
            (made.stick / f"good {unit}").mkdir(parents=True)
            (made.stick / f"good {unit}" / good.name).write_bytes(good.zip())
        for one in CASES:
            good = goods[one.name] = made.good(one.unit)
            desk = made.stick / one.name
            desk.mkdir()
            one.bring(good, desk)
        made.enrol()
        before = stamps(made.stick)
        lines = collect.collect(made.stick)
        after = stamps(made.stick)
        points: dict[tuple[str, str], dict[str, float | None]] = {}
        for unit in UNITS:
            try:
                results = grade_class.grade(unit)
            except KitError as error:
                if "bubblewrap" in str(error):
                    missing(f"bubblewrap: {error}")
                raise
            assert [(one.code, one.notes) for one in results if one.state == "failed"] == []
            points |= {(unit, code): marks for code, marks in _points(unit).items()}
        yield Graded(made.root, lines, goods, points, [name for name in before if before[name] != after.get(name)])


def _points(unit: str) -> dict[str, dict[str, float | None]]:
    with gradebook.opened() as book:
        return {
            one.student_id: {grade.name: grade.auto_score for sheet in one.notebooks for grade in sheet.grades}
            for one in book.find_assignment(unit).submissions
        }


def lines_of(graded: Graded, one: Case) -> list[Decision]:
    return [line for line in graded.lines if Path(line.where).parts[1] == one.name]


@pytest.mark.parametrize("one", CASES, ids=lambda one: one.name)
def test_a_broken_hand_in_is_graded_as_the_good_one_or_refused_with_a_way_out(graded: Graded, one: Case) -> None:
    good = graded.goods[one.name]
    lines = lines_of(graded, one)
    assert len(lines) == one.lines, lines
    if one.state == "refused":
        for line in lines:
            assert line.outcome == "refused", line
            assert line.way_out.endswith("."), line
            assert re.search(one.says, f"{line.reason} {line.way_out}"), line
        assert (one.unit, good.code) not in graded.points
        return
    (line,) = [line for line in lines if line.counts and line.outcome == "taken"]
    assert (line.unit, line.code) == (one.unit, good.code)
    if one.state == "same":
        assert line.notes == ()
    else:
        assert re.search(one.says, " ".join(line.notes)), line.notes
    expected = graded.points[one.unit, graded.goods[f"good {one.unit}"].code]
    found = graded.points[one.unit, good.code]
    kept = {name: points for name, points in expected.items() if name not in one.lost}
    kept |= dict.fromkeys(one.waits)
    assert {name: found[name] for name in kept} == kept
    assert all(not found[name] for name in one.lost if found[name] is not None), "lost answers earn nothing"
    submission = reader.submitted(one.unit, good.code)
    assert submission is not None
    texts = {name: entry["answer"] for name, entry in submission.answers.items() if entry["answer"] == TEXT}
    assert set(texts) == {name for name in manual(one.unit) if name not in one.lost}


def manual(unit: str) -> tuple[str, ...]:
    return {"bt02": ("bt02-q14", "bt02-q15"), "bt06": ("bt06-q40",)}[unit]


@pytest.mark.parametrize("unit", UNITS)
def test_the_good_one_has_all_points_and_no_note(graded: Graded, unit: str) -> None:
    code = graded.goods[f"good {unit}"].code
    (line,) = [line for line in graded.lines if line.code == code]
    assert (line.outcome, line.counts, line.notes) == ("taken", True, ())
    points = graded.points[unit, code]
    with gradebook.opened() as book:
        most = {grade.name: grade.max_score for grade in book.find_submission_notebook(unit, unit, code).grades}
    assert {name: found for name, found in points.items() if name not in manual(unit)} == {
        name: found for name, found in most.items() if name not in manual(unit)
    }


def test_originals_are_as_they_were_and_each_is_kept(graded: Graded) -> None:
    assert graded.changed == []
    for line in graded.lines:
        if line.outcome == "taken":
            folder = graded.root / "nop-bai" / line.unit / line.code
            assert any(line.sha256[:8] in path.name for path in folder.iterdir()), line
    notes = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in (graded.root / "nop-bai" / "khong-nhan").glob("*/*.json")
    ]
    refused = {line.where for line in graded.lines if line.outcome == "refused"}
    assert {note["origin"] for note in notes} <= refused
    assert len(notes) >= len(refused) - 2, "the same bytes are kept once"


def test_a_second_collection_takes_nothing_and_changes_nothing(graded: Graded) -> None:
    before = {path: path.read_bytes() for path in (graded.root / "submitted").rglob("*") if path.is_file()}
    again = collect.collect(graded.root.parent / "usb")
    assert {line.outcome for line in again} == {"known", "refused"}
    assert {path: path.read_bytes() for path in (graded.root / "submitted").rglob("*") if path.is_file()} == before


def test_every_module_of_cases_is_here() -> None:
    files = {path.stem for path in (Path(__file__).parent / "broken").glob("*.py")}
    assert files == {module.__name__.rpartition(".")[2] for module in MODULES}
    assert len(CASES) > 80
    assert len({one.name for one in CASES}) == len(CASES)
