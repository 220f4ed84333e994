"""Grade a class's submissions to one exercise: run, score and record each; one failure does not stop the rest.

``ExecutionOptions`` sets the number of processes that run code; only this process writes results (see ``stages``). If
nothing needs grading, neither the answer keys nor nbgrader are loaded.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from buuchinh import course
from buuchinh.attempts import reader, trainee_deadline
from buuchinh.classroom import assigned_roles, gradebook, leavers, newcomers
from buuchinh.classroom.turn import turn
from buuchinh.codes import normalise
from buuchinh.errors import KitError
from buuchinh.exam import exam_groups
from buuchinh.execution.options import ExecutionOptions
from buuchinh.files import read_json
from buuchinh.grading import blank_answers
from buuchinh.grading.outcomes import Memory
from buuchinh.grading.run_progress import Result, Silence, State, Watch
from buuchinh.messages import say
from buuchinh.personal_data.names import Names


@turn()
def grade(
    unit: str,
    *,
    only: str | None = None,
    again: bool = False,
    options: ExecutionOptions | None = None,
    watch: Watch | None = None,
) -> list[Result]:
    """Grade the submissions to ``unit`` that are new or changed, and return all results, sorted by trainee code.

    ``only`` limits the run to the trainee with that code, and ``again`` also regrades unchanged submissions. Two runs
    in one course never write at the same time: the second waits for the first. Raise ``KitError`` if nothing can be
    graded at all: the unit was never released, nothing was submitted, code cannot be isolated on this machine, or the
    gradebook is unreachable.
    """
    return _grade(unit, only, again=again, options=options or ExecutionOptions(), watch=watch or Silence())


def _grade(unit: str, only: str | None, *, again: bool, options: ExecutionOptions, watch: Watch) -> list[Result]:
    codes = take_in(unit, only)
    _refuse(unit)
    memory = Memory(unit)
    done: list[Result] = []
    todo = []
    for code in codes:
        known = None if again else memory.outcome(code)
        if known is None:
            todo.append(code)
        else:
            done.append(_result(unit, code, "unchanged", known))
            watch.ended(done[-1], len(done), len(codes))
    everybody = reader.submitted_codes(unit)
    if not todo:
        memory.save(everybody)
        return done
    from buuchinh.grading import stages

    def ended(code: str, outcome: dict[str, Any] | KitError) -> None:
        done.append(_ended(unit, code, outcome))
        watch.ended(done[-1], len(done), len(codes))

    try:
        stages.grade_all(unit, todo, memory, options, watch, ended, again=again)
    finally:
        memory.save(everybody)
    return sorted(done, key=lambda result: result.code)


def missing(unit: str) -> tuple[list[str], list[str]]:
    """Return the sorted codes of the trainees who did not submit ``unit``, not even late, as (absent, others).

    The absent should have submitted it (see ``is_required``); nobody asks the others for it, nor those who joined the
    class after it was due.
    """
    excluded = {*reader.submitted_codes(unit), *reader.only_late(unit), *leavers.left()}
    codes = sorted(set(gradebook.students()).difference(excluded))
    roles = assigned_roles.all_of(codes)
    required = {role: is_required(unit, role) for role in (None, *course.ROLES)}
    new = joined_after(unit)
    absent = [code for code in codes if required[roles.get(code)] and code not in new]
    return absent, sorted(set(codes).difference(absent))


def joined_after(unit: str) -> frozenset[str]:
    """Return the codes of the trainees who joined the class after ``unit`` was due for them."""
    joined = newcomers.joined().items()
    return frozenset(code for code, at in joined if trainee_deadline.is_late(unit, code, at))


def is_required(unit: str, role: str | None) -> bool:
    """Return whether trainees with this role should submit ``unit``; without a role, they should submit every unit.

    A unit is required if it is on the learning path for the role or on no path at all, and an exam only if it is for
    the role's group.
    """
    return exam_groups.is_for(unit, role) and course.settings().learnt_by(unit, role)


def ungraded(unit: str) -> list[str]:
    """Return the sorted codes of trainees whose submission has no outcome, because it is new or could not be graded."""
    done = blank_answers.of_unit(unit)
    return [code for code in reader.submitted_codes(unit) if code not in done]


def take_in(unit: str, only: str | None) -> list[str]:
    """Return the codes of the trainees to grade, or just ``only``; raise ``KitError`` if there is nobody to grade."""
    course.refuse_unknown(unit)
    codes = reader.submitted_codes(unit)
    if only is not None:
        code = normalise(only)
        if code not in codes:
            word = "grading.only_late" if code in reader.only_late(unit) else "grading.not_submitted"
            raise KitError(say(word, code=Names.read().shown(code), unit=unit))
        return [code]
    if not codes and (behind := list(reader.only_late(unit))):
        words = say("grading.all_late", unit=unit, codes=Names.read().with_names(behind))
        raise KitError(words, say("grading.all_late_way_out", unit=unit))
    if not codes:
        raise KitError(say("grading.none_submitted", unit=unit), say("grading.none_submitted_way_out"))
    return codes


def _refuse(unit: str) -> None:
    """Raise ``KitError`` if a problem that is cheap to detect would prevent every submission from being graded."""
    source = course.source_folder(unit)
    if not any(
        any((source / course.RELEASES).glob(pattern))
        for pattern in (f"*/{course.QUESTIONS}", f"*/{course.FORMS}/*.yml")
    ):
        raise KitError(say("release.never", unit=unit), say("release.never_way_out", unit=unit), path=f"source/{unit}")
    if (source / course.ANSWERS).exists():
        from buuchinh.release.source import refuse_answers

        raise KitError(refuse_answers(unit))
    if not gradebook.has_unit(unit):
        words = say("grading.not_in_gradebook", unit=unit)  # a fresh clone holds the release, its gradebook does not
        raise KitError(words, say("release.never_way_out", unit=unit))


def _ended(unit: str, code: str, outcome: dict[str, Any] | KitError) -> Result:
    if isinstance(outcome, KitError):
        return Result(code, "failed", None, None, manual=False, notes=tuple(map(str, outcome.problems)))
    return _result(unit, code, "repaired" if mended(unit, code) else "graded", outcome)


def _result(unit: str, code: str, state: State, known: dict[str, Any]) -> Result:
    notes: Iterable[str] = known["notes"] if state == "unchanged" else (*mended(unit, code), *known["notes"])
    waits, foreign = tuple(known["waits"]), tuple(known["foreign"])
    return Result(code, state, known["points"], known["most"], known["manual"], tuple(notes), waits, foreign)


def mended(unit: str, code: str) -> list[str]:
    """Return the notes that ``collect`` left about repairs to this submission."""
    path = reader.submitted_folder(unit, code) / course.COLLECTED
    try:
        return [str(note) for note in read_json(path)["notes"]] if path.exists() else []
    except (KitError, KeyError, TypeError):
        return []
