"""Sheets call questions as trainees see them, by number and opening words, and never by id."""

from __future__ import annotations

import json
import re
from pathlib import Path

from kit.classroom import UNIT
from kit.desk_class import THERE

from buuchinh.attempts import reader
from buuchinh.desk.class_state.read_class import ClassReader
from buuchinh.desk.naming import question_names
from buuchinh.desk.screens import cell_details
from buuchinh.grading import grade_class
from buuchinh.messages import say
from buuchinh.personal_data.names import Names


def test_notes_name_questions_by_number_and_opening_words(mixed: Path) -> None:
    notes = [
        say("intake.collect.merged", at="10:00", ids="bt90-q1, bt90-q4"),
        say("intake.collect.found_by_submit", id="bt90-q4-lam"),
        say("intake.collect.text_from_cell", id="bt90-q3"),
        say("intake.collect.no_code", ids="bt90-q4-lam, bt90-q40"),
    ]
    merged, found, text, lost = question_names.in_notes(notes, UNIT, "1.0.0", THERE)
    assert re.search(r"lấy từ lần ấy câu 1 \(“.+?”\), câu 4 \(“.+?”\)\.$", merged)
    assert re.match(r"Ô câu 4 \(“.+?”\) mất mã ô", found)
    assert re.match(r"Câu 3 \(“.+?”\): lấy cả phần viết", text)
    assert re.search(r"ở các ô: câu 4 \(“.+?”\), bt90-q40\.$", lost), "no id that is part of another one"


def test_the_sheet_of_a_cell_names_no_id(mixed: Path) -> None:
    grade_class.grade(UNIT)
    path = reader.submitted(UNIT, THERE).folder / "collected.json"  # type: ignore[union-attr]
    stored = json.loads(path.read_bytes())
    stored["notes"] = [say("intake.collect.merged", at="10:00", ids="bt90-q1")]
    path.write_text(json.dumps(stored), encoding="utf-8")
    sheet = cell_details.payload(ClassReader().read(), UNIT, THERE, Names.read())
    assert [one["text"][:7] for one in sheet["questions"][:2]] == ["Câu 1: ", "Câu 2: "]
    said = json.dumps([sheet["questions"], sheet["notes"], sheet["reasons"]], ensure_ascii=False)
    assert "câu 1 (“" in said
    assert f"{UNIT}-q" not in said
