"""List the places where submissions may be (a zip, or the other files of a folder) without opening any file."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from buuchinh.course import is_practice_class
from buuchinh.errors import Problem
from buuchinh.files import reason
from buuchinh.intake.file_groups import Unreadable
from buuchinh.intake.filenames import disk_name
from buuchinh.intake.filetypes import is_hidden, kind_by_name
from buuchinh.messages import say

KEEP_CAP = 400_000_000
"""Maximum size in bytes of an original that is stored whole; a larger zip is stored in parts."""

Originals = Mapping[str, bytes | Path]


@dataclass(frozen=True)
class SubmissionPlace:
    """Files that are read together: one zip, or all other files of one folder.

    ``names`` contains the files' names on disk in ``folder``. ``where`` is the folder's displayed path, and ``top`` is
    the folder or file in which the search began.
    """

    top: Path
    where: str
    folder: Path
    names: tuple[str, ...]

    @property
    def display_name(self) -> str:
        """The path to display: the file's if there is only one file, or else the folder's."""
        path = self.folder / self.names[0]
        return disk_name(path.relative_to(self.top.parent).as_posix()) if len(self.names) == 1 else self.where

    @property
    def originals(self) -> Originals:
        """The files to store unchanged, as a mapping from names to paths."""
        paths = [self.folder / name for name in self.names]
        return {name: file for path in paths if is_regular(path) for name, file in whole_original(path).items()}


def places(
    top: Path, skip: frozenset[Path] = frozenset(), closed: list[Unreadable] | None = None
) -> Iterator[SubmissionPlace]:
    """Yield the places to read in a folder, a zip or a notebook, without opening files or following symbolic links.

    ``skip`` contains the resolved paths of folders that are not entered. A folder that cannot be listed (because of
    missing permissions, a path that is too long, or a removed memory stick) is appended to ``closed``.
    """

    def failed(error: OSError) -> None:
        name = disk_name(Path(error.filename or top).name)
        message, way_out = say("files.unreadable", reason=reason(error)), say("intake.submission.closed_way_out")
        if closed is not None:
            closed.append(Unreadable(name, Problem(name, 0, message, way_out)))

    for where, folder, _, names in entered(top, skip, failed):
        kinds = {name: kind for name in sorted(names) if (kind := kind_by_name(disk_name(name)))}
        alone = [name for name, kind in kinds.items() if kind == "zip" and is_regular(folder / name)]
        others = tuple(name for name in kinds if name not in set(alone))
        if others:
            yield SubmissionPlace(top, where, folder, others)
        for name in alone:
            yield SubmissionPlace(top, where, folder, (name,))


def entered(
    top: Path, skip: Collection[Path], failed: Callable[[OSError], None] | None = None
) -> Iterator[tuple[str, Path, list[str], list[str]]]:
    """Yield each folder as a tuple: its displayed path, its path, its subfolders' names and its files' names.

    If ``top`` is a file, its parent folder is yielded with that file alone. Callers may remove names from the list of
    subfolders to skip those subfolders. ``skip`` contains the resolved paths of folders that are not entered; the
    folder of a class to practise on is not entered either. ``failed`` is called with the error for each folder that
    cannot be listed.
    """
    if top.is_symlink() or not top.is_dir():
        yield disk_name(top.name), top.parent, [], [top.name]
        return
    for folder, below, names in os.walk(top, onerror=failed, followlinks=False):
        below[:] = sorted(name for name in below if not is_hidden(name) and _is_searched(Path(folder) / name, skip))
        yield disk_name(Path(folder).relative_to(top.parent).as_posix()), Path(folder), below, names


def _is_searched(folder: Path, skip: Collection[Path]) -> bool:
    """Return whether to enter a folder: neither in ``skip`` nor the root of a class to practise on."""
    return folder.resolve() not in skip and not is_practice_class(folder)


def is_regular(path: Path) -> bool:
    """Return whether ``path`` is an existing regular file, and not a link, device or pipe, whose data may never end."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def whole_original(path: Path | None) -> Originals:
    """Return the file at ``path`` keyed by its name, or an empty dict if the file is too large to be stored whole."""
    return {path.name: path} if path and path.stat().st_size <= KEEP_CAP else {}
