"""A Jupyter server extension with the marking page alone."""

from __future__ import annotations

from typing import Any

from buuchinh.desk import marking_handlers


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    marking_handlers.add_routes(server.web_app)
