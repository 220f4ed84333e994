"""A person's series of pictures: begun, left, gone on with, counted; through the widget as the page speaks to it."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from kit.authoring import make_course

from buuchinh import course
from buuchinh.notebook.drill import Drill
from buuchinh.notebook.follow_up import FollowUp
from buuchinh.questions.answers import Record
from buuchinh.questions.drills.parts import parts
from buuchinh.questions.drills.picture import read
from buuchinh.questions.drills.sitting import APART, Sitting, Sittings

TODAY = date(2026, 11, 26)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_course(tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.chdir(root)
    return root / "bai-lam" / "khach" / "xem-kien"


def sittings(folder: Path, today: date = TODAY) -> Sittings:
    return Sittings(Record(folder, "xem-kien", "1.0.0", "GL-0123-K"), parts(), today)


def answered(of: Sittings, series: Sitting, said: str = "nothing", *, most: int = 100) -> None:
    while series.next and len(series.said) < most:
        of.answer(series, series.next, said)


def test_a_series_that_was_left_goes_on_and_the_next_one_is_another(folder: Path) -> None:
    first = sittings(folder).begin("bai-5", "loat")
    answered(sittings(folder), first, most=7)
    again = sittings(folder, TODAY + timedelta(days=3)).begin("bai-5", "loat")
    assert (again.pictures, again.said) == (first.pictures, first.said)
    elsewhere = sittings(folder).begin("ngay-7", "loat")
    assert not {one.id for one in elsewhere.pictures} & {one.id for one in first.pictures}
    answered(sittings(folder), again)
    assert sittings(folder).ended("bai-5", "loat") == 1
    second = sittings(folder).begin("bai-5", "loat")
    assert not {one.id for one in second.pictures} & {one.id for one in first.pictures}
    assert (again.count().signs, again.count().seen, again.count().alarms) == (20, 0, 0)


def test_what_was_shown_comes_again_after_sixty_days_and_not_before(folder: Path) -> None:
    of = sittings(folder)
    series = of.begin("bai-5", "loat")
    answered(of, series)
    shown = {one.id for one in series.pictures}
    answered_on = datetime.now().astimezone().date()
    for days, known in ((0, shown), (APART, shown), (APART + 1, set())):
        assert sittings(folder, answered_on + timedelta(days=days)).seen() == known, days


def test_the_journal_remembers_what_was_seen_when_the_state_is_damaged(folder: Path) -> None:
    of = sittings(folder)
    series = of.begin("bai-5", "loat")
    answered(of, series)
    (folder / "loat.json").write_text("{", encoding="utf-8")
    today = datetime.now().astimezone().date()
    assert sittings(folder, today).seen() == {one.id for one in series.pictures}
    assert sittings(folder, today).latest("bai-5", "loat") is None
    assert not {one.id for one in series.pictures} & {
        one.id for one in sittings(folder, today).begin("bai-5", "loat").pictures
    }


def test_the_first_word_on_a_picture_counts(folder: Path) -> None:
    of = sittings(folder)
    series = of.begin("bai-5", "do")
    first = series.pictures[0]
    of.answer(series, first, "nothing")
    of.answer(series, first, "sign")
    of.answer(series, series.pictures[1], "gì đó")
    assert series.said == {first.id: "nothing"}
    assert sittings(folder).begin("bai-5", "do").said == {first.id: "nothing"}


class Page:
    """What a page does: sends, and reads the state that comes back."""

    def __init__(self, place: str = "bai-5") -> None:
        self.widget = Drill(place)

    def send(self, **content: Any) -> dict[str, Any]:
        self.widget._handle_custom_msg(content, [])  # what ipywidgets calls when the page sends
        state: dict[str, Any] = self.widget.state
        return state

    def through(self, kind: str, say: Any) -> dict[str, Any]:
        state = self.send(do="begin", kind=kind, clock=True)
        while state["page"] != "end":
            if state["page"] == "picture":
                state = self.send(do="answer", number=state["number"], said=say(state["alt"]))
            else:
                state = self.send(do="next")
        return state


def test_each_answer_of_a_burst_is_told_at_once_with_the_place_and_what_to_do() -> None:
    page = Page()
    assert page.widget.state["page"] == "start"
    state = page.send(do="begin", kind="loat", clock=True)
    met = set()
    for number in range(1, 41):
        assert (state["page"], state["number"], state["total"]) == ("picture", number, 40)
        assert "ring" not in json.dumps(state)
        state = page.send(do="answer", number=number, said="sign")
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
        state = page.send(do="next")
    assert len(met) == 2
    assert state["lines"] == ["Thấy 20 trong 20 kiện có dấu hiệu.", "Báo nhầm 20 trong 20 kiện không có dấu hiệu."]
    assert "%" not in json.dumps(state["lines"])


def test_a_measuring_row_tells_nothing_before_its_end(folder: Path) -> None:
    page = Page()
    state = page.send(do="begin", kind="do", clock=False)
    for number in range(1, 61):
        assert (state["page"], state["number"]) == ("picture", number)
        assert set(state) == {"page", "number", "total", "svg", "alt", "clock"}
        state = page.send(do="answer", number=number, said="late" if number == 1 else "nothing")
    assert state["page"] == "end"
    assert state["lines"][0].startswith("Thấy 0 trong 3 kiện có dấu hiệu")
    assert state["lines"][1:] == [
        "Báo nhầm 0 trong 57 kiện không có dấu hiệu.",
        "Hết giờ mà chưa trả lời: 1 hình.",
    ]
    assert len(state["missed"]) == 3
    journal = (folder / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(journal) == 60
    assert sum(read(json.loads(line)["id"], parts()).sign is not None for line in journal) == 3  # type: ignore[union-attr]  # each is a picture


def test_pressing_twice_answers_once_and_the_clock_stays_off() -> None:
    page = Page()
    page.send(do="begin", kind="do", clock=True)
    page.send(do="answer", number=1, said="sign")
    state = page.send(do="answer", number=1, said="nothing")
    assert state["number"] == 2
    assert page.send(do="clock", on=False)["clock"] is False
    after = Page().widget.state
    assert (after["page"], after["left"], after["clock"]) == ("start", 59, False)


def test_nonsense_from_a_page_changes_nothing() -> None:
    page = Page()
    before = page.widget.state
    for content in ({"do": "next"}, {"do": "answer", "number": 1, "said": "sign"}, {"do": "begin", "kind": "?"}, {}):
        assert page.send(**content) == before


def test_packs_of_day_7_21_and_60_end_with_a_series(folder: Path) -> None:
    from ipywidgets import VBox

    (folder.parent.parent).mkdir(parents=True, exist_ok=True)
    for days, drilled in ((2, False), (7, True), (21, True), (60, True), (180, False)):
        below = VBox()
        FollowUp(below)._handle_custom_msg({"do": "open", "days": days}, [])
        assert any(isinstance(one, Drill) for one in below.children) == drilled, days
    assert course.root() in folder.parents
