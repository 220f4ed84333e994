"""Pictures of parcels and the follow-up on the pages are the notebook's: chosen, drawn, told and counted alike."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from kit import node

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.learner.data import drills, follow_up
from buuchinh.messages import section
from buuchinh.notebook import drill
from buuchinh.questions import bank, types
from buuchinh.questions.authored import asked_as
from buuchinh.questions.drills import drawn
from buuchinh.questions.drills.choosing import BURST, ROW, Series, choose
from buuchinh.questions.drills.counted import SAID, count
from buuchinh.questions.drills.parts import Wrapping, parts
from buuchinh.questions.drills.picture import read
from buuchinh.questions.practice import spacing
from buuchinh.questions.practice.mastery import Attempt, mastery

_MODULES = {
    "kien": ("logic/drill_choice.js", "logic/drill_drawing.js", "logic/drill_series.js", "page/drill/model.js"),
    "on-tap": ("logic/review_packs.js",),
}
Tabs = Callable[[str, str, Any], Any]


@pytest.fixture(scope="module")
def there() -> Iterator[Tabs]:
    """Yield what runs a function over the modules of a tool: its name, a function's text, an argument."""
    with node.running(_MODULES["kien"]) as drill, node.running(_MODULES["on-tap"]) as follow_up:
        drill.evaluate("parts => { globalThis.parts = parts; }", drills.page())
        nodes = {"kien": drill, "on-tap": follow_up}
        yield lambda name, function, given: nodes[name].evaluate(function, given)


@pytest.mark.parametrize(("kind", "series"), [("loat", BURST), ("do", ROW)])
def test_the_same_pictures_are_chosen_and_none_that_was_seen(there: Tabs, kind: str, series: Any) -> None:
    seen: list[str] = []
    for number in range(4):
        seed = f"GL-0{number}-Q/2026-11-26/bai-5-{kind}-{number}"
        ours = [one.id for one in choose(parts(), series, seed, seen)]
        theirs = there(
            "kien",
            "([kind, seed, seen]) => kit.choosePictures(parts, parts.series[kind], seed, seen).map(kit.pictureId)",
            [kind, seed, seen],
        )
        assert theirs == ours
        assert not set(ours) & set(seen)
        assert sum(not name.endswith("-") for name in ours) == series.signs
        seen += ours


def test_where_too_few_are_left_both_say_so(there: Tabs) -> None:
    few = replace(parts(), parcels={"thung": parts().parcels["thung"]}, wrappings={"nau-ngang": Wrapping("", "", "")})
    with pytest.raises(KitError):
        choose(few, Series(pictures=900, signs=20, told_at_once=True), "x", ())
    function = """() => kit.choosePictures(
        { ...parts, parcels: { thung: parts.parcels.thung }, wrappings: { "nau-ngang": {} } },
        { pictures: 900, signs: 20 }, "x", [])"""
    assert there("kien", function, None) is None


def test_a_picture_is_drawn_and_told_sign_by_sign_alike(there: Tabs) -> None:
    chosen = choose(parts(), BURST, "a", ()) + choose(parts(), ROW, "b", ())
    chance = random.Random(5)
    asked = [(one, chance.choice(SAID)) for one in chosen]
    theirs = there(
        "kien",
        "asked => asked.map(([id, said]) => { const one = kit.readPicture(id, parts);"
        " return [kit.svgOf(one, parts), kit.wordsOf(one, parts), kit.toldOf(parts, one, said)]; })",
        [[one.id, said] for one, said in asked],
    )
    for (one, said), (svg, words, told) in zip(asked, theirs, strict=True):
        assert svg == drawn.svg(one, parts())
        assert words == drawn.words(one, parts())
        assert told == drill.told(one, said)


def test_the_words_of_a_picture_name_no_sign() -> None:
    for one in choose(parts(), BURST, "c", ()):
        sign = one.meaning(parts())
        if sign:
            assert sign.name.lower() not in drawn.words(one, parts()).lower()


def test_an_unknown_picture_is_none(there: Tabs) -> None:
    for name in ("", "thung", "khong-co.nau-ngang.nhan-in.-.-", "thung.nau-ngang.nhan-in.-.khong@top"):
        assert read(name, parts()) is None
        assert there("kien", "id => kit.readPicture(id, parts)", name) is None


def test_signs_seen_and_false_alarms_are_counted_apart(there: Tabs) -> None:
    chance = random.Random(6)
    for _ in range(30):
        given = [(chance.random() < 0.4, chance.choice(SAID)) for _ in range(chance.randint(0, 60))]
        ours = count(given)
        assert there("kien", "given => kit.countSaid(given)", given) == vars(ours)


def test_what_was_seen_comes_again_after_sixty_days(there: Tabs) -> None:
    now = datetime(2026, 11, 26, 12).astimezone()
    lines = [{"id": f"d{days}", "at": (now - timedelta(days=days)).isoformat()} for days in (0, 59, 60, 61)]
    series = {"a": {"pictures": ["open"]}, "b": {"pictures": ["over"], "ended": "2026-01-01"}}
    function = "([lines, series, now]) => [...kit.seenBy(lines, series, new Date(now), 60)].sort()"
    assert there("kien", function, [lines, series, now.isoformat()]) == ["d0", "d59", "d60", "open"]


def test_mastery_and_packs_are_the_same(there: Tabs) -> None:
    files = [bank.load(path) for path in bank.practice_files() if path.stem.startswith("l")]
    questions = [question for file in files for question in file.questions]
    offered = [
        {
            "id": one.id,
            "objective": one.objective or "",
            "asked": asked_as(one),
            "short": types.type_of(one).short,
        }
        for one in questions
    ]
    chance = random.Random(9)
    for number in range(12):
        answered = chance.sample(questions, chance.randint(0, len(questions)))
        given = [
            Attempt(one.objective or "x", one.id, chance.random() < 0.6, datetime.fromtimestamp(n, UTC))
            for n, one in enumerate(answered)
        ]
        told = [
            {"objective": a.objective, "question": a.question, "right": a.right, "at": a.at.timestamp()} for a in given
        ]
        chance.shuffle(told)
        standing = mastery(given)
        theirs = there("on-tap", "told => [...kit.masteryOf(told)]", told)
        found = {name: (tuple(one["last"]), one["mastered"]) for name, one in theirs}
        assert found == {name: (one.last, one.mastered) for name, one in standing.items()}
        seen = [a.question for a in given]
        seed = f"GL-{number}/7"
        pack = there(
            "on-tap",
            "([offered, told, seen, seed, size]) =>"
            " kit.choosePack(offered, kit.masteryOf(told), new Set(seen), seed, size)",
            [offered, told, seen, seed, spacing.SIZE],
        )
        assert pack == spacing.choose(questions, standing, seen, seed)


def test_the_calendar_of_any_day_is_pythons(there: Tabs) -> None:
    words = section("notebook")["follow_up"]
    title = course.settings().title
    template = follow_up.calendar(words)
    for started in (date(2026, 11, 26), date(2027, 12, 31), date(2028, 2, 28)):
        ours = spacing.calendar(started, title, words["event"], words["event_text"]).decode("utf-8")
        given = [template, title, started.isoformat(), list(spacing.DAYS)]
        assert there("on-tap", "given => kit.calendarOf(...given)", given) == ours
