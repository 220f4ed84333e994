"""Erase one person's data: remove files and list entries with the person's code, and report remaining traces."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from buuchinh import course, spreadsheet
from buuchinh.classroom import classlist, given_codes, gradebook
from buuchinh.classroom.turn import sweep, turn
from buuchinh.codes import normalise, valid
from buuchinh.errors import KitError
from buuchinh.files import UNFINISHED, read_json, remove_tree
from buuchinh.jobs import job_state
from buuchinh.messages import say
from buuchinh.personal_data import backup_contents, by_name, in_exchange, removing
from buuchinh.personal_data.archive import shown
from buuchinh.personal_data.by_name import OwnNames
from buuchinh.personal_data.traces import Traces, files_below

_NOT_SEARCHED = frozenset({"buuchinh", "tests", "docs", "benchmarks", course.BACKUPS})


@dataclass(frozen=True)
class Erased:
    """The outcome of erasing a person's data.

    ``places`` names the places from which data was erased. ``backups`` names backups with the person's data, which were
    not changed. ``left`` names files that still contain the code, and ``rows`` names lines in lists that still contain
    the name. ``uncleaned`` is the reason why the gradebook's file still holds remnants of erased rows, or "" if it is
    clean. ``nobodys`` lists refused files whose owner cannot be determined from a code or a name. ``on_hub`` are
    sentences on what lies on a hub and this account may not erase.
    ``unread`` names lists that cannot be read, for example because they have a password.
    """

    code: str
    in_gradebook: bool
    places: tuple[str, ...]
    backups: tuple[str, ...]
    left: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    uncleaned: str = ""
    on_server: bool = False
    nobodys: tuple[str, ...] = ()
    on_hub: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def holds(code: str) -> list[str]:
    """Return all places that hold a trainee's data, for review before erasure."""
    traces = Traces(code)
    named = by_name.of(traces)
    found = [say("personal_data.gradebook")] if _in_gradebook(traces) else []
    found += [shown(path) for path in (*_owned(traces, named), *_made_again(traces, named), *_mentions(traces, named))]
    if course.current_code() == traces.code:
        found.append(shown(course.code_path()))
    found += in_exchange.paths(traces.code)
    return list(dict.fromkeys(found))


@turn()
def forget(code: str) -> Erased:
    """Erase all of a trainee's data on this machine; backups are reported but not changed.

    Raise ``KitError`` if the code is mistyped or if there is no data about the trainee.
    """
    sweep()
    traces = Traces(normalise(code))
    places = holds(code)
    named = by_name.of(traces)
    backups = _backups_with(traces)
    if not places and not backups:
        raise KitError(say("personal_data.unknown", code=traces.code))
    in_gradebook = traces.code in gradebook.students()
    on_hub = in_exchange.erase(traces.code)
    given_codes.keep_erased(traces.code)
    if in_gradebook:
        with gradebook.opened() as book:
            book.remove_student(traces.code)
    if course.current_code() == traces.code:
        course.code_path().unlink()
    rows = tuple(_named_rows(traces))
    for path in (*_owned(traces, named), *_made_again(traces, named)):
        if path.is_dir():
            remove_tree(path)
        else:
            _writable(path).unlink(missing_ok=True)
    for path in _mentions(traces, named):
        _take_out(_writable(path), traces, named)
    rows += tuple(row for row in _rows_by_name(named) if row not in rows)
    uncleaned = _vacuum(traces)
    left = tuple(dict.fromkeys(shown(path) for path in _left(traces, named)))
    return Erased(
        traces.code,
        in_gradebook,
        tuple(places),
        tuple(backups),
        left,
        rows,
        uncleaned=uncleaned,
        on_server=gradebook.file() is None,
        nobodys=tuple(map(shown, by_name.refused_of_nobody())),
        on_hub=on_hub,
        unread=tuple(_unread_lists()),
    )


def _folders() -> list[course.PersonalFolder]:
    return [folder for folder in course.PERSONAL_FOLDERS if folder.name != course.BACKUPS]


