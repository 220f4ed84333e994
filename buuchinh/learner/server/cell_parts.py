"""Reads from a cell's source what it shows: nothing of it is run, and nothing is believed but these few calls.

A cell that only calls parts is shown as mounts: ``ask("l05-q01")`` is ``{"version": 1, "part": "question",
"id": "l05-q01"}``, of which the page makes a screen.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_json, write_json
from buuchinh.notebook import desk
from buuchinh.notebook.parts import Mount, bundle
from buuchinh.parsed import snapshot_mode

_PARTS: dict[str, tuple[str, str, str | None]] = {
    "ask": ("question", "question_id", None),
    "citations": ("law_table", "lesson", None),
    "drill": ("drill", "place", "bai-5"),
    "follow_up": ("follow_up", "", None),
    "hand_in": ("hand_in", "unit", ""),
    "lesson_end": ("lesson", "", None),
    "our_numbers": ("office_numbers", "", None),
    "start_page": ("start", "", None),
    "test": ("test", "unit", None),
}
"""By call: the part, the name of the argument that is its id, and that id where none is given."""
SHOWS = frozenset(_PARTS)
"""Names of ``buuchinh`` that show something without a kernel."""
_ID = re.compile(r"[a-z0-9-]{1,40}")
_WIDGET = "application/vnd.jupyter.widget-view+json"
_LARGEST = 200_000_000
"""Bytes of a notebook with its outputs."""


@dataclass(frozen=True)
class Call:
    """One call with its literal arguments: ``ask("l05-q01")``."""

    name: str
    positional: tuple[Any, ...] = ()
    named: dict[str, Any] = field(default_factory=dict)


def calls(source: str) -> list[Call] | None:
    """Return the calls of a cell that does nothing else, but for imports; None for any other cell."""
    try:
        statements = ast.parse(source).body
        read = [_call(one.value) for one in statements if isinstance(one, ast.Expr)]
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        return None
    only = all(isinstance(one, ast.Expr | ast.Import | ast.ImportFrom) for one in statements)
    return [call for call in read if call] if only and None not in read else None


def mounts(source: str) -> list[Mount] | None:
    """Return what a cell that only calls parts shows; None for any other cell, and for a call that fits none."""
    asked = calls(source)
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
    with snapshot_mode(), desk.at(folder):
        for cell in notebook.get("cells", ()):
            if cell["cell_type"] != "code":
                continue
            if (made := outputs("".join(cell["source"]))) is not None:
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
        notebook = read_json(path, at_most=_LARGEST)
        show(notebook, path.parent)
    except (KitError, AttributeError, KeyError, TypeError):
        return
    write_json(path, notebook)


def _call(node: ast.expr) -> Call | None:
    """Return the call; ``ValueError`` or ``TypeError`` where an argument is more than a literal."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SHOWS):
        return None
    named = {one.arg: ast.literal_eval(one.value) for one in node.keywords if one.arg}
    if len(named) != len(node.keywords):  # ``**{…}``, or one name twice: more than is read here
        return None
    return Call(node.func.id, tuple(ast.literal_eval(one) for one in node.args), named)


def _mount(call: Call) -> Mount | None:
    part, of_id, fallback = _PARTS[call.name]
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


def _count(call: Call) -> int:
    return len(call.positional) + len(call.named)
