"""Define the command ``accept`` for submissions, and print lists of work that awaits an instructor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from buuchinh.messages import say
from buuchinh.text import visible

if TYPE_CHECKING:
    from buuchinh.grading.run_progress import Result

Unit = Annotated[str, typer.Argument(help=say("cli.grade.unit"), show_default=False)]
_LONGEST = 300


def register(app: typer.Typer) -> None:
    """Add ``accept`` to ``app``."""

    @app.command(help=say("cli.accept.help"))
    def accept(
        unit: Unit,
        code: Annotated[str, typer.Argument(help=say("cli.accept.code"), show_default=False)],
        question: Annotated[list[str] | None, typer.Option(help=say("cli.accept.question"), show_default=False)] = None,
        by: Annotated[str, typer.Option(help=say("cli.accept.by"), show_default=False)] = "",
        undo: Annotated[bool, typer.Option("--undo", help=say("cli.accept.undo"))] = False,
        unsafe: Annotated[bool, typer.Option("--unsafe", help=say("cli.grade.unsafe"))] = False,
    ) -> None:
        from buuchinh import course
        from buuchinh.cli import watching
        from buuchinh.codes import normalise
        from buuchinh.execution.options import ExecutionOptions
        from buuchinh.grading import accept, grade_class
        from buuchinh.personal_data.names import Names

        unit = course.unit_named(unit)
        who = by.strip() or accept.account()
        code = normalise(code)
        accepted = (
            accept.take_back(unit, code, question or ()) if undo else accept.accept(unit, code, who, question or ())
        )
        for answer in accepted:
            print(say("cli.accept.answer", id=answer.id, answer=_shown(answer.words)))
        outcome, trainee = "taken_back" if undo else "accepted", Names.read().shown(code)
        print(say(f"cli.accept.{outcome}", code=trainee, ids=", ".join(answer.id for answer in accepted), by=who))
        for result in grade_class.grade(unit, only=code, options=ExecutionOptions(unsafe=unsafe)):
            standings = watching.standing_words(unit, code)
            if result.points is None or code not in standings:
                print(" ".join(map(visible, result.notes)))
            else:
                print(say("cli.accept.points", code=trainee, unit=unit, standing=standings[code]))


def show_waiting(unit: str, results: Sequence[Result]) -> None:
    """Print the trainees whose submissions await manual review, with the command to use."""
    from buuchinh.personal_data.names import Names

    accept = [result.code for result in results if set(result.waits) - set(result.foreign)]
    foreign = [result.code for result in results if result.foreign]
    for key, codes in (("waiting", accept), ("foreign", foreign)):
        if codes:
            print(say(f"grading.{key}", count=len(codes), codes=Names.read().with_names(codes), unit=unit))


def show_alike(unit: str) -> None:
    """Print the trainees whose work agrees more than chance explains, worded as a question to the instructor."""
    from buuchinh.grading import equal_work

    for line in equal_work.sentences(unit):
        print(visible(line))


def _shown(text: str) -> str:
    return visible(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")
