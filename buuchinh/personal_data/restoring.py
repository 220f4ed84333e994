"""Restore a class from a backup, after backing up the current state.

Everything is unpacked and verified in a temporary folder before any file is moved; if the system refuses a move, all
earlier moves are undone. Folders with personal data are replaced; the course's own files are copied over the current
ones.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.classroom import gradebook
from buuchinh.classroom.turn import half_restored, marks_lock, note_half_restored, sweep, turn
from buuchinh.errors import KitError, Problem
from buuchinh.files import UNFINISHED, reason, remove_tree, rename, write_bytes
from buuchinh.locks import locked
from buuchinh.messages import say
from buuchinh.personal_data import archive, backup_contents, returning

_DAMAGED_PREFIX = "hong"


@dataclass(frozen=True)
class Restored:
    """The outcome of restoring a backup.

    ``files`` is the number of restored files, and ``made_at`` the time of the backup. ``before`` names the backups of
    the state before the restoration. ``whole`` is False if the backup was made by an early version of this package,
    without releases and settings. ``server`` is the command that restores a gradebook on a server, or "" if the
    gradebook is a file. ``brought_back`` lists the codes of people who had been erased after the backup was made.
    """

    files: int
    made_at: datetime
    before: tuple[str, ...]
    whole: bool
    server: str = ""
    brought_back: tuple[str, ...] = ()


class _Stuck(Exception):
    """A move was refused by the system, and so was the attempt to undo an earlier move."""


@turn(restores=True)
def restore(path: Path, *, exercises: bool = False) -> Restored:
    """Restore the class to its state in the backup ``path``, with its ``exercises`` too if they differ from those here.

    Raise ``KitError`` if the backup is incomplete or was not made by this package, if it is of a class to practise on
    and the current class is real (or the other way round), if its exercises differ and ``exercises`` is False, or if
    the gradebook in the backup is a file and the current one is on a server. In these cases, and after an ``OSError``,
    everything stays unchanged. If a failed restoration cannot be undone, the ``KitError`` says which backup to use.
    """
    about, manifest = read_manifest(path)
    refuse_other_kind_of_class(path)
    if not exercises and (changed := about_exercises(manifest)):
        raise KitError(changed, say("personal_data.changed_exercises_way_out"), path=path.name)
    database = gradebook.file()
    if backup_contents.GRADEBOOK in manifest and database is None:
        raise KitError(say("personal_data.other_kind"), say("personal_data.other_kind_way_out"), path=path.name)
    scratch = Path(tempfile.mkdtemp(dir=course.root(), prefix=UNFINISHED))
    again = half_restored().exists()
    try:
        fresh = scratch / "moi"
        _unpack(path, manifest, fresh)
        with locked(marks_lock()):  # a mark that was saved is in the backup that is made now
            before = tuple(map(archive.shown, _put_by(database)))
            brought_back = returning.carry_over(fresh, manifest)
            note_half_restored(path, before)
            _swap(fresh, scratch / "cu", manifest, database)
    except _Stuck as error:
        raise KitError(str(error), _way_back(before), path=path.name) from error
    except BaseException:
        if not again:
            half_restored().unlink(missing_ok=True)
        with suppress(OSError):
            remove_tree(scratch)
        raise
    half_restored().unlink()
    sweep()
    server = "" if database else archive.load_command(path)
    return Restored(len(manifest), about, before, course.SETTINGS in manifest, server, brought_back)


def refuse_other_kind_of_class(path: Path) -> None:
    """Raise ``KitError`` if a real class would get made-up people, or a removable class to practise on real ones."""
    with zipfile.ZipFile(path) as packed:
        practice = json.loads(packed.read(archive.MANIFEST)).get(archive.PRACTICE) is True
    if practice != course.is_practice_class():
        words = say("personal_data.of_practice_class" if practice else "personal_data.of_real_class")
        raise KitError(words, say("personal_data.other_class_way_out"), path=path.name)


def about_exercises(manifest: Mapping[str, str]) -> str:
    """Return in words which exercises in a backup differ from those here, or "" if none does."""
    changed = backup_contents.changed_exercises(manifest)
    folders, count = ", ".join(changed), sum(changed.values())
    return say("personal_data.changed_exercises", folders=folders, count=count) if changed else ""


def _way_back(before: Sequence[str]) -> str:
    return say("personal_data.stuck_way_out", backup=before[0] if before else gradebook.newest_backup())


def read_manifest(path: Path) -> tuple[datetime, dict[str, str]]:
    """Return the time of a backup, and the SHA-256 hashes (hex) of its files by name.

    Raise ``KitError`` if the file is not a backup, is from a newer version, or contains files that no backup may have.
    """
    if not path.is_file():
        raise KitError(say("files.missing"), path=str(path))
    try:
        with zipfile.ZipFile(path) as packed:
            note: Any = json.loads(packed.read(archive.MANIFEST))
            made_at = datetime.fromisoformat(note["made_at"])
            manifest = {str(name): str(digest) for name, digest in note["sha256"].items()}
            "".join(manifest).encode("utf-8")  # a lone surrogate is no name of a file
            known = note["format"] <= archive.FORMAT
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        EOFError,
        RecursionError,
    ) as error:
        raise KitError(say("personal_data.no_backup"), _other(), path=path.name) from error
    if not known:
        raise KitError(say("personal_data.newer_kit"), path=path.name)
    strange = sorted(name for name in manifest if not backup_contents.is_member(name))
    if strange:
        raise KitError([Problem(path.name, 0, say("personal_data.strange", name=name)) for name in strange])
    return made_at, manifest


def _other() -> str:
    newest = gradebook.newest_backup()
    return say("personal_data.newest", backup=newest) if newest else ""


def _unpack(path: Path, manifest: Mapping[str, str], fresh: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            for name, digest in manifest.items():
                target = fresh / name
                target.parent.mkdir(parents=True, exist_ok=True)
                whole = hashlib.sha256()
                with packed.open(name) as member, target.open("wb") as file:
                    while part := member.read(1_000_000):
                        whole.update(part)
                        file.write(part)
                if whole.hexdigest() != digest:
                    raise KitError(say("personal_data.not_verified", name=name), _other(), path=path.name)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError) as error:
        raise KitError(say("personal_data.no_backup"), _other(), path=path.name) from error


def _put_by(database: Path | None) -> Iterator[Path]:
    """Back up the current state and yield the paths written; a damaged gradebook is copied beside the backup."""
    try:
        yield archive.make().path
        return
    except KitError:
        if database is None or not database.is_file():
            return  # there is nothing to back up yet
    with suppress(KitError):
        yield archive.make(with_gradebook=False).path
    stamp = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    copy = course.root() / course.BACKUPS / f"{_DAMAGED_PREFIX}_{stamp}_{backup_contents.GRADEBOOK}"
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(database, copy)
    yield copy


def _swap(fresh: Path, old: Path, manifest: Mapping[str, str], database: Path | None) -> None:
    """Move the current state to ``old`` and the unpacked backup ``fresh`` into its place.

    If a move fails, undo all earlier moves. Raise ``_Stuck`` if undoing fails too; ``old`` then holds the earlier
    state.
    """
    moved: list[tuple[Path, Path]] = []
    try:
        for source, target in _moves(fresh, old, manifest, database):
            target.parent.mkdir(parents=True, exist_ok=True)
            rename(source, target)
            moved.append((source, target))
        for name in manifest:
            if (fresh / name).is_file():  # of the course's own
                target = course.root() / name
                if target.is_file():
                    _copy(target, old / name)
                    moved.append((target, old / name))
                else:
                    moved.append((fresh / name, target))
                write_bytes(target, (fresh / name).read_bytes())
    except BaseException as error:
        stuck = [pair for pair in reversed(moved) if not _went_back(*pair)]
        if stuck:
            why = reason(error) if isinstance(error, OSError) else type(error).__name__
            raise _Stuck(say("personal_data.stuck", reason=why)) from error
        raise


def _went_back(source: Path, target: Path) -> bool:
    try:
        source.parent.mkdir(parents=True, exist_ok=True)
        rename(target, source)
    except OSError:
        return False
    return True


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)


def _moves(fresh: Path, old: Path, manifest: Mapping[str, str], database: Path | None) -> Iterator[tuple[Path, Path]]:
    """Yield the moves to make, as (source, target): first the gradebook, which may be in use, then the other files."""
    if database and backup_contents.GRADEBOOK in manifest:
        for end in ("-wal", "-shm", ""):
            present = database.with_name(database.name + end)
            if present.exists():
                yield present, old / present.name
        yield fresh / backup_contents.GRADEBOOK, database
    for folder in course.PERSONAL_FOLDERS:
        if not folder.backed_up:
            continue
        here = gradebook.place(folder)
        for present in sorted(here.glob("*")):
            own = folder.name == course.OUTCOMES and present.name == course.JOBS
            if not own and not present.name.startswith("."):  # this command's own lock, and the job that it may be
                yield present, old / folder.name / present.name
        for stored in sorted((fresh / folder.name).glob("*")):
            yield stored, here / stored.name
