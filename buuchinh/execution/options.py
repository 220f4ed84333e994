"""Options for running the code of submissions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ExecutionOptions:
    """``workers`` processes (None: one a core) on this machine or at the Dask cluster of ``scheduler``.

    ``unsafe`` runs code without a sandbox where this machine has none.
    """

    workers: int | None = None
    scheduler: str | None = None
    unsafe: bool = False
