"""A person's series of pictures: begun, left, gone on with, counted; by the model that both hosts draw."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from kit import node
from kit.authoring import ROOT

from buuchinh.learner.data import drill_data
from buuchinh.questions.drills.parts import parts
from buuchinh.questions.drills.picture import read

_SIT_DOWN = """(page) => {
  globalThis.page = page;
  globalThis.lines = [];
  globalThis.kept = {};
  globalThis.disk = {
    code: "GL-0123-K",
    state: async () => structuredClone(kept),
    keep: async (state) => { kept = structuredClone(state); },
    lines: async () => lines,
    append: async (line) => { lines.push({ ...line, at: new Date().toISOString() }); },
  };
}"""


class Person:
    """What a person does at a page, and what the page shows then; the disk is that of one person for all pages."""

    def __init__(self, javascript: node.Node) -> None:
        self._javascript = javascript
        javascript.evaluate(_SIT_DOWN, drill_data.page())

    def opens(self, place: str = "bai-5") -> dict[str, Any]:
        function = "async (place) => (globalThis.model = await kit.drillModel(disk, page, place)).state()"
        return self._shown(function, place)

    def does(self, **content: Any) -> dict[str, Any]:
        return self._shown("async (content) => { await model.act(content); return model.state(); }", content)

    def through(self, kind: str, said: str = "nothing", *, most: int = 100) -> dict[str, Any]:
        state = self.does(do="begin", kind=kind, clock=True)
        for _ in range(most):
            if state["page"] == "picture":
                state = self.does(do="answer", number=state["number"], said=said)
            if state["page"] == "told":
                state = self.does(do="next")
            if state["page"] == "end":
                break
        return state

    @property
    def lines(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._javascript.evaluate("() => lines")
        return found

    @property
    def kept(self) -> dict[str, Any]:
        found: dict[str, Any] = self._javascript.evaluate("() => kept")
        return found

    def pictures(self, name: str) -> set[str]:
        return set(self.kept["series"][name]["pictures"])

    def loses_the_state(self) -> None:
        self._javascript.evaluate("() => { kept = {}; }")

    def _shown(self, function: str, given: Any) -> dict[str, Any]:
        state: dict[str, Any] = self._javascript.evaluate(function, given)
        return state


@pytest.fixture
def person(javascript: node.Node, monkeypatch: pytest.MonkeyPatch) -> Person:
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))
    return Person(javascript)


def test_a_series_that_was_left_goes_on_and_the_next_one_is_another(person: Person) -> None:
    person.opens()
    person.through("loat", most=7)
    assert {name: person.opens()[name] for name in ("page", "kind", "left", "total")} == {
        "page": "start", "kind": "loat", "left": 33, "total": 40,
    }  # fmt: skip
    assert person.does(do="begin", kind="loat", clock=True)["number"] == 8
    person.opens("ngay-7")
    person.does(do="begin", kind="loat", clock=True)
    first, elsewhere = person.pictures("bai-5-loat-1"), person.pictures("ngay-7-loat-1")
    assert not first & elsewhere
    person.opens()
    end = person.through("loat")
    assert end["lines"][0].startswith("Thấy 0 trong 20 kiện")
    assert person.kept["series"]["bai-5-loat-1"]["ended"]
    person.does(do="begin", kind="loat", clock=True)
    assert not person.pictures("bai-5-loat-2") & (first | elsewhere)


def test_a_sign_that_was_missed_comes_again_the_next_day_and_not_the_same_day(
    person: Person, javascript: node.Node
) -> None:
    person.opens()
    end = person.through("loat")
    assert (end["overlooked"], end["again"]) == (20, True)
    first = person.pictures("bai-5-loat-1")
    missed = {one for one in first if (found := read(one, parts())) is not None and found.sign is not None}
    javascript.evaluate("() => { for (const one of Object.values(kept.series)) one.ended = '2026-01-01'; }")
    person.does(do="begin", kind="loat", clock=True)
    second = person.pictures("bai-5-loat-2")
    assert second & first == missed
    assert len(second) == 40
    person.through("loat", said="sign")
    javascript.evaluate("() => { for (const one of Object.values(kept.series)) one.ended = '2026-01-02'; }")
    person.does(do="begin", kind="loat", clock=True)
    assert not person.pictures("bai-5-loat-3") & (first | second), "seen once, a sign is no more missed"


def test_what_was_shown_comes_again_after_sixty_days_and_not_before(javascript: node.Node) -> None:
    now = datetime(2026, 11, 26, 12).astimezone()
    lines = [{"id": f"d{days}", "at": (now - timedelta(days=days)).isoformat()} for days in (0, 59, 60, 61)]
    series = {"a": {"pictures": ["open"]}, "b": {"pictures": ["over"], "ended": "2026-01-01"}}
    function = "([lines, series, now]) => [...kit.seenBy(lines, series, new Date(now), 60)].sort()"
    assert javascript.evaluate(function, [lines, series, now.isoformat()]) == ["d0", "d59", "d60", "open"]


def test_the_journal_remembers_what_was_seen_when_the_state_is_lost(person: Person) -> None:
    person.opens()
    person.through("loat")
    first = person.pictures("bai-5-loat-1")
    person.loses_the_state()
    assert person.opens()["page"] == "start"
    person.does(do="begin", kind="loat", clock=True)
    assert not person.pictures("bai-5-loat-1") & first


def test_each_answer_of_a_burst_is_told_at_once_with_the_place_and_what_to_do(person: Person) -> None:
    assert person.opens()["page"] == "start"
    state = person.does(do="begin", kind="loat", clock=True)
    met = set()
    for number in range(1, 41):
        assert (state["page"], state["number"], state["total"]) == ("picture", number, 40)
        assert "#0b5cad" not in state["svg"]
        state = person.does(do="answer", number=number, said="sign")
        assert state["page"] == "told"
        told = state["told"]
        assert told["verdict"] in {"Đúng: có dấu hiệu", "Báo nhầm: kiện này không có dấu hiệu"}
        assert told["do"]
        assert told["right"] == (told["verdict"] == "Đúng: có dấu hiệu")
        if told["place"]:
            ring = told["svg"].partition('stroke="#0b5cad"')[2]
            assert "</text>" not in ring  # one ring, no letter: there is no other place to tell it from
            assert f", {told['place'].removeprefix('Chỗ khoanh, ')}: " in told["alt"]
        met.add(told["verdict"])
        state = person.does(do="next")
    assert len(met) == 2
    assert state["lines"] == ["Thấy 20 trong 20 kiện có dấu hiệu.", "Báo nhầm 20 trong 20 kiện không có dấu hiệu."]
    assert "%" not in json.dumps(state["lines"])


def test_a_measuring_row_tells_nothing_before_its_end(person: Person) -> None:
    person.opens()
    state = person.does(do="begin", kind="do", clock=False)
    for number in range(1, 61):
        assert (state["page"], state["number"]) == ("picture", number)
        assert set(state) == {"page", "number", "total", "svg", "alt", "clock"}
        state = person.does(do="answer", number=number, said="late" if number == 1 else "nothing")
    assert state["page"] == "end"
    assert state["lines"][0].startswith("Thấy 0 trong 3 kiện có dấu hiệu")
    assert state["lines"][1:] == [
        "Báo nhầm 0 trong 57 kiện không có dấu hiệu.",
        "Hết giờ mà chưa trả lời: 1 hình.",
    ]
    assert len(state["missed"]) == 3
    found = [read(line["id"], parts()) for line in person.lines]
    assert len(found) == 60
    assert sum(one is not None and one.sign is not None for one in found) == 3


def test_the_first_word_on_a_picture_counts_and_the_clock_stays_off(person: Person) -> None:
    person.opens()
    person.does(do="begin", kind="do", clock=True)
    person.does(do="answer", number=1, said="sign")
    assert person.does(do="answer", number=1, said="nothing")["number"] == 2
    assert person.does(do="answer", number=2, said="gì đó")["number"] == 2
    assert [line["answer"]["said"] for line in person.lines] == ["sign"]
    assert person.does(do="clock", on=False)["clock"] is False
    after = person.opens()
    assert (after["page"], after["left"], after["clock"]) == ("start", 59, False)


def test_what_is_no_step_of_a_series_changes_nothing(person: Person) -> None:
    before = person.opens()
    for content in ({"do": "next"}, {"do": "answer", "number": 1, "said": "sign"}, {"do": "begin", "kind": "?"}, {}):
        assert person.does(**content) == before
    assert (person.lines, person.kept) == ([], {})
