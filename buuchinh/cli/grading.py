"""What an instructor runs once hand-ins are collected: grade, feedback, report, backup, forget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from buuchinh.messages import say
from buuchinh.text import format_number

if TYPE_CHECKING:
    from buuchinh.grading.classroom import Report, Result

NOT_ALL_GRADED = 3
"""Exit code of ``grade`` where the run went through and some hand-ins could not be graded."""

Unit = Annotated[str, typer.Argument(help=say("grade.cli.unit"), show_default=False)]
Only = Annotated[str | None, typer.Option(help=say("grade.cli.only"), show_default=False)]


def register(app: typer.Typer) -> None:
    """Add ``grade``, ``feedback``, ``report``, ``backup`` and ``forget`` to ``app``."""

    @app.command(help=say("grade.cli.help"))
    def grade(
        unit: Unit,
        only: Only = None,
        again: Annotated[bool, typer.Option("--again", help=say("grade.cli.again"))] = False,
        unsafe: Annotated[bool, typer.Option("--unsafe", help=say("grade.cli.unsafe"))] = False,
    ) -> None:
        from buuchinh.grading import classroom

        with _progress(unit) as report:
            results = classroom.grade(unit, only=only, again=again, unsafe=unsafe, report=report)
        _summary(unit, results)
        if any(result.state == "failed" for result in results):
            raise typer.Exit(NOT_ALL_GRADED)

    @app.command(help=say("feedback.cli.help"))
    def feedback(unit: Unit, only: Only = None) -> None:
        from buuchinh.grading import feedback as room

        print(say("feedback.written", count=len(room.write(unit, only=only))))

    @app.command(help=say("report.cli.help"))
    def report(unit: Unit) -> None:
        from buuchinh import course
        from buuchinh.grading import gain
        from buuchinh.grading import report as room

        for path in gain.write() if unit == gain.UNIT else room.write(unit):
            print(say("report.written", path=path.relative_to(course.root()).as_posix()))

    @app.command(help=say("privacy.cli.backup"))
    def backup() -> None:
        from buuchinh import course
        from buuchinh.grading import privacy

        made = privacy.backup()
        path = made.path.relative_to(course.root()).as_posix()
        print(say("privacy.backed_up", path=path, files=made.files, size=format_number(made.size / 1000, 0)))
        print(say("privacy.private"))

    @app.command(help=say("privacy.cli.forget"))
    def forget(
        code: Annotated[str, typer.Argument(help=say("privacy.cli.code"), show_default=False)],
        yes: Annotated[bool, typer.Option("--yes", help=say("privacy.cli.yes"))] = False,
    ) -> None:
        _forget(code, yes=yes)


def _forget(code: str, *, yes: bool) -> None:
    """Show what would go, ask, erase, and say what is left elsewhere."""
    from buuchinh.codes import normalise
    from buuchinh.grading import privacy

    code = normalise(code)
    places = privacy.holds(code)
    if places and not yes:
        print(say("privacy.will_erase", code=code))
        for place in places:
            print(say("privacy.place", place=place))
        typed = typer.prompt(say("privacy.confirm"), default="", show_default=False)
        if typed.strip().lower() not in {"c", "co", "có", "y", "yes"}:
            print(say("privacy.kept"))
            return
    erased = privacy.forget(code)
    print(say("privacy.erased", code=code, count=len(erased.places)))
    if any(place.startswith("reports/") for place in erased.places):
        print(say("privacy.reports"))
    print(say("privacy.roster"))
    if erased.backups:
        print(say("privacy.still", code=code, backups=", ".join(erased.backups)))


@contextmanager
def _progress(unit: str) -> Iterator[Report]:
    """Yield what shows each result: a bar with the time left on a terminal, a plain line elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console()
    if not console.is_terminal:
        yield _say_line
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(say("grade.title", unit=unit), total=None)

        def show(result: Result, number: int, total: int) -> None:
            bar.update(task, total=total, completed=number, description=say("grade.running", code=result.code))

        yield show


def _say_line(result: Result, number: int, total: int) -> None:
    state = say(f"grade.states.{result.state}")
    more = _points(result) or " ".join(result.notes)
    print(say("grade.line", n=number, total=total, code=result.code, state=state, more=more).strip(), flush=True)


def _points(result: Result) -> str:
    if result.points is None or result.most is None:
        return ""
    pending = f" ({say('grade.pending')})" if result.manual else ""
    return f"{format_number(round(result.points, 2))}/{format_number(result.most)}{pending}"


def _summary(unit: str, results: Sequence[Result]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    colours = {"graded": "green", "repaired": "yellow", "unchanged": "dim", "failed": "red"}
    names = ("code", "state", "points", "more")
    table = Table(*(say(f"grade.{name}") for name in names), title=say("grade.title", unit=unit))
    for result in results:
        state = Text(say(f"grade.states.{result.state}"), style=colours[result.state])
        table.add_row(result.code, state, _points(result), Text("\n".join(result.notes)))
    console = Console(highlight=False)
    if console.is_terminal:
        console.print(table)
    else:
        for result in results:
            for note in result.notes:
                print(f"{result.code}: {note}")
    counts: Counter[str] = Counter(result.state for result in results)
    print(say("grade.summary", **{state: counts[state] for state in colours}))
