"""Draw live parts in front ends that lack JupyterLab's extension, such as Notebook 7.

A single widget per kernel draws every part in place of its stand-in (``learner/src/notebook/bridge.js``). The widget
has no view of its own, so no output contains a widget that would show an error when its kernel is gone. ``api`` answers
the widget's requests in this process. Since the process also runs the trainee's code, graded questions come from the
published file.
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
from buuchinh.learner.server import api, json_replies
from buuchinh.messages import section
from buuchinh.notebook import display_parts, workspace

_LAB = "labextensions/buuchinh-learner/static"
_SESSION, _ANY = "JPY_SESSION_NAME", "notebook.ipynb"
"""The environment variable with the notebook's name, and the name to use if the variable is not set.

A kernel knows its folder, which determines whose work it is; only some servers also pass the notebook's name.
"""


class KernelBridge(anywidget.AnyWidget):
    """A widget that carries requests and responses between this kernel and the pages that display its notebook."""

    _esm = frontend.bundle(f"{_LAB}/learner.js")
    _css = frontend.bundle(f"{_LAB}/learner.css")
    notebook = traitlets.Unicode().tag(sync=True)

    def __init__(self) -> None:
        """Create the bridge for the notebook that this kernel runs."""
        super().__init__(notebook=_notebook())
        self.on_msg(self._on_message)

    def _on_message(self, _widget: KernelBridge, request: dict[str, Any], _buffers: object) -> None:
        ok, result = _answer(str(request.get("method")), str(request.get("path")), request.get("given"))
        self.send({"to": request.get("id"), "ok": ok, "told": json_replies.as_json(result).decode()})

    def place(self, mount: display_parts.Mount, standin: str) -> str:
        """Return the stand-in of a part, wrapped in the HTML element in which the page draws the live part."""
        attributes = f'data-of="{escape(self.notebook)}" data-buuchinh="{escape(json.dumps(mount))}"'
        return f"<div {attributes}>{standin}</div>"

    def tell(self, mount: display_parts.Mount) -> None:
        """Send the page a mount (the description of a part to draw) that is not in any output."""
        self.send({"mount": mount})


@cache
def of_kernel() -> KernelBridge:
    """Return this kernel's bridge, which is created when a part is first shown."""
    return KernelBridge()


def _notebook() -> str:
    """Return the path of this kernel's notebook within the course, or the start page's path if it lies elsewhere."""
    folder, root = workspace.here().resolve(), course.root().resolve()
    if not folder.is_relative_to(root):
        return course.START_PAGE
    return (folder / (Path(os.environ.get(_SESSION, "")).name or _ANY)).relative_to(root).as_posix()


def _answer(method: str, path: str, arguments: Any) -> tuple[bool, Any]:
    """Handle a request; return whether it succeeded, and the result or the JSON of the refusal."""
    try:
        json_replies.refuse_long(path, len(json.dumps(arguments)))
        result = api.call(method, path, arguments if isinstance(arguments, dict) else {})
    except (KitError, OSError) as error:
        return False, json_replies.refusal(500, error)[1]
    except Exception as error:  # a bug is reported as the server reports it, and does not end the kernel
        logging.getLogger(__name__).exception(path)
        return False, json_replies.refusal(500, error)[1]
    if path == "course":
        result["words"]["lab"] |= section("learner.kernel")
    return True, result
