"""Cache executions (results of running code) on disk, keyed by cells, limits, data and package versions."""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import asdict
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from buuchinh import disk_cache
from buuchinh.execution.course_files import CourseArchive
from buuchinh.execution.execution_report import Execution
from buuchinh.execution.job import Job

_PACKAGES = ("buuchinh", "ipython", "matplotlib", "numpy", "pandas")


def key(job: Job, archive: CourseArchive) -> str:
    """Return the key of an execution: a hash of its cells, the files beside them, limits, data and environment."""
    parts = [job.cells, job.files, asdict(job.limits), archive.digest, environment()]
    return hashlib.sha256(json.dumps(parts).encode("utf-8")).hexdigest()


@lru_cache(maxsize=1)
def environment() -> str:
    """Return, in one line, the versions of Python and of the packages on which a result depends."""
    versions = [f"python {platform.python_version()}", *(f"{name} {_version(name)}" for name in _PACKAGES)]
    return ", ".join(versions)


def read(path: Path, name: str) -> Execution | None:
    """Return the execution with the key ``name``, or None if ``path`` is missing, damaged or has another key."""
    return _execution(disk_cache.read(path, name))


def latest(path: Path) -> Execution | None:
    """Return the execution that ``path`` holds whatever its key, or None if it is missing or damaged."""
    return _execution(disk_cache.latest(path))


def _execution(fields: Any) -> Execution | None:
    try:
        return Execution(**fields | {"failed": tuple(fields["failed"])})
    except (KeyError, TypeError):
        return None


def write(path: Path, name: str, run: Execution) -> None:
    """Store the execution ``run`` in ``path`` under the key ``name``."""
    disk_cache.write(path, name, asdict(run))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "?"
