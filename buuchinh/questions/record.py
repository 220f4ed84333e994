"""Answers on disk, kept so that none is ever lost.

Each answer is first added to a journal (``answers.jsonl``, one line an answer, synced to
the disk), then the whole state is written to ``answers.json`` in one step. What is read
is the journal folded over the snapshot: a crash between the two, a torn last line, a
second window on the same exercise or a damaged snapshot loses nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from buuchinh.errors import KitError
from buuchinh.files import read_json, write_json

FORMAT = 1
SNAPSHOT = "answers.json"
JOURNAL = "answers.jsonl"
Origin = Literal["choice", "code"]
Entry = dict[str, Any]


class Record:
    """The answers of one person to one unit (an exercise or a lesson), in one folder."""

    def __init__(self, folder: Path, unit: str, version: str, code: str | None) -> None:
        self.folder = folder
        self.unit = unit
        self.version = version
        self.code = code

    def put(self, question_id: str, answer: Any, *, origin: Origin = "choice", cell: str | None = None) -> datetime:
        """Keep ``answer`` (JSON, finite numbers) and return the local time at which it was saved.

        ``cell`` is the hash of the code cell that handed it in. Raises ``ValueError`` for what
        JSON cannot hold and ``OSError`` where the disk refuses.
        """
        at = datetime.now().astimezone().replace(microsecond=0)
        line: Entry = {"id": question_id, "answer": answer, "at": at.isoformat(), "origin": origin}
        if cell:
            line["cell"] = cell
        text = json.dumps(line, ensure_ascii=False, allow_nan=False)
        self._append(text.encode("utf-8", "replace"))  # half an emoji is no reason to lose an answer
        state = {
            "format": FORMAT,
            "unit": self.unit,
            "version": self.version,
            "code": self.code,
            "saved_at": at.isoformat(),
            "answers": self.answers(),
        }
        with contextlib.suppress(OSError):  # the journal has it; on Windows an open file cannot be replaced
            write_json(self.folder / SNAPSHOT, state)
        return at

    def answers(self) -> dict[str, Entry]:
        """Return what is kept: ``{question id: {"answer", "at", "tries", "first", "origin"}}``.

        ``tries`` counts the answers that were given, ``first`` is the first of them.
        """
        entries: dict[str, Entry] = {}
        lines = self._journal()
        if lines:
            for line in lines:
                _fold(entries, line)
        for question_id, entry in _snapshot(self.folder).items():
            entries.setdefault(question_id, entry)
        return entries

    def answer(self, question_id: str) -> Any:
        """Return the last answer to a question, None where there is none."""
        return self.answers().get(question_id, {}).get("answer")

    def _append(self, line: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / JOURNAL).open("a+b") as file:
            if file.seek(0, os.SEEK_END):
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":  # a line that a crash cut short must not swallow this one
                    file.write(b"\n")
            file.write(line + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def _journal(self) -> list[Entry]:
        try:
            data = (self.folder / JOURNAL).read_bytes()
        except OSError:
            return []
        return [entry for line in data.split(b"\n") if (entry := _entry(line))]


def _entry(line: bytes) -> Entry | None:
    try:
        entry = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) and isinstance(entry.get("id"), str) and "answer" in entry else None


def _fold(entries: dict[str, Entry], line: Entry) -> None:
    earlier = entries.get(line["id"])
    entry = {name: value for name, value in line.items() if name != "id"}
    entry["tries"] = earlier["tries"] + 1 if earlier else 1
    entry["first"] = earlier["first"] if earlier else line["answer"]
    entries[line["id"]] = entry


def _snapshot(folder: Path) -> dict[str, Entry]:
    try:
        answers = read_json(folder / SNAPSHOT)["answers"]
        return {name: entry for name, entry in answers.items() if isinstance(entry, dict) and "answer" in entry}
    except (KitError, KeyError, TypeError, AttributeError):
        return {}
