"""Python and JavaScript compute the same: cases made by chance go through both, through node all at once.

Nothing of it is stored: both languages run in one test, and there its seed is enough to have the same cases again.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable
from random import Random
from typing import Any

import pytest

from kit import node

VOLUMES = (200, pytest.param(10_000, marks=pytest.mark.long))
"""Cases of each pair in ``make test`` and in ``make long``."""
ZONE = "Europe/London"
"""Of the node: not the course's, and with summer time."""
MODULES = (
    *("logic/codes.js", "logic/answer_entries.js", "logic/sha256.js", "logic/law_on_day.js", "logic/review_packs.js"),
    *("logic/drill_choice.js", "logic/drill_drawing.js", "logic/drill_series.js", "screens/drill/model.js"),
    *("screens/follow_up/model.js", "screens/follow_up.js", "screens/test.js"),
    *("question/scoring.js", "question/scored.js", "question/registry.js", "question/number.js", "question/text.js"),
    *("question/wording.js", "logic/variants.js", "screens/question_part.js", "page/reference/packing.js"),
    *("page/reference/office_table.js", "page/reference/office.js", node.TYPES / "moment" / "reading.js"),
    node.DESK / "marking_state.js",
)
"""What computes in JavaScript what Python computes too."""
_BATCH = """async ([cases, shared]) => {
  const found = [];
  for (const one of cases) {
    try { found.push(await (%s)(one, shared)); } catch (error) { found.push(String(error)); }
  }
  return found;
}"""


class Agree:
    """Tries cases in both languages: the same for the same seed."""

    def __init__(self, tab: node.Node, seed: str, count: int) -> None:
        self._tab, self._chance, self._count = tab, Random(seed), count

    def __call__(
        self,
        case: Callable[[Random], Any],
        python: Callable[[Any], Any],
        javascript: str,
        *,
        shared: object = None,
        besides: Iterable[Any] = (),
    ) -> list[Any]:
        """Return what Python gives for each case; fail where JavaScript gives another, telling the shortest such case.

        ``javascript`` is a function of a case and of what is ``shared``; the cases ``besides`` are tried each time.
        """
        cases = [*besides, *(case(self._chance) for _ in range(self._count))]
        found = self._tab.evaluate(_BATCH % javascript, [cases, shared])
        expected = [python(one) for one in cases]
        told = [(one, _difference(*both)) for one, *both in zip(cases, expected, found, strict=True)]
        differing = [(one, how) for one, how in told if how]
        if differing:
            one, how = min(differing, key=lambda row: len(json.dumps(row[0])))
            pytest.fail(f"{len(differing)} of {len(cases)} cases differ; the shortest:\n{one!a}\n{how}", pytrace=False)
        return expected


def _difference(ours: Any, theirs: Any, where: str = "") -> str:
    """Return the first place in which two JSON values differ, "" where none: the last digits of a fraction may."""
    inner: Iterable[tuple[Any, Any, Any]] = ()
    if isinstance(ours, dict) and isinstance(theirs, dict) and ours.keys() == theirs.keys():
        inner = ((name, ours[name], theirs[name]) for name in ours)
    elif isinstance(ours, list | tuple) and isinstance(theirs, list) and len(ours) == len(theirs):
        inner = zip(range(len(ours)), ours, theirs, strict=True)
    elif isinstance(ours, float) and type(theirs) in (int, float):
        near = math.isclose(ours, theirs, abs_tol=1e-9) and 1 not in (ours, theirs)  # mastery asks for the whole
        return "" if near or ours == theirs else _told(where, ours, theirs)
    elif type(ours) is not type(theirs) or ours != theirs:
        return _told(where, ours, theirs)
    return next(filter(None, (_difference(one, other, f"{where}[{key!r}]") for key, one, other in inner)), "")


def _told(where: str, ours: Any, theirs: Any) -> str:
    return f"Python{where}: {ours!a}\nJavaScript{where}: {theirs!a}"
