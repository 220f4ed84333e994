"""Notes of points that moved because a key was corrected, told in feedback: ``so-cham/<code>/sua-dap-an_<unit>.json``.

A note is written before anything is changed, with what was and what would be. It is told as long as the result is what
it says, of the same submission: whatever came in between (another hand-in, a person's points) has a story of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_kept, write_json
from buuchinh.messages import say
from buuchinh.results.results import Standing
from buuchinh.text import format_date, format_number

_SLACK = 1e-6


@dataclass(frozen=True)
class PointChange:
    """One correction as it moved one result: the day, the reason, points and verdict before and after.

    ``given`` are the points that it gave to each question whose points moved; ``handed_in`` tells the submission.
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
        """Whether the result is still that of the same submission, with the points that the correction gave."""
        now = {item.id: item.earned for item in standing.items}
        same = all(abs((now.get(name) or 0.0) - points) < _SLACK for name, points in self.given.items())
        return same and self.handed_in == _moment(standing)


def place(unit: str, code: str) -> Path:
    """Return where the notes of one trainee and unit stand."""
    return course.root() / course.OUTCOMES / code / f"sua-dap-an_{unit}.json"


def note(before: Standing, after: Standing, names: Sequence[str], reason: str) -> None:
    """Note a move of one trainee's points; the same one, after a run that was stopped, is noted once.

    Raises ``KitError`` where what was noted before is damaged: it is not written over.
    """
    old = {item.id: item.earned for item in before.items}
    moved = [one for one in after.items if one.id in names and one.earned is not None and one.earned != old[one.id]]
    change = PointChange(
        on=course.today().isoformat(),
        reason=reason,
        before=before.earned,
        after=after.earned,
        verdict_before=before.verdict,
        verdict_after=after.verdict,
        handed_in=_moment(before),
        given={one.id: one.earned or 0.0 for one in moved},
    )
    kept = [one for one in _read(before.unit, before.code) if replace(one, on=change.on) != change]
    changes = [asdict(one) for one in (*kept, change)]
    write_json(place(before.unit, before.code), {"format": 1, "changes": changes})


def told(standing: Standing) -> list[PointChange]:
    """Return the corrections by which one result came about, oldest first; ``KitError`` where the notes are damaged."""
    return [one for one in _read(standing.unit, standing.code) if one.holds_for(standing)]


def sentence(change: PointChange, numbers: Mapping[str, str]) -> str:
    """Tell a correction to whom it moved; ``numbers`` of the questions are empty where none may be named."""
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
    changes: Any = read_kept(path).get("changes", [])
    try:
        return [PointChange(**one) for one in changes]
    except TypeError as error:
        raise KitError([Problem(path.name, 0, say("files.not_json"), say("files.kept_way_out"))]) from error
