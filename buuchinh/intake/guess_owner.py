"""Guesses by the name of a file whose a refused hand-in may be: told to a person, never taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from buuchinh.classroom import gradebook
from buuchinh.intake.decide import Decision
from buuchinh.intake.filetypes import without_answers
from buuchinh.messages import say
from buuchinh.personal_data import who
from buuchinh.personal_data.by_name import OwnNames

_MOST = 3
"""More people than that of one name are no guess."""

People = Callable[[], Mapping[str, str]]


def guessed(decision: Decision, people: People) -> Decision:
    """Return a refused submission with whose name its file bears; as it is where it is somebody's, or no name is there.

    ``people`` gives the names of the class by code, and is asked only where a guess is wanted.
    """
    if decision.outcome != "refused" or decision.claimed or decision.code in gradebook.students():
        return decision
    place = " / ".join(PurePosixPath(decision.where).parts[1:]) or decision.where
    meant = [code for code, name in sorted(people().items()) if OwnNames([name]).in_text(place)]
    if not meant or len(meant) > _MOST:
        return decision
    renamed = without_answers(decision.where) in {"", "unfinished"}
    words = "named_in_path" if renamed else "named_without_answers"
    told = say(f"intake.collect.{words}", codes=say("intake.collect.or").join(meant))
    return replace(decision, reason=f"{decision.reason} {told}")


def people() -> Mapping[str, str]:
    """Return the name of each of the class by code, as the class lists in the course's folder have it."""
    return who.names()
