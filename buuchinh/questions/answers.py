"""Store answers on disk so that they survive crashes.

Each answer is first appended to a journal (``answers.jsonl``, one line per answer, synced to the disk). Then the whole
state is written to a snapshot, ``answers.json``, in one atomic step. Reading merges the journal into the snapshot, so
nothing is lost if a crash occurs between the two steps, if the last line of the journal is incomplete, or if the
snapshot is damaged. A lock (``.answers.lock``) makes two windows on the same exercise write one after the other, so the
snapshot written by the second includes what the first one saved.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import loads, read_json, write_bytes
from buuchinh.locks import locked
from buuchinh.questions.question_remarks import QuestionRemark, active_remarks, cleaned, read
from buuchinh.questions.scored import is_empty

FORMAT = 1
SNAPSHOT, JOURNAL = course.ANSWERS, course.JOURNAL
LOCK = ".answers.lock"
Origin = Literal["choice", "code"]
Entry = dict[str, Any]
_DEEPEST = 60
"""The maximum nesting of lists in an answer; the deepest list in the course, a table in a form, has four levels."""
_WAIT = 3
"""Seconds to wait for another writer; the page waits longer than that before it shows "Đã lưu"."""
_PAUSE = timedelta(seconds=60)
"""The maximum time between two saves of typed text that still count as the same answer."""


class Record:
    """One person's answers to one unit (an exercise or a lesson), stored in a folder."""

    def __init__(self, folder: Path, unit: str, version: str, code: str | None) -> None:
        self.folder = folder
        self.unit = unit
        self.version = version
        self.code = code

    def put(
        self,
        question_id: str,
        answer: Any,
        *,
        origin: Origin = "choice",
        cell: str | None = None,
        typed: bool = False,
    ) -> datetime:
        """Store ``answer`` (JSON, finite numbers) and return the local time at which it was saved.

        ``cell`` is the hash of the code cell that submitted the answer, if any. ``typed`` marks text that is saved
        whenever the trainee pauses while typing. Raise ``ValueError`` if JSON cannot represent the answer, and
        ``OSError`` if it cannot be written to the disk.
        """
        at = datetime.now().astimezone().replace(microsecond=0)
        line: Entry = {"id": question_id, "answer": answer, "at": at.isoformat(), "origin": origin}
        if cell:
            line["cell"] = cell
        if typed:
            line["typed"] = True
        if not _shallow(answer):
            raise ValueError(question_id)
        text = json.dumps(line, ensure_ascii=False, allow_nan=False)
        return self._store(text, at)

    def remark(self, question_id: str, text: str) -> datetime:
        """Store a trainee's remark on a question and return the local time; an empty ``text`` withdraws the remark.

        Raise the same errors as ``put``.
        """
        at = datetime.now().astimezone().replace(microsecond=0)
        line = {"id": question_id, "remark": cleaned(text), "at": at.isoformat()}
        return self._store(json.dumps(line, ensure_ascii=False), at)

    def add(self, line: Entry) -> None:
        """Store a line of another record's journal, with the time at which it was saved there."""
        self._store(json.dumps(line, ensure_ascii=False), moment(line) or datetime.now().astimezone())

    def _store(self, text: str, at: datetime) -> datetime:
        data = text.encode("utf-8", "replace")  # a lone surrogate is no reason to lose an answer
        try:
            with locked(self.folder / LOCK, most=_WAIT):
                self._append(data)
                self._save(at)
        except TimeoutError:  # another kernel hangs with the lock; appending to the journal is still safe
            self._append(data)
        return at

    def remarks(self) -> dict[str, QuestionRemark]:
        """Return the remarks that have not been withdrawn, by question id."""
        return {remark.question: remark for remark in active_remarks(self.all_remarks().values())}

    def all_remarks(self) -> dict[str, QuestionRemark]:
        """Return all remarks, including withdrawn ones, by question id."""
        remarks = {remark.question: remark for remark in read(_state(self.folder).get("remarks"))}
        for line in self.lines():
            if "answer" not in line and isinstance(line.get("remark"), str) and isinstance(line.get("id"), str):
                added = read([{"question": line["id"], "text": line["remark"], "at": line.get("at")}])
                remarks |= {remark.question: remark for remark in added}
        return remarks

    def _save(self, at: datetime) -> None:
        state: Entry = {
            "format": FORMAT,
            "unit": self.unit,
            "version": self.version,
            "code": self.code,
            "saved_at": at.isoformat(),
            "answers": self.answers(),
        }
        if remarks := self.all_remarks():
            state["remarks"] = [remark.as_json() for remark in remarks.values()]
        data = json.dumps(state, ensure_ascii=False, indent=2, allow_nan=False).encode("utf-8", "replace")
        with contextlib.suppress(OSError):  # the journal holds the answers; Windows cannot replace an open file
            for left in self.folder.glob(f".{SNAPSHOT}.*"):  # left by a killed writer; the lock makes this the only one
                left.unlink()
            write_bytes(self.folder / SNAPSHOT, data + b"\n")

    def answers(self) -> dict[str, Entry]:
        """Return the stored answers: ``{question id: {"answer", "at", "tries", "first", "origin"}}``.

        ``tries`` is the number of times that the question was answered, and ``first`` is the first answer. Text typed
        with only short pauses counts as one answer, and so do the steps of a scenario.
        """
        entries: dict[str, Entry] = {}
        lines = self._journal()
        for line in lines:
            _fold(entries, line)
        for question_id, stored in _snapshot(self.folder).items():
            entries[question_id] = _joined(stored, entries.get(question_id), question_id, lines)
        return entries

    def answer(self, question_id: str) -> Any:
        """Return the last answer to a question, or None if it has not been answered."""
        return self.answers().get(question_id, {}).get("answer")

    def _append(self, line: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / JOURNAL).open("a+b", buffering=0) as file:
            torn = b""
            if file.seek(0, os.SEEK_END):
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":  # a line that a crash cut short must not swallow this one
                    torn = b"\n"
            rest = memoryview(torn + line + b"\n")
            while rest:
                rest = rest[file.write(rest) or 0 :]
            os.fsync(file.fileno())

    def _journal(self) -> list[Entry]:
        return [line for line in self.lines() if "answer" in line]

    def lines(self) -> list[Entry]:
        """Return the journal's readable lines, each with an ``id``, in the order in which they were saved."""
        try:
            data = (self.folder / JOURNAL).read_bytes()
        except OSError:
            return []
        return [line for raw in data.split(b"\n") if (line := _line(raw))]


