"""Regrade submissions after correcting the answer keys of released questions: preview all changes, then apply them.

Only automatic points change. Manual points are kept, and questions that await manual grading are left as they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from buuchinh import course, law
from buuchinh.attempts import reader
from buuchinh.classroom import gradebook_cells
from buuchinh.classroom.turn import turn
from buuchinh.errors import KitError
from buuchinh.execution.options import ExecutionOptions
from buuchinh.grading import grade_class, outcomes
from buuchinh.grading.autograded import points
from buuchinh.grading.run_progress import Result, Watch
from buuchinh.messages import say
from buuchinh.points import same_points
from buuchinh.questions.scoring import score
from buuchinh.release import propagate_correction, release, versions
from buuchinh.release.propagate_correction import Plan
from buuchinh.results import point_changes
from buuchinh.results.results import QuestionResult, Standing, Verdict, graded


@dataclass(frozen=True)
class Move:
    """One trainee's result before and after a correction."""

    before: Standing
    after: Standing

    @property
    def code(self) -> str:
        """The trainee's code."""
        return self.before.code

    @property
    def moved(self) -> bool:
        """Whether any question's points change, even if the total and the verdict stay the same."""
        return bool(self.shifted)

    @property
    def shifted(self) -> tuple[tuple[str, float, float], ...]:
        """The questions whose points change, as (question id, points before, points after)."""
        pairs = ((old, new) for old, new in zip(self.before.items, self.after.items, strict=True))
        points = ((old.id, old.earned or 0.0, new.earned or 0.0) for old, new in pairs)
        return tuple(one for one in points if not same_points(one[1], one[2]))

    @property
    def crosses(self) -> Literal["up", "down"] | None:
        """Whether the verdict moves "up" or "down" in the order fail, pending, pass; None if it does not change."""
        order: dict[Verdict, int] = {"fail": 0, "pending": 1, "pass": 2}
        step = order[self.after.verdict] - order[self.before.verdict]
        return None if not step else "up" if step > 0 else "down"


@dataclass(frozen=True)
class Preview:
    """A correction's effect: its plan, a ``Move`` for each graded trainee, and the codes of ungraded submissions.

    ``fingerprint`` changes with whatever the effect depends on: the keys in ``source/``, submissions, results. It does
    not change while the correction is written, so that an interrupted run can be told from one that was overtaken.
    """

    plan: Plan
    moves: tuple[Move, ...]
    ungraded: tuple[str, ...]
    fingerprint: str


def preview(unit: str, only: Collection[str] = (), provision: str = "") -> Preview:
    """Return the effect of regrading with the answer keys now in ``source/``, without writing anything.

    ``only`` limits the correction to some versions; by default it covers all versions with a corrected question.
    ``provision`` is the id of the legal provision that caused the correction, if any. Raise ``KitError`` if the source
    has problems, if the provision is unknown, or if nothing differs from the release.
    """
    made = propagate_correction.plan(unit, only)
    if not made.changes:
        raise KitError(say("results.regrade.nothing", unit=unit), say("results.regrade.nothing_way_out", unit=unit))
    if provision:
        law.periods(provision)
    entries = outcomes.entries(unit)
    by_a_person = set(
        map(tuple, gradebook_cells.graded_rows(unit, "grade", "s.student_id, b.name", "AND x.manual_score IS NOT NULL"))
    )
    found = graded(unit)
    moves = tuple(Move(one, _after(one, made, entries[one.code], by_a_person)) for one in found)
    return Preview(made, moves, tuple(grade_class.ungraded(unit)), _fingerprint(unit, found))


def fingerprint(unit: str) -> str:
    """Return the fingerprint that a preview of ``unit`` would have now."""
    return _fingerprint(unit, graded(unit))


@turn()
def apply(
    seen: Preview,
    reason: str,
    provision: str = "",
    *,
    expected: str = "",
    options: ExecutionOptions | None = None,
    watch: Watch | None = None,
) -> list[Result]:
    """Apply a previewed correction: write the corrected keys with the reason, and grade all submissions again.

    Return the results of grading. The earlier points are recorded first (``point_changes``), so that an interrupted run
    loses none of them. Raise ``KitError`` if a key changes and no reason is given, or if keys or submissions changed
    since ``seen`` was made or since an earlier preview with the fingerprint ``expected``; then nothing is written.
    """
    unit = seen.plan.unit
    if {seen.fingerprint, expected or seen.fingerprint} != {fingerprint(unit)}:
        raise KitError(say("results.regrade.changed"), say("results.regrade.changed_way_out"))
    if seen.plan.reached and not reason:
        raise KitError(say("results.regrade.no_reason"), say("results.regrade.reason_way_out", unit=unit))
    names = tuple(propagate_correction.questions_of(seen.plan))
    for move in seen.moves:
        if move.moved:
            point_changes.note(move.before, move.after, names, reason)
    release.release(unit, correct=True, reason=reason, provision=provision)
    propagate_correction.spread(seen.plan, reason, provision)
    return grade_class.grade(unit, options=options, watch=watch) if reader.submitted_codes(unit) else []


def _fingerprint(unit: str, found: Sequence[Standing]) -> str:
    digest = hashlib.sha256()
    for form, path in sorted(versions.question_files(course.source_folder(unit)).items()):
        digest.update(f"{form}\n".encode())
        digest.update(path.read_bytes())
    for one in found:
        points_by_question = [(item.id, item.earned, item.most, item.manual) for item in one.items]
        digest.update(repr((one.code, one.version, one.verdict, points_by_question)).encode())
    for code in reader.submitted_codes(unit):
        folder = reader.submitted_folder(unit, code)
        for name in (course.COLLECTED, course.ANSWERS):
            digest.update(f"{code} {name}\n".encode())
            digest.update((folder / name).read_bytes() if (folder / name).is_file() else b"")
    return digest.hexdigest()[:16]


def _after(standing: Standing, made: Plan, entry: dict[str, Any], by_a_person: Collection[tuple[str, str]]) -> Standing:
    """Return the standing that a trainee has with the corrected keys.

    ``entry`` is the trainee's stored outcome of grading. ``by_a_person`` holds a (code, question id) pair for each
    manually graded answer.
    """
    forms = [form for version, form in made.released if version == standing.version]
    if not forms:
        return standing
    released = made.released[standing.version, versions.form_for(standing.unit, forms, standing.code)]
    day = released.questions.as_of or course.settings().reviewed_on
    scored = {one["id"]: one for one in entry["questions"]}
    items = []
    for item in standing.items:
        question, before = released.obscured.get(item.id), scored[item.id]
        settled = (
            item.manual or before["score"]["reason"] in {"waits", "slow"} or (standing.code, item.id) in by_a_person
        )
        if question is None or settled or item.earned is None:
            items.append(item)
            continue
        after = score(question, item.answer, day)
        items.append(_rescored(item, before["score"]["fraction"], after.fraction, after.as_json()))
    return replace(standing, items=tuple(items))


def _rescored(item: QuestionResult, before: float, after: float, scored: dict[str, Any]) -> QuestionResult:
    """Return a copy of ``item`` with new automatic points; points added manually are kept.

    ``before`` and ``after`` are the automatic shares (0 to 1) of the question's points, and ``scored`` the new score.
    """
    old, new = (points(share, item.most) for share in (before, after))
    return replace(item, earned=(item.earned or 0.0) + new - old, score=scored)
