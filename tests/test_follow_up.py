"""The follow-up: its days and their calendar, packs that stay as they were chosen, what is read back."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from icalendar import Calendar
from kit import node
from kit.agreeing import Agree

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.learner.data import follow_up, unit
from buuchinh.messages import section
from buuchinh.questions.practice import assessment, spacing


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


def test_the_calendar_that_a_page_gives_is_the_one_that_is_written_beside_the_schedule(agree: Agree) -> None:
    words, title = section("notebook")["follow_up"], course.settings().title

    def python(day: str) -> str:
        started = date.fromisoformat(day)
        return spacing.calendar(started, title, words["event"], words["event_text"]).decode("utf-8")

    def case(chance: Random) -> str:
        return (date(2026, 1, 1) + timedelta(days=chance.randrange(3000))).isoformat()

    javascript = "(started, [template, title, days]) => kit.calendarOf(template, title, started, days)"
    agree(case, python, javascript, shared=[follow_up.calendar(words), title, list(spacing.DAYS)])


@pytest.fixture
def pages() -> tuple[Any, Any]:
    """Return the page of lesson 2 and that of the follow-up."""
    lesson = unit.lesson(next((course.root() / "datasets/questions").parents[1].glob("lessons/02-*.ipynb")), None)[0]
    return lesson, follow_up.page([lesson])


_PACKS = """([lesson, page, answered, state, today]) => {
  const entry = { answer: "x", first: "x", at: "2026-11-20T09:00:00+07:00" };
  const answers = Object.fromEntries(answered.map((id) => [id, entry]));
  const host = { lessons: answered.length ? [{ unit: "l02", answers, page: lesson }] : [], packs: {}, own: [], today,
    score: kit.score, started: state.started, address: () => "blob:" };
  const work = kit.workOf(host, page.about);
  const packOf = (days) => kit.packOf(state, days, work, "GL-0123-Q", page.size);
  const packs = Object.fromEntries(page.days.map((days) => [days, packOf(days)]));
  return [packs, kit.scheduleOf(page, host, state, work)];
}"""


def test_a_pack_stays_as_it_was_chosen_and_the_next_asks_others(javascript: node.Node, pages: Any) -> None:
    lesson, page = pages
    ids = [made[0]["id"] for made in lesson["questions"].values()]
    begun: dict[str, Any] = {"started": "2026-11-20", "packs": {}}
    packs, _ = javascript.evaluate(_PACKS, [lesson, page, ids[:6], begun, "2026-11-23"])
    chosen = packs["2"]
    assert len(chosen) == len(set(chosen)) == spacing.SIZE
    kept = begun | {"packs": {"2": chosen}}
    packs, _ = javascript.evaluate(_PACKS, [lesson, page, ids, kept, "2026-12-23"])
    assert packs["2"] == chosen, "also when more was answered since"
    assert not {*packs["7"]} & {*chosen}
    kept["packs"]["2"] = ["l02-da-rut", *chosen[1:]]
    packs, _ = javascript.evaluate(_PACKS, [lesson, page, ids, kept, "2026-12-23"])
    assert packs["2"] == chosen[1:], "a question that the course has no more is passed over"


_CHOSEN = """([lesson, page, told]) => {
  const now = (day) => `2026-11-${day}T09:00:00+07:00`;
  const each = (table, made) => Object.fromEntries(Object.entries(table).map(([name, one]) => [name, made(one)]));
  const entries = (given) => each(given, ([right, day]) => ({ answer: right, first: right, at: now(day) }));
  const lessons = [{ unit: "l02", answers: entries(told.answers), page: lesson, parts: told.parts }];
  const host = { lessons, packs: each(told.packs, entries),
    today: "2026-11-29", score: (question, right) => ({ fraction: right ? 1 : 0, reason: null }) };
  return kit.packOf({ packs: told.kept }, told.days, kit.workOf(host, page.about), "GL-0123-Q", page.size);
}"""


def test_a_pack_asks_first_what_was_missed_then_what_was_read_and_what_nobody_read_only_to_be_full(
    javascript: node.Node, pages: Any
) -> None:
    lesson, page = pages
    shown = [[part["ask"] for part in screen["parts"] if "ask" in part] for screen in lesson["screens"]]
    on = {name: at for at, asked in enumerate(shown, 1) for name in asked}
    short = [
        name
        for name in on
        for told in [page["about"].get(lesson["questions"][name][0]["id"])]
        if told and told["short"] and told["scored"] and told["objective"]
    ]
    ids = {name: [one["id"] for one in lesson["questions"][name]] for name in short}
    answered = short[:4]
    base: dict[str, Any] = {"parts": [on[short[5]]], "packs": {}, "kept": {}, "days": 2}
    right = {ids[name][0]: [name not in answered[2:], 20] for name in answered}
    read = {name for name in short if on[name] in {on[short[5]], *(on[one] for one in answered)}}
    asked = _named(ids, javascript.evaluate(_CHOSEN, [lesson, page, base | {"answers": right}]))
    assert set(asked[:2]) == set(answered[2:]), "first what was not right"
    assert len(asked) == spacing.SIZE
    assert set(asked[: len(read)]) <= read, "then what was read or answered"
    first = javascript.evaluate(_CHOSEN, [lesson, page, base | {"answers": right}])
    passed = {first[0]: [True, 22], first[1]: [False, 22], first[2]: [True, 22]}
    later = base | {"answers": right, "days": 7, "kept": {"2": first}, "packs": {"2": passed}}
    asked = _named(ids, javascript.evaluate(_CHOSEN, [lesson, page, later]))
    assert asked[0] == _named(ids, [first[1]])[0], "what was missed again comes again"


def _named(ids: dict[str, list[str]], chosen: list[str]) -> list[str]:
    return [next(name for name, variants in ids.items() if one in variants) for one in chosen]


def test_packs_open_on_their_days_and_three_of_them_read_back(javascript: node.Node, pages: Any) -> None:
    lesson, page = pages
    state = {"started": "2026-11-20", "packs": {}}
    ids = [made[0]["id"] for made in lesson["questions"].values()]
    _, shown = javascript.evaluate(_PACKS, [lesson, page, ids[:3], state, "2026-11-28"])
    assert [pack["days"] for pack in shown["packs"] if pack["open"]] == [2, 7]
    assert [pack["days"] for pack in shown["packs"] if pack["recalls"]] == [2, 7, 21]
    assert page["drilled"] == [7, 21, 60]
    assert (shown["started"], shown["packs"][0]["day"]) == ("20-11-2026", "22-11-2026")
    _, shown = javascript.evaluate(_PACKS, [lesson, page, [], {}, "2026-11-28"])
    assert (shown["started"], shown["packs"]) == ("", [])


def test_what_one_wrote_that_one_would_do_is_read_back(javascript: node.Node, pages: Any) -> None:
    (asked,) = pages[1]["own"]
    function = "([page, id, answer]) => kit.ownSentences(page, 'l02', { [id]: { answer }, other: { answer: 'x' } })"
    for said, read_back in (
        (" Ca tới tôi hỏi văn bản trước. ", ["Ca tới tôi hỏi văn bản trước."]),
        ("  ", []),
        (7, []),
    ):
        own = javascript.evaluate(function, [pages[1], asked, said])
        assert own == [{"lesson": "2", "text": text} for text in read_back]


def test_there_is_no_other_test(course_copy: Path) -> None:
    with pytest.raises(KitError):
        assessment.questions("l02")
