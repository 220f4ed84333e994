"""``score(question, answer, on)``: one pure function, the same in Python and in JavaScript.

It never raises and touches nothing. What it gives for a question and an answer is
pinned by ``tests/vectors/``, which both languages read. An answer that cannot be
scored gets 0 and a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from buuchinh.questions import authored
from buuchinh.questions.authored import AuthoredQuestion, best_path, ids
from buuchinh.questions.comparing import LONGEST, close, is_kind, is_number, share_equal
from buuchinh.questions.keys import (
    CodeKey,
    Key,
    MatchingKey,
    MultipleKey,
    NumericKey,
    OrderingKey,
    ScenarioKey,
    SingleKey,
    TextKey,
)
from buuchinh.questions.wording import worded
from buuchinh.text import AmbiguousNumber, parse_number

_STEPS = 200
"""Most steps of a scenario that are read; no path of a course is a tenth as long."""


@dataclass(frozen=True)
class Remark:
    """A word on one thing that was chosen. ``on`` is its id, ``node/choice`` in a scenario, "" for the whole."""

    on: str
    right: bool | None
    text: str


@dataclass(frozen=True)
class Part:
    """The score of a field of a form or of a value of a code exercise."""

    fraction: float
    reason: str | None = None


@dataclass(frozen=True)
class Score:
    """What an answer earned, as a share of the question's points, and what is told about it.

    ``reason`` is None where the answer could be scored; otherwise ``missing``,
    ``malformed``, ``unknown`` (an id that is not offered), ``ambiguous``,
    ``not_a_number``, ``unfinished`` (a scenario left before its end; what was decided
    counts), ``no_key`` (no key holds on that day), ``manual`` or ``unscored``.
    """

    fraction: float
    reason: str | None = None
    remarks: tuple[Remark, ...] = ()
    parts: Mapping[str, Part] = field(default_factory=dict)
    provisions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the form that ``tests/vectors/`` and the front end use."""
        return asdict(self) | {
            "remarks": [asdict(remark) for remark in self.remarks],
            "parts": {name: asdict(part) for name, part in self.parts.items()},
            "provisions": list(self.provisions),
            "sources": list(self.sources),
        }


def score(question: AuthoredQuestion, answer: Any, on: date) -> Score:
    """Score ``answer`` by the key in force on ``question.as_of`` or, without one, on the day ``on``."""
    day = question.as_of or on
    if isinstance(question, authored.FormQuestion):
        return _form(question, answer, day)
    if isinstance(question, authored.SurveyQuestion):
        return Score(0.0, "missing" if _empty(answer) else "unscored")
    return _keyed(question, answer, day)


def _keyed(question: Any, answer: Any, day: date) -> Score:
    key: Key | None = question.key_on(day)
    if key is None:
        return Score(0.0, "no_key")
    found = Score(0.0, "missing") if _empty(answer) else _BY_KEY[type(key)](question, key, answer)
    return replace(found, provisions=key.provisions, sources=key.sources)


def _empty(answer: Any) -> bool:
    return answer is None or (isinstance(answer, str) and not answer.strip()) or answer in ([], {})


def _single(question: authored.SingleField, key: SingleKey, answer: Any) -> Score:
    if not isinstance(answer, str):
        return Score(0.0, "malformed")
    if answer not in key.feedback:
        return Score(0.0, "unknown")
    right = answer == key.correct
    return Score(float(right), remarks=(Remark(answer, right, key.feedback[answer]),))


def _several(question: authored.MultipleField | authored.PictureQuestion, key: MultipleKey, answer: Any) -> Score:
    """(right chosen − wrong chosen) / right, at least 0; or all or nothing."""
    if not _is_list_of_ids(answer):
        return Score(0.0, "malformed")
    if any(one not in key.feedback for one in answer):
        return Score(0.0, "unknown")
    wanted = set(key.correct)
    chosen = [one for one in ids(question.options) if one in answer]
    right = sum(one in wanted for one in chosen)
    share = max(0.0, (right - (len(chosen) - right)) / len(wanted))
    if question.all_or_nothing:
        share = float(set(chosen) == wanted)
    return Score(share, remarks=tuple(Remark(one, one in wanted, key.feedback[one]) for one in chosen))


