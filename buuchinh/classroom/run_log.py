"""Run log, ``so-cham/nhat-ky.tsv``: one line per event of grading or reading, for people to read in Excel or an editor.

The kit never reads it.
"""

from __future__ import annotations

import contextlib
import os
from datetime import datetime
from pathlib import Path

from buuchinh import course
from buuchinh.messages import say
from buuchinh.text import visible

DIARY = "nhat-ky.tsv"
_COLUMNS = ("time", "unit", "code", "stage", "result", "how")


def place() -> Path:
    """Return the path of the run log."""
    return course.root() / course.OUTCOMES / DIARY


def note(unit: str, code: str, stage: str, result: str, how: str = "") -> None:
    """Append one event; ``stage`` is a message key of ``grading.stages``.

    After a crash the last line may be incomplete; the next event starts a new line. A full disk does not stop grading.
    """
    with contextlib.suppress(OSError):
        _add(unit, code, stage, result, how)


def _add(unit: str, code: str, stage: str, result: str, how: str) -> None:
    path = place()
    path.parent.mkdir(parents=True, exist_ok=True)
    cells = (_now(), unit, code, say(f"grading.stages.{stage}"), result, how)
    line = "\t".join(" ".join(visible(cell).split()) for cell in cells) + "\n"
    with path.open("ab") as file:
        if file.tell() == 0:
            head = "\t".join(say(f"grading.diary.{name}") for name in _COLUMNS)
            line = f"\ufeff{head}\n{line}"
        elif _torn(path):
            line = f"\n{line}"
        file.write(line.encode("utf-8"))


def _torn(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"


def _now() -> str:
    return f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S}"
