"""What the start page is told: what to do in danger comes first, a role has its path, what is due has its day.

What is done and what comes next is reckoned by the page: ``learner/src/work/path.test.js``.
"""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from kit.authoring import ROOT, edit, make_course
from kit.course import copy_course

from buuchinh import course, law
from buuchinh.authoring import lengths
from buuchinh.course import ROLES
from buuchinh.learner.server import api
from buuchinh.notebook.question_numbers import numbers
from buuchinh.notebook.workspace import lay_out
from buuchinh.notebooks import asked_in, asked_in_core
from buuchinh.release import bundle_files

STAFF = ["l05", "l03", "l02", "l04"]


def told() -> dict[str, Any]:
    found: dict[str, Any] = api.call("GET", "course", {"notebook": "lessons/00-bat-dau.ipynb"})
    return found


def path_of(role: str) -> list[str]:
    return next(one["path"] for one in told()["roles"] if one["id"] == role)


def test_the_lesson_about_danger_is_the_first_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))
    units = [row["id"] for row in told()["lessons"]]
    assert units[:4] == STAFF
    assert sorted(units) == [f"l0{number}" for number in range(1, 9)], "each is listed once"
    page = json.loads((ROOT / "lessons" / "00-bat-dau.ipynb").read_text(encoding="utf-8"))
    assert "start_page()" in "".join(page["cells"][1]["source"]), "what is next stands before what is to be read"
    welcome = "".join(page["cells"][2]["source"])
    assert welcome.index("Khi nguy hiểm") > 0
    assert "bài 5" in welcome, "the page says in words what the list shows"