def _numeric(question: authored.NumericField, key: NumericKey, answer: Any) -> Score:
    if isinstance(answer, str) and len(answer) <= LONGEST:
        units = (*((question.unit,) if question.unit else ()), *question.units)
        try:
            given = parse_number(answer, units=units)
        except AmbiguousNumber:
            return Score(0.0, "ambiguous")
        except ValueError:
            return Score(0.0, "not_a_number")
    elif is_number(answer):
        given = float(answer)
    else:
        return Score(0.0, "malformed")
    if close(given, key.correct, key.tolerance, relative=key.relative):
        return Score(1.0, remarks=(Remark("", True, key.feedback.right),))
    slips = (slip.feedback for slip in key.mistakes if close(given, slip.value, slip.tolerance, relative=False))
    return Score(0.0, remarks=(Remark("", False, next(slips, key.feedback.wrong)),))


def _ordering(question: authored.OrderingField, key: OrderingKey, answer: Any) -> Score:
    """Count the share of items that stand in their right place."""
    if not _is_list_of_ids(answer):
        return Score(0.0, "malformed")
    if any(one not in key.feedback for one in answer):
        return Score(0.0, "unknown")
    if len(answer) != len(key.correct):
        return Score(0.0, "malformed")
    remarks = tuple(
        Remark(one, one == wanted, key.feedback[one]) for one, wanted in zip(answer, key.correct, strict=True)
    )
    return Score(sum(bool(remark.right) for remark in remarks) / len(remarks), remarks=remarks)


def _matching(question: authored.MatchingField, key: MatchingKey, answer: Any) -> Score:
    """Count the share of entries on the left that got their right partner."""
    if not isinstance(answer, dict) or not all(isinstance(one, str) for one in answer.values()):
        return Score(0.0, "malformed")
    offered = set(ids(question.right))
    if any(one not in key.correct for one in answer) or any(one not in offered for one in answer.values()):
        return Score(0.0, "unknown")
    remarks = tuple(
        Remark(one, answer[one] == key.correct[one], key.feedback[one]) for one in ids(question.left) if one in answer
    )
    return Score(sum(bool(remark.right) for remark in remarks) / len(key.correct), remarks=remarks)


def _text(question: authored.TextField, key: TextKey, answer: Any) -> Score:
    if not isinstance(answer, str) or len(answer) > LONGEST:
        return Score(0.0, "malformed")
    if question.manual or key.feedback is None:
        return Score(0.0, "manual")
    given = worded(answer, marks=question.marks)
    if any(given == worded(one, marks=question.marks) for one in key.correct):
        return Score(1.0, remarks=(Remark("", True, key.feedback.right),))
    slips = (slip.feedback for slip in key.mistakes if given == worded(slip.text, marks=question.marks))
    return Score(0.0, remarks=(Remark("", False, next(slips, key.feedback.wrong)),))


