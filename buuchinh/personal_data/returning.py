"""Make sure that restoring a backup never leads to a code being issued twice, and find erased people in a backup."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path, PurePosixPath

from buuchinh import codes, course, spreadsheet
from buuchinh.classroom import given_codes, gradebook
from buuchinh.errors import KitError
from buuchinh.files import read_record, write_json
from buuchinh.personal_data import backup_contents


def carry_over(fresh: Path, members: Iterable[str]) -> tuple[str, ...]:
    """Merge the class's record of issued codes into the unpacked backup ``fresh``.

    Return the codes of people whose data the backup brings back although they were erased after it was made.
    ``members`` names the backup's files.
    """
    record = given_codes.stored()
    with suppress(KitError):  # from a damaged gradebook, which the backup is to repair
        record = given_codes.with_issued(record, gradebook.students())
    place = fresh / course.OUTCOMES / given_codes.FILE
    with suppress(KitError):  # damaged in the backup too: the record of the class counts
        record = given_codes.joined(record, read_record(place))
    if any(record.values()):
        write_json(place, record)
    return tuple(given_codes.erased_among(record, _codes(fresh, members)))


def _codes(fresh: Path, members: Iterable[str]) -> Iterator[str]:
    """Yield the trainee codes found in an unpacked backup's file and folder names, class lists and gradebook."""
    for name in members:
        path = PurePosixPath(name)
        yield from filter(_is_code, path.parts)
        if path.suffix.lower() in backup_contents.LISTS:
            with suppress(KitError):
                for _, row in spreadsheet.rows(fresh / name):
                    yield from map(codes.normalise, filter(codes.valid, row))
    if (fresh / backup_contents.GRADEBOOK).is_file():
        with suppress(sqlite3.Error), closing(sqlite3.connect(fresh / backup_contents.GRADEBOOK)) as database:
            yield from (code for (code,) in database.execute("SELECT id FROM student") if _is_code(code))


def _is_code(name: str) -> bool:
    return codes.valid(name) and codes.normalise(name) == name
