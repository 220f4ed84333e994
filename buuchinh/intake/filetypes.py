"""Determine the kind of each submitted file by its name or, if the name is inconclusive, by its content.

Browsers, mail programs and people rename files: ``answers (1).json``, ``bt02.ipynb.txt``, ``BT02 - Copy.ipynb``, or a
notebook saved as ``.json``. Such files are still recognised.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Literal

from buuchinh import course, routes
from buuchinh.intake import base64_submission
from buuchinh.text import fold

Kind = Literal["answers", "journal", "receipt", "short_test", "notebook", "zip", "archive", "document", "unclear"]
_PRACTICE = re.compile(rf"{course.LESSON}|{course.SHORT_TEST}|{course.TRY}|{routes.FOLLOW_UP}.*|{course.GUEST}")
HEAD = 65_536
"""Number of bytes to read from a file in order to determine its kind by its content."""
_ADDED = re.compile(r"(\.(?:ipynb|jsonl?|zip))\.(?:txt|json|download|bin)$")
_PART = re.compile(r"(?P<name>answers|receipt)(?:[^a-z].*)?\.(?P<ending>jsonl?)")
_SHORT_TEST = re.compile(rf"{course.SHORT_TEST}(?:[^a-z0-9].*)?\.json")
"""Pattern for names of short-test files, which are not part of the exercise (see ``results/learning_gain.py``)."""
_ARCHIVES = frozenset({"rar", "7z", "tar", "gz", "tgz", "bz2", "xz", "zipx", "cab", "iso"})
_DOCUMENTS = frozenset({"html", "htm", "mht", "mhtml", "pdf", "doc", "docx", "py", "md", "odt", "rtf"})
_OTHERS = {
    "word": ("doc", "docx", "odt", "rtf", "pages"),
    "pdf": ("pdf",),
    "table": ("xls", "xlsx", "ods"),
    "slides": ("ppt", "pptx", "odp"),
    "photo": ("jpg", "jpeg", "png", "heic", "webp", "gif", "bmp", "tif", "tiff"),
    "recording": ("mp4", "mov", "avi", "mkv", "3gp", "mp3", "m4a", "wav", "aac", "amr"),
    "unfinished": ("crdownload", "part", "partial", "download", "opdownload"),
}
"""Extensions of files that contain no answers, by category; "unfinished" stands for incomplete downloads."""
_WITHOUT_ANSWERS = {ending: kind for kind, endings in _OTHERS.items() for ending in endings}
_UNCLEAR = frozenset({"", "txt", "json", "bak", "tmp", "download", "old"})
_OF_SYSTEMS = frozenset(
    {"__MACOSX", "__pycache__", "node_modules", "$RECYCLE.BIN", "RECYCLER", "System Volume Information"}
)
_MAGIC = (
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"\xfd7zXZ", "xz"),
    (b"BZh", "bzip2"),
)
_NOTEBOOK = re.compile(r'"(?:cell_type|nbformat|worksheets)"\s*:')
_ANSWERS = re.compile(r'"answers"\s*:\s*\{')
_OF_SHORT_TEST = re.compile(rf'"unit"\s*:\s*"{course.SHORT_TEST}"')


@lru_cache(maxsize=1024)  # a class hands in the same few names
def kind_by_name(name: str) -> Kind | None:
    """Return the kind of a file as its name suggests, or None if it cannot be part of a submission."""
    if name.startswith((".", "~$")) or name == course.COLLECTED:  # written by the store beside the originals
        return None
    plain = _ADDED.sub(r"\1", fold(name))
    part = _PART.fullmatch(plain)
    if part:
        return "receipt" if part["name"] == "receipt" else "journal" if part["ending"] == "jsonl" else "answers"
    if _SHORT_TEST.fullmatch(plain):
        return "short_test"
    ending = PurePosixPath(plain).suffix.removeprefix(".").rstrip("_~")
    if ending == "ipynb":
        return "notebook"
    if ending == "zip":
        return "zip"
    if ending in _ARCHIVES:
        return "archive"
    if ending in _DOCUMENTS:
        return "document"
    return "unclear" if ending in _UNCLEAR else None


def without_answers(name: str) -> str:
    """Return the category (``word``, ``photo`` …) of a file whose name rules out answers, or "" for other files."""
    return _WITHOUT_ANSWERS.get(PurePosixPath(name).suffix.lower().removeprefix("."), "")


def kind_by_content(named: Kind, head: bytes) -> Kind | None:
    """Return the kind of a file, or None if it cannot be part of a submission.

    ``named`` is the kind that the file's name suggests, and ``head`` is the file's first ``HEAD`` bytes; either may be
    misleading.
    """
    if named == "zip":
        return "archive" if archive_format(head) else "zip"
    content = _content(head)
    if named == "archive":
        return "zip" if content == "zip" else "archive"
    if named == "document":
        return content if content in {"notebook", "answers", "short_test"} else "document"
    return content


def _content(head: bytes) -> Kind | None:
    if head.startswith(b"PK\x03\x04") or base64_submission.marked(head):
        return "zip"
    source = head.decode("latin-1").replace("\0", "")  # ASCII in UTF-16 is the same bytes interspersed with zeros
    if not source.lstrip("\xef\xbb\xbf\xff\xfe \t\r\n").startswith("{"):
        return None
    if _NOTEBOOK.search(source):
        return "notebook"
    if not _ANSWERS.search(source):
        return None
    return "short_test" if _OF_SHORT_TEST.search(source) else "answers"


def archive_format(head: bytes) -> str | None:
    """Return the name of an archive's format, such as RAR, or None if the archive is a zip or unknown."""
    return next((name for magic, name in _MAGIC if head.startswith(magic)), None)


def is_hidden(folder: str) -> bool:
    """Return whether a folder with this name is hidden or was created by an operating system or a tool."""
    return folder.startswith(".") or folder in _OF_SYSTEMS


def is_practice(unit: str) -> bool:
    """Return whether a unit or its folder is ungraded: a lesson, a short test, practice questions or a review."""
    return bool(_PRACTICE.fullmatch(unit.lower()))
