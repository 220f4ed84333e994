"""The end of an exercise: what is empty is told by numbers, a hand-in is told with its hour, on a live page."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from kit.answering import right_answer
from kit.question import ALL, ON, authored

from buuchinh import course
from buuchinh.live.page import Pages
from buuchinh.messages import section
from buuchinh.notebook import pack as packing
from buuchinh.notebook.desk import lay_out, record_of
from buuchinh.notebook.hand_in import HandIn
from buuchinh.notebook.numbers import numbers
from buuchinh.notebook.start import exercise_rows
from buuchinh.notebook.submit import submit
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


@pytest.fixture
def officer(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of an officer's bt06, in which his kernel runs."""
    folder = lay_out("bt06").parent
    monkeypatch.chdir(folder)
    return folder


def hand_in_earlier(folder: Path) -> Path:
    """Pack bt06 as it is, five minutes ago."""
    return packing.build(folder, "bt06", CODE, datetime.now().astimezone() - timedelta(minutes=5)).path


def test_code_that_runs_again_changes_nothing(officer: Path) -> None:
    submit("bt06-q1", so_dong=1127, so_dong_lap=27, so_vu=1100)
    submit("bt06-q7", bang_quy=pd.DataFrame({"quy": ["2024Q1"], "so_vu": [9]}), goc_truc=0.0)
    hand_in_earlier(officer)
    submit("bt06-q1", so_dong=1127, so_dong_lap=27, so_vu=1100)
    submit("bt06-q7", bang_quy=pd.DataFrame({"quy": ["2024Q1"], "so_vu": [9]}), goc_truc=0.0)
    assert HandIn("bt06").state["later"] == []
    submit("bt06-q1", so_dong=1126)
    submit("bt06-q9", khau_dem="gom")
    assert HandIn("bt06").state["later"] == [1, 9], "another value, and one that was not in the zip"


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 cut off"])
def test_a_zip_that_cannot_be_read_is_told_by_its_hour(officer: Path, damage: bytes) -> None:
    hand_in_earlier(officer).write_bytes(damage)
    submit("bt06-q1", so_dong=1127)
    assert HandIn("bt06").state["later"] == [1]


def test_an_answer_that_was_taken_back_is_a_change_and_none_at_all_is_none(officer: Path) -> None:
    record = record_of("bt06", bank.load_public(course.sheet_path("bt06")).version)
    record.put("bt06-q8", "Số vụ tăng.", typed=True)
    hand_in_earlier(officer)
    record.put("bt06-q8", "", typed=True)
    assert HandIn("bt06").state["later"] == [8]


def test_map_receipt_and_start_page_count_the_same(officer: Path) -> None:
    submit("bt06-q1", so_dong=1127, so_dong_lap=27, so_vu=1100)
    submit("bt06-q9", khau_dem="gom")
    states = [one["state"] for one in HandIn("bt06").state["questions"]]
    assert (states.count("whole"), states.count("partly")) == (1, 1)
    receipt = packing.hand_over("bt06")
    assert (receipt["answered"], receipt["total"], receipt["partly"]) == (1, 9, [9])
    (row,) = (row for row in exercise_rows() if row["unit"] == "bt06")
    assert (row["done"], row["total"]) == (1, 9)


def test_the_receipt_names_the_exercise_and_the_folder_of_its_file(officer: Path) -> None:
    receipt = packing.hand_over("bt06")
    assert receipt["exercise"] == bank.load_public(course.sheet_path("bt06")).title
    assert receipt["folder"] == f"bai-lam/{CODE}/bt06/da-nop"
    assert (officer.parents[2] / receipt["folder"] / receipt["file"]).is_file()


def test_the_end_of_an_exercise_knows_to_whom_the_file_is_sent(desk: Path) -> None:
    _, page, _ = opened(desk, "bt05")
    told = end_of(page)["traits"]["payload"]
    assert (told["leader"], told["named"]) == ("người phụ trách lớp", False)
    settings = desk / "course.toml"
    text = settings.read_text(encoding="utf-8").replace('name = ""\n', 'name = "chị Hoa"\n')
    settings.write_text(text.replace('channel = ""', 'channel = "Zalo 0900 000 000"'), encoding="utf-8")
    _, page, _ = opened(desk, "bt05")
    told = end_of(page)["traits"]["payload"]
    assert (told["leader"], told["named"]) == ("chị Hoa, qua Zalo 0900 000 000", True)
    assert all("{leader}" in told["words"][name] for name in ("help", "handed", "next_to"))


def test_nothing_is_called_handed_in_before_the_file_was_sent() -> None:
    words = {**section("notebook")["hand_in"], **section("notebook")["start"]}
    said = [text for text in words.values() if isinstance(text, str) and "đã nộp" in text.lower()]
    assert said == []
    assert "nhớ gửi tệp" in words["handed"]
    assert "nhớ gửi tệp" in words["handed_in"]


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
