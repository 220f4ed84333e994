"""Provide the functions that the notebooks of the course *An toàn, an ninh bưu chính* import."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from buuchinh import late_grammar

_ROOMS = {
    "ask": "buuchinh.notebook.cell_functions",
    "submit": "buuchinh.notebook.submit",
    "start_page": "buuchinh.notebook.cell_functions",
    "hand_in": "buuchinh.notebook.cell_functions",
    "citations": "buuchinh.notebook.cell_functions",
    "lesson_end": "buuchinh.notebook.cell_functions",
    "test": "buuchinh.notebook.cell_functions",
    "drill": "buuchinh.notebook.cell_functions",
    "follow_up": "buuchinh.notebook.cell_functions",
    "explore": "buuchinh.notebook.explore",
    "explore_periods": "buuchinh.notebook.explorers",
    "explore_rates": "buuchinh.notebook.explorers",
    "our_numbers": "buuchinh.notebook.cell_functions",
    "load": "buuchinh.datasets",
}

__all__ = [  # noqa: F822  # fetched by __getattr__
    "ask",
    "citations",
    "drill",
    "explore",
    "explore_periods",
    "explore_rates",
    "follow_up",
    "hand_in",
    "lesson_end",
    "load",
    "our_numbers",
    "start_page",
    "submit",
    "test",
]


late_grammar.put_off()  # before anything imports jsonschema


def __getattr__(name: str) -> Any:
    """Import a function when it is first used, so that ``import buuchinh`` stays fast."""
    if name in _ROOMS:
        room = import_module(_ROOMS[name])
        if room.__name__.startswith("buuchinh.notebook."):
            parts: Any = import_module("buuchinh.notebook.display_parts")
            parts.over = _bridge
            import_module("buuchinh.notebook.explain_error").install()
        return getattr(room, name)
    raise AttributeError(name)


def _bridge() -> Any:
    """Return the bridge that sends parts of the course to a page with a kernel but without the course's extension."""
    return import_module("buuchinh.learner.server.bridge").of_kernel()
