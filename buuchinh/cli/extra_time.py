"""Define the commands that set the class's deadline and give one person more time."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Annotated

import typer

from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.text import format_moment


def register(app: typer.Typer) -> None:
    """Add ``deadline`` and ``extend`` to ``app``."""

    @app.command(help=say("cli.deadline.help"))
    def deadline(
        unit: Annotated[str, typer.Argument(help=say("cli.grade.unit"), show_default=False)],
        until: Annotated[str, typer.Argument(help=say("cli.deadline.until"), show_default=False)] = "",
        cancel: Annotated[bool, typer.Option("--cancel", help=say("cli.deadline.cancel"))] = False,
    ) -> None:
        _deadline(unit, until, cancel=cancel)

    @app.command(help=say("cli.extend.help"))
    def extend(
        unit: Annotated[str, typer.Argument(help=say("cli.grade.unit"), show_default=False)],
        code: Annotated[str, typer.Argument(help=say("cli.extend.code"), show_default=False)],
        until: Annotated[str, typer.Argument(help=say("cli.extend.until"), show_default=False)] = "",
        cancel: Annotated[bool, typer.Option("--cancel", help=say("cli.extend.cancel"))] = False,
    ) -> None:
        _extend(unit, code, until, cancel=cancel)


def _deadline(unit: str, until: str, *, cancel: bool) -> None:
    """Set or remove the class's deadline, and print what it replaced and how many submissions now count."""
    from buuchinh import course
    from buuchinh.attempts import typed_moment
    from buuchinh.intake import recount

    if bool(until) == cancel:
        raise KitError(say("cli.deadline.one_of", unit=unit))
    at = typed_moment.read(until) if until else None
    unit = course.unit_named(unit)
    before = _class_deadline(unit)
    count = recount.change_deadline(unit, at)
    values = {"unit": unit, "until": format_moment(at) if at else "", "now": _now()}
    print(say("cli.deadline.set" if at else "cli.deadline.none", **values, before=_before(before, at)))
    _say_past(at)
    print(say("cli.deadline.counts", count=count, unit=unit))


def _extend(unit: str, code: str, until: str, *, cancel: bool) -> None:
    """Grant or withdraw extra time, and print what it replaced and which submission now counts towards the grade."""
    from buuchinh import course
    from buuchinh.attempts import typed_moment
    from buuchinh.intake import recount
    from buuchinh.personal_data.names import Names

    if bool(until) == cancel:
        raise KitError(say("cli.extend.one_of"))
    unit = course.unit_named(unit)
    if cancel:
        made = recount.take_back_extra_time(unit, code)
    else:
        made = recount.give_extra_time(unit, code, typed_moment.read(until))
        if made.until and (at := _gone_out(unit)) and made.until > at:
            print(say("cli.extend.gone_out", unit=unit, at=format_moment(at)))
    deadline = format_moment(made.until) if made.until else ""
    values = {"unit": unit, "code": Names.read().shown(made.code), "until": deadline, "now": _now()}
    before = _before(made.before, made.until)
    print(say("cli.extend.taken_back" if cancel else "cli.extend.given", **values, before=before))
    if not cancel:
        _say_past(made.until)
    if made.counts:
        print(say("cli.extend.counts", at=format_moment(made.counts), unit=unit))
    else:
        print(say("cli.extend.nothing_counts"))


def _now() -> str:
    return format_moment(datetime.now().astimezone())


def _class_deadline(unit: str) -> datetime | None:
    """Return the class's deadline as it is, or None if there is none or ``course.toml`` cannot be read."""
    from buuchinh import course

    with suppress(KitError):  # a broken line is what a new deadline may replace
        return course.settings().deadline(unit)
    return None


def _before(before: datetime | None, until: datetime | None) -> str:
    """Return in brackets which deadline was replaced, or "" if there was none."""
    if before is None:
        return ""
    return say("cli.deadline.as_before") if before == until else say("cli.deadline.before", at=format_moment(before))


def _say_past(until: datetime | None) -> None:
    if until and until < datetime.now().astimezone():
        print(say("cli.deadline.past"))


def _gone_out(unit: str) -> datetime | None:
    """Return when something that tells right answers first went out: feedback that was packed, or the solutions."""
    from buuchinh.results import feedback_sent, solution_pack

    return min(filter(None, (*feedback_sent.of_unit(unit).values(), solution_pack.made_at(unit))), default=None)
