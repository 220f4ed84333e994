"""Find a trainee's past submissions to an exercise: the zip files in the trainee's folder, named by their time.

To find out what has changed since, answers are compared with those in the zip file rather than by time, since rerunning
code submits the same values at a new time.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.files import loads
from buuchinh.parsed import FrozenDict, parsed
from buuchinh.questions.answers import Entry, is_given, moment

_LARGEST = 50_000_000
"""Maximum size in bytes of the answers file in a zip file."""
_STAMP = re.compile(r"_([0-9]{8}-[0-9]{6})$")


@dataclass(frozen=True)
class SubmissionZip:
    """A submission's zip file, with the local time from its name."""

    path: Path
    at: datetime

    @property
    def words(self) -> str:
        """The time of submission for display, such as ``14:05 26-11-2026``."""
        return f"{self.at:%H:%M %d-%m-%Y}"

    def differs(self, question_id: str, entry: Entry) -> bool:
        """Return whether ``entry`` differs from the answer in the zip file or, if that is unreadable, is later."""
        packed = parsed(_answers, self.path)
        if packed is None:
            at = moment(entry)
            return at is not None and at > self.at
        before = packed.get(question_id, {})
        if not is_given(entry) and not is_given(before):
            return False
        return bool(entry.get("answer") != before.get("answer"))

    def later(self, questions: Iterable[Mapping[str, Any]], entries: Mapping[str, Entry]) -> list[int]:
        """Return the numbers of the questions whose current answers differ from those in the zip file.

        ``questions`` comes from ``exercise_progress.question_states``; ``entries`` maps question ids to answers.
        """
        return [
            question["number"]
            for question in questions
            if self.differs(question["id"], entries.get(question["id"], {}))
        ]


def submitted_zips(folder: Path, unit: str) -> list[SubmissionZip]:
    """Return the past submissions of ``unit`` found in the trainee's ``folder`` for it, oldest first."""
    submissions = []
    for path in (folder / course.HANDED_IN).glob(f"{unit}_*.zip"):
        if match := _STAMP.search(path.stem):
            try:
                at = datetime.strptime(match[1], "%Y%m%d-%H%M%S").astimezone()
            except ValueError:  # named by hand
                continue
            submissions.append(SubmissionZip(path, at))
    return sorted(submissions, key=lambda submission: (submission.at, submission.path.name))


def _answers(path: Path) -> Mapping[str, Any] | None:
    """Return the answers in a zip file by question id, or None if the answers cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(course.ANSWERS).file_size > _LARGEST:
                return None
            answers = loads(archive.read(course.ANSWERS).decode("utf-8"))["answers"]
        return FrozenDict({name: entry for name, entry in answers.items() if isinstance(entry, dict)})
    except (OSError, zipfile.BadZipFile, zlib.error, LookupError, AttributeError, TypeError, ValueError, RuntimeError):
        return None  # damaged, or not packed by this kit
