"""Execute the notebooks that are stored with their outputs.

Stored outputs can be read without a kernel, and nbval can compare them. Outputs are the same at every run: they contain
no time stamps, no random widget ids and no widget state, and what a cell prints in one go is one output.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import nbformat
import zmq
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from traitlets.config import Config

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import write_text
from buuchinh.messages import say

_WIDGET = "application/vnd.jupyter.widget-view+json"


def notebooks() -> list[Path]:
    """Return the paths of the start page and the lessons, in order."""
    return sorted((course.root() / course.LESSONS).glob("[0-9][0-9]-*.ipynb"))


def executed() -> list[Path]:
    """Return the paths of all notebooks stored with outputs: start page, lessons and the analyses in ``docs/pilot``."""
    return [*notebooks(), *sorted((course.root() / "docs" / "pilot").glob("*.ipynb"))]


def execute(path: Path, *, seconds: int = 120) -> str:
    """Run a notebook in its own folder and return its new content with all outputs, without writing it.

    Raise ``KitError`` with the cell's error if a cell fails or takes more than ``seconds``.
    """
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(path.parent)}}
    client = NotebookClient(notebook, timeout=seconds, resources=resources, record_timing=False, config=_encryption())
    try:
        client.execute()
    except (CellExecutionError, TimeoutError) as error:
        reason = str(error).strip().splitlines()[-1][:300]
        raise KitError(say("authoring.lessons.fails", reason=reason), path=f"{path.parent.name}/{path.name}") from error
    notebook.metadata.pop("widgets", None)
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        if "outputs" in cell:
            cell["outputs"] = _joined(cell["outputs"])
        for output in cell.get("outputs", ()):
            if _WIDGET in output.get("data", {}):
                output["data"][_WIDGET]["model_id"] = "0" * 32
    return str(nbformat.writes(notebook)) + "\n"


def _encryption() -> Config:
    """Return the setting that encrypts traffic with kernels; without it, each kernel prints an English warning."""
    config = Config()
    if zmq.has("curve"):
        config.KernelManager.transport_encryption = "auto"
    return config


def _joined(outputs: Iterable[Any]) -> list[Any]:
    """Return ``outputs`` with adjacent parts of one stream joined; where a kernel splits them depends on its speed."""
    joined: list[Any] = []
    for output in outputs:
        last = joined[-1] if joined else {}
        if output["output_type"] == "stream" and output["name"] == last.get("name"):
            last["text"] += output["text"]
        else:
            joined.append(output)
    return joined


def notebook_named(typed: str) -> Path:
    """Return the notebook that ``typed`` names: ``05`` or ``l05`` for a lesson, or a file's name without its ending.

    Raise ``KitError``, with the names that there are, if it names none.
    """
    known = {_name(path): path for path in executed()}
    for path in known.values():
        if typed.strip().removesuffix(path.suffix) == path.stem:
            return path
    number = re.fullmatch(r"\d{1,2}", typed.strip())
    return known[course.unit_named(f"l{int(number[0]):02}" if number else typed, list(known))]


def _name(path: Path) -> str:
    """Return the name by which commands know a notebook: ``l05`` for a lesson, ``phan-tich`` for an analysis."""
    return f"l{course.lesson_number(path)}" if path.parent.name == course.LESSONS else path.stem


def execute_all(paths: Sequence[Path] = ()) -> list[str]:
    """Execute ``paths``, by default every notebook that is stored with outputs, and return the names of the changed.

    Only notebooks whose content changed are rewritten.
    """
    changed = []
    for path in paths or executed():
        text = execute(path)
        if text != path.read_text(encoding="utf-8"):
            write_text(path, text)
            changed.append(path.name)
    return changed
