"""A mark is stored in nbgrader's row or refused: never half, never over what somebody else gave."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from kit.classroom import UNIT
from kit.handin import answers, hand_in
from kit.marking import CODES, QUESTION, TEXTS, by_formgrader, handed_in, marked_class, marking_course, row

from buuchinh import course
from buuchinh.classroom import database, given_points, gradebook, turn
from buuchinh.desk.class_state.read_class import ClassReader
from buuchinh.desk.marking import earlier_comments, question_page, queue, save_mark
from buuchinh.desk.marking.queue import Answer
from buuchinh.desk.marking.save_mark import Conflict, Mark, Seen, Unwritable
from buuchinh.errors import KitError
from buuchinh.grading import grade_class, rubric_ticks
from buuchinh.locks import locked
from buuchinh.results import results

__all__ = ["marked_class", "marking_course"]
CODE = CODES[0]
ALL = Mark(lines={"viec": "full", "noi": "half", "gio": "full"})


def answer(code: str = CODE) -> Answer:
    return next(one for one in queue.read(UNIT, QUESTION) if one.code == code)


def seen(code: str = CODE) -> Seen:
    now = answer(code)
    return Seen(now.scored.manual, now.comment or "", now.fingerprint)


def save(mark: Mark, code: str = CODE, last: Seen | None = None) -> save_mark.Saved:
    return save_mark.save(UNIT, QUESTION, code, mark, last or seen(code))


def test_lines_become_points_that_nbgrader_itself_shows(marking_course: Path) -> None:
    assert row(CODE) == (None, True, None)
    stored = save(Mark(lines=ALL.lines, comment="Nói rõ nơi nào."))
    assert stored.points == 2.5
    assert row(CODE) == (2.5, False, "Nói rõ nơi nào.")
    (standing,) = results.standings(UNIT, CODE)
    item = next(one for one in standing.items if one.id == QUESTION)
    assert (item.earned, item.comment) == (2.5, "Nói rõ nơi nào.")
    noted = given_points.last(UNIT, CODE, {QUESTION: 2.5})
    assert noted is not None
    assert abs((stored.at - noted).total_seconds()) < 2
    now = answer()
    assert now.ticks is not None
    assert now.ticks.lines == ALL.lines
    assert not now.ticks.set_elsewhere(now.scored.manual)


@pytest.mark.parametrize(("typed", "points"), [("2,5", 2.5), ("2.5", 2.5), (" 3 ", 3.0), ("0", 0.0), ("", None)])
def test_points_may_be_typed_with_comma_or_point(marking_course: Path, typed: str, points: float | None) -> None:
    assert save(Mark(typed)).points == points
    assert row(CODE)[:2] == (points, points is None)


@pytest.mark.parametrize(
    ("mark", "word"),
    [
        (Mark("3,01"), "tối đa 3 điểm"),
        (Mark("9"), "tối đa 3 điểm"),
        (Mark("abc"), "không phải số điểm"),
        (Mark("-1"), "không phải số điểm"),
        (Mark("1e1"), "không phải số điểm"),
        (Mark("nan"), "không phải số điểm"),
        (Mark(lines={"la": "full"}), "không có ý"),
        (Mark(lines={"gio": "half"}), "không có ý"),
        (Mark("1", comment=f"Như {CODES[1]}."), "mã của một người"),
        (Mark("1", comment=f"Như {CODES[1].lower().replace('-', ' ')}."), "mã của một người"),
        (Mark("1", comment="a" * 4001), "dài quá"),
    ],
)
def test_what_cannot_stand_is_refused_and_the_old_points_stay(marking_course: Path, mark: Mark, word: str) -> None:
    save(Mark("1,5", comment="Rõ."))
    with pytest.raises(KitError, match=word):
        save(mark)
    assert row(CODE) == (1.5, False, "Rõ.")


def test_what_somebody_else_gave_meanwhile_is_asked_about_and_never_written_over(marking_course: Path) -> None:
    before = seen()
    by_formgrader(CODE, 2.0, "Từ formgrader.")
    with pytest.raises(Conflict) as conflict:
        save(ALL, last=before)
    assert (conflict.value.points, conflict.value.comment) == (2.0, "Từ formgrader.")
    assert row(CODE) == (2.0, False, "Từ formgrader.")
    save(ALL, last=Seen(2.0, "Từ formgrader.", before.fingerprint))
    assert row(CODE) == (2.5, False, None)


def test_other_lines_of_equal_points_are_asked_about(marking_course: Path) -> None:
    before = replace(seen(), lines={})
    save(Mark(lines={"viec": "full"}), last=before)
    with pytest.raises(Conflict) as conflict:
        save(Mark(lines={"gio": "full"}), last=before)
    assert conflict.value.points == 1.0
    assert conflict.value.ticks is not None
    assert conflict.value.ticks.lines == {"viec": "full"}
    save(Mark(lines={"gio": "full"}), last=replace(seen(), lines={"viec": "full"}))
    ticks = answer().ticks
    assert ticks is not None
    assert ticks.lines == {"gio": "full"}
    by_formgrader(CODE, 2.0)
    with pytest.raises(Conflict) as conflict:
        save(Mark(lines={"viec": "full"}), last=replace(seen(), points=1.0, lines={"gio": "full"}))
    assert conflict.value.ticks is None, "formgrader's points come from no lines"


def test_the_same_mark_sent_twice_is_no_conflict(marking_course: Path) -> None:
    before = seen()
    save(ALL, last=before)
    save(ALL, last=before)
    assert row(CODE)[0] == 2.5


def test_lines_that_formgrader_went_past_are_known_to_be_old(marking_course: Path) -> None:
    save(ALL)
    by_formgrader(CODE, 1.0)
    now = answer()
    assert now.ticks is not None
    assert now.ticks.set_elsewhere(now.scored.manual)
    assert now.ticks.lines == ALL.lines, "kept as they were, shown as old"


def test_points_taken_back_wait_again_and_extra_credit_stays(marking_course: Path) -> None:
    with gradebook.opened() as book:
        book.find_grade(QUESTION, UNIT, UNIT, CODE).extra_credit = 0.5
        book.db.commit()
    save(Mark("2"))
    with gradebook.opened() as book:
        assert book.find_grade(QUESTION, UNIT, UNIT, CODE).score == 2.5
    save(Mark())
    assert row(CODE)[:2] == (None, True)
    assert answer().scored.waits


def test_a_new_hand_in_keeps_points_only_where_that_answer_is_the_same(marking_course: Path) -> None:
    save(ALL)
    folder = hand_in(marking_course, CODE, answers(right=False) | {QUESTION: TEXTS[0]}, text=TEXTS[0])
    grade_class.grade(UNIT)
    assert not answer().scored.waits, "another question changed, this one did not"
    last = seen()
    hand_in(marking_course, CODE, answers() | {QUESTION: "Viết lại."}, text="Viết lại.")
    assert folder.is_dir()
    grade_class.grade(UNIT)
    now = answer()
    assert (now.scored.waits, now.scored.manual, now.work.text) == (True, 2.5, "Viết lại.")
    assert queue.waiting(UNIT)[QUESTION] == (4, 4)
    with pytest.raises(Conflict) as conflict:
        save(Mark("3"), last=last)
    assert conflict.value.answer_changed
    save(Mark("2,5"))
    assert row(CODE)[:2] == (2.5, False)
    assert queue.waiting(UNIT)[QUESTION] == (3, 4)


def test_a_writer_who_takes_long_is_named_and_nothing_is_lost(
    marking_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(save_mark, "WAIT", 0.5)
    last = seen()
    path = gradebook.file()
    assert path is not None
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unwritable, match="cửa sổ khác"):
            save(ALL, last=last)
        (marking_course / "so-cham" / ".dang-chay").touch()
        with pytest.raises(Unwritable, match="việc của lớp"):
            save(ALL, last=last)
        other.execute("ROLLBACK")
    save(ALL, last=last)
    assert row(CODE)[0] == 2.5


def test_nothing_is_stored_in_a_class_that_is_being_restored(marking_course: Path) -> None:
    last = seen()
    turn.half_restored().touch()
    with pytest.raises(Unwritable, match="khôi phục"):
        save(ALL, last=last)
    assert row(CODE)[0] is None


def test_while_a_restoration_takes_the_marks_place_no_mark_is_acknowledged(
    marking_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(save_mark, "WAIT", 0.5)
    last = seen()
    with locked(turn.marks_lock()), ThreadPoolExecutor(1) as other:
        saving = other.submit(save, ALL, CODE, last)
        with pytest.raises(Unwritable):
            saving.result()
    assert row(CODE)[0] is None


def test_a_short_writer_is_waited_for(marking_course: Path) -> None:
    last = seen()
    path = gradebook.file()
    assert path is not None
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")

    def end() -> None:
        time.sleep(0.3)
        other.execute("COMMIT")
        other.close()

    thread = threading.Thread(target=end)
    thread.start()
    save(ALL, last=last)
    thread.join()
    assert row(CODE)[0] == 2.5


def test_a_gradebook_of_an_unknown_version_is_read_and_not_written(marking_course: Path) -> None:
    last = seen()
    assert save_mark.writable() == ""
    connection = database.connect()
    with connection.transaction() as execute:
        execute("UPDATE alembic_version SET version_num = :to", {"to": "ffffffffffff"})
    connection.close()
    assert "chỉ cho xem" in save_mark.writable()
    assert answer().work.text == TEXTS[0]
    with pytest.raises(Unwritable, match="chỉ cho xem"):
        save(ALL, last=last)
    assert row(CODE)[0] is None


def test_the_known_version_is_that_of_the_nbgrader_that_the_tests_run() -> None:
    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import ALEMBIC_DIR

    assert ScriptDirectory(ALEMBIC_DIR).get_current_head() in save_mark.KNOWN_SCHEMAS


def test_damaged_lines_cost_no_points(marking_course: Path) -> None:
    save(ALL)
    place = rubric_ticks.place(UNIT, CODE)
    typed = '{"questions": {"bt90-q3": {"lines": {}, "points": "2"}}}'
    for text in ("{", "[]", '{"questions": {"bt90-q3": {"lines": {"viec": "third"}}}}', typed, '{"questions": 3}'):
        place.write_text(text, encoding="utf-8")
        now = answer()
        assert (now.scored.manual, now.ticks) == (2.5, None)
        save(Mark("1"))
        save(ALL)
        assert json.loads(place.read_text(encoding="utf-8"))["questions"][QUESTION]["points"] == 2.5


def test_comments_are_offered_with_their_number_the_newest_first(marking_course: Path) -> None:
    for code, comment in zip(CODES, ("Nói rõ nơi.", "Thêm giờ.", "Nói rõ nơi.", ""), strict=True):
        save(Mark("1", comment=comment), code)
        _age(code)
    assert earlier_comments.of_question(UNIT, QUESTION) == [("Nói rõ nơi.", 2), ("Thêm giờ.", 1)]
    by_formgrader(CODES[3], 1.0, f"Giống {CODES[0]}")
    assert [text for text, _ in earlier_comments.of_question(UNIT, QUESTION)] == ["Nói rõ nơi.", "Thêm giờ."]
    save(Mark("1", comment="Thêm giờ."), CODES[0])
    assert earlier_comments.of_question(UNIT, QUESTION)[0][0] == "Thêm giờ."


def _age(code: str) -> None:
    """Let a comment be of an hour that differs from the others', as those of a real evening do."""
    place = rubric_ticks.place(UNIT, code)
    text = place.read_text(encoding="utf-8")
    record = json.loads(text)
    if record["questions"][QUESTION]["comment_at"]:
        record["questions"][QUESTION]["comment_at"] = f"2026-11-25T10:0{CODES.index(code)}:00+07:00"
        place.write_text(json.dumps(record), encoding="utf-8")


