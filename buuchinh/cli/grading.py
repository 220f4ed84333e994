"""What an instructor runs once hand-ins are collected: grade, feedback, report, backup, forget."""

from __future__ import annotations

from typing import Annotated

import typer

from buuchinh.cli import review
from buuchinh.messages import say
from buuchinh.text import format_number

NOT_ALL_GRADED = 3
"""Exit code of ``grade`` where the run went through and some hand-ins could not be graded."""

Unit = Annotated[str, typer.Argument(help=say("cli.grade.unit"), show_default=False)]
Only = Annotated[str | None, typer.Option(help=say("cli.grade.only"), show_default=False)]


def register(app: typer.Typer) -> None:
    """Add ``grade``, ``feedback``, ``report``, ``backup`` and ``forget`` to ``app``."""

    @app.command(help=say("cli.grade.help"))
    def grade(
        unit: Unit,
        only: Only = None,
        again: Annotated[bool, typer.Option("--again", help=say("cli.grade.again"))] = False,
        workers: Annotated[
            int | None, typer.Option(min=1, max=64, help=say("cli.grade.workers"), show_default=False)
        ] = None,
        scheduler: Annotated[str | None, typer.Option(help=say("cli.grade.scheduler"), show_default=False)] = None,
        unsafe: Annotated[bool, typer.Option("--unsafe", help=say("cli.grade.unsafe"))] = False,
    ) -> None:
        from buuchinh.cli.watching import show_summary, watching
        from buuchinh.execution.options import ExecutionOptions
        from buuchinh.grading import grade_class

        options = ExecutionOptions(workers, scheduler, unsafe)
        with watching(unit) as watch:
            results = grade_class.grade(unit, only=only, again=again, options=options, watch=watch)
        show_summary(unit, results)
        review.show_waiting(unit)
        if only is None:
            _nothing_counts(unit)
        if any(result.state == "failed" for result in results):
            raise typer.Exit(NOT_ALL_GRADED)

    @app.command(help=say("cli.feedback.help"))
    def feedback(unit: Unit, only: Only = None) -> None:
        from buuchinh.results import feedback as room

        print(say("cli.feedback.written", count=len(room.write(unit, only=only))))
        if only is None:
            _left_out(unit)

    @app.command(help=say("cli.report.help"))
    def report(unit: Unit) -> None:
        from buuchinh import course
        from buuchinh.results import learning_gain
        from buuchinh.results import report as room

        for path in learning_gain.write() if unit == learning_gain.UNIT else room.write(unit):
            print(say("results.report.written", path=path.relative_to(course.root()).as_posix()))
        if unit != learning_gain.UNIT:
            _left_out(unit)

    @app.command(help=say("cli.backup.help"))
    def backup() -> None:
        from buuchinh import course, personal_data

        made = personal_data.backup()
        path = made.path.relative_to(course.root()).as_posix()
        print(say("cli.backup.backed_up", path=path, files=made.files, size=format_number(made.size / 1000, 0)))
        print(say("cli.backup.private"))

    @app.command(help=say("cli.forget.help"))
    def forget(
        code: Annotated[str, typer.Argument(help=say("cli.forget.code"), show_default=False)],
        yes: Annotated[bool, typer.Option("--yes", help=say("cli.forget.yes"))] = False,
    ) -> None:
        _forget(code, yes=yes)


def _nothing_counts(unit: str) -> None:
    """Say who was late and who handed in nothing: all of them, since who is to be asked is here or nowhere."""
    from buuchinh.grading import grade_class

    for word, codes in (("late", grade_class.late(unit)), ("absent", grade_class.absent(unit))):
        if codes:
            print(say(f"grading.{word}", count=len(codes), codes=", ".join(codes)))


def _left_out(unit: str) -> None:
    """Say whose hand-in was left out because it has no points."""
    from buuchinh.grading import grade_class

    if codes := grade_class.ungraded(unit):
        print(say("grading.left_out", count=len(codes), codes=", ".join(codes), unit=unit))


def _forget(code: str, *, yes: bool) -> None:
    """Show what would go, ask, erase, and say what is left elsewhere."""
    from buuchinh import personal_data
    from buuchinh.codes import normalise

    code = normalise(code)
    places = personal_data.holds(code)
    if places and not yes:
        print(say("cli.forget.will_erase", code=code))
        for place in places:
            print(say("cli.forget.place", place=place))
        typed = typer.prompt(say("cli.forget.confirm"), default="", show_default=False)
        if typed.strip().lower() not in {"c", "co", "có", "y", "yes"}:
            print(say("cli.forget.kept"))
            return
    erased = personal_data.forget(code)
    print(say("cli.forget.erased", code=code, count=len(erased.places)))
    if any(place.startswith("reports/") for place in erased.places):
        print(say("cli.forget.reports"))
    print(say("cli.forget.roster"))
    if erased.backups:
        print(say("cli.forget.still", code=code, backups=", ".join(erased.backups)))