def _owned(traces: Traces, named: OwnNames) -> Iterator[Path]:
    """Yield the paths that belong to this trainee alone: folders named by the code, refused files, and guest work."""
    yield from by_name.refused(named)
    for folder in _folders():
        if folder.of_trainee:
            yield from sorted(gradebook.place(folder).glob(folder.of_trainee.format(code=traces.code)))
    for refused in sorted((course.root() / course.ATTEMPTS / course.REFUSED).glob("*")):
        if _of_another(refused, traces):
            continue
        own = (
            path for path in files_below([refused]) if path.name != course.ASKED_AGAIN
        )  # who was asked need not have sent it
        if traces.in_text(refused.name) or any(map(traces.in_file, own)):
            yield refused
    for guest in sorted((course.root() / course.WORK / course.GUEST).glob("*")):
        records = [guest / course.OWNER, *(guest / course.HANDED_IN).glob("*")]
        if any(traces.in_file(path) for path in records if path.is_file()):
            yield guest


def _of_another(refused: Path, traces: Traces) -> bool:
    """Return whether a refused file is attributed to another trainee and thus merely mentions this trainee."""
    with contextlib.suppress(KitError, AttributeError):
        code = read_json(refused / course.COLLECTED).get("code")
        return isinstance(code, str) and valid(code) and not traces.is_code(code)
    return False


def _made_again(traces: Traces, named: OwnNames) -> Iterator[Path]:
    """Yield the files that name the trainee and can be regenerated: reports, and the whole class's feedback."""
    folders = [gradebook.place(folder) for folder in _folders() if folder.made_again]
    of_class = [path for one in _folders() if one.of_class for path in gradebook.place(one).glob(one.of_class)]
    yield from (path for path in (*files_below(folders), *of_class) if traces.in_file(path) or named.in_file(path))


def _mentions(traces: Traces, named: OwnNames) -> Iterator[Path]:
    """Yield the files about other people that mention the trainee, such as class lists, the run log or remarks."""
    owned = set(_owned(traces, named))
    folders = [gradebook.place(folder) for folder in _folders() if not folder.made_again]
    for path in files_below(folders):
        if owned.intersection((path, *path.parents)) or path == course.code_path():
            continue
        if traces.in_file(path) or (_is_remark(path) and named.in_file(path)):
            yield path
    yield from filter(traces.in_file, backup_contents.class_lists())


def _is_remark(path: Path) -> bool:
    """Return whether a file may name a person without a code: trainees' remarks, the instructor's notes on a pair."""
    return path.name in {course.COLLECTED, course.PAIR_NOTES}


def _take_out(path: Path, traces: Traces, named: OwnNames) -> None:
    """Remove the trainee's code and name from a file about other people.

    The office's emergency contacts and the class lists keep the name, which must be checked manually there.
    """
    of_office = (course.root() / course.OFFICE) in path.parents
    listed = path in backup_contents.class_lists()

    def blank(text: str) -> str:
        text = traces.blanked(text)
        return text if of_office or listed else named.blanked(text)

    about_many = path.parent == course.root() / course.OUTCOMES or listed
    if path.parent == job_state.folder():
        with job_state.exclusive():  # the job may be running
            removing.blank_text(path, blank)
    elif not (about_many and removing.take_out(path, traces, blank)):
        removing.blank_text(path, blank)


def _writable(path: Path) -> Path:
    """Make a read-only file writable, since Windows could otherwise neither replace nor remove it; return ``path``.

    A file that has the right is left as it is: another account's may be replaced, but its rights may not be changed.
    """
    if path.is_file() and not (mode := path.stat().st_mode) & 0o200:
        path.chmod(mode | 0o200)
    return path


