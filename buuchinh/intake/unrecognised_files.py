"""Report files that somebody may have meant to submit but that are not submissions, such as those on a memory stick.

Word files, PDFs, photos, videos and interrupted downloads are recognised by name alone; no file is opened. Files in a
trainee's working folder or in a copy of the course are not reported.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath

from buuchinh import codes, course
from buuchinh.intake import guess_owner, submission_places
from buuchinh.intake.decide_submission import Decision
from buuchinh.intake.filenames import codes_in, disk_name, units_in
from buuchinh.intake.filetypes import kind_by_name, without_answers
from buuchinh.intake.guess_owner import People
from buuchinh.intake.read_in_workers import DecidedSubmission
from buuchinh.messages import say

_WORK = frozenset({"answers", "journal", "receipt"})
"""Kinds of files by which a working folder is recognised."""
_OF_THE_COURSE = frozenset({course.SETTINGS, course.OWNER})
_OF_A_LESSON = frozenset({"hinh", "phu-luc"})
"""Names of folders that accompany a lesson's notebook."""


def strays(top: Path, skip: Collection[Path], reported: Collection[str], people: People) -> Iterator[DecidedSubmission]:
    """Yield a refusal for each unrecognised file below ``top``, unless its displayed path is in ``reported``.

    ``skip`` contains the resolved paths of folders that are not entered. Symbolic links are not followed. ``people``
    returns the trainees' names by code.
    """
    for _, folder, below, names in submission_places.entered(top, skip):
        if _OF_THE_COURSE & set(names) or any(kind_by_name(disk_name(name)) in _WORK for name in names):
            below.clear()
            continue
        below[:] = [name for name in below if name not in _OF_A_LESSON]
        for name in sorted(names):
            path = folder / name
            where = disk_name(path.relative_to(top.parent).as_posix())
            kind = without_answers(path.name)
            if kind and where not in reported and not name.startswith((".", "~$")) and path.is_file():
                yield _refused(path, where, kind, people)


def _refused(path: Path, where: str, kind: str, people: People) -> DecidedSubmission:
    """Return the refusal of one file, which is stored only if its path has a unit, a trainee's code or a name."""
    parts = PurePosixPath(where).parts
    code = next(map(codes.normalise, codes_in(parts)), "")
    unit = next(iter(units_in(parts)), "")
    decision = Decision(
        where,
        "refused",
        unit,
        code,
        reason=say("intake.strays.no_hand_in", what=say(f"intake.strays.{kind}")),
        way_out=say("intake.strays.again" if kind == "unfinished" else "intake.submission.not_notebook_way_out"),
    )
    meant = unit or code or guess_owner.named_in_path(where, people)
    return DecidedSubmission(decision, {path.name: path} if meant else {})
