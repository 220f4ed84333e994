"""The course kit *An toàn, an ninh bưu chính*: the handful of names that a notebook uses."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from buuchinh import late_grammar

_ROOMS = {
    "ask": "buuchinh.notebook.ask",
    "submit": "buuchinh.notebook.submit",
    "start_page": "buuchinh.notebook.start",
    "hand_in": "buuchinh.notebook.hand_in",
    "citations": "buuchinh.notebook.citations",
    "lesson_end": "buuchinh.notebook.lesson_end",
    "test": "buuchinh.notebook.self_test",
    "drill": "buuchinh.notebook.drill",
    "follow_up": "buuchinh.notebook.follow_up",
    "explore_periods": "buuchinh.notebook.explorers",
    "explore_rates": "buuchinh.notebook.explorers",
    "our_numbers": "buuchinh.notebook.our_numbers",
    "load": "buuchinh.datasets",
}

__all__ = [  # noqa: F822  # fetched by __getattr__
    "ask",
    "citations",
    "drill",
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
    """Fetch a name when it is first used, so that ``import buuchinh`` stays quick."""
    if name in _ROOMS:
        return getattr(import_module(_ROOMS[name]), name)
    raise AttributeError(name)
