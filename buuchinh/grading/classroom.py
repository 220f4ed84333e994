"""A whole class, one exercise: take in, execute, score, record, say. Nothing that one hand-in does stops the next.

Code runs in as many rooms as there are cores; one thread alone writes to nbgrader's
gradebook, through nbgrader's own ``Autograde``.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal

from buuchinh.codes import normalise
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_json, write_text
from buuchinh.grading import gradebook, ledger, snapshot
from buuchinh.grading.execution import sandbox
from buuchinh.grading.source import refuse_answers
from buuchinh.messages import say
from buuchinh.questions.authored import CodeQuestion

State = Literal["graded", "repaired", "unchanged", "failed"]
Report = Callable[["Result", int, int], None]
LOG = "nbgrader.log"


@dataclass(frozen=True)
class Result:
    """What became of one hand-in. ``notes`` says what was mended or what is to be looked at, or why it failed."""

    code: str
    state: State
    points: float | None
    most: float | None
    manual: bool
    notes: tuple[str, ...]


class DatabaseGone(Exception):
    """The gradebook cannot be reached any more: the run ends, the next one goes on."""


def submitted(unit: str) -> list[str]:
    """Return the codes of all who handed in ``unit``, sorted."""
    return sorted(path.parent.name for path in gradebook.folder("submitted").glob(f"*/{unit}") if path.is_dir())


def grade(
    unit: str,
    *,
    only: str | None = None,
    again: bool = False,
    unsafe: bool = False,
    report: Report = lambda result, number, total: None,
) -> list[Result]:
    """Grade all hand-ins of ``unit`` that changed since the last time, or one, or all ``again``.

    ``report`` is called after each with its result, its number and how many there are.
    Raises ``KitError`` where nothing can be graded at all: never released, nothing handed
    in, code that cannot be isolated here, a gradebook that went away.
    """
    codes = _chosen(unit, only)
    runs_code = _preflight(unit, unsafe=unsafe)
    total = len(codes)
    done: list[Result] = []
    todo = []
    graded_before = _in_gradebook(unit)
    for code in codes:
        unchanged = None if again else _unchanged(unit, code, graded_before)
        if unchanged:
            done.append(unchanged)
            report(unchanged, len(done), total)
        else:
            if again:  # what went wrong may have been the machine's fault, not the code's
                (ledger.folder(unit, code) / ledger.EXECUTION).unlink(missing_ok=True)
            todo.append(code)
    for code, run in _executed(unit, todo, runs_code=runs_code, unsafe=unsafe):
        try:
            result = _one(unit, code, run, unsafe=unsafe)
        except DatabaseGone as error:
            reason = say("grade.database_gone", reason=str(error))
            raise KitError([Problem("", 0, reason, say("grade.database_gone_way_out"))]) from error
        done.append(result)
        report(result, len(done), total)
    return sorted(done, key=lambda result: result.code)


def _chosen(unit: str, only: str | None) -> list[str]:
    codes = submitted(unit)
    if only is not None:
        code = normalise(only)
        if code not in codes:
            raise KitError(say("grade.not_submitted", code=code, unit=unit))
        return [code]
    if not codes:
        raise KitError([Problem("", 0, say("grade.none_submitted", unit=unit), say("grade.none_submitted_way_out"))])
    return codes


def _preflight(unit: str, *, unsafe: bool) -> bool:
    """Return whether the exercise has code to run; say at once what would stop every hand-in."""
    released = snapshot.released(unit)
    problems = refuse_answers(unit)
    runs_code = any(isinstance(question, CodeQuestion) for question in released.questions.questions)
    reason = sandbox.missing() if runs_code and not unsafe else None
    if reason:
        problems.append(Problem("", 0, say("execute.refused", reason=reason), say("execute.refused_way_out")))
    if problems:
        raise KitError(problems)
    return runs_code


def _in_gradebook(unit: str) -> set[str]:
    from nbgrader.api import MissingEntry

    with gradebook.opened() as book:
        try:
            return {one.student_id for one in book.find_assignment(unit).submissions}
        except MissingEntry as error:  # a fresh clone holds the release, its gradebook does not
            words = say("grade.not_in_gradebook", unit=unit)
            raise KitError([Problem("", 0, words, say("release.never_way_out", unit=unit))]) from error


def _unchanged(unit: str, code: str, graded_before: set[str]) -> Result | None:
    """Return the earlier result where the same hand-in was scored by the same key and nbgrader still has it."""
    found = ledger.read(unit, code)
    autograded = gradebook.folder("autograded") / code / unit / f"{unit}.ipynb"
    if not found or code not in graded_before or not autograded.exists():
        return None
    if found.get("fingerprint") != ledger.fingerprint(unit, code):
        return None
    return _result(unit, code, "unchanged", found)


def _executed(
    unit: str, codes: Sequence[str], *, runs_code: bool, unsafe: bool
) -> Iterable[tuple[str, Future[Any] | None]]:
    """Yield each hand-in once its code has run; a few run ahead while one is being recorded."""
    if not runs_code:
        yield from ((code, None) for code in codes)
        return
    with ThreadPoolExecutor(max_workers=max(1, min(os.cpu_count() or 1, 4))) as pool:
        waiting = [(code, pool.submit(_execute, unit, code, unsafe)) for code in codes]
        try:
            yield from waiting
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _execute(unit: str, code: str, unsafe: bool) -> None:
    from buuchinh.grading.score import run_ahead

    run_ahead(unit, code, unsafe=unsafe)


def _one(unit: str, code: str, run: Future[Any] | None, *, unsafe: bool) -> Result:
    from buuchinh.grading.score import mark, notebook_of

    try:
        if run is not None:
            run.result()
        mark(unit, code, notebook_of(unit, code), unsafe=unsafe)
        _record(unit, code, unsafe=unsafe)
    except KitError as error:
        return Result(code, "failed", None, None, manual=False, notes=tuple(map(str, error.problems)))
    except DatabaseGone:
        raise
    except Exception as error:
        words = say("grade.unexpected", reason=f"{type(error).__name__}: {error}")
        return Result(code, "failed", None, None, manual=False, notes=(words,))
    found = ledger.read(unit, code) or {}
    return _result(unit, code, "repaired" if _mended(unit, code) else "graded", found)


def _record(unit: str, code: str, *, unsafe: bool) -> None:
    """Let nbgrader grade this hand-in and write to its gradebook; ``KitError`` where it does not."""
    from nbgrader.converters.autograde import Autograde
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.utils import capture_log

    config = gradebook.config()
    config.ScoreAnswers.unsafe = unsafe
    folder = CourseDirectory(config=config, assignment_id=unit, student_id=code)
    converter = Autograde(coursedir=folder, config=config)
    converter.force = True
    said = _quietly(lambda: capture_log(converter))
    if said["success"]:
        return
    log = f"{said.get('log', '')}\n{said.get('error', '')}"
    path = ledger.folder(unit, code) / LOG
    write_text(path, log)
    lines = [line for line in log.splitlines() if line.strip()]
    if "OperationalError" in log:
        raise DatabaseGone(next((line for line in lines if "OperationalError" in line), lines[-1])[:200])
    reason = next((line for line in lines if _names_an_error(line)), lines[-1] if lines else "")
    words = say("grade.nbgrader_failed", reason=reason.strip()[:300])
    way_out = say("grade.nbgrader_failed_way_out", log=f"{ledger.BOOK}/{code}/{unit}/{LOG}")
    raise KitError([Problem("", 0, words, way_out)])


def _quietly(call: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Keep nbgrader's log off the screen: it is English, long, and kept in a file where it matters."""
    from sqlalchemy.exc import SAWarning

    logger = logging.getLogger("traitlets")
    before, passed_on = logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [logging.NullHandler()], False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SAWarning)  # about the order in which nbgrader builds its objects
            return call()
    finally:
        logger.handlers, logger.propagate = before, passed_on


def _names_an_error(line: str) -> bool:
    head, colon, _ = line.partition(":")
    return bool(colon) and " " not in head and head.endswith(("Error", "Exception"))


def _mended(unit: str, code: str) -> list[str]:
    """Return what ``collect`` mended in this hand-in, in its words."""
    path = gradebook.folder("submitted") / code / unit / "collected.json"
    try:
        return [str(note) for note in read_json(path)["notes"]] if path.exists() else []
    except (KitError, KeyError, TypeError):
        return []


def _result(unit: str, code: str, state: State, found: dict[str, Any]) -> Result:
    questions = found.get("questions", [])
    points = sum(one["points"] * one["score"]["fraction"] for one in questions)
    most = sum(one["points"] for one in questions)
    manual = any(one["manual"] for one in questions)
    return Result(code, state, points, most, manual, (*_mended(unit, code), *found.get("notes", ())))
