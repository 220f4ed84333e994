"""Show the progress of grading a class: a live line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from buuchinh.grading.run_progress import Result, Watch
from buuchinh.messages import say
from buuchinh.personal_data.names import Names
from buuchinh.text import format_number, visible

if TYPE_CHECKING:
    from rich.text import Text

    from buuchinh.results.results import Standing

_COLOURS = {"graded": "green", "repaired": "yellow", "unchanged": "dim", "failed": "red"}
_SHOWN = 4
"""Maximum number of trainees' codes on the progress line."""


class _Lines:
    """A display with one plain line for each newly graded submission, for files, pipes and continuous integration."""

    @cached_property
    def _names(self) -> Names:
        return Names.read()

    def ended(self, result: Result, number: int, total: int) -> None:
        if result.state != "unchanged":
            state = say(f"grading.states.{result.state}")
            more = " ".join(result.notes) if result.state == "failed" else ""
            line = say(
                "grading.line", n=number, total=total, code=self._names.shown(result.code), state=state, more=more
            )
            print(visible(line.strip()), flush=True)

    def running(self, look: Callable[[], tuple[str, ...]]) -> None:
        """Show nothing, since a log needs no line for work in progress."""


class _Bar:
    """A progress line with the number done, the time left, and the codes of the submissions being graded."""

    def __init__(self, unit: str) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, RenderableColumn, TextColumn
        from rich.progress import TimeRemainingColumn as Left

        left = TextColumn(say("grading.left"))
        self.bar = Progress(RenderableColumn(self), BarColumn(24), MofNCompleteColumn(), left, Left(), transient=True)
        self._message = say("grading.title", unit=unit)
        self._task = self.bar.add_task(self._message, total=None)
        self._look: Callable[[], tuple[str, ...]] = tuple

    def __rich__(self) -> Text:
        from rich.text import Text

        codes = self._look()
        return Text(say("grading.running_more", codes=few(codes, _SHOWN)) if codes else self._message)

    def ended(self, result: Result, number: int, total: int) -> None:
        self._message = say("grading.just_done", code=result.code)
        if result.state == "unchanged":  # took no time, so does not help to estimate the rest
            self.bar.reset(self._task, total=total, completed=number)
        else:
            self.bar.update(self._task, total=total, completed=number)

    def running(self, look: Callable[[], tuple[str, ...]]) -> None:
        self._look = look


@contextmanager
def watching(unit: str) -> Iterator[Watch]:
    """Yield the display for a grading run: a progress line on a terminal, plain lines otherwise."""
    if not _on_a_terminal() or os.environ.get("CI"):
        yield _Lines()
        return
    shown = _Bar(unit)
    with shown.bar:
        yield shown


def show_summary(unit: str, results: Sequence[Result]) -> None:
    """Print the result of each new or unsettled submission, including manual points, followed by the counts."""
    changed = [result for result in results if result.state != "unchanged" or result.notes]
    points = standing_words(unit) if any(result.state != "unchanged" for result in changed) else {}
    people = Names.read() if changed else Names()
    if changed and _on_a_terminal():
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        names = ("code", "state", "points", "more")
        table = Table(*(say(f"grading.{name}") for name in names), title=say("grading.title", unit=unit))
        for result in changed:
            state = Text(say(f"grading.states.{result.state}"), style=_COLOURS[result.state])
            notes = Text("\n".join(map(visible, result.notes)))
            table.add_row(Text(people.shown(result.code)), state, Text(points.get(result.code, "")), notes)
        Console(highlight=False).print(table)
    else:
        for result in changed:
            if result.code in points:
                print(f"{people.shown(result.code)}: {points[result.code]}")
            for note in result.notes:
                print(f"{people.shown(result.code)}: {visible(note)}")
    counts: Counter[str] = Counter(result.state for result in results)
    print(say("grading.summary", **{state: counts[state] for state in _COLOURS}))


def standing_words(unit: str, only: str | None = None) -> dict[str, str]:
    """Map each code to a short result: the points, including manual ones, and the verdict with its reasons."""
    from buuchinh.errors import KitError
    from buuchinh.results import results

    try:
        return {standing.code: visible(_standing(standing)) for standing in results.standings(unit, only)}
    except KitError:  # no graded trainee
        return {}


def _standing(standing: Standing) -> str:
    from buuchinh.results import missed_decisions, result_list

    points, most = format_number(round(standing.earned, 2)), format_number(standing.most)
    words = say(
        "grading.standing", points=points, most=most, verdict=say(f"results.feedback.verdicts.{standing.verdict}")
    )
    why, numbers = [], result_list.question_numbers(standing)
    if standing.missed_criticals:
        why.append(say("grading.criticals", numbers=", ".join(numbers[item.id] for item in standing.missed_criticals)))
    why += missed_decisions.missed(standing, numbers)
    if standing.too_few:
        why.append(say("results.list.too_few", mark=result_list.pass_mark(standing.pass_mark)))
    if standing.other_role:
        why.append(say("results.report.other_role"))
    words += f" ({'; '.join(why)})" if why else ""
    if standing.pending:
        words += f"; {say('grading.still_waiting', points=format_number(round(standing.pending, 2)))}"
    return words


def few(codes: Sequence[str], most: int = 12) -> str:
    """Return the first ``most`` codes as a list for display."""
    return ", ".join(codes[:most]) + (" …" if len(codes) > most else "")


def _on_a_terminal() -> bool:
    """Whether stdout is a terminal; rich is not asked, since importing it takes longer than many runs."""
    return sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))
