"""Widgets that a kernel carries to the page or, where none runs, whoever catches what a cell shows.

The lab shows pages without code with no kernel (``buuchinh/live/``): it calls what a cell calls, catches the widgets,
and hands their messages to and fro. Widgets are written once and know nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ClassVar

import anywidget
from ipywidgets import DOMWidget


class Carried(anywidget.AnyWidget):
    """A widget whose messages can be heard without a kernel."""

    resumes: ClassVar[bool] = True
    """Whether one that is made anew shows what this one shows: all that it knows is on disk."""

    def __init__(self, **traits: Any) -> None:
        self._outbox: list[dict[str, Any]] | None = [] if without_a_kernel() else None
        super().__init__(**traits)

    def send(self, content: dict[str, Any], buffers: Any = None) -> None:
        """Send ``content`` to the page: by the kernel, or with what ``receive`` returns."""
        if self._outbox is None:
            super().send(content, buffers)
        else:
            self._outbox.append(content)

    def receive(self, content: object) -> list[dict[str, Any]]:
        """Let the widget hear a message of the page; return what it sends back."""
        self._outbox = []
        self._handle_custom_msg(content, [])
        sent, self._outbox = self._outbox, []
        return sent

    def told(self) -> dict[str, Any]:
        """Return what the page is told of this widget's state: its own traits, nothing of Jupyter's."""
        common = DOMWidget.class_traits()
        names = [name for name in self.traits(sync=True) if name not in common and not name.startswith("_")]
        return {name: getattr(self, name) for name in names}

    def front_end(self) -> tuple[str, str]:
        """Return script and style sheet."""
        return str(self._esm), str(getattr(self, "_css", ""))


@dataclass(frozen=True)
class Shown:
    """What a cell shows: a widget, with the box below it that it fills, or HTML of our own."""

    widget: Carried | None = None
    below: DOMWidget | None = None
    html: str = ""


_caught: ContextVar[list[Shown] | None] = ContextVar("caught", default=None)


@contextmanager
def catching() -> Iterator[list[Shown]]:
    """Catch within the block what would be displayed, in its order."""
    shown: list[Shown] = []
    token = _caught.set(shown)
    try:
        yield shown
    finally:
        _caught.reset(token)


def caught(shown: Shown) -> bool:
    """Whether ``shown`` was caught; where it was not, a kernel runs and displays it."""
    into = _caught.get()
    if into is not None:
        into.append(shown)
    return into is not None


def without_a_kernel() -> bool:
    """Whether what is made now is caught."""
    return _caught.get() is not None
