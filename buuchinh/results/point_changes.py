"""Record the points changed by a key correction in ``so-cham/<code>/sua-dap-an_<unit>.json``, for use in feedback.

A record is written before anything is changed and holds the result before and after. It is shown as long as it matches
the result and the submission; a later submission or manual points supersede it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_record, write_json
from buuchinh.messages import say
from buuchinh.results.results import Standing
from buuchinh.text import format_date, format_number

_SLACK = 1e-6


@dataclass(frozen=True)
class PointChange:
    """The effect of a correction on one result: its date and reason, and the points and verdict before and after.

    ``given`` holds the new points of each changed question; ``handed_in``, the time of submission, identifies the
    submission.
    """

    on: str
    reason: str
    before: float
    after: float
    verdict_before: str
    verdict_after: str
    handed_in: str
    given: dict[str, float]

    def holds_for(self, standing: Standing) -> bool:
        """Return whether ``standing`` is of the same submission and still has the points that the correction gave."""
        now = {item.id: item.earned for item in standing.items}
        same = all(abs((now.get(name) or 0.0) - points) < _SLACK for name, points in self.given.items())
        return same and self.handed_in == _moment(standing)


def place(unit: str, code: str) -> Path:
    """Return the path of one trainee's records for ``unit``."""
    return course.root() / course.OUTCOMES / code / f"sua-dap-an_{unit}.json"


def note(before: Standing, after: Standing, names: Sequence[str], reason: str) -> None:
    """Record the change of one trainee's points, only once even if an interrupted run is repeated.

    ``names`` are the ids of the corrected questions. Raise ``KitError`` if the existing records are damaged; they are
    not overwritten.
    """
    old = {item.id: item.earned for item in before.items}
    moved = [item for item in after.items if item.id in names and item.earned not in (None, old[item.id])]
    change = PointChange(
        on=course.today().isoformat(),
        reason=reason,
        before=before.earned,
        after=after.earned,
        verdict_before=before.verdict,
        verdict_after=after.verdict,
        handed_in=_moment(before),
        given={item.id: item.earned or 0.0 for item in moved},
    )
    recorded = [one for one in _read(before.unit, before.code) if replace(one, on=change.on) != change]
    changes = [asdict(one) for one in (*recorded, change)]
    write_json(place(before.unit, before.code), {"format": 1, "changes": changes})


def corrections(standing: Standing) -> list[PointChange]:
    """Return the corrections that affected a result, oldest first; raise ``KitError`` if the records are damaged."""
    return [one for one in _read(standing.unit, standing.code) if one.holds_for(standing)]


def sentence(change: PointChange, numbers: Mapping[str, str]) -> str:
    """Describe a correction in a sentence for the trainee.

    ``numbers`` maps question ids to displayed numbers; it is empty if no question may be named.
    """
    named = ", ".join(numbers[name] for name in change.given if name in numbers)
    same = round(change.before, 2) == round(change.after, 2)
    key = "between" + ("" if named else "_exam") if same else "note" if named else "exam"
    said = say(
        f"results.feedback.changed_{key}",
        day=format_date(date.fromisoformat(change.on)),
        before=format_number(round(change.before, 2)),
        after=format_number(round(change.after, 2)),
        numbers=named,
        reason=change.reason,
    )
    if change.verdict_before == change.verdict_after:
        return said
    old, new = (say(f"results.feedback.verdicts.{one}") for one in (change.verdict_before, change.verdict_after))
    return f"{said} {say('results.feedback.changed_verdict', before=old, after=new)}"


def _moment(standing: Standing) -> str:
    return standing.handed_in.isoformat() if standing.handed_in else ""


def _read(unit: str, code: str) -> list[PointChange]:
    path = place(unit, code)
    changes: Any = read_record(path).get("changes", [])
    try:
        return [PointChange(**one) for one in changes]
    except TypeError as error:
        raise KitError([Problem(path.name, 0, say("files.not_json"), say("files.kept_way_out"))]) from error