def _scenario(question: authored.ScenarioQuestion, key: ScenarioKey, answer: Any) -> Score:
    """Points along the path of first choices, over the points of the best path.

    The first choice at each node counts: going back and choosing better shows what
    would have happened and changes no point.
    """
    if not isinstance(answer, list) or len(answer) > _STEPS:
        return Score(0.0, "malformed")
    first: dict[str, str] = {}
    for step in answer:
        if not isinstance(step, dict) or not all(isinstance(step.get(name), str) for name in ("node", "choice")):
            return Score(0.0, "malformed")
        if step["choice"] not in key.correct.get(step["node"], {}):
            return Score(0.0, "unknown")
        first.setdefault(step["node"], step["choice"])
    place, points, remarks = question.start, 0.0, []
    while place in first:
        chosen = first[place]
        offered = key.correct[place]
        points += offered[chosen]
        best = offered[chosen] == max(offered.values())
        remarks.append(Remark(f"{place}/{chosen}", best, key.feedback[place][chosen]))
        place = next(choice.next for choice in question.nodes[place].choices if choice.id == chosen)
    ending = key.ends.get(place)
    if ending:
        remarks.append(Remark(place, ending.kind == "safe", ending.feedback))
    share = min(1.0, points / best_path(question, key)[0])
    return Score(share, None if ending else "unfinished", remarks=tuple(remarks))


def _form(question: authored.FormQuestion, answer: Any, day: date) -> Score:
    """Take the weighted mean of the fields; a field left empty says so."""
    if _empty(answer):
        return Score(0.0, "missing")
    if not isinstance(answer, dict):
        return Score(0.0, "malformed")
    if any(name not in {asked.id for asked in question.fields} for name in answer):
        return Score(0.0, "unknown")
    found = {asked.id: _keyed(asked, answer.get(asked.id), asked.as_of or day) for asked in question.fields}
    weight = sum(asked.points for asked in question.fields)
    earned = sum(asked.points * found[asked.id].fraction for asked in question.fields)
    return Score(
        earned / weight if weight else 0.0,
        remarks=tuple(
            Remark(f"{name}/{remark.on}" if remark.on else name, remark.right, remark.text)
            for name, one in found.items()
            for remark in one.remarks
        ),
        parts={name: Part(one.fraction, one.reason) for name, one in found.items()},
        provisions=tuple(dict.fromkeys(ref for one in found.values() for ref in one.provisions)),
        sources=tuple(dict.fromkeys(ref for one in found.values() for ref in one.sources)),
    )


def _code(question: authored.CodeQuestion, key: CodeKey, answer: Any) -> Score:
    """Take the weighted mean of the values; a typical slip is named for what it is."""
    if not isinstance(answer, dict):
        return Score(0.0, "malformed")
    if any(name not in key.correct for name in answer):
        return Score(0.0, "unknown")
    parts: dict[str, Part] = {}
    slips: list[Remark] = []
    for value in question.values:
        given = answer.get(value.id)
        if given is None:
            parts[value.id] = Part(0.0, "missing")
        elif not is_kind(value.kind, given):
            parts[value.id] = Part(0.0, "malformed")
        else:
            share = share_equal(
                value.kind,
                given,
                key.correct[value.id],
                key.tolerance,
                relative=key.relative,
                row_order=key.row_order,
            )
            parts[value.id] = Part(share)
            slips += [
                Remark(value.id, False, slip.feedback)
                for slip in key.mistakes
                if share < 1
                and slip.value_id == value.id
                and share_equal(value.kind, given, slip.value, slip.tolerance, relative=False) == 1
            ]
    weights = {value.id: key.weights.get(value.id, 1.0) for value in question.values}
    share = sum(weights[name] * part.fraction for name, part in parts.items()) / sum(weights.values())
    whole = all(part.fraction == 1 for part in parts.values())
    if whole:
        slips = [Remark("", True, key.feedback.right)]
    elif not slips:
        slips = [Remark("", False, key.feedback.wrong)]
    return Score(1.0 if whole else share, remarks=tuple(slips), parts=parts)


def _is_list_of_ids(answer: Any) -> bool:
    return isinstance(answer, list) and all(isinstance(one, str) for one in answer) and len(set(answer)) == len(answer)


_BY_KEY: dict[type[Key], Any] = {
    SingleKey: _single,
    MultipleKey: _several,
    NumericKey: _numeric,
    OrderingKey: _ordering,
    MatchingKey: _matching,
    TextKey: _text,
    ScenarioKey: _scenario,
    CodeKey: _code,
}
