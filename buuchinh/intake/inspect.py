"""Show a submission's problems and the decision about it: a dry run of ``collect`` that writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.intake import guess_owner, read_in_workers, unrecognised_files
from buuchinh.intake.decide_submission import Decision
from buuchinh.intake.notes import SubmissionNote
from buuchinh.intake.worker_pool import Readers
from buuchinh.messages import say, section


@dataclass(frozen=True)
class ExplainedNote:
    """A note on a submission, with an explanation.

    ``does`` describes how the kit handles the problem, and ``person`` what a person has to do. Either is "" if there is
    nothing to say.
    """

    note: str
    does: str
    person: str


@dataclass(frozen=True)
class Inspection:
    """The decision that ``collect`` would now make on one submission, with all notes explained."""

    decision: Decision
    notes: tuple[ExplainedNote, ...]


def inspect(path: Path) -> list[Inspection]:
    """Return the decision on every submission in a zip, a folder or a notebook, without writing anything.

    Raise ``KitError`` if ``path`` does not exist or contains no submission.
    """
    if not path.exists():
        raise KitError(say("files.missing"), path=str(path))
    enrolled = frozenset(gradebook.students())
    now = datetime.now().astimezone().replace(microsecond=0)
    with Readers() as readers:
        decisions = [arrival.decision for arrival in read_in_workers.decide_all(readers, path, enrolled, now)]
    people = cache(guess_owner.people)
    reported = {decision.where for decision in decisions}
    decisions += [arrival.decision for arrival in unrecognised_files.strays(path, (), reported, people)]
    decisions = [guess_owner.guessed(decision, people) for decision in decisions]
    if not decisions:
        raise KitError(say("intake.submission.not_a_handin"), path=path.name)
    return [Inspection(decision, tuple(map(_explained, (*decision.notes, *decision.mended)))) for decision in decisions]


def _explained(note: str) -> ExplainedNote:
    _, _, tail = note.key.partition(".") if isinstance(note, SubmissionNote) else ("", "", "")
    step, _, key = tail.partition(".")
    words = section("intake.inspect")
    does, person = (words[part].get(step, {}).get(key, "") for part in ("does", "person"))
    return ExplainedNote(str(note), does, person)
