"""Mastery, the days of the follow-up, its calendar, and the short tests: by their public doors."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from kit.answering import right_answer
from kit.bank import alike

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.notebook import follow_up, self_test
from buuchinh.notebook.start import title_of
from buuchinh.questions import bank, types
from buuchinh.questions.answers import Record
from buuchinh.questions.authored import asked_as
from buuchinh.questions.practice import assessment, spacing
from buuchinh.questions.practice.mastery import Attempt, Mastery, mastery
from buuchinh.questions.publish import obscure

NOON = datetime(2026, 11, 25, 12).astimezone()


def attempts(*rights: bool) -> list[Attempt]:
    return [Attempt("m2-1", f"q{n}", right, NOON + timedelta(minutes=n)) for n, right in enumerate(rights)]


@pytest.mark.parametrize(
    ("rights", "mastered"),
    [
        ((True, True, True), None),
        ((True, True, True, True), True),
        ((True, True, False, True, True), True),
        ((True, False, False, True, True), False),
        ((False, False, True, True, True, True), True),
        ((True, True, True, True, False, False), False),
    ],
)
def test_four_of_the_last_five_is_mastery(rights: tuple[bool, ...], mastered: bool | None) -> None:
    assert mastery(attempts(*rights))["m2-1"].mastered is mastered


def test_the_order_of_time_counts_and_not_the_order_of_reading() -> None:
    given = attempts(False, False, True, True, True, True)
    assert mastery(reversed(given)) == mastery(given)


def test_a_pack_takes_what_sits_least_and_not_what_was_seen() -> None:
    offered = bank.load(course.root() / "datasets/questions/l02.yml").questions
    objectives = sorted({one.objective for one in offered if one.objective and types.type_of(one).short})
    weak = objectives[-1]
    standing = {name: Mastery((True,) * 5) for name in objectives} | {weak: Mastery((False,) * 5)}
    of = {one.id: one for one in offered}
    first = spacing.choose(offered, standing, (), "GL-0123-K/2")
    assert len(first) == len(set(first)) == spacing.SIZE
    assert of[first[0]].objective == weak
    assert first == spacing.choose(offered, standing, (), "GL-0123-K/2")
    again = spacing.choose(offered, standing, first, "GL-0123-K/7")
    fresh = {asked_as(one) for one in offered if one.objective == weak and types.type_of(one).short}
    if len(fresh) > 1:
        assert again[0] != first[0]


def test_the_calendar_has_a_whole_day_for_each_pack_and_is_the_same_each_time() -> None:
    texts = ("An toàn, an ninh bưu chính", "Ôn tập (ngày thứ {days})", "Mở gói {days}.")
    text = spacing.calendar(date(2026, 11, 25), *texts)
    events = Calendar.from_ical(text).walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [
        date(2026, 11, 27),
        date(2026, 12, 2),
        date(2026, 12, 16),
        date(2027, 1, 24),
        date(2027, 5, 24),
    ]
    assert str(events[0]["summary"]) == "Ôn tập (ngày thứ 2)"
    assert len({str(event["uid"]) for event in events}) == 5
    assert text == spacing.calendar(date(2026, 11, 25), *texts)
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))


@pytest.fixture
def desk(course_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BUUCHINH_COURSE", str(course_copy))
    monkeypatch.chdir(course_copy / "lessons")
    course.set_current_code("GL-0123-Q")
    return course_copy


def _answer(desk: Path, unit: str, count: int) -> None:
    file = bank.load(desk / "datasets/questions" / f"{unit}.yml")
    record = Record(course.workplace("GL-0123-Q", unit), unit, file.version, "GL-0123-Q")
    for question in [one for one in file.questions if types.type_of(one).short][:count]:
        record.put(question.id, right_answer(question, course.today()))


def test_the_schedule_begins_once_and_a_pack_stays_as_it_was_chosen(desk: Path) -> None:
    assert follow_up.now()["can_start"] is False
    _answer(desk, "l02", 6)
    assert follow_up.now()["can_start"] is True
    follow_up.begin(course.today() - timedelta(days=3))
    follow_up.begin(course.today())
    page = follow_up.now()
    assert [pack["open"] for pack in page["packs"]] == [True, False, False, False, False]
    assert (desk / page["ics"]).is_file()
    chosen = follow_up.pack(2)
    assert len(chosen) == 5
    record = follow_up._record(2)
    record.put(chosen[0].id, right_answer(chosen[0], course.today()))
    assert [one.id for one in follow_up.pack(2)] == [one.id for one in chosen]
    assert follow_up.now()["packs"][0]["done"] == 1
    answered = {one.id for one in bank.load(desk / "datasets/questions/l02.yml").questions}
    assert not {one.id for one in follow_up.pack(7)} & {one.id for one in chosen}
    assert {one.id for one in chosen} <= answered


def test_what_one_wrote_that_one_would_do_comes_back_on_the_days_7_and_21(desk: Path) -> None:
    _answer(desk, "l02", 3)
    file = bank.load(desk / "datasets/questions/l02.yml")
    (asked,) = [one for one in file.questions if getattr(one, "comes_back", False)]
    record = Record(course.workplace("GL-0123-Q", "l02"), "l02", file.version, "GL-0123-Q")
    record.put(asked.id, " Ca tới tôi hỏi văn bản trước. ")
    follow_up.begin(course.today() - timedelta(days=8))
    page = follow_up.now()
    assert page["own"] == [{"lesson": "2", "text": "Ca tới tôi hỏi văn bản trước."}]
    assert [pack["days"] for pack in page["packs"] if pack["recalls"]] == [7, 21]
    record.put(asked.id, "  ")
    assert follow_up.now()["own"] == []


def test_a_damaged_schedule_stops_nobody(desk: Path) -> None:
    _answer(desk, "l02", 3)
    follow_up.begin(course.today())
    (course.workplace("GL-0123-Q", "on-tap") / "lich.json").write_text("{", encoding="utf-8")
    assert follow_up.now()["started"] == ""
    follow_up.begin(course.today())
    assert follow_up.now()["started"]


def test_a_line_of_the_journal_without_a_time_stops_no_follow_up(desk: Path) -> None:
    _answer(desk, "l02", 4)
    journal = course.workplace("GL-0123-Q", "l02") / course.JOURNAL
    lines = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
    del lines[0]["at"]
    lines[1]["at"], lines[2]["at"], lines[3]["at"] = "hôm qua", 7, "2026-11-25T10:00:00"
    journal.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    (journal.parent / course.ANSWERS).unlink()
    follow_up.begin(course.today())
    assert sum(row["count"] for row in follow_up.now()["objectives"]) == 4


@pytest.fixture
def tested(desk: Path) -> Path:
    for unit in assessment.TESTS:
        (desk / "datasets/questions" / f"{unit}.yml").write_text(alike(unit, 2), encoding="utf-8")
    return desk


def _shown_answers(unit: str, wrong: tuple[int, ...] = ()) -> dict[str, Any]:
    file = assessment.questions(unit)
    answers: dict[str, Any] = {}
    for number, question in enumerate(file.questions, 1):
        shown: Any = obscure(question, file.seed)
        right = shown.keys[0].correct
        others = [one.id for one in shown.options if one.id != right]
        answers[question.id] = others[0] if number in wrong else right
    return answers


def test_a_finished_test_tells_what_was_chosen_and_what_to_read_and_no_key(tested: Path) -> None:
    result = self_test.told(assessment.questions("kt1"), _shown_answers("kt1", wrong=(2,)))
    assert result["headline"] == "Đúng 1/2 câu"
    assert result["read"] == [title_of(next((tested / "lessons").glob("02-*.ipynb")))]
    assert "Lau đi thì dấu hiệu mất." in str(result)
    assert result["questions"][1]["lines"][0]["right"] is False
    assert "Dừng và báo." not in str(result["questions"][1])


def test_the_first_end_counts(tested: Path) -> None:
    file = assessment.questions("kt1")
    record = Record(course.workplace("GL-0123-Q", "kt1"), "kt1", file.version, "GL-0123-Q")
    for name, answer in _shown_answers("kt1").items():
        record.put(name, answer)
    end = self_test.Finish(file, record)
    end._on_message(None, {"do": "finish"}, None)
    first = json.loads((record.folder / assessment.FINISHED).read_text(encoding="utf-8"))
    record.put("kt1-q01", _shown_answers("kt1", wrong=(1,))["kt1-q01"])
    again = self_test.Finish(file, record)
    again._on_message(None, {"do": "finish"}, None)
    assert json.loads((record.folder / assessment.FINISHED).read_text(encoding="utf-8")) == first
    assert again.state["result"]["headline"] == "Đúng 2/2 câu"


def test_an_end_of_an_earlier_version_is_told_as_that_and_the_test_is_open(tested: Path) -> None:
    file = assessment.questions("kt1")
    record = Record(course.workplace("GL-0123-Q", "kt1"), "kt1", file.version, "GL-0123-Q")
    for name, answer in _shown_answers("kt1").items():
        record.put(name, answer)
    path = record.folder / assessment.FINISHED
    old = {"format": 1, "unit": "kt1", "version": "0.0.1", "code": None, "finished_at": "2099-01-01T09:00:00+07:00"}
    path.write_text(json.dumps(old | {"answers": {"kt1-q01": "x"}}), encoding="utf-8")
    end = self_test.Finish(file, record)
    assert end.state["result"] is None
    assert "bản 0.0.1 lúc " in end.state["before"]
    assert end.state["missing"] == [1, 2]  # what was answered then is not asked here
    path.write_text(json.dumps(old | {"answers": {}, "finished_at": "2020-01-01T09:00:00+07:00"}), encoding="utf-8")
    end = self_test.Finish(file, record)
    end._on_message(None, {"do": "finish"}, None)
    assert end.state["result"]["headline"] == "Đúng 2/2 câu"
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert (kept["version"], kept["right"], [one["version"] for one in kept["earlier"]]) == (file.version, 2, ["0.0.1"])


def test_there_is_no_other_test(desk: Path) -> None:
    with pytest.raises(KitError):
        assessment.questions("l02")
