"""Lay out what a corrected answer key changes, for the dialog in which an instructor agrees to it; nothing is written.

Released versions that have differed on purpose before (another law, another text) are not chosen by themselves: only
those in which nothing but the corrected questions would change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from buuchinh import law
from buuchinh.desk.marking.machine_answers import right_words
from buuchinh.desk.naming import question_names, unit_names
from buuchinh.desk.screens.class_table import score
from buuchinh.desk_payloads.desk_marks import CorrectedQuestion, MoveCount, PersonMove, ReachedVersion, RegradePreview
from buuchinh.errors import KitError
from buuchinh.messages import listed, say
from buuchinh.personal_data.names import Names
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.release import propagate_correction, versions
from buuchinh.release.propagate_correction import Plan
from buuchinh.results import feedback_pages, regrade, solution_pack
from buuchinh.results.regrade import Move, Preview
from buuchinh.text import format_number

_LONGEST = 400
_ORDER = {"down": 0, "up": 1, None: 2}


class PreviewChanged(KitError):
    """A correction that was agreed to by a preview which no longer holds; ``preview`` is the one of now."""

    def __init__(self, preview: RegradePreview) -> None:
        """Store the preview of now."""
        super().__init__(say("desk.regrade.changed"))
        self.preview = preview


def payload(unit: str, names: Names, chosen: Sequence[str] | None = None) -> RegradePreview:
    """Return what the dialog shows for the versions ``chosen``, or for those that are proposed if it is None.

    Raise ``KitError`` if the source has problems or if nothing differs from the release.
    """
    reach = propagate_correction.plan(unit)
    offered = list(dict.fromkeys(sorted((one.version for one in reach.reached), key=versions.order, reverse=True)))
    taken = proposed(reach) if chosen is None else list(chosen)
    only = [] if set(offered) <= {reach.version, *taken} else sorted({reach.version, *taken}, key=versions.order)
    seen = regrade.preview(unit, only)
    moved = sorted((one for one in seen.moves if one.moved), key=lambda one: (_ORDER[one.crosses], one.code))
    down, up, within = (sum(one.crosses == way for one in moved) for way in ("down", "up", None))
    people = len(seen.moves) + len([one for one in seen.ungraded if one not in {move.code for move in seen.moves}])
    return {
        "unit": unit,
        "fingerprint": seen.fingerprint,
        "only": only,
        "title": _title(seen, down=down, up=up),
        "lead": _lead(seen.plan),
        "questions": list(_questions(seen.plan)),
        "counts": _counts(down, up, within, len(seen.moves) - len(moved)),
        "moves": [_move(one, names) for one in moved],
        "ungraded": say("desk.regrade.ungraded", count=len(seen.ungraded)) if seen.ungraded else "",
        "kept": [say("desk.regrade.kept", version=one.version, question=one.question) for one in seen.plan.kept],
        "versions": [_version(seen, reach, one, taken) for one in offered if one != reach.version],
        "after": _after(unit, [one.code for one in moved]),
        "needs_reason": bool(seen.plan.reached),
        "provisions": [{"ref": ref, "text": law.cite(ref)} for ref in _provisions(seen.plan)],
        "button": say("desk.regrade.write", count=people) if people else say("desk.regrade.write_alone"),
    }


def proposed(reach: Plan) -> list[str]:
    """Return the other versions in which nothing but the questions corrected now would change."""
    now = {one.question for one in reach.reached if one.version == reach.version}
    differs = {one.version for one in reach.reached if one.question not in now}
    return sorted({one.version for one in reach.reached} - differs - {reach.version}, key=versions.order)


def refuse_changed(unit: str, fingerprint: str, names: Names, chosen: Sequence[str]) -> None:
    """Raise ``PreviewChanged`` with a new preview if ``fingerprint`` is not that of now."""
    if regrade.fingerprint(unit) != fingerprint:
        raise PreviewChanged(payload(unit, names, chosen))


def needs_reason(unit: str, only: Sequence[str]) -> bool:
    """Return whether a key changes in the versions ``only``, or in any if that is empty, and not wording alone."""
    return bool(propagate_correction.plan(unit, only).reached)


def _title(seen: Preview, *, down: int, up: int) -> str:
    unit = unit_names.spoken(seen.plan.unit)
    if not seen.plan.reached:
        return say("desk.regrade.title_words", unit=unit)
    numbers = listed([str(one["number"]) for one in _questions(seen.plan)])
    moves = [say(f"desk.regrade.title_{way}", count=count) for way, count in (("down", down), ("up", up)) if count]
    what = ", ".join(moves) or say("desk.regrade.title_nobody")
    return say("desk.regrade.title", questions=numbers, unit=unit, moves=what)


def _lead(plan: Plan) -> str:
    reached = sorted({one.version for one in plan.reached}, key=versions.order)
    word = "lead" if len(reached) == 1 else "lead_several" if reached else "lead_words"
    return say(f"desk.regrade.{word}", versions=listed(reached))


def _after(unit: str, moved: list[str]) -> str:
    sentence = _of_feedback(unit, moved)
    return f"{sentence} {say('desk.regrade.after_solutions')}" if solution_pack.made_at(unit) else sentence


def _of_feedback(unit: str, moved: list[str]) -> str:
    if not moved:
        return say("desk.regrade.after_nobody")
    made = [code for code in moved if feedback_pages.place(unit, code).is_file()]
    return say("desk.regrade.after", count=len(made)) if made else say("desk.regrade.after_first", count=len(moved))


def _counts(down: int, up: int, within: int, same: int) -> list[MoveCount]:
    kinds = (("down", "open", down), ("up", "green", up), ("within", "ink", within), ("same", "ink", same))
    return [{"count": count, "tone": tone, "text": say(f"desk.regrade.count_{name}")} for name, tone, count in kinds]


def _move(one: Move, names: Names) -> PersonMove:
    before, after = (score(standing.earned, standing.most) for standing in (one.before, one.after))
    verdict = say(f"results.feedback.verdicts.{one.after.verdict}")
    person = names.person(one.code)
    if one.crosses == "down" and one.after.verdict == "fail" and one.after.too_few:
        need = format_number(round(one.after.pass_mark * one.after.most, 2))
        text = say("desk.regrade.needs", verdict=verdict, points=need)
    else:
        text = verdict if one.crosses else say("desk.regrade.still", verdict=verdict)
    sign = {"down": "↓", "up": "↑", None: ""}[one.crosses]
    tone = {"down": "open", "up": "green", None: "soft"}[one.crosses]
    shifts = "" if before != after else say("desk.regrade.between")
    return {
        "code": one.code, "name": person.name, "before": before, "after": after, "sign": sign, "tone": tone,
        "text": " ".join(filter(None, (text, shifts))),
    }  # fmt: skip


def _version(seen: Preview, reach: Plan, version: str, taken: Sequence[str]) -> ReachedVersion:
    """Return one released version besides that in ``source/``, which the correction may reach or leave as it is."""
    now = {one.question for one in reach.reached if one.version == reach.version}
    other = [one.question for one in reach.reached if one.version == version and one.question not in now]
    people = sum(one.before.version == version for one in seen.moves)
    about = say("desk.regrade.version_other", questions=listed(other)) if other else ""
    words = say("desk.regrade.version", version=version, count=people)
    return {"id": version, "text": words, "about": about, "chosen": version in taken}


def _questions(plan: Plan) -> Iterator[CorrectedQuestion]:
    """Yield each question whose key changes, with its right answer before and after, in the newest version."""
    shown: set[str] = set()
    for one in plan.reached:
        if one.question in shown:
            continue
        shown.add(one.question)
        before, after, number = _both(plan, one.question, one.version)
        old, new = right_words(before), right_words(after)
        stem = " ".join(after.stem.split())
        yield {
            "number": number,
            "stem": question_names.cut(stem, _LONGEST),
            "before": old,
            "after": new,
            "note": say("desk.regrade.same_words") if old == new else "",
        }


def _both(plan: Plan, name: str, version: str) -> tuple[AuthoredQuestion, AuthoredQuestion, int]:
    """Return a question before and after the correction, and its number in the form that asks it first."""
    before = versions.released_forms(plan.unit, version)
    for (of_version, form), released in plan.released.items():
        if of_version == version:
            old = {one.id: one for one in before[form].questions.questions}
            for number, new in enumerate(released.questions.questions, 1):
                if new.id == name and name in old and new != old[name]:
                    return old[name], new, number
    raise KitError(say("results.regrade.nothing", unit=plan.unit))


def _keys(question: Any) -> Sequence[Any]:
    return getattr(question, "keys", ())


def _provisions(plan: Plan) -> list[str]:
    """Return the provisions that the keys of the corrected questions rest on, before or after, where they are known."""
    found: dict[str, None] = {}
    for one in plan.reached:
        for question in _both(plan, one.question, one.version)[:2]:
            found |= {ref: None for key in _keys(question) for ref in key.provisions if _is_known(ref)}
    return list(found)


def _is_known(ref: str) -> bool:
    try:
        return bool(law.periods(ref))
    except KitError:
        return False
