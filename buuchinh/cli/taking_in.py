"""Define the commands that collect submissions of a class, settle refusals, and inspect and repair single files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from buuchinh.cli import review
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.text import format_moment, visible

if TYPE_CHECKING:
    from buuchinh.intake.decide_submission import Decision
    from buuchinh.intake.inspect import Inspection
    from buuchinh.intake.read_in_workers import Show
    from buuchinh.personal_data.names import Names
    from buuchinh.questions.question_remarks import QuestionRemark

NOT_ALL_TAKEN = 3
"""Exit code of ``collect`` and ``repair`` if everything was read but some submissions were refused."""


def register(app: typer.Typer) -> None:
    """Add ``collect``, ``settle`` and ``repair`` to ``app``."""

    @app.command(help=say("cli.collect.help"))
    def collect(
        folder: Annotated[Path | None, typer.Argument(help=say("cli.collect.folder"), show_default=False)] = None,
        unit: Annotated[str | None, typer.Option(help=say("cli.collect.unit"), show_default=False)] = None,
        owner: Annotated[str | None, typer.Option("--as", help=say("cli.collect.owner"), show_default=False)] = None,
        exchange: Annotated[bool, typer.Option("--exchange", help=say("cli.collect.exchange"))] = False,
        accounts: Annotated[Path | None, typer.Option(help=say("cli.collect.accounts"), show_default=False)] = None,
    ) -> None:
        decisions = _collected(folder, unit, owner, exchange=exchange, accounts=accounts)
        _show_collected(decisions)
        _show_remarks([remark for decision in decisions if decision.outcome == "taken" for remark in decision.remarks])
        for name in sorted({decision.unit for decision in decisions if decision.outcome == "taken"}):
            review.show_alike(name)
        if any(decision.outcome == "refused" for decision in decisions):
            raise typer.Exit(NOT_ALL_TAKEN)

    @app.command(help=say("cli.settle.help"))
    def settle(
        file: Annotated[str, typer.Argument(help=say("cli.settle.file"), show_default=False)] = "",
        undo: Annotated[bool, typer.Option("--undo", help=say("cli.settle.undo"))] = False,
    ) -> None:
        _settle(file, undo=undo)

    @app.command(help=say("cli.repair.help"))
    def repair(file: Annotated[Path, typer.Argument(help=say("cli.repair.file"), show_default=False)]) -> None:
        from buuchinh.intake import inspect as room

        inspections = room.inspect(file)
        _show_inspections(inspections)
        if any(inspection.decision.outcome == "refused" for inspection in inspections):
            raise typer.Exit(NOT_ALL_TAKEN)


def _collected(
    folder: Path | None, unit: str | None, owner: str | None, *, exchange: bool, accounts: Path | None
) -> list[Decision]:
    """Collect from a folder or from the exchange; raise ``KitError`` if both or neither are named."""
    from buuchinh import course
    from buuchinh.intake import collect, collect_exchange

    unit = None if unit is None else course.unit_named(unit)
    if exchange == (folder is not None) or (exchange and owner):
        raise KitError(say("cli.collect.one_source"))
    if accounts and not exchange:
        raise KitError(say("cli.collect.accounts_alone"))
    with _progress() as show:
        if folder is None:
            return collect_exchange.collect_exchange(unit, accounts, show=show)
        return collect.collect(folder, unit, owner, show=show)


def _settle(file: str, *, undo: bool) -> None:
    """Mark a refused file as settled, or undo that; without ``file``, print the refusals to choose from."""
    from buuchinh import course
    from buuchinh.attempts import refusals
    from buuchinh.personal_data.names import Names
    from buuchinh.results import attendance

    if not file:
        open_refusals = (
            [refusal for refusal in refusals.every() if refusal.by_word] if undo else attendance.unresolved_refusals()
        )
        people = Names.read()
        for refusal in open_refusals:
            cells = (refusal.origin, refusal.unit, people.shown(refusal.code), people.with_people(refusal.why))
            print(visible(" | ".join(filter(None, cells))))
        print(say("cli.settle.settled_so_far" if undo else "cli.settle.open", count=len(open_refusals)))
        return
    changed = refusals.reopen(file) if undo else refusals.settle(file)
    if not changed:
        print(say("cli.settle.not_settled" if undo else "cli.settle.already", file=file))
    for refusal in changed:
        folder = refusal.folder.relative_to(course.root()).as_posix()
        print(say("cli.settle.reopened" if undo else "cli.settle.done", file=refusal.origin, folder=folder))


def _show_remarks(remarks: list[QuestionRemark]) -> None:
    """Print the trainees' remarks on questions in the newly collected submissions, for the author."""
    from buuchinh.intake import collected_remarks
    from buuchinh.questions.question_remarks import active_remarks

    if remarks := active_remarks(remarks):
        print(say("intake.remarks.heading"))
        for line in collected_remarks.lines(remarks):
            print("  " + line)


