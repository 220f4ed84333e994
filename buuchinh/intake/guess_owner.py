"""Guess the trainee of a refused submission from its file name; guesses are only displayed, never applied."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from buuchinh.classroom import gradebook
from buuchinh.intake.decide_submission import Decision
from buuchinh.intake.filetypes import without_answers
from buuchinh.messages import say
from buuchinh.personal_data import who
from buuchinh.personal_data.by_name import OwnNames

_MOST = 3
"""Maximum number of people in a guess; a guess with more people would not be useful."""

People = Callable[[], Mapping[str, str]]


def guessed(decision: Decision, people: People) -> Decision:
    """Add a hint at the people who are named in a refused submission's path.

    Return ``decision`` unchanged if it is not a refusal, if an enrolled code is known, or if the path names nobody or
    too many people. ``people`` returns the trainees' names by code, and is called only if a guess is needed.
    """
    if decision.outcome != "refused" or decision.claimed or decision.code in gradebook.students():
        return decision
    meant = named_in_path(decision.where, people)
    if not meant:
        return decision
    renamed = without_answers(decision.where) in {"", "unfinished"}
    words = "named_in_path" if renamed else "named_without_answers"
    return replace(decision, hint=say(f"intake.collect.{words}", codes=say("intake.collect.or").join(meant)))


def named_in_path(where: str, people: People) -> list[str]:
    """Return the sorted codes of the people whose names are in a displayed path; too many people are no guess."""
    place = " / ".join(PurePosixPath(where).parts[1:]) or where
    meant = [code for code, name in sorted(people().items()) if OwnNames([name]).in_text(place)]
    return meant if len(meant) <= _MOST else []


def people() -> Mapping[str, str]:
    """Return the trainees' names, keyed by code, from the class lists in the course folder."""
    return who.names()
