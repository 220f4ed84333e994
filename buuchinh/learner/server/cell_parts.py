"""Reads from a cell's source what it shows: nothing of it is run, and nothing is believed but these few calls.

A cell that only calls parts is shown as mounts: ``ask("l05-q01")`` is ``{"version": 1, "part": "question",
"id": "l05-q01"}``, of which the page makes a screen.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import write_json
from buuchinh.notebook import workspace
from buuchinh.notebook.display_parts import Mount, bundle
from buuchinh.notebooks import (
    DISPLAY_FUNCTIONS,
    LARGEST_WITH_OUTPUTS,
    DisplayCall,
    display_calls,
    read_notebook,
    source_of,
)
from buuchinh.parsed import snapshot_mode

_ID = re.compile(r"[a-z0-9-]{1,40}")
_WIDGET = "application/vnd.jupyter.widget-view+json"


def mounts(source: str) -> list[Mount] | None:
    """Return what a cell that only calls parts shows; None for any other cell, and for a call that fits none."""
    asked = display_calls(source)
    if asked is None:
        return None
    found = [mount for call in asked if (mount := _mount(call))]
    return found if len(found) == len(asked) else None


def outputs(source: str) -> list[dict[str, Any]] | None:
    """Return the outputs of a cell that only calls parts, in the form of a notebook; None for any other cell."""
    found = mounts(source)
    if found is None:
        return None
    return [{"output_type": "display_data", "metadata": {}, "data": bundle(mount)} for mount in found]


def show(notebook: dict[str, Any], folder: Path) -> None:
    """Give each cell that only calls parts the outputs that its source says: what the file holds is not believed.

    A widget of a kernel that is gone gives way to the picture that was stored beside it.
    """
    with snapshot_mode(), workspace.at(folder):
        for cell in notebook.get("cells", ()):
            if cell["cell_type"] != "code":
                continue
            if (made := outputs(source_of(cell))) is not None:
                cell["outputs"] = made
            for output in cell["outputs"]:
                _without_widget(output)


def _without_widget(output: dict[str, Any]) -> None:
    """Leave what an output shows without its widget, whose kernel is gone, where it shows something."""
    data = output.get("data", {})
    if _WIDGET in data and data.get("text/html"):
        del data[_WIDGET]


def renew(path: Path) -> None:
    """Write a new copy with the outputs that its cells say: another front end may have saved a run in ``exercises/``.

    A notebook that cannot be read stays as it came.
    """
    try:
        notebook = read_notebook(path, at_most=LARGEST_WITH_OUTPUTS)
        show(notebook, path.parent)
    except (KitError, AttributeError, KeyError, TypeError):
        return
    write_json(path, notebook)


def _mount(call: DisplayCall) -> Mount | None:
    part, of_id, fallback = DISPLAY_FUNCTIONS[call.name]
    names = [name for name in (of_id, "on" if call.name == "ask" else "") if name]
    given = dict(zip(names, call.positional, strict=False)) | call.named
    if len(call.positional) > len(names) or set(given) - set(names) or len(given) != _count(call):
        return None
    mount: Mount = {"version": 1, "part": part}
    if of_id:
        name = given.get(of_id)
        name = fallback if name is None else name
        if not isinstance(name, str) or not (_ID.fullmatch(name) or name == fallback):
            return None
        mount |= {"id": name} if name else {}
    if given.get("on") is not None:
        try:
            mount["on"] = course.read_day(given["on"]).isoformat()
        except (KitError, AttributeError, TypeError, ValueError):
            return None
    return mount


def _count(call: DisplayCall) -> int:
    return len(call.positional) + len(call.named)