def _named_rows(traces: Traces) -> Iterator[str]:
    """Yield a note for each line that names this trainee in a list without codes; the list's owner must remove it."""
    suffix = say("classroom.roster.suffix")
    every = backup_contents.class_lists()
    for made in every:
        stem, _, rest = made.stem.rpartition(suffix)
        if not stem or made.suffix != ".csv" or not traces.in_file(made):
            continue
        persons = [_text(row[1:]) for _, row in _readable(made) if row and traces.is_code(row[0])]
        for plain in (path for path in every if path.parent == made.parent and path.stem == stem and not rest):
            for line, row in _readable(plain):
                if not any(map(traces.in_text, row)) and _text(row) in persons:
                    yield say("personal_data.row", file=shown(plain), line=line)


def _text(row: Iterable[str]) -> str:
    """Return a row's cells as one text: a name may stand in two columns, which ``roster`` joins."""
    return " ".join(map(classlist.plain, filter(None, row)))


def _rows_by_name(named: OwnNames) -> Iterator[str]:
    """Yield a note for each line in any class list that still contains the name, such as in a colleague's row."""
    for path in backup_contents.class_lists() if named else ():
        for line, row in _readable(path):
            if any(map(named.in_text, row)):
                yield say("personal_data.row", file=shown(path), line=line)


def _readable(path: Path) -> list[tuple[int, list[str]]]:
    """Return a class list's numbered rows, or [] if it cannot be read, since one bad file must not stop an erasure."""
    with contextlib.suppress(KitError):
        return [row for title in spreadsheet.titles(path) or [""] for row in spreadsheet.rows(path, title)]
    return []


def _unread_lists() -> Iterator[str]:
    """Yield the class lists that cannot be read, such as one with a password; they may still name the trainee."""
    for path in backup_contents.class_lists():
        try:
            spreadsheet.rows(path)
        except KitError:
            yield shown(path)


def _in_gradebook(traces: Traces) -> bool:
    return traces.code in gradebook.students() or _in_database_file(traces)


def _in_database_file(traces: Traces) -> bool:
    """Return whether the gradebook's file or the write-ahead log beside it still contains the code."""
    path = gradebook.file()
    if path is None:
        return False
    return any(traces.in_file(one) for end in ("", "-wal") if (one := path.with_name(path.name + end)).is_file())


def _vacuum(traces: Traces) -> str:
    """Clear erased rows from free pages in the gradebook's file; return why that failed, or "" on success."""
    path = gradebook.file()
    if path is None or not path.is_file():
        return ""
    try:
        with closing(sqlite3.connect(path, timeout=gradebook.WAIT)) as database:
            database.execute("PRAGMA secure_delete = ON")
            database.execute("VACUUM")
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        return gradebook.reason_of(error)
    return say("classroom.gradebook.locked") if _in_database_file(traces) else ""


def _left(traces: Traces, named: OwnNames) -> Iterator[Path]:
    """Yield other files in the course folder that still contain the trainee's code; backups are not searched.

    The trainee's name is searched for only in file names, since lists with names are reported line by line.
    """
    root = course.root()
    database = gradebook.file()
    for top, folders, files in os.walk(root):
        here = Path(top)
        folders[:] = sorted(name for name in folders if name.startswith(UNFINISHED) or not name.startswith("."))
        if here == root:
            folders[:] = [name for name in folders if name not in _NOT_SEARCHED]
        for path in (here / name for name in sorted(files)):
            own = database is not None and path.name.startswith(database.name)
            if not own and not path.is_symlink() and (named.in_text(path.name) or traces.in_file(path)):
                yield path


def _backups_with(traces: Traces) -> list[str]:
    """Return the backups that contain the trainee's data, including backups that cannot be read."""
    found = []
    for path in sorted((course.root() / course.BACKUPS).glob("*")):
        try:
            if path.suffix == ".zip":
                with zipfile.ZipFile(path) as archive:
                    named = any(map(traces.in_text, archive.namelist())) or any(
                        traces.in_data(one.filename, archive.read(one)) for one in archive.infolist()
                    )
            else:
                named = traces.in_file(path)
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError):
            named = True
        if named:
            found.append(shown(path))
    return found
