"""Pictures of parcels and the follow-up on the pages are the notebook's: chosen, drawn, told and counted alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from kit import node
from kit.agreeing import Agree

from buuchinh import course
from buuchinh.errors import KitError
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
from buuchinh.site import drills, follow_up

SERIES = {"loat": BURST, "do": ROW}


def some_pictures(seeds: range) -> list[Any]:
    return [one for seed in seeds for series in SERIES.values() for one in choose(parts(), series, str(seed), ())]


def test_the_same_pictures_are_chosen_and_none_that_was_seen(agree: Agree) -> None:
    before = [one.id for one in some_pictures(range(9))]

    def case(chance: Random) -> Any:
        kind = chance.choice(list(SERIES))
        return (
            kind,
            f"GL-0{chance.randrange(99)}-Q/2026-11-26/bai-5-{kind}",
            chance.sample(before, chance.randrange(99)),
        )

    def python(given: Any) -> list[str]:
        kind, seed, seen = given
        chosen = [one.id for one in choose(parts(), SERIES[kind], seed, seen)]
        assert not {*chosen} & {*seen}
        assert sum(not name.endswith("-") for name in chosen) == SERIES[kind].signs
        return chosen

    javascript = """([kind, seed, seen], parts) =>
      kit.choosePictures(parts, parts.series[kind], seed, seen).map(kit.pictureId)"""
    agree(case, python, javascript, shared=drills.page())


def test_where_too_few_are_left_both_say_so(javascript: node.Node) -> None:
    few = replace(parts(), parcels={"thung": parts().parcels["thung"]}, wrappings={"nau-ngang": Wrapping("", "", "")})
    with pytest.raises(KitError):
        choose(few, Series(pictures=900, signs=20, told_at_once=True), "x", ())
    function = """parts => kit.choosePictures(
        { ...parts, parcels: { thung: parts.parcels.thung }, wrappings: { "nau-ngang": {} } },
        { pictures: 900, signs: 20 }, "x", [])"""
    assert javascript.evaluate(function, drills.page()) is None


def test_a_picture_is_drawn_and_told_sign_by_sign_alike(agree: Agree) -> None:
    pictures = {one.id: one for one in some_pictures(range(9))}
    unknown = [("", "sign"), ("thung", "sign"), ("khong-co.nau-ngang.nhan-in.-.-", "sign"), ("thung.nau-ngang", "late")]

    def python(given: Any) -> Any:
        name, said = given
        assert (read(name, parts()) is None) == (name not in pictures)
        if name not in pictures:
            return None
        one = pictures[name]
        words, sign = drawn.words(one, parts()), one.meaning(parts())
        assert not sign or sign.name.lower() not in words.lower()
        return [drawn.svg(one, parts()), words, drill.told(one, said)]

    javascript = """([id, said], parts) => {
      const one = kit.readPicture(id, parts);
      return one && [kit.svgOf(one, parts), kit.wordsOf(one, parts), kit.toldOf(parts, one, said)];
    }"""

    def case(chance: Random) -> Any:
        return chance.choice(list(pictures)), chance.choice(SAID)

    agree(case, python, javascript, shared=drills.page(), besides=unknown)


def test_signs_seen_and_false_alarms_are_counted_apart(agree: Agree) -> None:
    def case(chance: Random) -> Any:
        return [(chance.random() < 0.4, chance.choice(SAID)) for _ in range(chance.randrange(60))]

    agree(case, lambda given: vars(count(given)), "kit.countSaid")


def test_what_was_seen_comes_again_after_sixty_days(javascript: node.Node) -> None:
    now = datetime(2026, 11, 26, 12).astimezone()
    lines = [{"id": f"d{days}", "at": (now - timedelta(days=days)).isoformat()} for days in (0, 59, 60, 61)]
    series = {"a": {"pictures": ["open"]}, "b": {"pictures": ["over"], "ended": "2026-01-01"}}
    function = "([lines, series, now]) => [...kit.seenBy(lines, series, new Date(now), 60)].sort()"
    assert javascript.evaluate(function, [lines, series, now.isoformat()]) == ["d0", "d59", "d60", "open"]


def test_mastery_and_packs_are_the_same(agree: Agree) -> None:
    files = [bank.load(path) for path in bank.practice_files() if path.stem.startswith("l")]
    questions = {question.id: question for file in files for question in file.questions}
    offered = [
        {"id": one.id, "objective": one.objective or "", "asked": asked_as(one), "short": types.type_of(one).short}
        for one in questions.values()
    ]

    def case(chance: Random) -> Any:
        asked = [name for name in questions if chance.random() < 0.15]
        answered = chance.sample(asked, chance.choice([0, len(asked) // 3, len(asked)]))
        told = [(name, chance.random() < 0.6, at) for at, name in enumerate(answered)]
        return asked, chance.sample(told, len(told)), f"GL-{chance.randrange(99)}/7"

    def python(given: Any) -> Any:
        asked, told, seed = given
        attempts = [Attempt(questions[name].objective or "x", name, right, moment(at)) for name, right, at in told]
        standing = mastery(attempts)
        pack = spacing.choose([questions[name] for name in asked], standing, [name for name, _, _ in told], seed)
        return [{name: [list(one.last), one.mastered] for name, one in standing.items()}, pack]

    def moment(at: int) -> datetime:
        return datetime.fromtimestamp(at, UTC)

    javascript = """([asked, told, seed], [all, size]) => {
      const offered = all.filter(({ id }) => asked.includes(id));
      const objectives = Object.fromEntries(offered.map(({ id, objective }) => [id, objective || 'x']));
      const attempts = told.map(([question, right, at]) => ({ question, objective: objectives[question], right, at }));
      const standing = kit.masteryOf(attempts);
      const shown = [...standing].map(([name, { last, mastered }]) => [name, [last, mastered]]);
      const seen = new Set(told.map(([question]) => question));
      return [Object.fromEntries(shown), kit.choosePack(offered, standing, seen, seed, size)];
    }"""
    agree(case, python, javascript, shared=[offered, spacing.SIZE])


def test_the_calendar_of_any_day_is_pythons(agree: Agree) -> None:
    words, title = section("notebook")["follow_up"], course.settings().title

    def python(day: str) -> str:
        started = date.fromisoformat(day)
        return spacing.calendar(started, title, words["event"], words["event_text"]).decode("utf-8")

    def case(chance: Random) -> str:
        return (date(2026, 1, 1) + timedelta(days=chance.randrange(3000))).isoformat()

    javascript = "(started, [template, title, days]) => kit.calendarOf(template, title, started, days)"
    agree(case, python, javascript, shared=[follow_up.calendar(words), title, list(spacing.DAYS)])