def test_the_order_tells_neither_code_nor_hour(marking_course: Path) -> None:
    found = queue.read(UNIT, QUESTION)
    assert sorted(one.code for one in found) == list(CODES)
    assert [one.hidden for one in found] == sorted(one.hidden for one in found)
    assert [one.code for one in found] == [one.code for one in queue.read(UNIT, QUESTION)]
    orders = set()
    for name in ("a", "b", "c", "d", "e", "f"):
        by_id = {queue.hidden(UNIT, name, code): code for code in CODES}
        orders.add(tuple(by_id[one] for one in sorted(by_id)))
    assert len(orders) > 1, "another question has another order"
    assert {one.code: one.same for one in found} == dict(zip(CODES, (1, 0, 0, 1), strict=True))


def test_who_wrote_nothing_has_no_points_and_does_not_wait(marking_course: Path) -> None:
    hand_in(marking_course, CODE, {name: one for name, one in answers().items() if name != QUESTION}, text=None)
    grade_class.grade(UNIT)
    now = answer()
    assert (now.work.text, now.scored.auto, now.scored.waits) == ("", 0.0, False)
    save(Mark("1"))
    assert row(CODE)[0] == 1.0


def test_who_is_not_in_the_gradebook_any_more_is_said_so(marking_course: Path) -> None:
    last = seen()
    with gradebook.opened() as book:
        book.remove_student(CODE)
    with pytest.raises(KitError, match="Không còn bài này"):
        save(ALL, last=last)
    with pytest.raises(KitError):
        queue.code_behind(UNIT, QUESTION, "0" * 16)
    assert (course.root() / "gradebook.db").is_file()


def test_a_second_class_run_leaves_a_mark_alone(marking_course: Path) -> None:
    save(ALL)
    handed_in(marking_course, {CODES[1]: "Khác hẳn."})
    grade_class.grade(UNIT, again=True)
    assert row(CODE) == (2.5, False, None)
    assert not answer().scored.waits


def test_half_a_mark_is_stored_and_still_waits_until_its_giver_goes_on(marking_course: Path) -> None:
    def state() -> str:
        people = question_page.of(UNIT, QUESTION)["people"]
        return str(next(one["state"] for one in people if one["id"] == answer().hidden))

    waiting = queue.waiting(UNIT)[QUESTION]
    save(Mark(lines={"viec": "full"}, half=True))
    assert row(CODE)[:2] == (1.0, True), "formgrader shows that it waits too"
    assert state() == "half"
    assert queue.waiting(UNIT)[QUESTION] == waiting
    assert ClassReader().read().cell(UNIT, CODE).state == "waiting"
    save(Mark(lines={"viec": "full"}))
    assert row(CODE)[:2] == (1.0, False)
    assert state() == "done"
    assert queue.waiting(UNIT)[QUESTION] == (waiting[0] - 1, waiting[1])
    by_formgrader(CODE, 2.0)
    assert state() == "done"
