"""Define the commands for instructors, from the class list to the report."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from buuchinh.cli import extra_time, grading, keeping, practising, regrading, review, taking_in
from buuchinh.errors import KitError
from buuchinh.messages import say


def register(app: typer.Typer) -> None:
    """Add ``roster`` and ``release`` to ``app``, and the commands of the other instructor modules."""

    @app.command(help=say("cli.roster.help"))
    def roster(
        file: Annotated[Path, typer.Argument(help=say("cli.roster.file"), show_default=False)],
        prefix: Annotated[str, typer.Option(help=say("cli.roster.prefix"))] = "HV",
    ) -> None:
        _roster(file, prefix)

    @app.command(help=say("cli.release.help"))
    def release(
        unit: Annotated[str, typer.Argument(help=say("cli.release.unit"), show_default=False)],
        correct: Annotated[bool, typer.Option("--correct", help=say("cli.release.correct"))] = False,
        reason: Annotated[str, typer.Option(help=say("cli.release.reason"), show_default=False)] = "",
        provision: Annotated[str, typer.Option(help=say("cli.release.provision"), show_default=False)] = "",
        yes: regrading.Yes = False,
        exchange: Annotated[bool, typer.Option("--exchange", help=say("cli.release.exchange"))] = False,
        accounts: Annotated[Path | None, typer.Option(help=say("cli.collect.accounts"), show_default=False)] = None,
    ) -> None:
        if (correct and exchange) or (accounts and not exchange):
            raise KitError(say("cli.release.exchange_alone"))
        if correct:
            regrading.correct(unit, reason, provision, yes=yes)
            return
        from buuchinh import course
        from buuchinh.release import release

        unit = course.unit_named(unit)
        made = release.release(unit, reason=reason.strip(), provision=provision.strip())
        word = "release.done" if made.changed else "release.entered" if made.entered else "release.unchanged"
        print(say(word, unit=made.unit, version=made.version, files=", ".join(made.files)))
        if exchange:
            from buuchinh.release import release_exchange

            print(say("exchange.publish.released", unit=unit, path=release_exchange.put(unit, accounts)))

    taking_in.register(app)
    extra_time.register(app)
    grading.register(app)
    keeping.register(app)
    regrading.register(app)
    review.register(app)
    practising.register(app)


def _joins(file: str, enrolled: int) -> bool:
    """Whether to add a list that names no enrolled trainee to the class; on a terminal, the user is asked."""
    print(say("cli.roster.joins", file=file, count=enrolled))
    return not sys.stdin.isatty() or keeping.agreed("cli.roster.confirm")


def _roster(file: Path, prefix: str) -> None:
    """Read a class list, assign codes, fill the gradebook, and print the details to check."""
    from buuchinh.classroom import enrolment, roster
    from buuchinh.personal_data.names import Names

    done = enrolment.enrol(file, prefix=prefix, joins=partial(_joins, file.name))
    if done is None:
        print(say("cli.roster.nothing"))
        return
    made = done.roster
    print(say("cli.roster.done", count=len(made.codes), new=done.new, made=len(made.made)))
    print(say("cli.roster.written", csv=done.csv, xlsx=done.xlsx, handed_out=done.handed_out))
    if done.back:
        print(say("classroom.roster.back", codes=Names.read().with_names(done.back)))
    for sentence in roster.doubts(made):
        print(sentence)
    print(say("cli.roster.privacy"))
