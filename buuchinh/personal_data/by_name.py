"""Search for a trainee by name in files without codes: refused files of unknown owner, and reports on such files.

The name is taken from a class list or the gradebook. Two kinds of names are not searched for and must be checked
manually: a single word, since it may be an ordinary word, and a name that equals or is part of another trainee's name.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from buuchinh import codes, course, spreadsheet
from buuchinh.classroom import classlist, gradebook
from buuchinh.errors import KitError
from buuchinh.files import read_json
from buuchinh.messages import say
from buuchinh.personal_data import backup_contents, lists, text_of_files
from buuchinh.personal_data.traces import Traces, files_below
from buuchinh.text import fold, nfc

_MOST = 20_000_000
_BETWEEN = r"[\s._\-+()]*"
"""Pattern for the characters that may separate the words of a name, for example in a file name."""


class OwnNames:
    """One trainee's names, limited to names that nobody else in the class has."""

    def __init__(self, names: Iterable[str]) -> None:
        folded = sorted({fold(name) for name in names})
        words = [_BETWEEN.join(map(re.escape, name.split())) for name in folded if len(name.split()) > 1]
        self._pattern = re.compile(rf"(?<![a-z])(?:{'|'.join(words)})(?![a-z])") if words else None

    def __bool__(self) -> bool:
        """Return whether there is a name to search for."""
        return self._pattern is not None

    def in_text(self, text: str) -> bool:
        """Return whether ``text`` contains one of the names, with or without tone marks."""
        return bool(self._pattern and self._pattern.search(fold(text)))

    def in_file(self, path: Path) -> bool:
        """Return whether a file's name or contents (including files within archives) contain one of the names."""
        if not self._pattern:
            return False
        with contextlib.suppress(OSError):
            return self.in_text(path.name) or any(map(self.in_text, text_of_files.of_file(path, _MOST)))
        return False

    def blanked(self, text: str, word: str = "") -> str:
        """Return ``text`` with the names replaced by ``word``, by default a note that a name was erased."""
        if not self._pattern or not self.in_text(text):
            return text
        return text_of_files.replaced(nfc(text), self._pattern, _seen, word or say("personal_data.blanked_name"))


def _seen(sign: str) -> str:
    """Return a character as ``fold`` normalises it: without tone marks, in lower case, any white space as a space."""
    return " " if sign.isspace() else fold(sign) if not unicodedata.combining(sign) else ""


def of(traces: Traces) -> OwnNames:
    """Return the names that class lists and the gradebook give for the code in ``traces``.

    Names that equal or are part of another trainee's name are left out.
    """
    own, others = set(_in_gradebook(traces)), set()
    for path in backup_contents.class_lists():
        with contextlib.suppress(KitError):
            for title in spreadsheet.titles(path) or [""]:
                rows = spreadsheet.rows(path, title)
                column = lists.column_of_codes([row for _, row in rows])
                for name, row in _named(rows):
                    if lists.is_row_of(traces, row, column):
                        own.add(name)
                    elif any(map(codes.valid, row)):
                        others.add(fold(name))
    return OwnNames(name for name in own if not any(f" {fold(name)} " in f" {other} " for other in others))


def refused_of_nobody() -> Iterator[Path]:
    """Yield the folders of refused files that belong to no enrolled trainee."""
    enrolled = set(gradebook.students())
    for folder in sorted((course.root() / course.ATTEMPTS / course.REFUSED).glob("*")):
        with contextlib.suppress(KitError, AttributeError):
            if folder.is_dir() and read_json(folder / course.COLLECTED).get("code") not in enrolled:
                yield folder


def refused(names: OwnNames) -> Iterator[Path]:
    """Yield the folders of refused files of unknown owner that contain one of ``names``."""
    if names:
        yield from (folder for folder in refused_of_nobody() if any(map(names.in_file, files_below([folder]))))


def _named(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[str, list[str]]]:
    """Yield (name, all cells) for each row below a list's header that has a name."""
    column: int | None = None
    for _, row in rows:
        if column is None:
            column = classlist.columns(row).get("name")
        elif column < len(row) and row[column]:
            yield spreadsheet.unguarded(row[column]), row


def _in_gradebook(traces: Traces) -> Iterator[str]:
    query = "SELECT first_name, last_name FROM student WHERE id = :code"
    for first, last in gradebook.rows(query, code=traces.code):
        yield " ".join(filter(None, (first, last)))
