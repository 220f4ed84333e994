"""Around a lesson on a live page: how far one is, what was right at once, and what comes next on the role's path."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from buuchinh.live.page import Pages

from buuchinh import course
from buuchinh.course.core import asked_in_core
from buuchinh.notebook import role_path
from buuchinh.notebook.desk import lay_out


@pytest.fixture
def desk(course_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BUUCHINH_COURSE", str(course_copy))
    monkeypatch.chdir(course_copy)
    return course_copy


def opened(desk: Path, unit: str, *sources: str) -> tuple[Pages, dict[str, Any]]:
    pages = Pages()
    return pages, pages.open(lay_out(unit).relative_to(desk).as_posix(), [*sources, "lesson_end()"])


def test_it_follows_each_answer(desk: Path) -> None:
    (first, *_) = asked = asked_in_core(desk / "lessons" / "05-buu-gui-nghi-van.ipynb")
    pages, page = opened(desk, "l05", f'ask("{first}")')
    (item,), (end,) = page["cells"]
    assert (end["traits"]["state"]["done"], end["traits"]["state"]["total"]) == (0, len(asked))
    question = item["traits"]["payload"]["question"]
    heard = pages.receive(
        page["page"], item["id"], {"kind": "answer", "answer": question["keys"][0]["correct"], "number": 1}
    )
    state = heard["changed"][end["id"]]["state"]
    assert (state["done"], state["right"], state["scored"]) == (1, 1, 1)


def test_what_comes_next_follows_the_role(desk: Path) -> None:
    _, page = opened(desk, "l05")
    assert page["cells"][-1][0]["traits"]["state"]["next"]["unit"] == "bt05"
    _, page = opened(desk, "l08")
    assert page["cells"][-1][0]["traits"]["state"]["next"]["unit"] == "bt08"
    _, page = opened(desk, "l06")
    assert page["cells"][-1][0]["traits"]["state"]["next"]["unit"] == "bt06"
    role_path.choose("clerk")
    _, page = opened(desk, "l04")
    assert page["cells"][-1][0]["traits"]["state"]["next"]["unit"] == "bt04"
    course.set_current_code("GL-0123-Q")
    pages, page = opened(desk, "l05")
    heard = pages.receive(page["page"], page["cells"][-1][0]["id"], {"do": "open"})
    assert heard["messages"] == [{"did": "open", "path": "bai-lam/GL-0123-Q/bt05/bt05.ipynb"}]


def test_nothing_stands_around_what_is_no_lesson(desk: Path) -> None:
    course.set_current_code("GL-0123-Q")
    _, page = opened(desk, "bt05")
    assert page["cells"] == [[]]
