"""List work that is more alike than chance explains, two by two, as a question that a person asks; points do not move.

A pair that was asked about is put away in ``so-cham/giong-nhau.json`` by the hashes of both works, so that it comes
back when either work changes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from buuchinh import course
from buuchinh.attempts import reader
from buuchinh.classroom import gradebook
from buuchinh.classroom.turn import turn
from buuchinh.desk.naming import unit_names
from buuchinh.desk_payloads.desk_dialogs import EqualPairs
from buuchinh.files import read_record, sound_record, write_json
from buuchinh.grading import equal_work
from buuchinh.grading.equal_work import Alike
from buuchinh.messages import say
from buuchinh.parsed import parsed
from buuchinh.personal_data.names import Names

FILE = "giong-nhau.json"


@dataclass(frozen=True)
class Pair:
    """Two people whose work on a unit is alike; ``key`` changes if either person's work does."""

    first: str
    second: str
    key: str
    evidence: str


def alike(unit: str) -> tuple[Alike, ...]:
    """Return all pairs of a unit; works are compared again only if one has changed, or what they are compared with.

    Comparing takes a second for a large class.
    """
    folders = [reader.submitted_folder(unit, code) for code in reader.submitted_codes(unit)]
    works = [folder / name for folder in folders for name in (course.ANSWERS, f"{unit}.ipynb")]
    keys = sorted((course.source_folder(unit) / course.RELEASES).rglob("*"))
    law = sorted((course.root() / course.DATASETS / "law").glob("*.csv"))
    public = (*course.lessons(), *sorted(course.exercise_folder(unit).glob("*.ipynb")), *law)
    seen = (course.root() / course.SETTINGS, *works, *keys, *public)
    return parsed(partial(_compared, unit), gradebook.folder(course.SUBMITTED), *seen, key=unit)


def _compared(unit: str, _folder: Path) -> tuple[Alike, ...]:
    return tuple(equal_work.find(unit))


def pairs_of(unit: str) -> tuple[Pair, ...]:
    """Return all pairs of a unit, put away or not."""
    return tuple(Pair(one.first, one.second, _key(unit, one.first, one.second), _evidence(one)) for one in alike(unit))


def put_away_keys() -> frozenset[str]:
    """Return the keys of the pairs that were put away."""
    return frozenset(sound_record(_path()))


def asked_on(unit: str, first: str, second: str) -> str:
    """Return the day on which a pair was put away, or "" if it was not or if either work changed since."""
    return str(sound_record(_path()).get(_key(unit, first, second), ""))


def payload(unit: str, names: Names, since: datetime | None = None) -> EqualPairs:
    """Return the pairs of a unit, those put away marked as such.

    With ``since``, only pairs with work that was taken in since then are returned.
    """
    away = put_away_keys()
    pairs = [one for one in pairs_of(unit) if since is None or _is_new(unit, one, since)]
    waiting = sum(one.key not in away for one in pairs)
    return {
        "unit": unit,
        "title": say("desk.equal.title", count=waiting, unit=unit_names.spoken(unit)) if waiting else "",
        "lead": say("desk.equal.lead"),
        "pairs": [
            {
                "first": one.first,
                "second": one.second,
                "text": say(
                    "desk.equal.asked_pair" if one.key in away else "desk.equal.pair",
                    first=names.shown(one.first),
                    second=names.shown(one.second),
                    evidence=one.evidence,
                ),
                "asked": one.key in away,
            }
            for one in pairs
        ],
    }


@turn()
def put_away(unit: str, first: str, second: str) -> None:
    """Put a pair away; it comes back if either work changes."""
    key = _key(unit, first, second)
    write_json(_path(), {**read_record(_path()), key: course.today().isoformat()})


def _is_new(unit: str, pair: Pair, since: datetime) -> bool:
    attempts = [one for code in (pair.first, pair.second) for one in reader.attempts(unit, code)]
    return any(one.collected_at and one.collected_at >= since for one in attempts)


def _evidence(pair: Alike) -> str:
    found = [say(f"desk.equal.{kind}", count=len(ids)) for kind, ids in pair.kinds.items()]
    return ", ".join(found)


def _key(unit: str, first: str, second: str) -> str:
    hashes = sorted(found.sha256 for code in (first, second) if (found := reader.submitted(unit, code)))
    return hashlib.sha256(" ".join((unit, *hashes)).encode("utf-8")).hexdigest()[:32]


def _path() -> Path:
    return course.root() / course.OUTCOMES / FILE
