"""List the files of an instructor's bundle, which adds sources with keys, exams, guides and authors' tools.

Class lists, individual judges' rating sheets and stray files are never included: from each folder, only the file types
that the course keeps there are taken.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from buuchinh import course
from buuchinh.release.bundle_files import BundleFiles, authors_only, files_on_disk, list_files

_AT_TOP = (
    *("nbgrader_config.py", "requirements-instructor.lock", "requirements-hub.lock", "pyproject.toml"),
    *("README.md", "README.en.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"),
)
_KINDS = {
    course.SOURCE: {".yml", ".ipynb", ".toml", ".csv", ".json", ".txt", ".svg", ".png"},
    "exam": {".yml", ".csv", ".svg", ".png"},
    "campaign": {".yml", ".html", ".csv", ".md"},
    "docs": {".md", ".html", ".png", ".svg", ".ipynb"},
    "deploy": {"", ".conf", ".py", ".service"},
    "tools": {".py", ".j2", ".toml"},
}
_JUDGES = "exam/angoff/"
_AGREED = f"{_JUDGES}ket-qua.csv"
_PILOT_FORM = "docs/pilot/nhap-lieu.csv"
"""Table for entering pilot answers; the file is published only while it has no rows below its header."""


def list_instructor_files() -> BundleFiles:
    """Return the files for an instructor's bundle: all of a trainee's files and the additions; nothing is written."""
    root, trainees = course.root(), list_files()
    names = {name for name in _AT_TOP if (root / name).is_file()}
    names |= {path for path in files_on_disk(root, tuple(_KINDS)) if _is_published(path)}
    names |= {path for path in files_on_disk(root) if authors_only(path)}
    left_out = {*trainees.left_out, *files_on_disk(root, tuple(_KINDS))} - names
    return replace(trainees, paths=tuple(sorted({*trainees.paths, *names})), left_out=tuple(sorted(left_out)))


def _is_published(path: str) -> bool:
    if path.startswith(_JUDGES):
        return path == _AGREED
    if path == _PILOT_FORM:
        return (course.root() / path).read_bytes().count(b"\n") <= 1
    return Path(path).suffix in _KINDS[path.split("/", maxsplit=1)[0]]
