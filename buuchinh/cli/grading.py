"""Define the instructors' commands that follow collecting: ``grade``, ``feedback`` and ``report``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from buuchinh.cli import review
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.text import visible

NOT_ALL_GRADED = 3
"""Exit code of ``grade`` if the run finished but some submissions could not be graded."""

Unit = Annotated[str, typer.Argument(help=say("cli.grade.unit"), show_default=False)]
Only = Annotated[str | None, typer.Option(help=say("cli.grade.only"), show_default=False)]
OnlyTo = Annotated[str | None, typer.Option("--only", help=say("cli.feedback.only"), show_default=False)]


def register(app: typer.Typer) -> None:
    """Add ``grade``, ``feedback`` and ``report`` to ``app``."""

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
        from buuchinh import course
        from buuchinh.cli.watching import show_summary, watching
        from buuchinh.execution.options import ExecutionOptions
        from buuchinh.grading import grade_class

        unit = course.unit_named(unit)
        _enter(unit)
        options = ExecutionOptions(workers, scheduler, unsafe)
        with watching(unit) as watch:
            results = grade_class.grade(unit, only=only, again=again, options=options, watch=watch)
        show_summary(unit, results)
        review.show_waiting(unit, results)
        if only is None:
            if any(result.state != "unchanged" for result in results):  # unchanged results were reported before
                review.show_alike(unit)
            _attendance(unit)
        if any(result.state == "failed" for result in results):
            raise typer.Exit(NOT_ALL_GRADED)

    @app.command(help=say("cli.feedback.help"))
    def feedback(
        unit: Unit,
        only: OnlyTo = None,
        names: Annotated[bool, typer.Option("--names", help=say("cli.feedback.names"))] = False,
        send: Annotated[bool, typer.Option("--send", help=say("cli.feedback.send"))] = False,
        anyway: Annotated[bool, typer.Option("--anyway", help=say("cli.feedback.anyway"))] = False,
        pack: Annotated[bool, typer.Option("--pack", help=say("cli.feedback.pack"))] = False,
        exchange: Annotated[bool, typer.Option("--exchange", help=say("cli.feedback.exchange"))] = False,
        accounts: Annotated[Path | None, typer.Option(help=say("cli.collect.accounts"), show_default=False)] = None,
    ) -> None:
        from buuchinh import course
        from buuchinh.personal_data.archive import shown
        from buuchinh.results import feedback_pages as room

        unit = course.unit_named(unit)
        if pack:
            _make_solutions(unit, alone=not (only or names or send or exchange))
            return
        if exchange or accounts:
            alone = exchange and not (only or send)
            _put_into_exchange(unit, accounts, anyway=anyway, names=names, alone=alone)
            return
        if send:
            _send(unit, only, anyway=anyway, names=names)
            return
        print(say("cli.feedback.written", count=len(room.write(unit, only=only, names=names))))
        if only is None:
            print(say("cli.feedback.of_class", path=shown(room.of_class(unit))))
            _left_out(unit)
            _attendance(unit)

    @app.command(help=say("cli.report.help"))
    def report(
        unit: Unit,
        names: Annotated[bool, typer.Option("--names", help=say("cli.report.names"))] = False,
        csv: Annotated[str | None, typer.Option(help=say("cli.report.csv"), show_default=False)] = None,
        accounts: Annotated[Path | None, typer.Option(help=say("cli.report.accounts"), show_default=False)] = None,
    ) -> None:
        from buuchinh import course
        from buuchinh.parsed import snapshot_mode
        from buuchinh.results import course_report, learning_gain

        unit = course.unit_named(unit, [*course.graded_units(), learning_gain.UNIT, course_report.UNIT])
        if csv is not None or accounts:
            _write_grades(unit, csv, accounts, names=names)
            return
        with snapshot_mode():  # the summary matches the written report, from one computation
            _write_report(unit, names=names)


def _enter(unit: str) -> None:
    """Enter a released unit into this machine's gradebook, and print that, if only the gradebook lacks it."""
    from buuchinh.release import release

    if made := release.enter(unit):
        word = "release.done" if made.changed else "release.entered"
        print(say(word, unit=made.unit, version=made.version, files=", ".join(made.files)))


