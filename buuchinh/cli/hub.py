"""Define the command with which a JupyterHub starts a person's server."""

from __future__ import annotations

import typer

from buuchinh.messages import say


def register(app: typer.Typer) -> None:
    """Add ``hub-server`` to ``app``."""

    @app.command("hub-server", help=say("cli.hub_server.help"))
    def hub_server() -> None:
        from buuchinh.lab import hub_server as room

        room.serve()
