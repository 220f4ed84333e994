"""The desk looks a month ahead for law that lapses, once a day, and tells nothing that has lapsed already."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from kit.authoring import edit, own_course

from buuchinh import course
from buuchinh.desk.comparisons import law_watch
from buuchinh.desk.tasks.now import AHEAD

LAPSES = date(2026, 7, 1)  # ND15-2020/9.1

lapsing = pytest.fixture(own_course)


def looked(root: Path, day: date, patch: pytest.MonkeyPatch) -> list[str]:
    """Return the places that the desk names on ``day``, in a process that has not looked yet."""
    patch.setattr(law_watch, "_found", {})
    patch.setattr(course, "today", lambda: day)
    assert law_watch.known() == ()
    law_watch.look()
    return [place for place, _ in law_watch.known()]


def test_law_is_told_from_as_many_days_before_its_end_as_the_desk_looks_ahead(
    lapsing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(lapsing / "datasets" / "questions" / "l90.yml", "LBC-2010/29.3", "ND15-2020/9.1")
    assert looked(lapsing, LAPSES - AHEAD - timedelta(days=1), monkeypatch) == []
    assert looked(lapsing, LAPSES - AHEAD, monkeypatch) == ["l90-q01"]
    assert looked(lapsing, LAPSES, monkeypatch) == [], "what has lapsed is the author's, not news"


def test_a_copy_without_the_tables_tells_nothing(lapsing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (lapsing / "datasets" / "law" / "provisions.csv").unlink()
    assert looked(lapsing, LAPSES - AHEAD, monkeypatch) == []