def stored_version(folder: Path) -> str | None:
    """Return the version of the unit to which the answers in a folder belong, or None if its snapshot names none."""
    version = _state(folder).get("version")
    return version if isinstance(version, str) else None


def cell_hash(source: str) -> str:
    """Return a short hash that identifies a code cell by its source."""
    return hashlib.sha256(source.strip().encode("utf-8", "replace")).hexdigest()[:16]


def _line(raw: bytes) -> Entry | None:
    try:
        line = loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return line if isinstance(line, dict) and isinstance(line.get("id"), str) and _shallow(line) else None


def _shallow(value: Any, depth: int = _DEEPEST) -> bool:
    if isinstance(value, dict):
        value = list(value.values())
    return not isinstance(value, list) or (depth > 0 and all(_shallow(entry, depth - 1) for entry in value))


def _fold(entries: dict[str, Entry], line: Entry) -> None:
    earlier = entries.get(line["id"])
    entry = {name: value for name, value in line.items() if name != "id"}
    goes_on = earlier is not None and _continues(earlier, entry)
    entry["tries"] = (earlier["tries"] if earlier else 0) + (not goes_on)
    entry["first"] = earlier["first"] if earlier and not (goes_on and earlier["tries"] == 1) else line["answer"]
    entries[line["id"]] = entry


def _joined(stored: Entry, entry: Entry | None, question_id: str, lines: list[Entry]) -> Entry:
    """Merge an answer's entries from snapshot and journal, so that a damaged or lost journal cannot undo the snapshot.

    The entry from the journal is returned if it has at least as many tries; otherwise the journal's later lines are
    added to the entry from the snapshot.
    """
    if entry is None:
        return stored
    since, last = moment(stored), moment(entry)
    if entry["tries"] >= _tries(stored) and not (since and last and since > last):
        return entry
    joined = {question_id: {**stored, "tries": _tries(stored), "first": stored.get("first", stored["answer"])}}
    own = [line for line in lines if line["id"] == question_id]
    same = [n for n, line in enumerate(own) if (line.get("at"), line["answer"]) == (stored.get("at"), stored["answer"])]
    for line in own[same[-1] + 1 :] if same else own:
        at = moment(line)
        if same or (at and since and at > since):
            _fold(joined, line)
    return joined[question_id]


def _tries(entry: Entry) -> int:
    tries = entry.get("tries")
    return tries if isinstance(tries, int) else 1


def moment(entry: Entry) -> datetime | None:
    """Return the time at which an answer was saved, or None if its entry has no valid time."""
    try:
        return datetime.fromisoformat(entry["at"]).astimezone()
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return None


def is_given(entry: Entry) -> bool:
    """Whether an entry holds an answer; an entry whose answer was cleared does not."""
    return not is_empty(entry.get("answer"))


def _continues(earlier: Entry, entry: Entry) -> bool:
    """Whether ``entry`` continues the answer in ``earlier``, through further typing or further steps of a scenario."""
    return _continues_typing(earlier, entry) or _continues_case(earlier["answer"], entry["answer"])


def _continues_case(earlier: Any, answer: Any) -> bool:
    """Whether ``answer`` continues a scenario: it repeats the steps of ``earlier``, possibly followed by more."""
    if not (isinstance(earlier, list) and isinstance(answer, list) and 0 < len(earlier) <= len(answer)):
        return False
    pairs = zip(map(_step, earlier), map(_step, answer), strict=False)
    return all(before is not None and before == now for before, now in pairs)


def _step(step: Any) -> tuple[str, str] | None:
    node, choice = (step.get("node"), step.get("choice")) if isinstance(step, dict) else (None, None)
    return (node, choice) if isinstance(node, str) and isinstance(choice, str) else None


def _continues_typing(earlier: Entry, entry: Entry) -> bool:
    if not (earlier.get("typed") is True and entry.get("typed") is True):
        return False
    try:
        return datetime.fromisoformat(entry["at"]) - datetime.fromisoformat(earlier["at"]) < _PAUSE
    except (KeyError, TypeError, ValueError):
        return False


def _state(folder: Path) -> Entry:
    try:
        state = read_json(folder / SNAPSHOT)
    except (KitError, OSError):
        return {}
    return state if isinstance(state, dict) else {}


def _snapshot(folder: Path) -> dict[str, Entry]:
    answers = _state(folder).get("answers")
    return {
        name: entry
        for name, entry in (answers.items() if isinstance(answers, dict) else ())
        if isinstance(entry, dict) and "answer" in entry and _shallow(entry)
    }
