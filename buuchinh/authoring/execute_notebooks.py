"""Execute the notebooks that are stored with their outputs.

Stored outputs can be read without a kernel, and nbval can compare them. Outputs are the same at every run: they contain
no time stamps, no random widget ids and no widget state.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

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
    try:
        NotebookClient(notebook, timeout=seconds, resources=resources, record_timing=False).execute()
    except (CellExecutionError, TimeoutError) as error:
        reason = str(error).strip().splitlines()[-1][:300]
        raise KitError(say("authoring.lessons.fails", reason=reason), path=f"{path.parent.name}/{path.name}") from error
    notebook.metadata.pop("widgets", None)
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if _WIDGET in output.get("data", {}):
                output["data"][_WIDGET]["model_id"] = "0" * 32
    return str(nbformat.writes(notebook)) + "\n"


def execute_all() -> list[str]:
    """Execute every notebook that is stored with outputs, rewrite those that changed and return their file names."""
    changed = []
    for path in executed():
        text = execute(path)
        if text != path.read_text(encoding="utf-8"):
            write_text(path, text)
            changed.append(path.name)
    return changed
