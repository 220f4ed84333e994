"""Define the command with which a JupyterHub starts a person's server, and reads the table of accounts."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from buuchinh.messages import say


def register(app: typer.Typer) -> None:
    """Add ``hub-server`` to ``app``."""

    @app.command("hub-server", help=say("cli.hub_server.help"))
    def hub_server(
        codes: Annotated[Path | None, typer.Option(help=say("cli.hub_server.codes"), show_default=False)] = None,
    ) -> None:
        if codes:
            from buuchinh.exchange import accounts

            sys.stdout.write(json.dumps(dict(accounts.read(codes).listed)) + "\n")
            return
        from buuchinh.lab import hub_server as room

        room.serve()
