"""The start page: what to do in danger comes first, a role has its path, and the path knows what is done."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from buuchinh.notebook.start import StartPage, lesson_rows
from kit.authoring import ROOT, edit, make_course
from kit.course import copy_course

from buuchinh import codes, course, law
from buuchinh.authoring import lengths
from buuchinh.course import ROLES
from buuchinh.course.core import asked_in, asked_in_core
from buuchinh.notebook import follow_up
from buuchinh.notebook.desk import lay_out
from buuchinh.notebook.numbers import numbers
from buuchinh.questions import bank
from buuchinh.questions.answers import Record
from buuchinh.questions.authored import asked_as

STAFF = ["l05", "l03", "l02", "l04"]


def test_the_lesson_about_danger_is_the_first_of_all(monkeypatch):
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))
    units = [row["unit"] for row in lesson_rows()]
    assert units[:4] == STAFF
    assert sorted(units) == [f"l0{number}" for number in range(1, 9)], "each is listed once"
    page = json.loads((ROOT / "lessons" / "00-bat-dau.ipynb").read_text(encoding="utf-8"))
    assert "start_page()" in "".join(page["cells"][1]["source"]), "what is next stands before what is to be read"
    welcome = "".join(page["cells"][2]["source"])
    assert welcome.index("Khi nguy hiểm") > 0
    assert "bài 5" in welcome, "the page says in words what the list shows"


def test_lessons_that_the_order_does_not_name_follow_by_number(tmp_path, monkeypatch):
    course = make_course(tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(course))
    for number in ("01", "02", "91"):
        made = Path(course / "lessons" / f"{number}-bai.ipynb")
        made.write_bytes((course / "lessons" / "90-thu.ipynb").read_bytes())
    edit(
        course / "course.toml",
        'lesson_order = ["05", "03", "02", "04", "07", "08", "01", "06"]',
        'lesson_order = ["90"]',
    )
    assert [row["unit"] for row in lesson_rows()] == ["l90", "l01", "l02", "l91"]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The real course, copied, with nobody's work in it."""
    course = copy_course(tmp_path / "course")
    monkeypatch.setenv("BUUCHINH_COURSE", str(course))
    monkeypatch.chdir(course / "lessons")
    return course


def says(page: StartPage, **content: str) -> dict[str, Any]:
    page._handle_custom_msg(content, [])  # what ipywidgets calls when the page sends
    return dict(page.state)


def test_before_a_role_is_chosen_there_is_no_path(desk):
    page = StartPage()
    assert page.state["role"] == ""
    assert page.state["steps"] == []
    assert list(page.payload["roles"]) == list(ROLES)


@pytest.mark.parametrize(
    ("role", "lessons"),
    [
        ("clerk", STAFF),
        ("courier", STAFF),
        ("sorter", STAFF),
        ("head", [*STAFF, "l07", "l08"]),
        ("officer", [*STAFF, "l07", "l08", "l01", "l06"]),
    ],
)
def test_the_path_of_a_role_begins_with_the_card_and_has_an_exercise_after_each_lesson(role, lessons, desk):
    steps = says(StartPage(), do="role", role=role)["steps"]
    units = [step["unit"] for step in steps]
    assert units[0] == "the-khan-cap"
    assert (desk / steps[0]["sheet"]).is_file()
    assert [unit for unit in units if unit.startswith("l")] == lessons
    for lesson in lessons:
        assert units[units.index(lesson) + 1] == f"bt{lesson[1:]}"
    assert units[-2].startswith("thi")
    assert units[-1] == "kt2", "what was learnt is measured when all is learnt"
    assert [step["state"] for step in steps] == ["next", *["later"] * (len(steps) - 1)]


def test_a_role_is_asked_once_and_can_be_changed(desk):
    says(StartPage(), do="role", role="clerk")
    assert StartPage().state["role"] == "clerk"
    assert says(StartPage(), do="role", role="head")["role"] == "head"
    assert says(StartPage(), do="role", role="king")["role"] == "head"
    assert (desk / "bai-lam" / "khach" / "duong-hoc" / "vai.json").is_file(), "in an ignored folder of the person"


def test_a_guest_keeps_the_role_with_a_code_and_the_next_person_is_asked_anew(desk):
    says(StartPage(), do="role", role="courier")
    assert says(StartPage(), do="code", code="GL-0123-Q")["role"] == "courier"
    other = codes.make("GL0124")
    assert says(StartPage(), do="code", code=other)["role"] == ""
    assert says(StartPage(), do="code", code="GL-0123-Q")["role"] == "courier"


