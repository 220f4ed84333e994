"""Makes parts alive where a kernel runs and JupyterLab's extension does not draw them: Notebook 7, other front ends.

One widget a kernel carries the same screens (``learner/src/notebook/bridge.js``) and no view of its own: it draws each
part in place of its stand-in, so that no output holds a widget, and none shows an error once its kernel is gone. What
it asks, ``api`` answers in this process, which runs the trainee's code: of what is graded it gives the public sheet.
"""

from __future__ import annotations

import json
import logging
import os
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from buuchinh import course, frontend
from buuchinh.errors import KitError
from buuchinh.learner.server import api, told
from buuchinh.messages import section
from buuchinh.notebook import display_parts, workspace

_LAB = "labextensions/buuchinh-learner/static"
_SESSION, _ANY = "JPY_SESSION_NAME", "notebook.ipynb"
"""A kernel knows its folder, which says whose work it is; some servers tell it the name of its notebook too."""


class KernelBridge(anywidget.AnyWidget):
    """Carries what screens ask, and what they are told, between this kernel and its pages."""

    _esm = frontend.bundle(f"{_LAB}/learner.js")
    _css = frontend.bundle(f"{_LAB}/learner.css")
    notebook = traitlets.Unicode().tag(sync=True)

    def __init__(self) -> None:
        """Make it for the notebook of this kernel."""
        super().__init__(notebook=_notebook())
        self.on_msg(self._on_message)

    def _on_message(self, _widget: KernelBridge, asked: dict[str, Any], _buffers: object) -> None:
        ok, found = _answer(str(asked.get("method")), str(asked.get("path")), asked.get("given"))
        self.send({"to": asked.get("id"), "ok": ok, "told": told.as_json(found).decode()})

    def place(self, mount: display_parts.Mount, standin: str) -> str:
        """Return the stand-in of a part as the place in which the page draws it."""
        said = f'data-of="{escape(self.notebook)}" data-buuchinh="{escape(json.dumps(mount))}"'
        return f"<div {said}>{standin}</div>"

    def tell(self, mount: display_parts.Mount) -> None:
        """Tell the page what no output shows."""
        self.send({"mount": mount})


@cache
def of_kernel() -> KernelBridge:
    """Return the one of this kernel, made when a part is first shown to somebody."""
    return KernelBridge()


def _notebook() -> str:
    """Return by which path within the course this kernel's notebook is asked for: the start page's if it is outside."""
    folder, root = workspace.here().resolve(), course.root().resolve()
    if not folder.is_relative_to(root):
        return course.START_PAGE
    return (folder / (Path(os.environ.get(_SESSION, "")).name or _ANY)).relative_to(root).as_posix()


def _answer(method: str, path: str, given: Any) -> tuple[bool, Any]:
    """Return whether it is done, and what is given or why not."""
    try:
        told.refuse_long(path, len(json.dumps(given)))
        found = api.call(method, path, given if isinstance(given, dict) else {})
    except (KitError, OSError) as error:
        return False, told.refusal(500, error)[1]
    except Exception as error:  # a fault of ours ends no kernel, and is told as the server tells it
        logging.getLogger(__name__).exception(path)
        return False, told.refusal(500, error)[1]
    if path == "course":
        found["words"]["lab"] |= section("learner.kernel")
    return True, found
