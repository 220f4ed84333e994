"""Take each submission of a class through the stages of grading: prepare, execute, score and record.

A run may be killed between any two writes, which the order of the writes makes harmless: first the cached execution,
then the folder in ``autograded/``, then the gradebook, and last the outcome. If there is no outcome, the next run
repeats all stages.
"""

from __future__ import annotations

import contextlib
import errno
import os
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeVar

from buuchinh import course, execution, files
from buuchinh.classroom import gradebook, run_log
from buuchinh.errors import KitError, Problem
from buuchinh.execution import cache, course_files, sandbox
from buuchinh.execution.execution_report import Execution
from buuchinh.execution.job import Job, job_of
from buuchinh.execution.options import ExecutionOptions
from buuchinh.grading import outcomes, score, tidy_notebook
from buuchinh.grading.gradebook_writer import Recorder
from buuchinh.grading.outcomes import Memory
from buuchinh.grading.run_progress import Watch
from buuchinh.grading.score import HandedIn
from buuchinh.messages import say
from buuchinh.release import versions
from buuchinh.release.source import may_run
from buuchinh.text import format_number

FAULT = "loi.txt"
_OF_FILES = frozenset({errno.ENOENT, errno.EISDIR, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EILSEQ, errno.ELOOP})
Outcome = dict[str, Any] | KitError
"""A graded submission's ``outcomes.summary``, or the error that prevented grading."""
Ended = Callable[[str, Outcome], None]
Made = TypeVar("Made")


@dataclass(frozen=True)
class Prepared:
    """One submission that was read and tidied but not yet executed or scored.

    ``look`` is the state of the submitted files as returned by ``Memory.look``.
    """

    handed: HandedIn
    notebook: Any
    look: dict[str, Any]
    fingerprint: str


def grade_all(
    unit: str,
    codes: Sequence[str],
    memory: Memory,
    options: ExecutionOptions,
    watch: Watch,
    ended: Ended,
    *,
    again: bool,
) -> None:
    """Take each submission through all stages, and call ``ended`` with the trainee's code and the outcome of each.

    Raise ``KitError`` if code must not run on this machine or if the gradebook is unreachable.
    """
    if any(map(may_run, versions.released(unit).questions.questions)):
        sandbox.refuse(unsafe=options.unsafe)
    if again:  # a killed run must not trust an old outcome, and failures may have been the machine's
        for code in codes:
            outcomes.forget(unit, code)
    run_log.note(unit, "", "start", say("grading.diary.start", count=len(codes)))
    try:
        with Recorder(unit) as recorder:
            _Run(unit, memory, recorder, ended).through(codes, options, watch)
    except gradebook.Gone as error:
        words = say("grading.database_gone", reason=str(error))
        run_log.note(unit, "", "record", words)
        raise KitError(words, say("grading.database_gone_way_out")) from error
    run_log.note(unit, "", "end", say("grading.diary.end", count=len(codes)))


def prepare(exercise: tidy_notebook.ReleasedExercise, code: str, memory: Memory) -> Prepared:
    """Read a submission, and tidy its notebook by the released notebook of the version that it was made from.

    Raise ``KitError`` if the submission is unreadable.
    """
    unit = exercise.unit
    look, fingerprint = memory.look(code), outcomes.fingerprint(unit, code, memory.rules)
    notebook = score.notebook_of(unit, code)
    handed = score.take(unit, code)
    return Prepared(
        handed,
        tidy_notebook.tidied(tidy_notebook.of_version(exercise, handed.released), code, notebook),
        look,
        fingerprint,
    )


def finish(prepared: Prepared, run: Execution | None, recorder: Recorder) -> dict[str, Any]:
    """Score and record one submission, write its outcome, and return the outcome's summary.

    ``run`` is None if no code was executed. Raise ``KitError`` if the execution failed because of the machine: an
    unchanged released cell failed, the report was lost, or the code had to wait too long for a processor.
    """
    unit, code = prepared.handed.unit, prepared.handed.code
    if run is not None and (problem := _machine_problem(prepared, run)):
        (outcomes.folder(unit, code) / outcomes.EXECUTION).unlink(missing_ok=True)
        raise KitError([problem])
    marking = score.mark(prepared.handed, run, prepared.notebook)
    recorder.admit(prepared.handed.released)
    points = recorder.record(code, prepared.notebook, marking)
    entry = outcomes.entry(unit, code, marking, points, prepared.fingerprint)
    outcomes.write(unit, code, entry)
    return outcomes.summary(entry)


def _machine_problem(prepared: Prepared, run: Execution) -> Problem | None:
    """Return the problem if an execution failed because of the machine, so that it says nothing of the answer."""
    if cell := score.machine_fault(prepared.handed, prepared.notebook, run):
        return Problem("", 0, say("grading.machine_fault", cell=cell), say("grading.machine_fault_way_out"))
    if run.ended == "lost":  # a score of 0 would depend on an unknown cause
        return Problem("", 0, say("grading.machine_lost"), say("grading.machine_fault_way_out"))
    if run.starved and run.busy:
        return Problem("", 0, say("grading.machine_busy"), say("grading.machine_busy_way_out"))
    return None