def test_a_damaged_role_is_asked_again(desk):
    says(StartPage(), do="role", role="clerk")
    place = desk / "bai-lam" / "khach" / "duong-hoc" / "vai.json"
    for damaged in (b"", b"[]", b'{"role": 5, "seen": 7}', b"\xff"):
        place.write_bytes(damaged)
        assert StartPage().state["role"] == ""
    assert says(StartPage(), do="role", role="clerk")["steps"]


def test_the_next_step_is_the_first_that_is_not_done(desk):
    says(StartPage(), do="role", role="sorter")
    steps = says(StartPage(), do="see", unit="the-khan-cap")["steps"]
    assert [step["state"] for step in steps[:3]] == ["done", "next", "later"]
    asked = asked_in_core(desk / "lessons" / "05-buu-gui-nghi-van.ipynb")
    assert steps[1]["total"] == len(asked)
    answer(desk, "l05", asked[:-1])
    (lesson,) = (step for step in StartPage().state["steps"] if step["unit"] == "l05")
    assert (lesson["done"], lesson["state"]) == (len(asked) - 1, "next")
    answer(desk, "l05", asked[-1:])
    steps = StartPage().state["steps"]
    assert [step["state"] for step in steps[:4]] == ["done", "done", "next", "later"]
    assert steps[2]["unit"] == "bt05"


def test_what_the_course_does_not_have_is_no_step(desk):
    shutil.rmtree(desk / "exercises" / "bt03")
    (desk / "lessons" / "phu-luc" / "the-khan-cap.html").unlink()
    units = [step["unit"] for step in says(StartPage(), do="role", role="clerk")["steps"]]
    assert units[0] == "l05"
    assert "bt03" not in units


def test_the_short_test_is_opened_from_the_path_says_what_it_is_for_and_is_done_when_it_was_ended(desk):
    says(StartPage(), do="role", role="clerk")
    edit(desk / "course.toml", '"thinv2", "kt2"]', '"thinv2"]')
    edit(desk / "course.toml", 'staff = ["the-khan-cap", "l05"', 'staff = ["kt2", "l05"')
    (step,) = (step for step in StartPage().state["steps"] if step["unit"] == "kt2")
    assert step["state"] == "next"
    assert "tiến bộ" in step["why"]
    assert StartPage().state["resume"]["unit"] == "kt2"
    notebook = lay_out("kt2")
    assert notebook == desk / "bai-lam" / "khach" / "kt2" / "kt2.ipynb"
    sources = ["".join(cell["source"]) for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]]
    assert 'test("kt2")' in sources[-1]
    file = bank.load(desk / "datasets" / "questions" / "kt2.yml")
    end = {
        "format": 1,
        "unit": "kt2",
        "version": file.version,
        "finished_at": "2026-11-26T10:00:00+07:00",
        "answers": {},
    }
    (notebook.parent / "finished.json").write_text(json.dumps(end), encoding="utf-8")
    states = {step["unit"]: step["state"] for step in StartPage().state["steps"]}
    assert (states["kt2"], states["l05"]) == ("done", "next")


def test_the_minutes_that_people_read_are_those_of_the_kits_own_count(desk):
    counted = {name: ceil(length.minutes) for name, length in lengths.path("officer")}
    steps = says(StartPage(), do="role", role="officer")["steps"]
    told = {step["unit"]: step["minutes"] for step in steps if step.get("minutes")}
    assert told == {name: minutes for name, minutes in counted.items() if name in told}
    assert {"l05", "bt05", "thicb1", "kt2"} <= told.keys()
    assert "bt06" not in told, "nobody has counted how long code takes"


def test_an_exam_that_is_kept_for_its_day_is_told_at_the_end_of_the_path(desk):
    assert says(StartPage(), do="role", role="clerk")["exam_later"] is False
    shutil.rmtree(desk / "exercises" / "thinv2")
    assert StartPage().state["exam_later"] is True
    assert StartPage().payload["words"]["exam_later"] == "Bài thi cuối khóa sẽ được phát vào ngày thi."


def answer(course: Path, unit: str, names: tuple[str, ...]) -> None:
    """Give an answer to each question ``names`` of a lesson, in the wording of a variant where there are several."""
    file = bank.load(course / "datasets" / "questions" / f"{unit}.yml")
    wordings = {asked_as(question): question.id for question in file.questions}
    record = Record(course / "bai-lam" / "khach" / unit, unit, file.version, None)
    for name in names:
        record.put(wordings[name], "a")


