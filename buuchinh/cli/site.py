"""Define the command that builds the course's pages for any browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from buuchinh.messages import say


def register(app: typer.Typer) -> None:
    """Add ``site`` to ``app``."""

    @app.command(help=say("cli.site.help"))
    def site(
        out: Annotated[Path | None, typer.Option(help=say("cli.site.out"), show_default=False)] = None,
        public: Annotated[bool, typer.Option("--public", help=say("cli.site.public"))] = False,
        self_study: Annotated[bool, typer.Option("--self-study", help=say("cli.site.self_study"))] = False,
        own: Annotated[bool, typer.Option("--own", help=say("cli.site.own"))] = False,
        without_exams: Annotated[bool, typer.Option("--without-exams", help=say("cli.bundle.without_exams"))] = False,
        only: Annotated[list[str] | None, typer.Option(help=say("cli.bundle.only"), show_default=False)] = None,
    ) -> None:
        from buuchinh.release.unit_selection import choice
        from buuchinh.site import build
        from buuchinh.text import format_number

        chosen = choice(without_exams=without_exams, only=only or ())
        made = build.build(out, public=public, self_study=self_study, own=own or None, chosen=chosen)
        size = format_number(made.size / 1_000_000, 1)
        print(
            say(
                "cli.site.done",
                pages=made.pages,
                folder=made.folder,
                files=made.files,
                size=size,
                index=made.folder / build.INDEX,
            )
        )
