"""Define the options for running submitted code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ExecutionOptions:
    """Options that determine where and how submitted code runs.

    ``workers`` is the number of processes on this machine (None: one per processor). ``scheduler`` is the address of a
    Dask scheduler, whose cluster is then used instead. ``unsafe`` allows code to run without a sandbox if this machine
    cannot provide one.
    """

    workers: int | None = None
    scheduler: str | None = None
    unsafe: bool = False
