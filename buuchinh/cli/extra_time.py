"""What an instructor types to give one person more time."""

from __future__ import annotations

from typing import Annotated

import typer

from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.text import format_moment


def register(app: typer.Typer) -> None:
    """Add ``extend`` to ``app``."""

    @app.command(help=say("cli.extend.help"))
    def extend(
        unit: Annotated[str, typer.Argument(help=say("cli.grade.unit"), show_default=False)],
        code: Annotated[str, typer.Argument(help=say("cli.extend.code"), show_default=False)],
        until: Annotated[str, typer.Argument(help=say("cli.extend.until"), show_default=False)] = "",
        cancel: Annotated[bool, typer.Option("--cancel", help=say("cli.extend.cancel"))] = False,
    ) -> None:
        _extend(unit, code, until, cancel=cancel)


def _extend(unit: str, code: str, until: str, *, cancel: bool) -> None:
    """Give extra time or take it back, and say what counts now."""
    from buuchinh.classroom import extensions
    from buuchinh.intake import extra_time

    if bool(until) == cancel:
        raise KitError(say("cli.extend.one_of"))
    made = extra_time.take_back(unit, code) if cancel else extra_time.give(unit, code, extensions.moment(until))
    deadline = format_moment(made.until) if made.until else ""
    print(say("cli.extend.taken_back" if cancel else "cli.extend.given", unit=unit, code=made.code, until=deadline))
    if made.counts:
        print(say("cli.extend.counts", at=format_moment(made.counts), unit=unit))
    else:
        print(say("cli.extend.nothing_counts"))
