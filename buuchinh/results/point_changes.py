"""Record how an answer-key correction changes a trainee's points, so that feedback can explain the change.

The records are kept in ``so-cham/<code>/sua-dap-an_<unit>.json``. A record is written before anything is changed and
holds the result before and after the correction. Feedback shows the record as long as it matches the result and the
submission; a later submission or manual points supersede it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_record, write_json
from buuchinh.messages import say
from buuchinh.points import same_points
from buuchinh.results.results import Standing
from buuchinh.text import format_date, format_number


@dataclass(frozen=True)
class PointChange:
    """A correction's effect on one trainee's result: date, reason, and points and verdict before and after.

    ``given`` maps the changed questions' ids to their new points. ``handed_in``, the time of submission, identifies the
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
        """Return whether ``standing`` is of the same submission, with every point as the correction left it."""
        now = {item.id: item.earned for item in standing.items}
        same = all(same_points(now.get(name) or 0.0, points) for name, points in self.given.items())
        return same and self.handed_in == _moment(standing)


def place(unit: str, code: str) -> Path:
    """Return the path of the file that records one trainee's point changes in ``unit``."""
    return course.root() / course.OUTCOMES / code / f"sua-dap-an_{unit}.json"


def note(before: Standing, after: Standing, names: Sequence[str], reason: str) -> None:
    """Record how one trainee's points change; repeating an interrupted run does not add a second record.

    ``names`` are the ids of the corrected questions. Raise ``KitError`` if the existing records are damaged; damaged
    records are not overwritten.
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
    """Return the corrections that still apply to a result, oldest first.

    Raise ``KitError`` if the records are damaged.
    """
    return [one for one in _read(standing.unit, standing.code) if one.holds_for(standing)]


def sentence(change: PointChange, numbers: Mapping[str, str]) -> str:
    """Return a sentence that explains a correction to the trainee.

    ``numbers`` maps question ids to displayed numbers. It is empty if no question may be named, as in an exam.
    """
    named = ", ".join(numbers[name] for name in change.given if name in numbers)
    same = round(change.before, 2) == round(change.after, 2)
    key = "between" + ("" if named else "_exam") if same else "note" if named else "exam"
    words_of_change = say(
        f"results.feedback.changed_{key}",
        day=format_date(date.fromisoformat(change.on)),
        before=format_number(round(change.before, 2)),
        after=format_number(round(change.after, 2)),
        numbers=named,
        reason=change.reason,
    )
    if change.verdict_before == change.verdict_after:
        return words_of_change
    old, new = (say(f"results.feedback.verdicts.{one}") for one in (change.verdict_before, change.verdict_after))
    return f"{words_of_change} {say('results.feedback.changed_verdict', before=old, after=new)}"


def _moment(standing: Standing) -> str:
    return standing.handed_in.isoformat() if standing.handed_in else ""


def _read(unit: str, code: str) -> list[PointChange]:
    path = place(unit, code)
    changes: Any = read_record(path).get("changes", [])
    try:
        return [PointChange(**one) for one in changes]
    except TypeError as error:
        raise KitError(say("files.not_json"), say("files.kept_way_out"), path=path.name) from error
