"""Define the command that corrects a released answer key and shows every changed result before writing anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from buuchinh.cli import keeping
from buuchinh.messages import say
from buuchinh.text import format_number, visible

if TYPE_CHECKING:
    from buuchinh.release.propagate_correction import Plan
    from buuchinh.results.regrade import Move, Preview

Unit = Annotated[str, typer.Argument(help=say("cli.grade.unit"), show_default=False)]
Reason = Annotated[str, typer.Option(help=say("cli.release.reason"), show_default=False)]
Provision = Annotated[str, typer.Option(help=say("cli.release.provision"), show_default=False)]
Yes = Annotated[bool, typer.Option("--yes", help=say("cli.regrade.yes"))]
Unsafe = Annotated[bool, typer.Option("--unsafe", help=say("cli.grade.unsafe"))]


def register(app: typer.Typer) -> None:
    """Add ``regrade`` to ``app``."""

    @app.command(help=say("cli.regrade.help"))
    def regrade(
        unit: Unit,
        reason: Reason = "",
        provision: Provision = "",
        version: Annotated[list[str] | None, typer.Option(help=say("cli.regrade.version"), show_default=False)] = None,
        seen: Annotated[str, typer.Option(help=say("cli.regrade.seen"), show_default=False)] = "",
        backup: Annotated[bool, typer.Option("--backup", help=say("cli.regrade.backup"))] = False,
        yes: Yes = False,
        unsafe: Unsafe = False,
    ) -> None:
        correct(unit, reason, provision, version or (), yes=yes, unsafe=unsafe, expected=seen, backup=backup)


def correct(
    unit: str,
    reason: str,
    provision: str,
    only: Sequence[str] = (),
    *,
    yes: bool,
    unsafe: bool = False,
    expected: str = "",
    backup: bool = False,
) -> None:
    """Print each trainee's results that a corrected answer key changes; with ``yes``, write the key and grade again.

    Nothing is written if an earlier preview, whose fingerprint is ``expected``, no longer holds. With ``backup``, the
    class is backed up before anything is written.
    """
    from buuchinh import course
    from buuchinh.results import exchange_feedback, regrade, solution_pack

    unit = course.unit_named(unit)
    seen = regrade.preview(unit, only, provision.strip())
    _show_reach(seen.plan)
    _show_moves(seen)
    if not yes:
        print(say("cli.regrade.not_yet"))
        print(say("cli.regrade.seen_as", fingerprint=seen.fingerprint))
        return
    if backup:
        keeping.back_up()
    from buuchinh.cli.watching import show_summary, watching
    from buuchinh.execution.options import ExecutionOptions

    with watching(unit) as watch:
        options = ExecutionOptions(unsafe=unsafe)
        results = regrade.apply(
            seen, reason.strip(), provision.strip(), expected=expected, options=options, watch=watch
        )
    show_summary(unit, results)
    print(say("cli.regrade.done" if seen.plan.reached else "cli.regrade.done_words", unit=unit))
    if renewed := exchange_feedback.renew(unit):
        print(say("exchange.publish.renewed", count=len(renewed)))
    if solutions := solution_pack.renew(unit):
        print(say("results.solutions.renewed", file=solutions.name))
    if any(result.state == "failed" for result in results):
        from buuchinh.cli.grading import NOT_ALL_GRADED

        raise typer.Exit(NOT_ALL_GRADED)


def _show_reach(plan: Plan) -> None:
    for key, releases in (("reached", plan.reached), ("kept", plan.kept)):
        by_question: dict[str, list[str]] = {}
        for release in releases:
            by_question.setdefault(release.question, []).append(release.version)
        for name, versions in by_question.items():
            print(say(f"cli.regrade.{key}", question=name, versions=", ".join(versions)))
    if plan.words:
        print(say("cli.regrade.words", version=plan.version))


def _show_moves(seen: Preview) -> None:
    """Print a line for each changed result, new failures first, followed by the counts and names."""
    from buuchinh.personal_data.names import Names

    people = Names.read()
    moved = sorted((move for move in seen.moves if move.moved), key=_weight)
    for move in moved:
        print("  " + _line(move, people.shown(move.code)))
    same = len(seen.moves) - len(moved)
    print(say("cli.regrade.counts", moved=len(moved), same=same))
    for direction in ("down", "up"):
        codes = [move.code for move in moved if move.crosses == direction]
        if codes:
            print(say(f"cli.regrade.{direction}", count=len(codes), codes=people.with_names(codes)))
    if seen.ungraded:
        print(say("cli.regrade.ungraded", count=len(seen.ungraded), codes=people.with_names(seen.ungraded)))


def _weight(move: Move) -> tuple[int, str]:
    return {"down": 0, "up": 1, None: 2}[move.crosses], move.code


def _shifts(move: Move) -> list[tuple[str, str, str]]:
    rounded = ((name, round(before, 2), round(after, 2)) for name, before, after in move.shifted)
    return [(name, format_number(before), format_number(after)) for name, before, after in rounded]


def _line(move: Move, trainee: str) -> str:
    before, after = (format_number(round(result.earned, 2)) for result in (move.before, move.after))
    line = say("cli.regrade.line", code=trainee, before=before, after=after, most=format_number(move.before.most))
    if before == after:
        shifted = "; ".join(
            say("cli.regrade.shift", id=name, before=old, after=new) for name, old, new in _shifts(move)
        )
        line = f"{line} {say('cli.regrade.between', shifts=shifted)}"
    if move.crosses is None:
        return visible(line)
    old, new = (say(f"results.feedback.verdicts.{result.verdict}") for result in (move.before, move.after))
    return visible(f"{line} {say('cli.regrade.verdict', before=old, after=new)}")
