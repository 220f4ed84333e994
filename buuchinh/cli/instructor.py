"""What an instructor runs, from the class list to the report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from buuchinh.cli import grading
from buuchinh.messages import say
from buuchinh.text import visible

if TYPE_CHECKING:
    from buuchinh.intake.decide import Line
    from buuchinh.intake.inspect import Look

NOT_ALL_TAKEN = 3
"""Exit code of ``collect`` and ``repair`` where everything was read and some hand-ins are refused."""


def register(app: typer.Typer) -> None:
    """Add ``roster``, ``release``, ``collect`` and ``repair`` to ``app``."""

    @app.command(help=say("cli.roster.help"))
    def roster(
        file: Annotated[Path, typer.Argument(help=say("cli.roster.file"), show_default=False)],
        prefix: Annotated[str, typer.Option(help=say("cli.roster.prefix"))] = "HV",
        keep_names: Annotated[bool, typer.Option("--keep-names", help=say("cli.roster.keep_names"))] = False,
    ) -> None:
        from buuchinh.classroom import gradebook
        from buuchinh.classroom import roster as room

        made = room.load(file, prefix=prefix, taken=gradebook.students())
        csv, xlsx = room.hand_out(made)  # first: a run that is stopped half way has given no code that nobody knows of
        new = room.enrol(made, keep_names=keep_names)
        print(say("cli.roster.done", count=len(made.codes), new=new, made=len(made.made)))
        print(say("cli.roster.written", csv=csv, xlsx=xlsx))
        for sentence in room.doubts(made):
            print(sentence)
        if not keep_names:
            print(say("cli.roster.privacy"))

    @app.command(help=say("cli.release.help"))
    def release(
        unit: Annotated[str, typer.Argument(help=say("cli.release.unit"), show_default=False)],
        correct: Annotated[bool, typer.Option("--correct", help=say("cli.release.correct"))] = False,
        reason: Annotated[str, typer.Option(help=say("cli.release.reason"), show_default=False)] = "",
        provision: Annotated[str, typer.Option(help=say("cli.release.provision"), show_default=False)] = "",
    ) -> None:
        from buuchinh.release import release as room

        made = room.release(unit, correct=correct, reason=reason.strip(), provision=provision.strip())
        word = "release.corrected" if made.corrected else "release.done" if made.changed else "release.unchanged"
        print(say(word, unit=made.unit, version=made.version, files=", ".join(made.files)))

    @app.command(help=say("cli.collect.help"))
    def collect(
        folder: Annotated[Path, typer.Argument(help=say("cli.collect.folder"), show_default=False)],
        unit: Annotated[str | None, typer.Option(help=say("cli.collect.unit"), show_default=False)] = None,
    ) -> None:
        from buuchinh.intake import collect as room

        lines = room.collect(folder, unit)
        _show_collected(lines)
        if any(line.outcome == "refused" for line in lines):
            raise typer.Exit(NOT_ALL_TAKEN)

    @app.command(help=say("cli.repair.help"))
    def repair(file: Annotated[Path, typer.Argument(help=say("cli.repair.file"), show_default=False)]) -> None:
        from buuchinh.intake import inspect as room

        looks = room.look(file)
        _show_looks(looks)
        if any(look.line.outcome == "refused" for look in looks):
            raise typer.Exit(NOT_ALL_TAKEN)

    grading.register(app)


def _show_collected(lines: Sequence[Line]) -> None:
    """Print one row a hand-in: a table on a terminal, a line each where another program reads."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    if not lines:
        print(say("intake.collect.nothing"))
        return
    rows = [_row(line) for line in lines]
    if console.is_terminal:
        table = Table(
            *(say(f"intake.collect.column_{name}") for name in ("file", "unit", "code", "at", "outcome", "notes"))
        )
        for row in rows:
            table.add_row(*map(Text, row))  # a plain string is read for [bold] and [link=…]
        Console(highlight=False).print(table)
    else:
        for row in rows:
            print(" | ".join(row))
    counts = {name: sum(line.outcome == name for line in lines) for name in ("taken", "known", "refused")}
    print(say("intake.collect.summary", **counts))


def _row(line: Line) -> tuple[str, ...]:
    """Return what is told of a hand-in, in which a folder on a stick or a file may have any name."""
    outcome = say(f"intake.collect.{line.outcome}") + (f", {say('intake.collect.counts')}" if line.counts else "")
    at = f"{line.at:%H:%M %d-%m-%Y}" if line.at else ""
    told = " ".join(filter(None, (line.reason, line.way_out, *line.notes)))
    return tuple(map(visible, (line.where, line.unit, line.code, at, outcome, told)))


def _show_looks(looks: Sequence[Look]) -> None:
    """Print for each hand-in what was found, what is made of it and what a person can do."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for look in looks:
        line = look.line
        refused = line.outcome == "refused"
        console.print(Text(visible(line.where), style="bold"))
        at = f"{line.at:%H:%M %d-%m-%Y}" if line.at else say("cli.repair.nobody")
        head = say(
            "cli.repair.head",
            unit=line.unit or say("cli.repair.nobody"),
            code=line.code or say("cli.repair.nobody"),
            at=at,
        )
        verdict = say("cli.repair.refused", reason=line.reason) if refused else say("cli.repair.taken")
        console.print(Text(f"  {head} ").append(verdict, style="red" if refused else "green"))
        if line.way_out:
            console.print(Text(f"  {say('intake.inspect.word_person')}: {line.way_out}"))
        for remark in look.remarks:
            console.print(Text(f"  - {say('intake.inspect.word_found')}: {remark.found}"))
            for word, told in (("does", remark.does), ("person", remark.person)):
                if told and not (refused and word == "does"):
                    console.print(Text(f"    {say(f'intake.inspect.word_{word}')}: {told}", style="dim"))
        if not refused and not look.remarks:
            console.print(Text(f"  {say('cli.repair.nothing')}"))
    taken = [look for look in looks if look.line.outcome != "refused"]
    mended = sum(bool(look.remarks) for look in taken)
    counts = {"good": len(taken) - mended, "mended": mended, "refused": len(looks) - len(taken)}
    print(say("cli.repair.summary", count=len(looks), **counts))
