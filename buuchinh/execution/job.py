"""Data model of a job: the code cells of one submission, the public files beside them, and resource limits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from buuchinh.notebooks import grade_id, only_displays, source_of


@dataclass(frozen=True)
class Limits:
    """Limits for one submission.

    ``seconds`` and ``cell_seconds`` limit the wall-clock time for the whole submission and for one cell. ``processes``
    limits the number of processes and threads. All other limits are in bytes (``file``: the size of one file,
    ``output``: cell outputs, ``values``: submitted values).
    """

    seconds: int = 120
    cell_seconds: int = 60
    memory: int = 2_000_000_000
    disk: int = 64_000_000
    file: int = 20_000_000
    processes: int = 64
    output: int = 8_000_000
    values: int = 1_000_000


@dataclass(frozen=True)
class Job:
    """One submission to run.

    ``id`` identifies the trainee and never enters the sandbox. ``cells`` contains (cell ID, source) pairs, and
    ``files`` contains (name, text) pairs.
    """

    id: str
    unit: str
    cells: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...] = ()
    limits: Limits = Limits()

    def to_bytes(self) -> bytes:
        """Return the job as it is sent to an executor, with everything except ``id``."""
        request = {
            "unit": self.unit,
            "cells": [{"id": name, "source": source} for name, source in self.cells],
            "files": dict(self.files),
            "limits": asdict(self.limits),
        }
        return json.dumps(request).encode("utf-8")


def job_of(
    name: str,
    unit: str,
    notebook: Mapping[str, Any],
    files: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> Job:
    """Return a job with the notebook's code cells, except cells that only display something; ``name`` is the job's ID.

    ``files`` maps names to the text of files to place beside the code, such as the public questions of its version.
    """
    found = notebook.get("cells")
    cells = tuple(
        (cell_name(cell, number), source)
        for number, cell in enumerate(found if isinstance(found, list) else ())
        if isinstance(cell, Mapping) and cell.get("cell_type") == "code"
        for source in [source_of(cell)]
        if not only_displays(source)
    )
    return Job(name, unit, cells, tuple(sorted((files or {}).items())), limits or Limits())


def cell_name(cell: Mapping[str, Any], number: int) -> str:
    """Return the cell's name in a job: its nbgrader ID, its notebook ID, or ``number``, its 0-based index.

    The first of these that exists is used.
    """
    own = grade_id(cell) or cell.get("id")
    name = own if isinstance(own, str) and own else str(number)
    return name.encode("utf-8", "replace").decode("utf-8")  # lone surrogates cannot be written
