"""The end of an exercise: what is empty is told by numbers, a hand-in by its hour and what was changed since."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
from kit import node
from kit.answering import right_answer
from kit.question import ALL, ON, authored

from buuchinh import course
from buuchinh.learner.server import api
from buuchinh.messages import section
from buuchinh.notebook import pack as packing
from buuchinh.notebook.exercise_progress import question_states
from buuchinh.notebook.question_numbers import numbers
from buuchinh.notebook.submit import submit
from buuchinh.notebook.workspace import lay_out, record_of, sheet_of
from buuchinh.questions import question_bank, types
from buuchinh.questions.answers import cell_hash

CODE = "GL-0123-Q"


@pytest.fixture
def desk(course_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BUUCHINH_COURSE", str(course_copy))
    monkeypatch.chdir(course_copy)
    course.set_current_code(CODE)
    return course_copy


def call(method: str, path: str, unit: str, **given: Any) -> Any:
    """Ask the server as the trainee's own notebook of ``unit`` does."""
    return api.call(method, path, {"notebook": f"bai-lam/{CODE}/{unit}/{unit}.ipynb", **given})


def later(unit: str) -> list[int]:
    found: list[int] = call("GET", "submissions", unit)[-1]["later"]
    return found


def test_questions_bear_the_same_numbers_for_pages_receipts_and_code(desk: Path, javascript: node.Node) -> None:
    for unit in course.released_units():
        lay_out(unit)
        page = call("GET", f"pages/{unit}", unit)
        known = numbers(unit)
        assert javascript.evaluate("(page) => [...kit.numbered(page)]", page) == [list(one) for one in known.items()]
        assert list(known.values()) == list(range(1, len(known) + 1))
        assert list(known) == list(question_bank.load_public(course.sheet_path(unit)).ids), (
            "a sheet has its notebook's order"
        )


def test_the_receipt_tells_numbers_and_a_reopened_exercise_its_hour(desk: Path) -> None:
    folder = lay_out("bt05").parent
    first = sheet_of("bt05").questions[0]
    call("POST", "journal", "bt05", id=first.id, answer=first.options[0].id)  # type: ignore[attr-defined]
    receipt = call("POST", "submissions", "bt05")
    assert receipt["answered"] == 1
    assert receipt["unanswered"] == list(range(2, 15))
    assert "bt05-q" not in json.dumps(receipt, ensure_ascii=False)
    (before,) = call("GET", "submissions", "bt05")
    assert before["file"] == receipt["file"]
    assert before["words"] == f"{receipt['at'][:5]} {receipt['at'][-10:]}"
    assert before["later"] == []
    assert (folder / "da-nop" / before["file"]).is_file()


def test_what_was_changed_after_the_hand_in_is_named(desk: Path) -> None:
    folder = lay_out("bt05").parent
    packing.build(folder, "bt05", CODE, datetime.now().astimezone() - timedelta(minutes=5))
    first = sheet_of("bt05").questions[0]
    call("POST", "journal", "bt05", id=first.id, answer=first.options[0].id)  # type: ignore[attr-defined]
    assert later("bt05") == [1]


RAN = 'submit("bt06-q1", so_dong=1)'


def test_code_that_was_changed_after_it_ran_is_to_be_run_again_before_it_is_handed_in(officer: Path) -> None:
    """Saving does not help, running does: it submits what the notebook now says."""
    record = record_of("bt06", sheet_of("bt06").version)
    record.put("bt06-q1", {"so_dong": 1}, origin="code", cell=cell_hash(RAN))
    written(officer, RAN.replace("1)", "1127)"))
    told = call("POST", "submissions", "bt06")
    assert list(told) == ["to_run"]
    assert re.search(r"câu 1\b.*Shift\+Enter.*Chưa có gì được nộp", told["to_run"])
    assert call("GET", "submissions", "bt06") == []
    record.put("bt06-q1", {"so_dong": 1127}, origin="code", cell=cell_hash(RAN.replace("1)", "1127)")))
    receipt = call("POST", "submissions", "bt06")
    assert (receipt["partly"], receipt["warning"]) == ([1], "")


@pytest.mark.parametrize("now", ['submit("bt06-q1", so_dong=khong_co)', None], ids=["changed", "deleted"])
def test_who_cannot_run_it_again_hands_in_what_was_kept_and_is_told(officer: Path, now: str | None) -> None:
    """Nobody is shut out at the deadline, and nothing old goes without a word."""
    record = record_of("bt06", sheet_of("bt06").version)
    record.put("bt06-q1", {"so_dong": 1}, origin="code", cell=cell_hash(RAN))
    written(officer, now)
    assert "to_run" in call("POST", "submissions", "bt06", anyway=False)
    receipt = call("POST", "submissions", "bt06", anyway=True)
    assert re.search(r"Câu 1\b.*lần chạy trước.*Shift\+Enter", receipt["warning"])
    with zipfile.ZipFile(officer / "da-nop" / receipt["file"]) as packed:
        assert json.loads(packed.read("answers.json"))["answers"]["bt06-q1"]["answer"] == {"so_dong": 1}
        assert packed.read("bt06.ipynb") == (officer / "bt06.ipynb").read_bytes()


