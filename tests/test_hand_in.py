"""The end of an exercise: what is empty is told by numbers, a hand-in is told with its hour, on a live page."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from kit.answering import right_answer
from kit.question import ALL, ON, authored

from buuchinh import course
from buuchinh.live.page import Pages
from buuchinh.notebook import pack as packing
from buuchinh.notebook.desk import lay_out
from buuchinh.notebook.numbers import numbers
from buuchinh.questions import bank, types

CODE = "GL-0123-Q"


@pytest.fixture
def desk(course_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BUUCHINH_COURSE", str(course_copy))
    monkeypatch.chdir(course_copy)
    course.set_current_code(CODE)
    return course_copy


def opened(desk: Path, unit: str) -> tuple[Pages, dict[str, Any], str]:
    notebook = lay_out(unit)
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    pages = Pages()
    return pages, pages.open(notebook.relative_to(desk).as_posix(), sources), notebook.parent.as_posix()


def items(page: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for cell in page["cells"] for item in cell or ()]


def end_of(page: dict[str, Any]) -> dict[str, Any]:
    (end,) = (item for item in items(page) if "handed" in item["traits"].get("state", {}))
    return end


def test_questions_bear_the_numbers_that_people_see(desk: Path) -> None:
    _, page, _ = opened(desk, "bt05")
    shown = [item["traits"]["payload"] for item in items(page) if "question" in item["traits"]["payload"]]
    assert [one["number"] for one in shown] == list(range(1, 15))
    assert [one["question"]["id"] for one in shown] == [f"bt05-q{n:02}" for n in range(1, 15)]
    assert [one["number"] for one in end_of(page)["traits"]["state"]["questions"]] == list(range(1, 15))


def test_the_map_follows_each_answer_and_says_what_is_half_done(desk: Path) -> None:
    pages, page, _ = opened(desk, "bt05")
    end = end_of(page)
    assert {one["state"] for one in end["traits"]["state"]["questions"]} == {"empty"}
    asked = {item["traits"]["payload"]["question"]["type"]: item for item in items(page) if "answer" in item["traits"]}
    form = asked["form"]["traits"]["payload"]["question"]
    first = form["fields"][0]["id"]
    heard = pages.receive(page["page"], asked["form"]["id"], {"kind": "answer", "answer": {first: "x"}, "number": 1})
    states = {one["id"]: one["state"] for one in heard["changed"][end["id"]]["state"]["questions"]}
    assert states.pop(form["id"]) == "partly"
    assert set(states.values()) == {"empty"}


def test_the_receipt_tells_numbers_and_a_reopened_exercise_its_hour(desk: Path) -> None:
    pages, page, folder = opened(desk, "bt05")
    first = next(item for item in items(page) if "answer" in item["traits"])
    option = first["traits"]["payload"]["question"]["options"][0]["id"]
    pages.receive(page["page"], first["id"], {"kind": "answer", "answer": option, "number": 1})
    end = end_of(page)
    heard = pages.receive(page["page"], end["id"], {"do": "hand_in"})
    (receipt,) = (message["receipt"] for message in heard["messages"])
    assert receipt["answered"] == 1
    assert receipt["unanswered"] == list(range(2, 15))
    assert "bt05-q" not in json.dumps(receipt, ensure_ascii=False)
    _, again, _ = opened(desk, "bt05")
    state = end_of(again)["traits"]["state"]
    (before,) = state["handed"]
    assert before["file"] == receipt["file"]
    assert before["at"] == f"{receipt['at'][:5]} {receipt['at'][-10:]}"
    assert state["later"] == []
    assert Path(folder, "da-nop", before["file"]).is_file()


def test_what_was_changed_after_the_hand_in_is_named(desk: Path) -> None:
    pages, page, folder = opened(desk, "bt05")
    packing.build(Path(folder), "bt05", CODE, datetime.now().astimezone() - timedelta(minutes=5))
    first = next(item for item in items(page) if "answer" in item["traits"])
    option = first["traits"]["payload"]["question"]["options"][0]["id"]
    heard = pages.receive(page["page"], first["id"], {"kind": "answer", "answer": option, "number": 1})
    assert heard["changed"][end_of(page)["id"]]["state"]["later"] == [1]


def test_no_sheet_of_the_course_asks_in_another_order_than_its_notebook(desk: Path) -> None:
    for unit in course.released_units():
        assert list(numbers(unit)) == list(bank.load_public(course.sheet_path(unit)).ids)


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_whole_answer_is_not_called_half_done_and_an_empty_one_of_parts_is(name: str) -> None:
    question = authored(name)
    answer = right_answer(question, ON)
    if answer is not None:
        assert not types.type_of(question).left_open(question, answer)
    if question.type in {"matching", "form", "code", "scenario"}:
        half = answer[:-1] if isinstance(answer, list) else dict(list(answer.items())[1:])
        assert types.type_of(question).left_open(question, half)
