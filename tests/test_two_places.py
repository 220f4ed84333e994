"""One exercise done in two places, on a page and in a notebook: both hand-ins are one work, in either order."""

from __future__ import annotations

import itertools
import json
import shutil
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from kit.classroom import UNIT, edit, released_long_ago

from buuchinh import cli, codes
from buuchinh.attempts import reader, when
from buuchinh.classroom import gradebook
from buuchinh.intake import collect
from buuchinh.notebook import pack
from buuchinh.questions.types.single.model import SingleQuestion
from buuchinh.release import release, versions
from buuchinh.text import format_moment

ONE = codes.make("GL0001")
TEN = datetime.fromisoformat("2026-11-25T10:00:00+07:00")
HOUR = timedelta(hours=1)
PROGRAM = 'tong = 9 + 2\nsubmit("bt90-q4", tong)'
NUMBERS = itertools.count()


@pytest.fixture
def stick(small_course: Path) -> Path:
    folder = small_course.parent / "usb"
    folder.mkdir()
    return folder


def options() -> tuple[str, str]:
    """Return the ids of the right choice and of a wrong one, as a trainee's answer carries them."""
    question = versions.released(UNIT).obscured["bt90-q1"]
    assert isinstance(question, SingleQuestion)
    right = str(question.keys[0].correct)
    return right, next(option.id for option in question.options if option.id != right)


def folder_of(course: Path, answers: dict[str, tuple[Any, datetime]], **sources: str) -> Path:
    """Return a trainee's folder with answers, each with its time; ``sources`` are texts of cells by grade_id."""
    folder = course / "bai-lam" / f"{ONE}-{next(NUMBERS)}" / UNIT
    shutil.copytree(course / "exercises" / UNIT, folder)
    entries = {
        name: {"answer": answer, "at": at.isoformat(), "origin": "choice", "tries": 1, "first": answer}
        for name, (answer, at) in answers.items()
    }
    version = json.loads((folder / "questions.json").read_text(encoding="utf-8"))["version"]
    state = {"format": 1, "unit": UNIT, "version": version, "code": ONE, "answers": entries}
    (folder / "answers.json").write_text(json.dumps(state), encoding="utf-8")
    path = folder / f"{UNIT}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "").replace("-", "_")
        cell["source"] = sources.get(name, cell["source"])
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return folder


def handed_in(folder: Path, at: datetime, stick: Path) -> None:
    shutil.copy(pack.build(folder, UNIT, ONE, at).path, stick)


def by_page(course: Path, at: datetime, stick: Path) -> None:
    """Hand in as a page does: answers, and the notebook as it was given out, in which no code stands."""
    right, _ = options()
    answers = {"bt90-q1": (right, at), "bt90-q3": ("Viết trên điện thoại", at)}
    handed_in(folder_of(course, answers), at + HOUR / 2, stick)


def by_notebook(course: Path, at: datetime, stick: Path) -> None:
    _, wrong = options()
    answers = {"bt90-q1": (wrong, at), "bt90-q3": ("Viết trên máy tính", at), "bt90-q4": ({"tong": 11}, at)}
    handed_in(folder_of(course, answers, bt90_q4_lam=PROGRAM), at + HOUR / 2, stick)