def written(folder: Path, source: str | None) -> None:
    """Save the notebook of bt06 with one more code cell, or as it was given."""
    path = folder / "bt06.ipynb"
    book = nbformat.read(path, as_version=4)
    if source is not None:
        book.cells.append(nbformat.v4.new_code_cell(source))
    nbformat.write(book, path)


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
    submit("bt06-q37", bang_quy=pd.DataFrame({"quy": ["2024Q1"], "so_vu": [9]}), goc_truc=0.0)
    hand_in_earlier(officer)
    submit("bt06-q1", so_dong=1127, so_dong_lap=27, so_vu=1100)
    submit("bt06-q37", bang_quy=pd.DataFrame({"quy": ["2024Q1"], "so_vu": [9]}), goc_truc=0.0)
    assert later("bt06") == []
    submit("bt06-q1", so_dong=1126)
    submit("bt06-q38", khau_dem="gom")
    assert later("bt06") == [1, 8], "another value, and one that was not in the zip"


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 cut off"])
def test_a_zip_that_cannot_be_read_is_told_by_its_hour(officer: Path, damage: bytes) -> None:
    hand_in_earlier(officer).write_bytes(damage)
    submit("bt06-q1", so_dong=1127)
    assert later("bt06") == [1]


def test_an_answer_that_was_taken_back_is_a_change_and_none_at_all_is_none(officer: Path) -> None:
    record = record_of("bt06", question_bank.load_public(course.sheet_path("bt06")).version)
    record.put("bt06-q40", "Số vụ tăng.", typed=True)
    hand_in_earlier(officer)
    record.put("bt06-q40", "", typed=True)
    assert later("bt06") == [10]


def test_what_is_whole_and_half_done_is_counted_the_same_in_the_receipt(officer: Path) -> None:
    submit("bt06-q1", so_dong=1127, so_dong_lap=27, so_vu=1100)
    submit("bt06-q38", khau_dem="gom")
    sheet = sheet_of("bt06")
    states = [one["state"] for one in question_states(sheet, record_of("bt06", sheet.version))]
    assert (states.count("whole"), states.count("partly")) == (1, 1)
    receipt = packing.hand_over("bt06")
    assert (receipt["answered"], receipt["total"], receipt["partly"]) == (1, 10, [8])


def test_the_receipt_names_the_exercise_and_the_folder_of_its_file(officer: Path) -> None:
    receipt = packing.hand_over("bt06")
    assert receipt["exercise"] == question_bank.load_public(course.sheet_path("bt06")).title
    assert receipt["folder"] == f"bai-lam/{CODE}/bt06/da-nop"
    assert (officer.parents[2] / receipt["folder"] / receipt["file"]).is_file()


def test_the_end_of_an_exercise_knows_to_whom_the_file_is_sent(desk: Path) -> None:
    assert call("GET", "course", "bt05")["leader"] == "người phụ trách lớp"
    settings = desk / "course.toml"
    text = settings.read_text(encoding="utf-8").replace('name = ""\n', 'name = "chị Hoa"\n')
    settings.write_text(text.replace('channel = ""', 'channel = "Zalo 0900 000 000"'), encoding="utf-8")
    told = call("GET", "course", "bt05")
    assert told["leader"] == "chị Hoa, qua Zalo 0900 000 000"
    words = told["words"]["site"] | told["words"]["lab"]
    assert all("{leader}" in words[name] for name in ("hand_in_help", "handed_in_at", "receipt_send"))


def test_nothing_is_called_handed_in_before_the_file_was_sent() -> None:
    words = section("site.frontend") | section("learner.lab")
    assert "đã nộp" not in (words["handed_in_at"] + words["packed_before"] + words["receipt_send"]).lower()
    assert "nhớ gửi tệp" in words["handed_in_at"]
    assert "thì mới là nộp" in words["receipt_send"]


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_whole_answer_is_not_called_half_done_and_an_empty_one_of_parts_is(name: str) -> None:
    question = authored(name)
    answer = right_answer(question, ON)
    if answer is not None:
        assert not types.type_of(question).left_open(question, answer)
    if question.type in {"matching", "form", "code", "scenario"}:
        half = answer[:-1] if isinstance(answer, list) else dict(list(answer.items())[1:])
        assert types.type_of(question).left_open(question, half)
