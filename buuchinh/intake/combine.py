"""Puts the hand-ins of one person, unit and version together: one exercise may be done in two places.

The latest answer to each question wins. Code is taken from the last hand-in that has some, so that one without
code (from the pages, where no code is written) never replaces code. What a working folder holds that nobody
handed in adds code alone, where no hand-in has any.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from buuchinh.attempts import when
from buuchinh.attempts.reader import Attempt
from buuchinh.attempts.store import Merged
from buuchinh.intake.merge import merge
from buuchinh.intake.notes import note
from buuchinh.intake.submission import Submission
from buuchinh.messages import listed
from buuchinh.notebooks import grade_id
from buuchinh.questions import types
from buuchinh.questions.answers import moment
from buuchinh.release.source import WORDS_CELL, WORK_CELL, by_hand, is_task
from buuchinh.release.versions import Released
from buuchinh.text import format_moment

Entry = dict[str, Any]


@dataclass(frozen=True)
class _Part:
    """One hand-in with what it comes to alone."""

    attempt: Attempt
    submission: Submission
    alone: Merged

    @property
    def taken_in(self) -> datetime:
        """When ``collect`` took it in; its own word where that was not noted."""
        return self.attempt.collected_at or self.attempt.at

    @cached_property
    def clock_wrong(self) -> bool:
        """Whether the hour that it tells cannot be."""
        at = self.submission.at
        return at is not None and when.plainly_wrong(at, self.taken_in, self.submission.earliest)

    @cached_property
    def possible_from(self) -> datetime:
        """Before which hour no answer to the exercise can have been given, in whatever version."""
        return when.possible_from(self.attempt.unit)


def combine(
    released: Released, chosen: tuple[Attempt, Submission], more: Sequence[tuple[Attempt, Submission]]
) -> Merged:
    """Return the attempt that counts on the released notebook, with what ``more`` (oldest first) add to it.

    ``gave`` says of each of ``more`` which questions were taken from it, and a note tells it in a sentence.
    """
    own = _Part(*chosen, merge(released, chosen[1]))
    if not more:
        return own.alone
    beside = [_Part(attempt, submission, merge(released, submission)) for attempt, submission in more]
    handed = [part for part in beside if part.attempt.receipt or not own.attempt.receipt]
    handed = [*sorted(handed, key=lambda part: part.attempt.at), own]
    coders = _coders([part for part in beside if part not in handed]) | _coders(handed)
    givers = _givers(released, handed, coders)
    taken = {name: part.alone.answers[name] for name, part in givers.items()}
    notebook = _notebook(released, own, handed, coders, givers)
    made = merge(released, replace(own.submission, answers=taken, notebook=notebook))
    gave = {part.attempt.sha256: _given_by(part, own, givers, coders) for part in beside}
    notes = [
        note("intake.collect.merged", at=format_moment(part.attempt.at), ids=listed(gave[part.attempt.sha256]))
        for part in beside
        if gave[part.attempt.sha256]
    ]
    unknown = [told for told in own.alone.notes if getattr(told, "key", "") in _OF_ANSWERS and told not in made.notes]
    return replace(made, notes=(*notes, *unknown, *made.notes), gave=gave)


_OF_ANSWERS = frozenset({"intake.collect.unknown_question", "intake.collect.answer_too_big"})
"""Notes on answers that are left out before hand-ins are put together."""


def _coders(parts: Sequence[_Part]) -> dict[str, _Part]:
    """Return for each open cell the last hand-in that wrote code in it."""
    return {name: part for part in parts for name in part.alone.written}


def _givers(released: Released, parts: Sequence[_Part], coders: Mapping[str, _Part]) -> dict[str, _Part]:
    """Return for each question the hand-in whose answer counts: the latest, for a value the one that has the code."""
    found: dict[str, _Part] = {}
    for question in released.questions.questions:
        name = question.id
        having = [part for part in parts if name in part.alone.answers]
        coder = coders.get(name + WORK_CELL)
        if coder is not None and coder in having and types.type_of(question).from_code:
            having = [coder]
        if having:
            found[name] = _latest(having, name)
    return found


def _latest(parts: Sequence[_Part], name: str) -> _Part:
    """Return the hand-in whose answer is the latest; of equal ones the last of ``parts``.

    One whose clock is plainly wrong has no hour but that of taking it in: it is later than another that was taken
    in before, and earlier than one with a right clock that came with it.
    """
    right = [part for part in parts if not part.clock_wrong]
    wrong = [part for part in parts if part.clock_wrong]
    best = max(right, key=lambda part: (_when(part, name), parts.index(part)), default=None)
    odd = max(wrong, key=lambda part: (part.taken_in, parts.index(part)), default=None)
    if best is None or odd is None:
        return best or odd or parts[-1]
    return odd if odd.taken_in > best.taken_in else best


def _when(part: _Part, name: str) -> datetime:
    """Return when an answer was given: by its own word, but not after the hand-in or before there was the exercise."""
    at = moment(part.alone.answers[name])
    return part.attempt.at if at is None or at < part.possible_from else min(at, part.attempt.at)


def _notebook(
    released: Released, own: _Part, parts: Sequence[_Part], coders: Mapping[str, _Part], givers: Mapping[str, _Part]
) -> dict[str, Any] | None:
    """Return one notebook: the last with code (else the last at all), with the code and texts that others have."""
    last = [part for part in parts if part.alone.written] or [part for part in parts if part.submission.notebook]
    base = last[-1] if last else own
    notebook = copy.deepcopy(base.submission.notebook)
    for name, part in coders.items():
        if part is not base:
            notebook = notebook or {"cells": [], "metadata": {}}
            notebook["cells"] = list(_with_code(notebook["cells"], name, part.alone.notebook["cells"]))
    for question in released.questions.questions:
        giver = givers.get(question.id)
        cell = question.id + (WORDS_CELL if is_task(question) else "")
        entry = base.alone.answers.get(question.id)
        if notebook and by_hand(question) and entry and giver is not base:
            answer = base.submission.answers.get(question.id, {}).get("answer")
            said = answer.strip() if isinstance(answer, str) else None
            notebook["cells"] = [one for one in notebook["cells"] if not _says(one, cell, said)]
    return notebook


def _says(cell: Mapping[str, Any], name: str, text: str | None) -> bool:
    """Whether a cell of words only repeats an answer that was given anew elsewhere."""
    named = name in {grade_id(cell), cell.get("id")}
    return named and cell["cell_type"] != "code" and cell["source"].strip() == text


def _with_code(cells: Sequence[Entry], name: str, theirs: Sequence[Entry]) -> Iterator[Entry]:
    """Yield ``cells`` with the code of one open cell as another hand-in has it, and with what that one added around."""
    at = next(index for index, cell in enumerate(theirs) if grade_id(cell) == name)
    known = {cell["source"].strip() for cell in cells}
    before, after = ([cell for cell in part if _added(cell, known)] for part in (theirs[:at], theirs[at + 1 :]))
    put = [*before, theirs[at], *after]
    for cell in cells:
        if grade_id(cell) == name:
            yield from put
            put = []
        else:
            yield cell
    yield from put


def _added(cell: Entry, known: Iterable[str]) -> bool:
    about = cell["metadata"].get("buuchinh")
    return isinstance(about, Mapping) and bool(about.get("added")) and cell["source"].strip() not in known


def _given_by(part: _Part, own: _Part, givers: Mapping[str, _Part], coders: Mapping[str, _Part]) -> tuple[str, ...]:
    """Return the questions for which a hand-in gave something that the one that counts has not."""
    answered = [
        name
        for name, giver in givers.items()
        if giver is part and own.alone.answers.get(name, {}).get("answer") != part.alone.answers[name].get("answer")
    ]
    coded = [name.removesuffix(WORK_CELL) for name, coder in coders.items() if coder is part]
    return tuple(sorted({*answered, *coded}))
