"""Accept answers that await manual review ("cần xem") as they were submitted, or withdraw such acceptances.

The module ``acceptances`` stores the acceptances.
"""

from __future__ import annotations

import getpass
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from buuchinh import course
from buuchinh.classroom.turn import turn
from buuchinh.codes import normalise
from buuchinh.errors import KitError
from buuchinh.execution import cache
from buuchinh.grading import acceptances, autograded, outcomes, score
from buuchinh.grading.acceptances import Acceptance
from buuchinh.messages import say
from buuchinh.personal_data.names import Names
from buuchinh.questions import answer_words, scoring


@dataclass(frozen=True)
class Answered:
    """One answer whose acceptance was recorded or withdrawn; ``words`` is the answer in human-readable form."""

    id: str
    answer: Any
    words: str


@dataclass(frozen=True)
class Offered:
    """One answer that may be accepted: in words, and the points that it would earn out of ``most``.

    ``rerun`` are the values that the second run of the code gave all the same, in words; "" if it gave none.
    """

    id: str
    answer: Any
    words: str
    rerun: str
    points: float
    most: float


def account() -> str:
    """Return the name under which this computer knows the person who accepts."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container user without a name
        return say("cli.accept.nobody")


def offered(unit: str, code: str) -> list[Offered]:
    """Return a trainee's answers that await review, with what accepting them would give; nothing is written.

    The list is empty if none awaits review. Raise ``KitError`` if the submission changed since it was graded.
    """
    outcome = outcomes.read(unit, code)
    names = outcomes.waiting(outcome) if outcome else []
    if outcome is None or not names:
        return []
    _refuse(unit, code, outcome, ())
    handed = score.take(unit, code)
    day = handed.released.questions.as_of or course.settings().reviewed_on
    most = {one["id"]: float(one["points"]) for one in outcome["questions"]}
    run = cache.latest(outcomes.folder(unit, code) / outcomes.EXECUTION)
    rerun = run.values if run else {}
    found = []
    for one in _answered(handed, names):
        share = scoring.score(handed.released.obscured[one.id], one.answer, day).fraction
        again = answer_words.in_words(None, rerun[one.id]) if rerun.get(one.id) else ""
        earned = autograded.points(share, most[one.id])
        found.append(Offered(one.id, one.answer, one.words, again, earned, most[one.id]))
    return found


@turn()
def accept(unit: str, code: str, by: str, only: Collection[str] = ()) -> list[Answered]:
    """Accept a trainee's answers that await review, in the name of ``by``.

    If ``only`` is not empty, only the answers to those questions are accepted. The next ``grade`` scores the accepted
    answers as submitted. Raise ``KitError`` if no answer awaits review, if the submission has changed since it was
    graded (and nobody has seen the change), or if answers use IDs from another test form, which could only score 0.
    """
    code = normalise(code)
    before = acceptances.read(unit, code)
    outcome = outcomes.read(unit, code)
    if outcome:
        _refuse(unit, code, outcome, only)
    chosen = _chosen(outcomes.waiting(outcome) if outcome else [], only, unit, code)
    handed = score.take(unit, code)
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    accepted = _answered(handed, chosen)
    now = {answered.id: Acceptance(by, at, acceptances.digest(answered.answer)) for answered in accepted}
    acceptances.write(unit, code, before | now)
    return accepted


@turn()
def take_back(unit: str, code: str, only: Collection[str] = ()) -> list[Answered]:
    """Withdraw a trainee's acceptances, or those for the questions ``only``; raise ``KitError`` if there are none."""
    code = normalise(code)
    before = acceptances.read(unit, code)
    chosen = _chosen(list(before), only, unit, code)
    handed = score.take(unit, code)
    acceptances.write(unit, code, {name: acceptance for name, acceptance in before.items() if name not in chosen})
    return _answered(handed, chosen)


def _answered(handed: score.HandedIn, chosen: Collection[str]) -> list[Answered]:
    asked = handed.released.obscured
    answers = ((name, handed.answers.get(name)) for name in chosen)
    return [Answered(name, answer, answer_words.in_words(asked.get(name), answer)) for name, answer in answers]


def _refuse(unit: str, code: str, outcome: Mapping[str, Any], only: Collection[str]) -> None:
    if not outcomes.holds(unit, code, outcome):
        way_out = say("grading.accept.grade_first", unit=unit)
        raise KitError(say("grading.accept.stale", code=Names.read().shown(code)), way_out)
    foreign = [name for name in outcomes.foreign(outcome) if not only or name in only]
    if foreign and (only or not outcomes.waiting(outcome)):
        words = say("grading.accept.foreign", code=Names.read().shown(code), names=", ".join(foreign))
        raise KitError(words, say("grading.accept.foreign_way_out"))


def _chosen(known: Collection[str], only: Collection[str], unit: str, code: str) -> list[str]:
    """Return the questions in ``known`` that are in ``only``, or all of ``known`` if ``only`` is empty.

    Raise ``KitError`` if ``known`` is empty or if ``only`` contains another question.
    """
    strange = [name for name in only if name not in known]
    if strange or not known:
        names = ", ".join(strange) or unit
        way_out = (
            say("grading.accept.known", names=", ".join(known))
            if known
            else say("grading.accept.grade_first", unit=unit)
        )
        words = say("grading.accept.nothing", names=names, code=Names.read().shown(code))
        raise KitError(words, way_out)
    return [name for name in known if not only or name in only]
