"""What a trainee's machine runs, and what makes the bundle that it runs from."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from buuchinh.messages import say


def register(app: typer.Typer) -> None:
    """Add ``lab`` and ``bundle`` to ``app``."""

    @app.command(help=say("cli.lab.help"))
    def lab(
        instructor: Annotated[bool, typer.Option("--instructor", help=say("cli.lab.instructor"))] = False,
        no_browser: Annotated[bool, typer.Option("--no-browser", help=say("cli.lab.no_browser"))] = False,
        port: Annotated[int, typer.Option(help=say("cli.lab.port"), show_default=False)] = 0,
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
        wheels: Annotated[Path | None, typer.Option(help=say("cli.bundle.wheels"), show_default=False)] = None,
    ) -> None:
        from buuchinh.release.bundle import make
        from buuchinh.site import build

        made = make(out, wheels=wheels, pages=build.for_bundle())
        print(say("cli.bundle.done", path=made.archive, files=made.files, version=made.version))
        if made.left_out:
            print(say("cli.bundle.left_out", paths="\n".join(f"  {path}" for path in made.left_out)))
