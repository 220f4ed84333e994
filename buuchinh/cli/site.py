"""What makes the course's pages for any browser."""

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
        own: Annotated[bool, typer.Option("--own", help=say("cli.site.own"))] = False,
    ) -> None:
        from buuchinh.site import build
        from buuchinh.text import format_number

        made = build.build(out, public=public, own=own or not public)
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