def submitted(course: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what counts: answers by question, texts of cells by grade_id."""
    found = reader.submitted(UNIT, ONE)
    assert found is not None
    cells = json.loads((found.folder / f"{UNIT}.ipynb").read_text(encoding="utf-8"))["cells"]
    texts = {cell["metadata"].get("nbgrader", {}).get("grade_id", cell["id"]): cell["source"] for cell in cells}
    return {name: entry["answer"] for name, entry in found.answers.items()}, texts


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("page_last", [True, False])
def test_page_and_notebook_are_one_work_and_are_graded_as_one(small_course, stick, capsys, page_last, at_once):
    right, wrong = options()
    makers = [by_notebook, by_page] if page_last else [by_page, by_notebook]
    for number, make in enumerate(makers):
        make(small_course, TEN + number * HOUR, stick)
        if not at_once:
            assert cli.run(["collect", str(stick)]) == 0
    capsys.readouterr()
    assert cli.run(["collect", str(stick)]) == 0
    told = capsys.readouterr().out
    answers, texts = submitted(small_course)
    assert answers["bt90-q1"] == (right if page_last else wrong)
    assert answers["bt90-q4"] == {"tong": 11}
    assert texts["bt90-q4-lam"] == PROGRAM
    assert texts["bt90-q3"] == ("Viết trên điện thoại" if page_last else "Viết trên máy tính")
    if page_last:  # the code comes from the earlier one, which is told on both rows
        first, last = (format_moment((TEN + HOUR / 2 + number * HOUR).astimezone()) for number in (0, 1))
        assert f"Gộp với lần nộp lúc {first}: lấy từ lần ấy câu bt90-q4." in told
        assert "gộp thêm từ lần này câu bt90-q4." in told
        assert "Chưa có mã lệnh" not in told.partition(last)[2]
    else:
        assert "Gộp" not in told
    assert len(list((small_course / "nop-bai" / UNIT / ONE).iterdir())) == 2
    before = {path: path.read_bytes() for path in (small_course / "submitted").rglob("*") if path.is_file()}
    assert cli.run(["collect", str(stick)]) == 0
    assert {path: path.read_bytes() for path in (small_course / "submitted").rglob("*") if path.is_file()} == before
    assert cli.run(["grade", UNIT]) == 0
    with gradebook.opened() as book:
        points = {name: book.find_grade(name, UNIT, UNIT, ONE).auto_score for name in ("bt90-q1", "bt90-q4")}
    assert points == {
        "bt90-q1": 4 if page_last else 0,
        "bt90-q4": 0,
    }  # 11 is what the code gives; the key wants another


def test_by_question_the_latest_answer_counts_whichever_hand_in_came_last(small_course, stick):
    right, wrong = options()
    early, late = TEN - 2 * HOUR, TEN - HOUR
    handed_in(folder_of(small_course, {"bt90-q1": (right, late), "bt90-q3": ("sớm", early)}), TEN, stick)
    handed_in(folder_of(small_course, {"bt90-q1": (wrong, early), "bt90-q3": ("muộn", late)}), TEN + HOUR, stick)
    collect.collect(stick)
    answers, texts = submitted(small_course)
    assert answers == {"bt90-q1": right, "bt90-q3": "muộn"}
    assert texts["bt90-q3"] == "muộn"


FUTURE, FLAT, BEFORE = (
    datetime.fromisoformat(at)
    for at in ("2099-01-01T08:00:00+07:00", "1970-01-01T00:10:00+00:00", "2023-01-01T08:00:00+07:00")
)


@pytest.mark.parametrize(
    ("first", "last", "at_once"),
    [
        ((FUTURE, FUTURE), (None, None), False),
        ((FUTURE, FUTURE), (None, None), True),
        ((None, None), (FLAT, FLAT), False),
        ((FUTURE, None), (None, None), True),
        ((None, None), (FLAT, None), True),
        ((None, None), (BEFORE, BEFORE), False),
        ((None, None), (BEFORE, None), True),
    ],
    ids=[
        "first in 2099",
        "first in 2099, together",
        "last in 1970",
        "answers in 2099",
        "answers in 1970",
        "last before the release",
        "answers before the release",
    ],
)
def test_a_wrong_clock_never_undoes_what_was_mended(small_course, stick, first, last, at_once):
    """Each pair: when the answer says that it was given, when the receipt says that it was handed in; None: rightly."""
    right, wrong = options()
    now = datetime.now().astimezone().replace(microsecond=0)
    for number, (answer, (given, handed)) in enumerate([(wrong, first), (right, last)]):
        at = now - HOUR + number * HOUR / 2
        handed_in(folder_of(small_course, {"bt90-q1": (answer, given or at)}), handed or at, stick)
        if not at_once:
            collect.collect(stick)
            time.sleep(1.1)  # what is taken in later is later by a second or more
    collect.collect(stick)
    assert submitted(small_course)[0] == {"bt90-q1": right}


def test_what_came_late_or_belongs_to_another_version_is_not_merged(small_course, stick):
    by_page(small_course, TEN, stick)
    by_notebook(small_course, TEN + HOUR, stick)
    edit(small_course / "course.toml", "[deadlines]", "[deadlines]\nbt90 = 2026-11-25T10:45:00+07:00")
    collect.collect(stick)
    answers, texts = submitted(small_course)
    assert "bt90-q4" not in answers
    assert texts["bt90-q4-lam"] != PROGRAM
    edit(small_course / "course.toml", "bt90 = 2026-11-25T10:45:00+07:00", "")
    edit(small_course / "source" / UNIT / "questions.yml", "version: 1.0.0", "version: 1.1.0")
    release.release(UNIT)
    by_page(small_course, TEN + 2 * HOUR, stick)
    collect.collect(stick)
    found = reader.submitted(UNIT, ONE)
    assert found is not None
    assert (found.version, found.merged) == ("1.1.0", {})


@pytest.mark.parametrize(
    ("version", "day", "believed"),
    [("1.0.0", 0, True), ("1.0.0", -3, False), ("1.1.0", 6, False), ("9.9.9", 0, True)],
)
def test_no_hour_before_the_release_of_the_version_that_is_named_is_believed(
    small_course, stick, version, day, believed
):
    """The first version is of 10 November, the second of 20 November; a day is allowed for time zones."""
    edit(small_course / "source" / UNIT / "questions.yml", "version: 1.0.0", "version: 1.1.0")
    release.release(UNIT)
    released_long_ago(small_course, "2026-11-10")
    (record,) = small_course.glob(f"source/{UNIT}/releases/1.1.0.toml")
    edit(record, "2026-11-10", "2026-11-20")
    folder = folder_of(small_course, {"bt90-q3": ("Đã báo", TEN)})
    edit(folder / "questions.json", '"version": "1.1.0"', f'"version": "{version}"')
    edit(folder / "answers.json", '"version": "1.1.0"', f'"version": "{version}"')
    at = datetime.fromisoformat("2026-11-10T00:30:00+07:00") + timedelta(days=day)
    handed_in(folder, at, stick)
    (line,) = collect.collect(stick)
    assert (line.at == at) is believed
    assert any("Đồng hồ" in note for note in line.notes) is not believed


def test_a_record_without_a_day_counts_as_of_the_day_on_which_days_came_in(small_course):
    (record,) = small_course.glob(f"source/{UNIT}/releases/*.toml")
    record.write_text("pass_mark = 0.8\n", encoding="utf-8")
    assert versions.released_on(UNIT, "1.0.0") == date(2026, 11, 25)
    assert when.possible_from(UNIT, "1.0.0") == when.possible_from("bt99") == datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(("minutes", "believed"), [(8, True), (30, False)])
def test_a_clock_may_be_fast_by_minutes_and_no_more(small_course, stick, minutes, believed):
    at = datetime.now().astimezone().replace(microsecond=0) + timedelta(minutes=minutes)
    handed_in(folder_of(small_course, {"bt90-q3": ("Đã báo", TEN)}), at, stick)
    (line,) = collect.collect(stick)
    assert (line.at == at) is believed


def test_a_value_is_taken_from_the_hand_in_that_has_the_code_for_it(small_course, stick):
    by_notebook(small_course, TEN, stick)
    handed_in(folder_of(small_course, {"bt90-q4": ({"tong": 999}, TEN + HOUR)}), TEN + 2 * HOUR, stick)
    collect.collect(stick)
    answers, texts = submitted(small_course)
    assert (answers["bt90-q4"], texts["bt90-q4-lam"]) == ({"tong": 11}, PROGRAM)


def test_a_folder_that_nobody_handed_in_adds_its_code_and_nothing_else(small_course, stick):
    _, wrong = options()
    answers = {"bt90-q1": (wrong, TEN + HOUR), "bt90-q3": ("chưa nộp", TEN + HOUR)}
    shutil.copytree(folder_of(small_course, answers, bt90_q4_lam=PROGRAM), stick / f"{ONE}-{UNIT}")
    by_page(small_course, TEN, stick)
    lines = collect.collect(stick)
    assert sum(line.counts for line in lines) == 1
    right, _ = options()
    found, texts = submitted(small_course)
    assert found == {"bt90-q1": right, "bt90-q3": "Viết trên điện thoại"}
    assert texts["bt90-q4-lam"] == PROGRAM


def test_code_of_two_hand_ins_stands_together_with_the_helpers_around_it(small_course, stick):
    folder = folder_of(small_course, {}, bt90_q4_lam='submit("bt90-q4", cong(9, 2))')
    path = folder / f"{UNIT}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    names = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in notebook["cells"]]
    helper = {"cell_type": "code", "id": "ham", "metadata": {}, "source": "def cong(a, b):\n    return a + b"}
    notebook["cells"].insert(names.index("bt90-q4-lam"), helper | {"outputs": [], "execution_count": None})
    path.write_text(json.dumps(notebook), encoding="utf-8")
    handed_in(folder, TEN, stick)
    by_page(small_course, TEN + HOUR, stick)
    collect.collect(stick)
    found = reader.submitted(UNIT, ONE)
    assert found is not None
    sources = [cell["source"] for cell in json.loads((found.folder / f"{UNIT}.ipynb").read_bytes())["cells"]]
    at = sources.index('submit("bt90-q4", cong(9, 2))')
    assert any(source.startswith("def cong") for source in sources[:at])


def test_a_kept_attempt_that_no_longer_reads_costs_what_it_had_and_nothing_else(small_course, stick):
    by_notebook(small_course, TEN, stick)
    collect.collect(stick)
    (kept,) = (small_course / "nop-bai" / UNIT / ONE).glob("*/*.zip")
    kept.write_bytes(b"PK\x03\x04 nothing")
    by_page(small_course, TEN + HOUR, stick)
    lines = collect.collect(stick)
    assert [line.at for line in lines if line.counts] == [TEN + HOUR + HOUR / 2]
    assert submitted(small_course)[0]["bt90-q3"] == "Viết trên điện thoại"
    found = reader.submitted(UNIT, ONE)
    assert found is not None
    assert any("không đọc lại được nên không gộp" in told for told in found.notes)