def _write_report(unit: str, *, names: bool) -> None:
    """Write the report of a unit, of the short tests or of the course, and print where it is."""
    from buuchinh import course
    from buuchinh.results import course_report, learning_gain

    if unit == learning_gain.UNIT:
        written = learning_gain.write()
    elif unit == course_report.UNIT:
        written = course_report.write(names=names)
    else:
        from buuchinh.results import class_report

        written = class_report.write(unit, names=names)
    for path in written:
        print(say("results.report.written", path=path.relative_to(course.root()).as_posix()))
    if unit not in {learning_gain.UNIT, course_report.UNIT}:
        _left_out(unit)
        _attendance(unit)
        review.show_alike(unit)


def _write_grades(unit: str, csv: str | None, accounts: Path | None, *, names: bool) -> None:
    """Write the results of a unit for the grade import of a learning management system, and print who is left out."""
    from buuchinh import course
    from buuchinh.personal_data.names import Names
    from buuchinh.results import course_report, learning_gain, lms_grades

    if csv != "lms":
        raise KitError(say("lms.grades.only_lms"))
    if unit in {learning_gain.UNIT, course_report.UNIT}:
        raise KitError(say("lms.grades.one_unit", unit=unit))
    if names:
        raise KitError(say("lms.grades.no_names"))
    if accounts is None:
        raise KitError(say("lms.grades.need_accounts"))
    written = lms_grades.write(unit, accounts)
    path = written.path.relative_to(course.root()).as_posix()
    print(say("lms.grades.written", count=written.count, path=path))
    for name, codes in (("without_account", written.without_account), ("pending", written.pending)):
        if codes:
            print(visible(say(f"lms.grades.{name}", count=len(codes), codes=Names.read().with_names(codes))))
    _attendance(unit)


def _make_solutions(unit: str, *, alone: bool) -> None:
    """Make the solutions of an exercise, and print where they are."""
    from buuchinh.personal_data.archive import shown
    from buuchinh.results import solution_pack

    if not alone:
        raise KitError(say("cli.feedback.pack_alone"))
    print(say("cli.feedback.pack_made", path=shown(solution_pack.make(unit))))


def _send(unit: str, only: str | None, *, anyway: bool, names: bool) -> None:
    """Put the feedback into one zip, and print where it is."""
    from buuchinh.personal_data.archive import shown
    from buuchinh.results import send_feedback

    if only:
        raise KitError(say("cli.feedback.send_alone"))
    sent = send_feedback.send(unit, anyway=anyway, names=names)
    print(send_feedback.whole_words(sent))
    print(say("cli.feedback.sent", path=shown(sent.path)))
    print(say("cli.feedback.of_class", path=shown(sent.of_class)))


def _put_into_exchange(unit: str, accounts: Path | None, *, anyway: bool, names: bool, alone: bool) -> None:
    """Put the feedback into the exchange, and print who gets it there and who does not."""
    from buuchinh.personal_data.names import Names
    from buuchinh.results import exchange_feedback

    if not alone:
        raise KitError(say("cli.feedback.exchange_alone"))
    put = exchange_feedback.put(unit, accounts, anyway=anyway, names=names)
    print(say("exchange.publish.feedback", count=len(put.codes), unit=unit))
    if put.without:
        codes = Names.read().with_names(put.without)
        print(visible(say("exchange.publish.feedback_without", count=len(put.without), codes=codes)))
    if put.withdrawn:
        print(visible(say("exchange.publish.withdrawn", count=len(put.withdrawn), codes=", ".join(put.withdrawn))))


def _attendance(unit: str) -> None:
    """Print the trainees who await manual grading, were late, were refused, or submitted nothing."""
    from buuchinh.results import attendance

    for line in attendance.lines(unit):
        print(visible(line))


def _left_out(unit: str) -> None:
    """Print the trainees whose submission was left out because it has no points."""
    from buuchinh.grading import grade_class
    from buuchinh.personal_data.names import Names

    if codes := grade_class.ungraded(unit):
        print(say("grading.left_out", count=len(codes), codes=Names.read().with_names(codes), unit=unit))
