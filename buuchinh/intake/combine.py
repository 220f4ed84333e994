"""Combine a trainee's submissions to the same version of a unit, since an exercise may be done in two places.

The latest answer to each question wins. The code of each cell is taken from the last submission that has any, so a
submission without code (as from the web pages, where no code is written) never replaces code. If the submission that
counts was made with the submit button, a copied working folder contributes only code, and only for cells for which no
submission made with the button has any.
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
class _HandIn:
    """One submission, with the result of merging it alone."""

    attempt: Attempt
    submission: Submission
    alone: Merged

    @property
    def taken_in(self) -> datetime:
        """The time at which ``collect`` imported the submission or, if not recorded, the time that it states."""
        return self.attempt.collected_at or self.attempt.at

    @cached_property
    def clock_wrong(self) -> bool:
        """Whether the submission states an impossible time."""
        at = self.submission.at
        return at is not None and when.plainly_wrong(at, self.taken_in, self.submission.earliest)

    @cached_property
    def possible_from(self) -> datetime:
        """The earliest possible time of an answer to any version of the exercise."""
        return when.possible_from(self.attempt.unit)


def combine(
    released: Released, chosen: tuple[Attempt, Submission], more: Sequence[tuple[Attempt, Submission]]
) -> Merged:
    """Merge ``chosen``, the attempt that counts, onto the released notebook, with additions from ``more``.

    ``more`` contains the other attempts, each with its submission, oldest first. In the result, ``gave`` lists the
    questions that were taken from each attempt in ``more``. A note mentions each attempt that contributed anything.
    """
    chosen_hand_in = _HandIn(*chosen, merge(released, chosen[1]))
    if not more:
        return chosen_hand_in.alone
    others = [_HandIn(attempt, submission, merge(released, submission)) for attempt, submission in more]
    handed = [hand_in for hand_in in others if hand_in.attempt.receipt or not chosen_hand_in.attempt.receipt]
    handed = [*sorted(handed, key=lambda hand_in: hand_in.attempt.at), chosen_hand_in]
    coders = _coders([*(hand_in for hand_in in others if hand_in not in handed), *handed])
    givers = _givers(released, handed, coders)
    taken = {name: hand_in.alone.answers[name] for name, hand_in in givers.items()}
    notebook = _notebook(released, chosen_hand_in, handed, coders, givers)
    merged = merge(released, replace(chosen_hand_in.submission, answers=taken, notebook=notebook))
    gave = {hand_in.attempt.sha256: _contributions(hand_in, chosen_hand_in, givers, coders) for hand_in in others}
    notes = [
        note("intake.collect.merged", at=format_moment(hand_in.attempt.at), ids=listed(gave[hand_in.attempt.sha256]))
        for hand_in in others
        if gave[hand_in.attempt.sha256]
    ]
    unknown = [
        unused
        for unused in chosen_hand_in.alone.notes
        if getattr(unused, "key", "") in _OF_ANSWERS and unused not in merged.notes
    ]
    return replace(merged, notes=(*notes, *unknown, *merged.notes), gave=gave)


_OF_ANSWERS = frozenset({"intake.collect.unknown_question", "intake.collect.answer_too_big"})
"""Message keys of notes on answers that are dropped before submissions are combined."""


def _coders(hand_ins: Sequence[_HandIn]) -> dict[str, _HandIn]:
    """Return the last submission that has code for each answer cell, keyed by ``grade_id``.

    An answer cell with comments alone counts only where no other submission has more.
    """
    coders: dict[str, _HandIn] = {}
    for hand_in in hand_ins:
        sources = {grade_id(cell): cell["source"] for cell in hand_in.alone.notebook["cells"]}
        for name in hand_in.alone.written:
            if name not in coders or _has_statement(sources[name]):
                coders[name] = hand_in
    return coders


def _has_statement(source: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in source.splitlines())


def _givers(released: Released, hand_ins: Sequence[_HandIn], coders: Mapping[str, _HandIn]) -> dict[str, _HandIn]:
    """Return the submission whose answer is used for each question, keyed by question ID.

    That is the submission with the latest answer. If code computes the answer, it is the submission that provides the
    code.
    """
    givers: dict[str, _HandIn] = {}
    for question in released.questions.questions:
        name = question.id
        answering = [hand_in for hand_in in hand_ins if name in hand_in.alone.answers]
        coder = coders.get(name + WORK_CELL)
        if coder is not None and coder in answering and types.type_of(question).from_code:
            answering = [coder]
        if answering:
            givers[name] = _latest(answering, name)
    return givers


def _latest(hand_ins: Sequence[_HandIn], name: str) -> _HandIn:
    """Return the submission with the latest answer to question ``name``, or the last in ``hand_ins`` in case of a tie.

    A submission that states an impossible time is ordered only by the time of its import: it is later than any
    submission imported before it, and earlier than one with a plausible time that was imported at the same time.
    """
    right = [hand_in for hand_in in hand_ins if not hand_in.clock_wrong]
    wrong = [hand_in for hand_in in hand_ins if hand_in.clock_wrong]
    best = max(right, key=lambda hand_in: (_when(hand_in, name), hand_ins.index(hand_in)), default=None)
    odd = max(wrong, key=lambda hand_in: (hand_in.taken_in, hand_ins.index(hand_in)), default=None)
    if best is None or odd is None:
        return best or odd or hand_ins[-1]
    return odd if odd.taken_in > best.taken_in else best


def _when(hand_in: _HandIn, name: str) -> datetime:
    """Return the stated time of an answer, capped at the attempt's time.

    If the stated time is missing or is before the exercise existed, return the attempt's time.
    """
    at = moment(hand_in.alone.answers[name])
    return hand_in.attempt.at if at is None or at < hand_in.possible_from else min(at, hand_in.attempt.at)


def _notebook(
    released: Released,
    own: _HandIn,
    hand_ins: Sequence[_HandIn],
    coders: Mapping[str, _HandIn],
    givers: Mapping[str, _HandIn],
) -> dict[str, Any] | None:
    """Return the last notebook that has code, or else the last notebook, with the other submissions' code added.

    Text cells that repeat an answer replaced by a later submission are removed.
    """
    last = [hand_in for hand_in in hand_ins if hand_in.alone.written] or [
        hand_in for hand_in in hand_ins if hand_in.submission.notebook
    ]
    base = last[-1] if last else own
    notebook = copy.deepcopy(base.submission.notebook)
    for name, hand_in in coders.items():
        if hand_in is not base:
            notebook = notebook or {"cells": [], "metadata": {}}
            notebook["cells"] = list(_with_code(notebook["cells"], name, hand_in.alone.notebook["cells"]))
    for question in released.questions.questions:
        giver = givers.get(question.id)
        cell = question.id + (WORDS_CELL if is_task(question) else "")
        entry = base.alone.answers.get(question.id)
        if notebook and by_hand(question) and entry and giver is not base:
            answer = base.submission.answers.get(question.id, {}).get("answer")
            text = answer.strip() if isinstance(answer, str) else None
            notebook["cells"] = [other for other in notebook["cells"] if not _says(other, cell, text)]
    return notebook


def _says(cell: Mapping[str, Any], name: str, text: str | None) -> bool:
    """Return whether ``cell`` is the text cell ``name`` and only repeats ``text``, an answer that is being replaced."""
    named = name in {grade_id(cell), cell.get("id")}
    return named and cell["cell_type"] != "code" and cell["source"].strip() == text


def _with_code(cells: Sequence[Entry], name: str, theirs: Sequence[Entry]) -> Iterator[Entry]:
    """Yield ``cells`` with the answer cell ``name`` from ``theirs``, along with the cells added around it there."""
    at = next(index for index, cell in enumerate(theirs) if grade_id(cell) == name)
    known = {cell["source"].strip() for cell in cells}
    before, after = ([cell for cell in part if _added(cell, known)] for part in (theirs[:at], theirs[at + 1 :]))
    added = [*before, theirs[at], *after]
    for cell in cells:
        if grade_id(cell) == name:
            yield from added
            added = []
        else:
            yield cell
    yield from added


def _added(cell: Entry, known: Iterable[str]) -> bool:
    about = cell["metadata"].get("buuchinh")
    return isinstance(about, Mapping) and bool(about.get("added")) and cell["source"].strip() not in known


def _contributions(
    hand_in: _HandIn, own: _HandIn, givers: Mapping[str, _HandIn], coders: Mapping[str, _HandIn]
) -> tuple[str, ...]:
    """Return the questions for which ``hand_in`` contributes code or an answer different from the one in ``own``."""
    answered = [
        name
        for name, giver in givers.items()
        if giver is hand_in
        and own.alone.answers.get(name, {}).get("answer") != hand_in.alone.answers[name].get("answer")
    ]
    coded = [name.removesuffix(WORK_CELL) for name, coder in coders.items() if coder is hand_in]
    return tuple(sorted({*answered, *coded}))
