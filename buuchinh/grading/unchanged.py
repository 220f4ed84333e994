"""Which hand-ins are as they were when they were last graded: told in milliseconds, without reading them.

A result depends on the hand-in, on the *rules* (all keys of the exercise, the day of the last
review, the code that scores) and on nbgrader's gradebook still holding it. ``so-cham/<unit>.json``
remembers size and times of each file of a hand-in; where one differs, or is too young to be
believed, the content decides. It is only an aid: without it everything is read once more.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.files import read_json, write_bytes

BOOK = course.OUTCOMES
_PACKAGE = Path(__file__).parents[1]
_SCORING = ("text.py", "grading/score.py", "intake/makers.py", "grading/autograded.py", "grading/gradebook_writer.py")
_YOUNG = 2_000_000_000
"""Nanoseconds: a file that changed so shortly before it was looked at may change again and keep its time."""
_SLACK = 1e-6
_LARGEST = 200_000_000
_TOTALS = """
    SELECT s.student_id, SUM(g.auto_score)
    FROM assignment a
    JOIN submitted_assignment s ON s.assignment_id = a.id
    JOIN submitted_notebook n ON n.assignment_id = s.id
    LEFT JOIN grade g ON g.notebook_id = n.id
    WHERE a.name = :unit
    GROUP BY s.student_id
"""
"""A cell that a person grades has 0 or nothing from the machine, so it adds nothing."""
Seen = list[list[Any]]


def rules(unit: str) -> str:
    """Return what the results of a whole class depend on: every key, the day, the way of scoring."""
    digest = hashlib.sha256(course.settings().reviewed_on.isoformat().encode())
    scoring = [*sorted((_PACKAGE / "questions").glob("*.py")), *(_PACKAGE / name for name in _SCORING)]
    keys = course.source_folder(unit) / course.RELEASES
    for top, files in ((_PACKAGE, scoring), (keys, sorted(path for path in keys.rglob("*") if path.is_file()))):
        for path in files:
            digest.update(f"{path.relative_to(top).as_posix()}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def fingerprint(unit: str, code: str, rules: str) -> str:
    """Return what one result depends on: the content of the hand-in, and the rules."""
    digest = hashlib.sha256(rules.encode())
    top = gradebook.folder(course.SUBMITTED) / code / unit
    for path in sorted(path for path in top.rglob("*") if path.is_file()):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(top).as_posix()}:{len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()


class Memory:
    """What is remembered of one exercise's hand-ins between two runs."""

    def __init__(self, unit: str) -> None:
        self._unit = unit
        self._submitted, self._autograded = gradebook.folder(course.SUBMITTED), gradebook.folder(course.AUTOGRADED)
        self._path = course.root() / BOOK / f"{unit}.json"
        self.rules = rules(unit)
        self._known = self._load()
        self._points = {code: float(total or 0.0) for code, total in gradebook.rows(_TOTALS, unit=unit)}

    def outcome(self, code: str) -> dict[str, Any] | None:
        """Return the points and notes of a hand-in that needs no grading, None for one that does."""
        known = self._known.get(code)
        now = self.look(code)
        trusted = known is not None and known["seen"] == now["seen"] and known["sure"]
        found: dict[str, Any] | None = known["outcome"] if known and trusted else self._by_content(code)
        if found is None or not self._stored(code, found):
            return None
        if not trusted:
            self.remember(code, now, found)
        return found

    def remember(self, code: str, look: Mapping[str, Any], outcome: Mapping[str, Any]) -> None:
        """Note what a hand-in looked like before it was graded, and what became of it."""
        self._known[code] = {**look, "outcome": dict(outcome)}

    def look(self, code: str) -> dict[str, Any]:
        """Return size and times of the files of a hand-in, and whether those times are old enough to be believed."""
        seen, youngest = _look(f"{self._submitted}{os.sep}{code}{os.sep}{self._unit}")
        return {"seen": seen, "sure": youngest + _YOUNG < time.time_ns()}

    def save(self, codes: Iterable[str]) -> None:
        """Keep what is known of ``codes``, where the disk takes it: it is only an aid."""
        kept = {code: self._known[code] for code in codes if code in self._known}
        with contextlib.suppress(OSError):
            _write(self._path, {"format": 1, "rules": self.rules, "hand_ins": kept})

    def _load(self) -> dict[str, Any]:
        try:
            found = read_json(self._path, at_most=_LARGEST)
            same = found["format"] == 1 and found["rules"] == self.rules
            return dict(found["hand_ins"]) if same else {}
        except (KitError, KeyError, TypeError, ValueError):
            return {}

    def _by_content(self, code: str) -> dict[str, Any] | None:
        from buuchinh.grading import outcomes

        found = outcomes.read(self._unit, code)
        if not found or found.get("fingerprint") != fingerprint(self._unit, code, self.rules):
            return None
        return summary(found)

    def _stored(self, code: str, outcome: Mapping[str, Any]) -> bool:
        """Whether nbgrader still has the same points, and the notebook that it shows."""
        path = os.path.join(self._autograded, code, self._unit, f"{self._unit}.ipynb")  # noqa: PTH118
        same = code in self._points and abs(self._points[code] - outcome["given"]) < _SLACK
        return same and os.path.exists(path)  # noqa: PTH110


def forget(code: str) -> None:
    """Leave out one trainee from what is remembered of every exercise."""
    for path in sorted((course.root() / BOOK).glob("*.json")):
        with contextlib.suppress(KitError, KeyError, TypeError, AttributeError):
            found = read_json(path, at_most=_LARGEST)
            if found["hand_ins"].pop(code, None) is not None:
                _write(path, found)


def summary(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return of a hand-in's outcome what a run has to say about it."""
    questions = entry["questions"]
    return {
        "points": sum(one["points"] * one["score"]["fraction"] for one in questions),
        "most": sum(one["points"] for one in questions),
        "manual": any(one["manual"] for one in questions),
        "given": sum(entry.get("given", {}).values()),
        "notes": list(entry.get("notes", ())),
    }


def _write(path: Path, found: Mapping[str, Any]) -> None:
    write_bytes(path, json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))


def _look(folder: str) -> tuple[Seen, int]:
    """Return name, size and times of every file below ``folder``, and the youngest of the times.

    By names, not by ``Path`` objects, of which a thousand hand-ins would need a hundred thousand.
    """
    seen: Seen = []
    youngest = 0
    for top, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            path = f"{top}{os.sep}{name}"
            found = os.stat(path)  # noqa: PTH116
            seen.append([path[len(folder) :], found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino])
            youngest = max(youngest, found.st_mtime_ns, found.st_ctime_ns if os.name == "posix" else 0)
    return seen, youngest
