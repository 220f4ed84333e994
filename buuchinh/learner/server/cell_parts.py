"""Find the parts that a cell displays by parsing its source, without running it.

A cell that does nothing but call known display functions is converted to mounts, which describe the parts that the page
draws. For example, ``ask("l05-q01")`` becomes ``{"version": 1, "part": "question", "id": "l05-q01"}``.
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
    """Return the mounts of a cell that only displays parts, or None for any other cell or if a call is invalid."""
    calls = display_calls(source)
    if calls is None:
        return None
    parts = [mount for call in calls if (mount := _mount(call))]
    return parts if len(parts) == len(calls) else None


def outputs(source: str) -> list[dict[str, Any]] | None:
    """Return the notebook outputs of a cell that only displays parts, or None for any other cell."""
    found = mounts(source)
    if found is None:
        return None
    return [{"output_type": "display_data", "metadata": {}, "data": bundle(mount)} for mount in found]


def show(notebook: dict[str, Any], folder: Path) -> None:
    """Replace the outputs of each cell that only displays parts with outputs generated from its source.

    Stored outputs of such cells are not trusted. In other cells, a widget is dropped in favour of the HTML stored with
    it, because the widget's kernel is gone.
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
    """Remove a widget from an output that also has HTML, because the widget's kernel is gone."""
    data = output.get("data", {})
    if _WIDGET in data and data.get("text/html"):
        del data[_WIDGET]


def renew(path: Path) -> None:
    """Rewrite a notebook with outputs generated from its sources, because another front end may have saved its own.

    A notebook that cannot be read stays unchanged.
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
    arguments = dict(zip(names, call.positional, strict=False)) | call.named
    if len(call.positional) > len(names) or set(arguments) - set(names) or len(arguments) != _count(call):
        return None
    mount: Mount = {"version": 1, "part": part}
    if of_id:
        name = arguments.get(of_id)
        name = fallback if name is None else name
        if not isinstance(name, str) or not (_ID.fullmatch(name) or name == fallback):
            return None
        mount |= {"id": name} if name else {}
    if arguments.get("on") is not None:
        try:
            mount["on"] = course.read_day(arguments["on"]).isoformat()
        except (KitError, AttributeError, TypeError, ValueError):
            return None
    return mount


def _count(call: DisplayCall) -> int:
    return len(call.positional) + len(call.named)