@contextmanager
def _progress() -> Iterator[Show]:
    """Yield a callback that shows the reading progress on a terminal and does nothing elsewhere."""
    from buuchinh.intake.read_in_workers import silence

    if not sys.stdout.isatty() or os.environ.get("CI"):
        yield silence
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    words, file = TextColumn(say("cli.collect.reading")), TextColumn("{task.description}", markup=False)
    with Progress(words, BarColumn(24), MofNCompleteColumn(), file, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, where: bar.update(task, total=total, completed=done, description=visible(where))


def _show_collected(decisions: Sequence[Decision]) -> None:
    """Print a row for each submission: as a table on a terminal, as plain lines otherwise."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from buuchinh.personal_data.names import Names

    console = Console(highlight=False, soft_wrap=True)
    if not decisions:
        print(say("intake.collect.nothing"))
        return
    people = Names.read()
    rows = [_row(decision, people) for decision in decisions]
    if console.is_terminal:
        table = Table(
            *(say(f"intake.collect.column_{name}") for name in ("file", "unit", "code", "at", "outcome", "notes"))
        )
        for row in rows:
            table.add_row(*map(Text, row))  # rich would interpret [bold] and [link=…] in a plain string
        Console(highlight=False).print(table)
    else:
        for row in rows:
            print(" | ".join(row))
    counts = {name: sum(decision.outcome == name for decision in decisions) for name in ("taken", "known", "refused")}
    print(say("intake.collect.summary", **counts))
    if after := sum(decision.after_deadline for decision in decisions):
        print(say("intake.collect.taken_after", count=after))


def _row(decision: Decision, people: Names) -> tuple[str, ...]:
    """Return the table row of a submission; control characters in file and folder names are made visible."""
    outcome = say(f"intake.collect.{decision.outcome}") + (
        f", {say('intake.collect.counts')}" if decision.counts else ""
    )
    at = format_moment(decision.at) if decision.at else ""
    words = " ".join(
        filter(None, (*map(people.with_people, (decision.reason, decision.hint)), decision.way_out, *decision.notes))
    )
    trainee = people.shown(decision.code)
    return tuple(map(visible, (decision.where, decision.unit, trainee, at, outcome, words)))


def _show_inspections(inspections: Sequence[Inspection]) -> None:
    """Print each submission's contents, the decision on it and the possible actions."""
    from rich.console import Console
    from rich.text import Text

    from buuchinh.personal_data.names import Names

    console = Console(highlight=False, soft_wrap=True)
    people = Names.read()
    for inspection in inspections:
        decision = inspection.decision
        refused = decision.outcome == "refused"
        console.print(Text(visible(decision.where), style="bold"))
        at = format_moment(decision.at) if decision.at else say("cli.repair.nobody")
        head = say(
            "cli.repair.head",
            unit=decision.unit or say("cli.repair.nobody"),
            code=people.shown(decision.code) or say("cli.repair.nobody"),
            at=at,
        )
        verdict = (
            say("cli.repair.refused", reason=people.with_people(f"{decision.reason} {decision.hint}".strip()))
            if refused
            else say("cli.repair.taken")
        )
        console.print(Text(f"  {head} ").append(verdict, style="red" if refused else "green"))
        if decision.check:
            console.print(Text(f"  {say('cli.repair.receipt', check=decision.check)}"))
        if decision.way_out:
            console.print(Text(f"  {say('intake.inspect.word_person')}: {decision.way_out}"))
        for explained in inspection.notes:
            console.print(Text(f"  - {say('intake.inspect.word_found')}: {explained.note}"))
            for word, text in (("does", explained.does), ("person", explained.person)):
                if text and not (refused and word == "does"):
                    console.print(Text(f"    {say(f'intake.inspect.word_{word}')}: {text}", style="dim"))
        if not refused and not inspection.notes:
            console.print(Text(f"  {say('cli.repair.nothing')}"))
    taken = [inspection for inspection in inspections if inspection.decision.outcome != "refused"]
    mended = sum(bool(inspection.notes) for inspection in taken)
    counts = {"good": len(taken) - mended, "mended": mended, "refused": len(inspections) - len(taken)}
    print(say("cli.repair.summary", count=len(inspections), **counts))
