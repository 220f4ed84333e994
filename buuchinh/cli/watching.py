"""What an instructor sees while a class is graded: a line that moves on a terminal, plain lines elsewhere."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from buuchinh.grading.progress import Result, Watch
from buuchinh.messages import say
from buuchinh.text import format_number, visible

if TYPE_CHECKING:
    from rich.text import Text

_COLOURS = {"graded": "green", "repaired": "yellow", "unchanged": "dim", "failed": "red"}
_SHOWN = 4
"""So many codes stand on the progress line at once."""


class _Lines:
    """One plain line for each hand-in that was looked at anew: for files, pipes and continuous integration."""

    def ended(self, result: Result, number: int, total: int) -> None:
        if result.state != "unchanged":
            state, more = say(f"grading.states.{result.state}"), _points(result) or " ".join(result.notes)
            line = say("grading.line", n=number, total=total, code=result.code, state=state, more=more)
            print(line.strip(), flush=True)

    def running(self, look: Callable[[], tuple[str, ...]]) -> None:
        """A log needs no line for what has only begun."""


class _Bar:
    """n of N, the time left, and whose code is running now: looked up each time the line is drawn."""

    def __init__(self, unit: str) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, RenderableColumn, TextColumn
        from rich.progress import TimeRemainingColumn as Left

        left = TextColumn(say("grading.left"))
        self.bar = Progress(RenderableColumn(self), BarColumn(24), MofNCompleteColumn(), left, Left(), transient=True)
        self._said = say("grading.title", unit=unit)
        self._task = self.bar.add_task(self._said, total=None)
        self._look: Callable[[], tuple[str, ...]] = tuple

    def __rich__(self) -> Text:
        from rich.text import Text

        codes = self._look()
        return Text(say("grading.running_more", codes=few(codes, _SHOWN)) if codes else self._said)

    def ended(self, result: Result, number: int, total: int) -> None:
        self._said = say("grading.just_done", code=result.code)
        if result.state == "unchanged":  # took no time, so says nothing of the time that the others will take
            self.bar.reset(self._task, total=total, completed=number)
        else:
            self.bar.update(self._task, total=total, completed=number)

    def running(self, look: Callable[[], tuple[str, ...]]) -> None:
        self._look = look


@contextmanager
def watching(unit: str) -> Iterator[Watch]:
    """Yield what shows the run as it goes."""
    if not _on_a_terminal() or os.environ.get("CI"):
        yield _Lines()
        return
    shown = _Bar(unit)
    with shown.bar:
        yield shown


def show_summary(unit: str, results: Sequence[Result]) -> None:
    """Print what became of each hand-in that needs a look, and the count of each end."""
    changed = [result for result in results if result.state != "unchanged" or result.notes]
    if changed and _on_a_terminal():
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        names = ("code", "state", "points", "more")
        table = Table(*(say(f"grading.{name}") for name in names), title=say("grading.title", unit=unit))
        for result in changed:
            state = Text(say(f"grading.states.{result.state}"), style=_COLOURS[result.state])
            table.add_row(result.code, state, _points(result), Text("\n".join(map(visible, result.notes))))
        Console(highlight=False).print(table)
    else:
        for result in changed:
            for note in result.notes:
                print(f"{result.code}: {visible(note)}")
    counts: Counter[str] = Counter(result.state for result in results)
    print(say("grading.summary", **{state: counts[state] for state in _COLOURS}))


def few(codes: Sequence[str], most: int = 12) -> str:
    """Return codes as a person reads them: of a whole class, only the first ``most``."""
    return ", ".join(codes[:most]) + (" …" if len(codes) > most else "")


def _on_a_terminal() -> bool:
    """Whether a person looks on; asked without rich, which takes longer to import than many a run takes."""
    return sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))


def _points(result: Result) -> str:
    if result.points is None or result.most is None:
        return ""
    word = "needs_look" if result.waits else "pending" if result.manual else ""
    pending = f" ({say(f'grading.{word}')})" if word else ""
    return f"{format_number(round(result.points, 2))}/{format_number(result.most)}{pending}"