def test_the_questions_of_a_lesson_are_numbered_without_those_that_are_folded(desk):
    (lesson,) = (desk / "lessons").glob("05-*.ipynb")
    asked = asked_in_core(lesson)
    assert set(asked) < set(asked_in(lesson))
    assert numbers("l05") == {name: number for number, name in enumerate(asked, 1)}


def test_the_page_says_where_to_go_on(desk):
    assert StartPage().state["resume"] == {"unit": "l05", "title": titled("l05"), "question": "", "number": 0}
    asked = asked_in_core(desk / "lessons" / "05-buu-gui-nghi-van.ipynb")
    number = numbers("l05")
    answer(desk, "l05", asked[:1])
    resume = StartPage().state["resume"]
    assert (resume["unit"], resume["question"], resume["number"]) == ("l05", asked[1], number[asked[1]])
    answer(desk, "l05", asked[2:3])
    assert StartPage().state["resume"]["question"] == asked[3], "behind the last answer, not at what was left out"
    answer(desk, "l05", asked[3:])
    assert StartPage().state["resume"]["question"] == asked[1], "then what was left out"
    answer(desk, "l05", asked)
    assert StartPage().state["resume"]["number"] == 0
    says(StartPage(), do="role", role="clerk")
    assert StartPage().state["resume"]["unit"] == "bt05"


def test_the_numbers_to_call_stand_on_the_page(desk):
    page = StartPage()
    assert [one["number"] for one in page.payload["numbers"]] == [one.number for one in law.numbers_on(course.today())]
    assert {"113", "114", "115"} <= {one["number"] for one in page.payload["numbers"]}
    assert (desk / page.payload["card"]).is_file()


def test_lessons_bear_their_pictures(desk):
    pictures = [row["picture"] for row in lesson_rows() if row["picture"]]
    assert len(pictures) >= 6
    assert all((desk / picture).is_file() for picture in pictures)


def test_what_is_due_is_told_until_it_is_handed_in(desk):
    soon, past = course.today() + timedelta(days=3), course.today() - timedelta(days=3)
    edit(desk / "course.toml", "[deadlines]", f"[deadlines]\nbt05 = {past}\nbt01 = {soon}")
    assert [(row["unit"], row["late"]) for row in StartPage().state["due"]] == [("bt05", True), ("bt01", False)]
    says(StartPage(), do="role", role="clerk")
    assert [row["unit"] for row in StartPage().state["due"]] == ["bt05"], "bt01 is not of this path"
    handed = desk / "bai-lam" / "khach" / "bt05" / "da-nop"
    handed.mkdir(parents=True)
    (handed / "bt05_GL-0123-Q_20261126-100000.zip").write_bytes(b"")
    assert StartPage().state["due"] == []


def test_what_waits_of_the_follow_up_is_told(desk, monkeypatch):
    answer(desk, "l05", asked_in_core(desk / "lessons" / "05-buu-gui-nghi-van.ipynb"))
    assert StartPage().state["review"] == {"count": 0, "days": 0}
    follow_up.begin(course.today() - timedelta(days=3))
    assert StartPage().state["review"] == {"count": 5, "days": 2}


def test_a_guest_who_gives_a_code_takes_all_along_and_the_next_person_finds_a_clean_desk(desk):
    answer(desk, "l05", asked_in_core(desk / "lessons" / "05-buu-gui-nghi-van.ipynb")[:2])
    says(StartPage(), do="role", role="courier")

    def done(page: StartPage) -> int:
        return sum(row["done"] for row in page.state["lessons"])

    page = StartPage()
    says(page, do="code", code="GL-0123-Q")
    assert done(page) == 2, "before anything was opened"
    assert (page.state["role"], page.state["resume"]["unit"]) == ("courier", "l05")
    says(page, do="leave")
    assert (page.state["code"], page.state["role"], done(page)) == ("", "", 0)
    assert not list((desk / "bai-lam" / "khach").glob("*"))
    answer(desk, "l05", asked_in_core(desk / "lessons" / "05-buu-gui-nghi-van.ipynb")[:1])
    says(page, do="code", code=codes.make("GL0124"))
    assert done(page) == 1
    says(page, do="leave")
    says(page, do="code", code="GL-0123-Q")
    assert (done(page), page.state["role"]) == (2, "courier"), "nobody's work is laid over that of another"


def test_leaving_without_a_code_moves_nothing(desk):
    answer(desk, "l05", asked_in_core(desk / "lessons" / "05-buu-gui-nghi-van.ipynb")[:2])
    page = StartPage()
    says(page, do="leave")
    assert sum(row["done"] for row in page.state["lessons"]) == 2


def titled(unit: str) -> str:
    return str(next(row["title"] for row in lesson_rows() if row["unit"] == unit))
