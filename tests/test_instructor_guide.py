"""The instructor's guide begins with the desk; every command of the page beside it is run, in its order, on a class."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import typer
from kit.authoring import ROOT

from buuchinh import cli
from buuchinh.messages import say
from buuchinh.notebook import pack
from buuchinh.questions.answers import Record

GUIDE = (ROOT / "docs" / "instructor.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
OF_OTHERS = {"new", "derive", "execute", "campaign"}
PRESSED = (
    *("page.more", "page.open_practice", "page.remove_practice", "page.bundle", "page.marking", "page.project"),
    *("first_steps.one", "first_steps.two", "first_steps.three", "first_steps.one_button", "first_steps.three_button"),
    *("browser.now", "browser.then", "browser.later", "browser.pick_files", "browser.pick_folder", "browser.paste"),
    *("browser.set_deadline", "browser.ask_again", "browser.settle", "browser.whose", "browser.see_two"),
    *("browser.put_away", "browser.stop", "now.resume", "now.decide", "now.remind", "cell.do_accept"),
    *("unit.do_grade", "unit.do_mark", "unit.do_feedback", "unit.do_report", "unit.do_remind"),
    *("marking.page.type_points", "marking.page.write_comment", "marking.page.next", "marking.page.leave"),
    *("marking.page.before", "marking.page.undo", "give_back.do_send", "give_back.do_anyway", "give_back.do_solutions"),
    *("unit.do_regrade", "list.browser.print_slips", "list.browser.come_back", "list.browser.erase", "page.results"),
)


def test_the_guide_names_the_buttons_of_the_desk_as_they_are_written_there() -> None:
    text = " ".join(GUIDE.split())
    buttons = [say(f"desk.{name}") for name in PRESSED]
    assert [button for button in buttons if not re.search(rf"\*\*{button}\b", text)] == []


def test_the_guide_begins_with_the_desk_and_leaves_the_commands_to_their_page() -> None:
    assert re.findall(r"^## (.*)", GUIDE, re.MULTILINE)[:2] == ["Mở bàn", "Tập trước trên lớp thử"]
    assert "```" not in GUIDE


def test_each_sign_of_the_table_stands_in_the_guide_with_its_meaning() -> None:
    told = dict(re.findall(r"\| (\S) \| ([^|]+?) (?=\|)", GUIDE))
    assert len(told) == 8
    states = ("nothing", "new", "late", "refused", "look", "waiting", "passed", "failed")
    assert told == {say(f"desk.states.{one}.sign"): say(f"desk.states.{one}.full") for one in states}


def test_each_command_of_an_instructor_stands_once_on_its_page_with_what_it_writes() -> None:
    found = typer.main.get_command(cli.build())
    sections = re.split(r"^### ", COMMANDS, flags=re.MULTILINE)[1:]
    assert sorted(one.split("\n")[0] for one in sections) == sorted(set(found.commands) - OF_OTHERS)  # type: ignore[attr-defined]
    assert [one.split("\n")[0] for one in sections if "**Ghi" not in one] == []


def test_links_within_the_guide_lead_to_a_section() -> None:
    headings = set(re.findall(r"^### (\w+)$", COMMANDS, re.MULTILINE))
    assert set(re.findall(r"\(commands\.md#([^)]+)\)", GUIDE)) <= headings
    assert set(re.findall(r"\(#([^)]+)\)", COMMANDS)) <= headings


def test_the_page_names_the_exercises_whose_questions_are_not_read_without_a_code() -> None:
    (named,) = re.findall(r"đề riêng: một phần bài tập 1–5, 7, 8 và toàn bộ (bài thi)", " ".join(COMMANDS.split()))
    assert named
    for path in sorted((ROOT / "exercises").glob("*/*.ipynb")):
        text = path.read_text(encoding="utf-8")
        own, all_ = text.count(say("release.exam_standin")), text.count('class=\\"bc-standin')
        few = path.stem in {"bt01", "bt02", "bt03", "bt04", "bt05", "bt07", "bt08"}
        assert 0 < own < all_ if few else own == (0 if path.stem == "bt06" else all_), path.name


@contextlib.contextmanager
def a_rubric_to_correct(root: Path) -> Iterator[None]:
    """Change the words of a rubric of bt02 in ``source/`` only, so that there is something to regrade."""
    path = root / "source" / "bt02" / "questions.yml"
    released = path.read_bytes()
    corrected = released.decode("utf-8").replace("Không trừ lỗi chính tả nhỏ.", "Không trừ lỗi chính tả.", 1)
    path.write_bytes(corrected.encode("utf-8"))
    assert path.read_bytes() != released
    yield
    path.write_bytes(released)


@pytest.mark.journey
def test_the_page_of_commands_runs_from_top_to_bottom(
    course_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one process: Jupyter and nbgrader are read once and not thirty times."""
    root = course_copy
    (root / "lop.csv").write_text("Mã;Họ tên\nGL-0001-9;\n;Người thứ hai\n", encoding="utf-8-sig")
    blocks = re.findall(r"```sh\n(.*?)```", COMMANDS, re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines()]
    assert {line.split()[1] for line in commands} == {
        "audit", "backup", "bundle", "check", "collect", "deadline", "demo", "exam", "export", "extend", "feedback",
        "forget", "grade", "leave", "regrade", "release", "repair", "report", "restore", "roster", "settle", "site",
    }  # fmt: skip
    for command in commands:
        if command.startswith("buuchinh collect"):
            desk = tmp_path / "desk" / "bt02"
            shutil.copytree(root / "exercises" / "bt02", desk)
            Record(desk, "bt02", "1.0.0", "GL-0001-9").put("bt02-q14", "Dừng, không mở, báo trưởng bưu cục.")
            (root / "usb").mkdir()
            shutil.copy(pack.build(desk, "bt02", "GL-0001-9", datetime.now().astimezone()).path, root / "usb")
        if command.startswith("buuchinh restore"):
            (kept,) = (root / "backup").glob("*.zip")
            shutil.copy(kept, root / "backup" / "TÊN-TỆP.zip")
        regrades = command.startswith("buuchinh regrade")
        with a_rubric_to_correct(root) if regrades else contextlib.nullcontext():
            assert cli.run(command.split()[1:]) == 0, (command, capsys.readouterr())
        assert "Traceback" not in "".join(capsys.readouterr()), command
    assert not (root / "feedback" / "GL-0001-9").exists()
    assert not (tmp_path / "course-lop-thu").exists()