def _refused(error: OSError | MemoryError) -> Problem:
    """Return the problem for a system error, which is an unreadable submitted file or a failure of the machine."""
    if isinstance(error, OSError) and error.errno in _OF_FILES:
        return Problem("", 0, say("files.unreadable", reason=files.reason(error)), say("grading.collect_again"))
    cause = files.reason(error) if isinstance(error, OSError) else say("grading.no_memory")
    return Problem("", 0, say("grading.machine_refused", reason=cause), say("grading.machine_fault_way_out"))


class _Run:
    """One grading run over a class, with the state that its stages share."""

    def __init__(self, unit: str, memory: Memory, recorder: Recorder, ended: Ended) -> None:
        self._unit = unit
        self._exercise = tidy_notebook.read(unit)
        self._memory = memory
        self._recorder = recorder
        self._ended = ended
        self._waiting: dict[str, Prepared] = {}
        self._keys: dict[str, str] = {}

    def through(self, codes: Sequence[str], options: ExecutionOptions, watch: Watch) -> None:
        """Grade submissions without code to run at once; run the code of the others, and grade each as it completes."""
        laid = course_files.pack(self._unit)
        jobs = self._jobs(codes, laid)
        first = next(jobs, None)
        if first is None:
            return
        workers = min(options.workers or os.cpu_count() or 1, len(codes))
        with execution.opened(laid, workers=workers, unsafe=options.unsafe, scheduler=options.scheduler) as executors:
            watch.running(lambda: executors.running)
            for code, run in executors.run(chain([first], jobs)):
                self._finish(self._waiting.pop(code), run, self._keys.pop(code))

    def _jobs(self, codes: Sequence[str], archive: course_files.CourseArchive) -> Iterator[Job]:
        """Yield the jobs to run; grade at once each submission that has no code or whose execution is cached."""
        for code in codes:
            prepared = self._tried(code, lambda code=code: prepare(self._exercise, code, self._memory))  # type: ignore[misc]
            if isinstance(prepared, KitError):
                self._end(code, prepared)
            elif not prepared.handed.runs_code(prepared.notebook):
                self._finish(prepared, None)
            else:
                sheet = {course.SHEET: prepared.handed.released.sheet.decode("utf-8")}
                job = job_of(code, self._unit, prepared.notebook, files=sheet)
                name = cache.key(job, archive)
                run = cache.read(outcomes.folder(self._unit, code) / outcomes.EXECUTION, name)
                if run is not None:
                    self._finish(prepared, run)
                else:
                    self._waiting[code], self._keys[code] = prepared, name
                    yield job

    def _finish(self, prepared: Prepared, run: Execution | None, key: str = "") -> None:
        """Score and record one submission; if ``key`` is given, first cache the new execution under that key."""
        code = prepared.handed.code

        def through() -> dict[str, Any]:
            if run and key:
                cache.write(outcomes.folder(self._unit, code) / outcomes.EXECUTION, key, run)
            return finish(prepared, run, self._recorder)

        outcome = self._tried(code, through)
        if not isinstance(outcome, KitError):
            self._memory.remember(code, prepared.look, prepared.fingerprint)
        self._end(code, outcome, run)

    def _tried(self, code: str, step: Callable[[], Made]) -> Made | KitError:
        """Return the result of ``step`` for one submission, or its error as a ``KitError`` so that the run continues.

        Only ``gradebook.Gone`` is raised. The traceback of an unexpected error is written to the file ``FAULT``.
        """
        try:
            return step()
        except gradebook.Gone:
            raise
        except KitError as error:
            return error
        except (OSError, MemoryError) as error:
            return KitError([_refused(error)])
        except Exception:
            with contextlib.suppress(OSError):
                files.write_text(outcomes.folder(self._unit, code) / FAULT, traceback.format_exc())
            where = f"{course.OUTCOMES}/{code}/{self._unit}/{FAULT}"
            return KitError(say("grading.unexpected"), say("grading.unexpected_way_out", log=where))

    def _end(self, code: str, outcome: Outcome, run: Execution | None = None) -> None:
        if isinstance(outcome, KitError):
            outcomes.drop(self._unit, code)
            message = " ".join(map(str, outcome.problems))
        else:
            points, most = format_number(round(outcome["points"], 2)), format_number(outcome["most"])
            message = say("grading.diary.points", points=points, most=most)
        how = say(f"grading.how.{run.how}", seconds=format_number(round(run.seconds, 1))) if run and run.how else ""
        run_log.note(self._unit, code, "record", message, how)
        self._ended(code, outcome)
