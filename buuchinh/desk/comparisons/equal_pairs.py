"""Show work that is more alike than chance explains, two by two, as a question that a person asks; points do not move.

A pair that was asked about is put away in ``so-cham/giong-nhau.json`` by the hashes of both works, so that it comes
back when either work changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from buuchinh import course
from buuchinh.attempts import reader
from buuchinh.attempts.reader import Submitted
from buuchinh.classroom.turn import turn
from buuchinh.desk.naming import question_names, unit_names
from buuchinh.desk_payloads.desk_dialogs import EqualPairs, EqualRow, TwoWorks
from buuchinh.errors import KitError
from buuchinh.files import read_record, sound_record, write_json
from buuchinh.grading import equal_work
from buuchinh.grading.equal_work import Alike
from buuchinh.messages import say
from buuchinh.personal_data.names import Names
from buuchinh.questions import answer_words
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.release import versions

FILE = "giong-nhau.json"
_LONGEST = 160


@dataclass(frozen=True)
class Pair:
    """Two people whose work on a unit is alike; ``key`` changes if either person's work does."""

    first: str
    second: str
    key: str
    evidence: str


def pairs_of(unit: str) -> tuple[Pair, ...]:
    """Return all pairs of a unit, put away or not; finding them takes a second for a large class."""
    return tuple(
        Pair(one.first, one.second, _key(unit, one.first, one.second), _evidence(one)) for one in equal_work.find(unit)
    )


def put_away_keys() -> frozenset[str]:
    """Return the keys of the pairs that were put away."""
    return frozenset(sound_record(_path()))


def payload(unit: str, names: Names) -> EqualPairs:
    """Return the pairs of a unit that nobody has put away; finding them takes a second for a large class."""
    away = put_away_keys()
    pairs = [one for one in pairs_of(unit) if one.key not in away]
    return {
        "unit": unit,
        "title": say("desk.equal.title", count=len(pairs), unit=unit_names.spoken(unit)) if pairs else "",
        "lead": say("desk.equal.lead"),
        "pairs": [
            {
                "first": one.first,
                "second": one.second,
                "text": say(
                    "desk.equal.pair",
                    first=names.shown(one.first),
                    second=names.shown(one.second),
                    evidence=one.evidence,
                ),
            }
            for one in pairs
        ],
    }


def side_by_side(unit: str, first: str, second: str, names: Names) -> TwoWorks:
    """Return two works beside each other, only the questions that are alike; raise ``KitError`` if they are gone."""
    pair = next((one for one in equal_work.find(unit) if {one.first, one.second} == {first, second}), None)
    left, right = reader.submitted(unit, first), reader.submitted(unit, second)
    if pair is None or left is None or right is None:
        raise KitError(say("desk.equal.gone"))
    asked = _asked(left)
    rows: list[EqualRow] = []
    for number, (name, question) in enumerate(asked.items(), 1):
        kinds = [kind for kind, ids in pair.kinds.items() if any(one.split()[0] == name for one in ids)]
        if kinds:
            stem = " ".join(question.stem.split())
            rows.append(
                {
                    "number": number,
                    "stem": question_names.cut(stem, _LONGEST),
                    "left": _words(question, left, name),
                    "right": _words(question, right, name),
                    "why": ", ".join(say(f"desk.equal.is_{kind}") for kind in kinds),
                }
            )
    return {
        "unit": unit,
        "first": first,
        "second": second,
        "title": say("desk.equal.two", unit=unit_names.spoken(unit)),
        "lead": say("desk.equal.lead"),
        "left": names.shown(first),
        "right": names.shown(second),
        "evidence": _evidence(pair),
        "rows": rows,
    }


@turn()
def put_away(unit: str, first: str, second: str) -> None:
    """Put a pair away; it comes back if either work changes."""
    key = _key(unit, first, second)
    write_json(_path(), {**read_record(_path()), key: course.today().isoformat()})


def _evidence(pair: Alike) -> str:
    found = [say(f"desk.equal.{kind}", count=len(ids)) for kind, ids in pair.kinds.items()]
    return ", ".join(found)


def _words(question: AuthoredQuestion, submitted: Submitted, name: str) -> str:
    try:
        entry = submitted.answers.get(name, {})
        return answer_words.in_words(question, entry.get("answer"))
    except (KitError, KeyError, TypeError, AttributeError):  # damaged files are told by ``grade``
        return ""


def _asked(submitted: Submitted) -> Mapping[str, AuthoredQuestion]:
    return versions.released_for(submitted.unit, submitted.version, submitted.code).obscured


def _key(unit: str, first: str, second: str) -> str:
    hashes = sorted(found.sha256 for code in (first, second) if (found := reader.submitted(unit, code)))
    return hashlib.sha256(" ".join((unit, *hashes)).encode("utf-8")).hexdigest()[:32]


def _path() -> Path:
    return course.root() / course.OUTCOMES / FILE
