"""Write the run log, ``so-cham/nhat-ky.tsv``, which has a line for each event in grading or reading submissions.

People read the log in Excel or an editor; the package itself never reads it.
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
    """Append an event to the run log; ``stage`` is a message key in ``grading.stages``, and ``how`` adds details.

    If a crash left the last line incomplete, the event is written on a new line. Errors such as a full disk are
    ignored, so that they do not stop grading.
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