def test_lessons_that_the_order_does_not_name_follow_by_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_course(tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    for number in ("01", "02", "91"):
        made = root / "lessons" / f"{number}-bai.ipynb"
        made.write_bytes((root / "lessons" / "90-thu.ipynb").read_bytes())
        bank = root / "datasets" / "questions"
        (bank / f"l{number}.yml").write_text(
            (bank / "l90.yml").read_text(encoding="utf-8").replace("l90", f"l{number}"), encoding="utf-8"
        )
    edit(
        root / "course.toml",
        'lesson_order = ["05", "03", "02", "04", "07", "08", "01", "06"]',
        'lesson_order = ["90"]',
    )
    assert [row["id"] for row in told()["lessons"]] == ["l90", "l01", "l02", "l91"]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_course(tmp_path_factory.mktemp("course") / "course")


@pytest.fixture
def desk(copied: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the real course, copied, which the test leaves as it found it."""
    monkeypatch.setenv("BUUCHINH_COURSE", str(copied))
    monkeypatch.chdir(copied / "lessons")
    return copied


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
def test_the_path_of_a_role_begins_with_the_card_and_has_an_exercise_after_each_lesson(
    role: str, lessons: list[str], desk: Path
) -> None:
    units = path_of(role)
    assert units[0] == "the-khan-cap"
    (card,) = (row for row in told()["sheets"] if row["unit"] == "the-khan-cap")
    assert (desk / card["sheet"]).is_file()
    assert [unit for unit in units if unit.startswith("l")] == lessons
    for lesson in lessons:
        assert units[units.index(lesson) + 1] == f"bt{lesson[1:]}"
    assert units[-2].startswith("thi")
    assert units[-1] == "kt2", "what was learnt is measured when all is learnt"


def test_each_role_of_the_course_is_offered_in_words(desk: Path) -> None:
    assert [role["id"] for role in told()["roles"]] == list(ROLES)
    assert all(role["title"] for role in told()["roles"])


def test_what_the_course_does_not_have_is_no_step(course_copy: Path) -> None:
    shutil.rmtree(course_copy / "exercises" / "bt03")
    (course_copy / "lessons" / "phu-luc" / "the-khan-cap.html").unlink()
    units = path_of("clerk")
    assert units[0] == "l05"
    assert "bt03" not in units


def test_the_short_test_says_what_it_is_for_and_has_a_notebook_of_its_own(course_copy: Path) -> None:
    assert "tiến bộ" in told()["units"]["kt2"]["why"]
    notebook = lay_out("kt2")
    assert notebook == course_copy / "bai-lam" / "khach" / "kt2" / "kt2.ipynb"
    sources = ["".join(cell["source"]) for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]]
    assert 'test("kt2")' in sources[-1]


def test_the_minutes_that_people_read_are_those_of_the_kits_own_count(desk: Path) -> None:
    counted = {name: ceil(length.minutes) for name, length in lengths.path("officer")}
    units = told()["units"]
    shown = {name: units[name]["minutes"] for name in path_of("officer") if name in units and units[name]["minutes"]}
    assert shown == {name: minutes for name, minutes in counted.items() if name in shown}
    assert {"l05", "bt05", "thicb2", "kt2"} <= shown.keys()
    assert "bt06" not in shown, "nobody has counted how long code takes"


def test_an_exam_that_is_kept_for_its_day_is_told_at_the_end_of_the_path(course_copy: Path) -> None:
    def later() -> bool:
        return bool(next(one["later"] for one in told()["roles"] if one["id"] == "clerk"))

    assert later() is False
    shutil.rmtree(course_copy / "exercises" / "thinv3")
    assert later() is True
    assert told()["words"]["site"]["exam_later"] == "Bài thi cuối khóa sẽ được phát vào ngày thi."


def test_the_questions_of_a_lesson_are_numbered_without_those_that_are_folded(desk: Path) -> None:
    (lesson,) = (desk / "lessons").glob("05-*.ipynb")
    asked = asked_in_core(lesson)
    assert set(asked) < set(asked_in(lesson))
    assert numbers("l05") == {name: number for number, name in enumerate(asked, 1)}


def test_the_numbers_to_call_stand_on_the_page(desk: Path) -> None:
    page = told()
    assert [one["number"] for one in page["numbers"]] == [one.number for one in law.numbers_on(course.today())]
    assert {"113", "114", "115"} <= {one["number"] for one in page["numbers"]}
    assert all(one["answers"] and len(one["short"]) < 16 for one in page["numbers"])
    assert (desk / "lessons" / page["card"]).is_file()


def test_each_step_of_a_path_and_each_role_has_a_small_picture(desk: Path) -> None:
    page = told()
    steps = {step for role in page["roles"] for step in role["path"]} | set(ROLES)
    assert steps <= page["pictures"].keys()
    assert page["pictures"]["bt05"] == page["pictures"]["l05"], "an exercise has its lesson's"
    for picture in page["pictures"].values():
        assert (desk / picture).stat().st_size < 2500, "the first page is light"
    assert set(page["pictures"].values()) <= set(bundle_files.list_files().paths), "a bundle has them too"


def test_a_lesson_without_a_stamp_of_its_own_shows_its_first_drawing(course_copy: Path) -> None:
    (course_copy / "lessons" / "hinh" / "tem-l05.svg").unlink()
    drawing = course_copy / told()["pictures"]["l05"]
    assert drawing.is_file()
    assert drawing.name.startswith("05-")
    (course_copy / "lessons" / "hinh" / "tem-lop.svg").write_text("HV-0001-W", encoding="utf-8")
    assert "lop" not in told()["pictures"], "only what the first page shows is a stamp"


def test_each_role_has_its_own_cases_of_the_day_and_each_is_asked_where_it_says(desk: Path) -> None:
    page = told()
    for role in page["roles"]:
        assert role["about"]
        assert len(role["cases"]) > 1
        assert {page["cases"][name]["role"] for name in role["cases"]} == {role["id"]}
    for name, case in page["cases"].items():
        screen = api.call("GET", f"pages/{case['unit']}", {"notebook": "lessons/00-bat-dau.ipynb"})["screens"][
            case["at"] - 1
        ]
        assert name in [part.get("ask") for part in screen["parts"]]
        assert case["title"]
    assert page["cases"].keys() >= {"l05-q08", "l05-q12", "l05-q14", "l05-q18"}


def test_the_main_part_is_told_in_the_order_in_which_it_is_asked(desk: Path) -> None:
    for lesson in course.lessons():
        unit = f"l{course.lesson_number(lesson)}"
        page = api.call("GET", f"pages/{unit}", {"notebook": "lessons/00-bat-dau.ipynb"})
        open_ones = [screen for screen in page["screens"] if not screen.get("extra")]
        asked = [part["ask"] for screen in open_ones for part in screen["parts"] if "ask" in part]
        variants = [" ".join(one["id"] for one in page["questions"][name]) for name in dict.fromkeys(asked)]
        assert told()["units"][unit]["core"] == variants


def test_what_is_due_has_the_last_moment_that_counts(course_copy: Path) -> None:
    day = course.today() + timedelta(days=3)
    edit(course_copy / "course.toml", "[deadlines]", f"[deadlines]\nbt05 = {day}")
    page = told()
    assert page["units"]["bt05"]["until"].startswith(f"{day}T23:59:59")
    assert page["units"]["bt01"]["until"] is None
    words = page["words"]["lab"]
    assert all("{title}" in words[name] and "{until}" in words[name] for name in ("due_row", "due_late"))
