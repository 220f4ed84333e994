"""Define the commands that start JupyterLab and make bundles."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from buuchinh.errors import KitError
from buuchinh.messages import say

if TYPE_CHECKING:
    from buuchinh.release.offline import Offline
    from buuchinh.release.unit_selection import UnitSelection


_LAST_PORT = 65_535


def register(app: typer.Typer) -> None:
    """Add ``lab`` and ``bundle`` to ``app``."""

    @app.command(help=say("cli.lab.help"))
    def lab(
        instructor: Annotated[bool, typer.Option("--instructor", help=say("cli.lab.instructor"))] = False,
        no_browser: Annotated[bool, typer.Option("--no-browser", help=say("cli.lab.no_browser"))] = False,
        port: Annotated[int, typer.Option(min=0, max=_LAST_PORT, help=say("cli.lab.port"), show_default=False)] = 0,
        date: Annotated[str | None, typer.Option(help=say("cli.lab.date"), show_default=False)] = None,
    ) -> None:
        from buuchinh import course
        from buuchinh.lab import launch

        if date is not None:
            os.environ[course.LAW_DAY] = course.read_day(date).isoformat()
        launch.serve(instructor=instructor, browser=not no_browser, port=port)

    @app.command(help=say("cli.bundle.help"))
    def bundle(
        out: Annotated[Path, typer.Option(help=say("cli.bundle.out"))] = Path("dist"),
        offline: Annotated[str | None, typer.Option(help=say("cli.bundle.offline"), show_default=False)] = None,
        python: Annotated[Path | None, typer.Option(help=say("cli.bundle.python"), show_default=False)] = None,
        wheels: Annotated[Path | None, typer.Option(help=say("cli.bundle.wheels"), show_default=False)] = None,
        instructor: Annotated[bool, typer.Option("--instructor", help=say("cli.bundle.instructor"))] = False,
        without_exams: Annotated[bool, typer.Option("--without-exams", help=say("cli.bundle.without_exams"))] = False,
        only: Annotated[list[str] | None, typer.Option(help=say("cli.bundle.only"), show_default=False)] = None,
    ) -> None:
        from buuchinh.release.bundle import make
        from buuchinh.release.unit_selection import choice
        from buuchinh.site import bundle_start_page
        from buuchinh.text import format_number

        chosen = choice(without_exams=without_exams, only=only or ())
        if instructor and not chosen.whole:
            raise KitError(say("cli.bundle.instructor_has_all"))
        added = _offline(offline, python, wheels, instructor=instructor)
        start_pages = {} if instructor else bundle_start_page.for_bundle(chosen)
        made = make(out, pages=start_pages, added=added, instructor=instructor, chosen=chosen)
        size = format_number(made.size / 1_000_000, 1)
        print(say("cli.bundle.done", path=made.archive, files=made.files, size=size, version=made.version))
        if added is not None:
            print(_what_is_unpacked(added))
        if added is None or added.system.windows:
            print(say("cli.bundle.longest", signs=made.longest))
        for sentence in [say("cli.bundle.keys")] if instructor else _what_trainees_get(chosen):
            print(sentence)
        if made.left_out:
            print(say("cli.bundle.left_out", paths="\n".join(f"  {path}" for path in made.left_out)))


def _what_trainees_get(chosen: UnitSelection) -> Iterator[str]:
    """Yield notes for the instructor on a trainees' bundle: its units or exams, and a missing recipient of answers."""
    from buuchinh import course
    from buuchinh.release.unit_selection import an_exam

    exams = [unit for unit in chosen.units if not course.is_exercise(unit)]
    if chosen.alone:
        yield say("cli.bundle.alone", titles="; ".join(chosen.titles))
    elif not chosen.whole:
        yield say("cli.bundle.exams_later", exam=an_exam())
    elif exams:
        yield say("cli.bundle.with_exams", exams=", ".join(exams))
    if not course.settings().leader.named:
        yield say("cli.bundle.nobody")


def _offline(name: str | None, python: Path | None, wheels: Path | None, *, instructor: bool) -> Offline | None:
    from buuchinh import course
    from buuchinh.release.offline import gathered

    if name is not None:
        lock = course.root() / ("requirements-instructor.lock" if instructor else "requirements.lock")
        return gathered(lock, name, python=python, wheelhouse=wheels)
    if python is not None or wheels is not None:
        raise KitError(say("release.offline.needs_offline"), say("release.offline.needs_offline_way_out"))
    return None


def _what_is_unpacked(added: Offline) -> str:
    from buuchinh.text import format_number

    return say(
        "cli.bundle.offline_done",
        system=added.system.title,
        wheels=added.wheels,
        pythons=", ".join(added.pythons),
        files=added.files,
        size=format_number(added.size / 1_000_000, 0),
        seconds=format_number(added.seconds, 0),
    )
