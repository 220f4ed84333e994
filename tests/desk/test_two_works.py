"""Two works side by side: what is alike and what differs is marked, and what was noted after asking stays private."""

from __future__ import annotations

import json
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from kit.classroom import UNIT
from kit.desk import enrol
from kit.handin import AT, answers, code_of, hand_in

from buuchinh.desk.comparisons import equal_pairs, pair_notes, two_works
from buuchinh.desk.screens.desk_view import Desk
from buuchinh.desk.server import desk_calls
from buuchinh.errors import KitError
from buuchinh.grading import grade_class
from buuchinh.personal_data import archive, erasing
from buuchinh.personal_data.names import Names
from buuchinh.results import feedback_pages

TEXT = (
    "Tôi dừng nhận gói, mời khách đứng lùi ra xa cửa quầy, rồi báo ngay cho trưởng bưu cục bằng điện thoại bàn. "
    "Trong lúc chờ, tôi ghi lại giờ khách đến, hình dáng cái gói và lời khách nói, không sờ lại vào gói lần nào nữa."
)
FIRST, SECOND, THIRD = code_of(1), code_of(2), code_of(3)
NOTE = "Hai người học chung tối qua, mỗi người tự viết lại."
PAIR = {"unit": UNIT, "first": FIRST, "second": SECOND}


@pytest.fixture
def klass(course: Path) -> Path:
    """Return a class of three, two of whom wrote nearly the same, and chose differently."""
    enrol(FIRST, SECOND, THIRD)
    for code, text, right in ((FIRST, TEXT, True), (SECOND, f"{TEXT} Hết.", False), (THIRD, "Báo ngay.", True)):
        folder = hand_in(course, code, {**answers(right=right), "bt90-q3": text}, "", text)
        record = {"at": AT, "notes": [], "version": "1.0.0", "sha256": code}
        (folder / "collected.json").write_text(json.dumps(record), encoding="utf-8")
    return course


def note(text: str) -> None:
    desk_calls.CALLS["ghi-cap"](Desk(), {**PAIR, "text": text})


def test_what_is_alike_comes_first_and_what_differs_is_plain(klass: Path) -> None:
    page = two_works.payload(UNIT, FIRST, SECOND, Names())
    alike, *different = page["rows"]
    assert (alike["alike"], alike["number"]) == (True, 3)
    assert [part["same"] for part in alike["right"]["parts"]] == [True, False]
    assert alike["right"]["parts"][1]["text"] == "Hết."
    assert [row["number"] for row in different] == [1, 2]
    assert not any(row["alike"] or part["same"] for row in different for part in row["left"]["parts"])
    assert different[0]["left"]["parts"][0]["text"][:2] in {"1.", "2.", "3.", "4."}  # by digit, as on the sheet
    assert page["signs"][0] == {"text": "1 đoạn viết gần như một", "alike": True}
    assert page["signs"][-1]["text"].startswith("nộp cách nhau")
    assert "chưa phải kết luận" in page["lead"]


def test_a_note_is_there_again_even_after_the_pair_was_put_away_and_the_work_changed(klass: Path) -> None:
    note(f"  {NOTE}\n")
    assert two_works.payload(UNIT, FIRST, SECOND, Names())["note"] == NOTE
    assert two_works.payload(UNIT, SECOND, FIRST, Names())["note"] == NOTE
    equal_pairs.put_away(UNIT, FIRST, SECOND)
    page = two_works.payload(UNIT, FIRST, SECOND, Names())
    assert (page["note"], bool(page["asked"])) == (NOTE, True)
    (pair,) = equal_pairs.payload(UNIT, Names())["pairs"]
    assert pair["asked"]
    hand_in(klass, SECOND, {"bt90-q3": TEXT}, "", TEXT)
    assert pair_notes.of_pair(UNIT, FIRST, SECOND) == NOTE
    note("")
    assert pair_notes.of_pair(UNIT, FIRST, SECOND) == ""


def test_after_a_take_in_only_pairs_with_new_work_are_listed(klass: Path) -> None:
    def taken_in(code: str, at: str) -> None:
        folder = klass / "nop-bai" / UNIT / code / "20261125-100000-0123abcd"
        folder.mkdir(parents=True, exist_ok=True)
        record = {"at": AT, "collected_at": at, "sha256": "0123abcd", "receipt": True, "notes": []}
        (folder / "collected.json").write_text(json.dumps(record), encoding="utf-8")

    begun = datetime.fromisoformat("2026-11-26T08:00:00+07:00")
    for code in (FIRST, SECOND):
        taken_in(code, AT)
    assert len(equal_pairs.payload(UNIT, Names())["pairs"]) == 1
    old = equal_pairs.payload(UNIT, Names(), begun)
    assert (old["pairs"], old["title"]) == ([], "")
    taken_in(SECOND, "2026-11-26T08:00:05+07:00")
    assert len(equal_pairs.payload(UNIT, Names(), begun)["pairs"]) == 1


def test_a_note_is_not_sent_while_the_desk_is_projected(klass: Path) -> None:
    note(NOTE)
    page = two_works.payload(UNIT, FIRST, SECOND, Names(), covered=True)
    assert page["note"] == ""
    assert page["note_closed"]


@pytest.mark.parametrize("gone", [FIRST, SECOND])
def test_a_note_goes_with_either_person_and_other_notes_stay(klass: Path, gone: str) -> None:
    note(NOTE)
    other = FIRST if gone == SECOND else SECOND
    pair_notes.keep(UNIT, other, THIRD, "Hỏi rồi, không chung gì.")
    erasing.forget(gone)
    stored = (klass / "so-cham" / "ghi-bai-giong.json").read_text(encoding="utf-8")
    assert gone not in stored
    assert NOTE not in stored
    assert pair_notes.of_pair(UNIT, other, THIRD) == "Hỏi rồi, không chung gì."
    with pytest.raises(KitError):
        note(NOTE)


def test_a_note_is_in_the_backup_and_in_no_feedback(klass: Path) -> None:
    note(NOTE)
    grade_class.grade(UNIT)
    feedback_pages.write(UNIT)
    pages = [path for path in klass.rglob("*") if path.is_file() and path.parts[len(klass.parts)] == "feedback"]
    assert pages
    assert not any("học chung tối qua" in path.read_text(encoding="utf-8", errors="replace") for path in pages)
    with zipfile.ZipFile(archive.backup().path) as stored:
        assert "học chung" in stored.read("so-cham/ghi-bai-giong.json").decode("utf-8")


def test_a_note_that_is_too_long_is_refused_and_the_earlier_one_stays(klass: Path) -> None:
    note(NOTE)
    with pytest.raises(KitError, match="dài quá"):
        note("a" * (pair_notes.LONGEST + 1))
    assert pair_notes.of_pair(UNIT, FIRST, SECOND) == NOTE
