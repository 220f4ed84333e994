"""Define the actions that the desk runs as jobs: each calls the function that its command calls.

An action receives its command's arguments as JSON data, and returns a small result: counts, codes, outcomes and paths,
but nothing that a trainee wrote. Whatever an action has finished stays when it is stopped or killed, and running it
again finishes the rest. ``clicks`` names each action's command and function.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from buuchinh import course
from buuchinh.jobs.run_job import Action, Progress
from buuchinh.messages import say

if TYPE_CHECKING:
    from buuchinh.execution.options import ExecutionOptions
    from buuchinh.grading.run_progress import Result
    from buuchinh.intake.decide_submission import Decision
    from buuchinh.release.unit_selection import UnitSelection

Arguments = dict[str, Any]


@dataclass(frozen=True)
class _JobWatch:
    """A ``Watch`` that reports a grading run to its job."""

    progress: Progress
    unit: str

    def ended(self, result: Result, number: int, total: int) -> None:
        words = say("desk.jobs.grading", unit=_called(self.unit))
        self.progress.update(number, total, words, took_time=result.state != "unchanged")

    def running(self, look: Callable[[], tuple[str, ...]]) -> None:
        """Ignore whose code runs: a job's state names nobody while it runs."""


def collect(arguments: Arguments, progress: Progress) -> Arguments:
    """Import submissions from ``folder``, of ``unit`` alone or on behalf of ``owner`` if these are given."""
    from buuchinh.intake import collect

    folder = Path(arguments["folder"])
    return _taken_in(collect.collect(folder, arguments.get("unit"), arguments.get("owner"), show=_reading(progress)))


def collect_exchange(_arguments: Arguments, progress: Progress) -> Arguments:
    """Import the submissions that lie in a hub's exchange."""
    from buuchinh.intake import collect_exchange

    return _taken_in(collect_exchange.collect_exchange(show=_reading(progress)))


def grade(arguments: Arguments, progress: Progress) -> Arguments:
    """Grade the new and changed submissions to ``unit``: of the code ``only``, or all of them ``again`` if asked.

    A released unit that this machine's gradebook lacks is entered first.
    """
    from buuchinh.grading import grade_class
    from buuchinh.release import release

    unit, again = arguments["unit"], bool(arguments.get("again"))
    release.enter(unit)
    watch, options = _JobWatch(progress, unit), _options(arguments)
    return _graded(grade_class.grade(unit, only=arguments.get("only"), again=again, options=options, watch=watch))


def feedback(arguments: Arguments, progress: Progress) -> Arguments:
    """Write the feedback on ``unit``: of the code ``only``, and with ``names`` if asked."""
    from buuchinh.results import feedback_pages

    unit, only = arguments["unit"], arguments.get("only")
    progress.update(0, 0, say("desk.jobs.writing_feedback", unit=_called(unit)))
    written = feedback_pages.write(unit, only=only, names=bool(arguments.get("names")))
    return {"written": len(written), "of_class": "" if only else _shown(feedback_pages.of_class(unit))}


def send_feedback(arguments: Arguments, progress: Progress) -> Arguments:
    """Put the feedback on ``unit`` into one zip to send, with ``names`` if asked, and ``anyway`` if something waits."""
    from buuchinh.results import send_feedback

    unit = arguments["unit"]
    progress.update(0, 0, say("desk.jobs.writing_feedback", unit=_called(unit)))
    sent = send_feedback.send(unit, anyway=bool(arguments.get("anyway")), names=bool(arguments.get("names")))
    files = {"path": _shown(sent.path), "of_class": _shown(sent.of_class)}
    return files | {"sent": len(sent.codes), "doubt": send_feedback.old_words(sent)}


def report(arguments: Arguments, progress: Progress) -> Arguments:
    """Write the report on ``unit``, with ``names`` if asked."""
    from buuchinh.results import class_report

    progress.update(0, 0, say("desk.jobs.reporting"))
    with _snapshot():
        paths = class_report.write(arguments["unit"], names=bool(arguments.get("names")))
        return {"paths": [_shown(path) for path in paths]}


def report_tests(arguments: Arguments, progress: Progress) -> Arguments:
    """Write the report on the learning gain between the two short tests."""
    from buuchinh.results import learning_gain

    progress.update(0, 0, say("desk.jobs.reporting"))
    with _snapshot():
        return {"paths": [_shown(path) for path in learning_gain.write()]}


def report_course(arguments: Arguments, progress: Progress) -> Arguments:
    """Write the report on the whole course, with ``names`` if asked."""
    from buuchinh.results import course_report

    progress.update(0, 0, say("desk.jobs.reporting"))
    with _snapshot():
        return {"paths": [_shown(path) for path in course_report.write(names=bool(arguments.get("names")))]}


def regrade(arguments: Arguments, progress: Progress) -> Arguments:
    """Apply the corrected answer keys of ``unit`` with a ``reason`` and a ``provision``, and grade again.

    ``version`` lists the only versions to correct. ``seen`` is the fingerprint of the preview that was agreed to, and
    ``backup`` asks for a backup before anything is written. A job that was killed after the keys were written finds
    nothing more to correct when it is resumed: it grades what is left and renews the exchange and the solutions.
    """
    from buuchinh import personal_data
    from buuchinh.grading import grade_class
    from buuchinh.release import propagate_correction
    from buuchinh.results import exchange_feedback, regrade, solution_pack

    unit, only = arguments["unit"], arguments.get("version") or ()
    provision, reason = str(arguments.get("provision", "")).strip(), str(arguments.get("reason", "")).strip()
    options, watch = _options(arguments), _JobWatch(progress, unit)
    moves: Arguments = {}
    if progress.resumed and not propagate_correction.plan(unit, only).changes:
        results = grade_class.grade(unit, options=options, watch=watch)
    else:
        seen = regrade.preview(unit, only, provision)
        moves = {way: [move.code for move in seen.moves if move.crosses == way] for way in ("down", "up")}
        if arguments.get("backup"):
            progress.update(0, 0, say("desk.jobs.backing_up"))
            personal_data.backup()
        expected = str(arguments.get("seen", ""))
        results = regrade.apply(seen, reason, provision, expected=expected, options=options, watch=watch)
    exchange_feedback.renew(unit)
    solution_pack.renew(unit)
    return _graded(results) | moves


def backup(arguments: Arguments, progress: Progress) -> Arguments:
    """Back up the class."""
    from buuchinh import personal_data

    progress.update(0, 0, say("desk.jobs.backing_up"))
    made = personal_data.backup()
    return {"path": _shown(made.path), "files": made.files, "size": made.size, "server": made.server}


def restore(arguments: Arguments, progress: Progress) -> Arguments:
    """Restore the class from the backup ``file``, also with other ``exercises``, after backing up the current state."""
    from buuchinh import personal_data

    progress.update(0, 0, say("desk.jobs.restoring"))
    done = personal_data.restore(Path(arguments["file"]), exercises=bool(arguments.get("exercises")))
    return {
        "files": done.files,
        "made_at": done.made_at.isoformat(),
        "before": list(done.before),
        "brought_back": list(done.brought_back),
        "whole": done.whole,
        "server": done.server,
    }


def release(arguments: Arguments, progress: Progress) -> Arguments:
    """Release ``unit``, with the ``reason`` and the ``provision`` for a changed answer key."""
    from buuchinh.release import release

    unit = arguments["unit"]
    progress.update(0, 0, say("desk.jobs.releasing", unit=_called(unit)))
    reason, provision = str(arguments.get("reason", "")).strip(), str(arguments.get("provision", "")).strip()
    made = release.release(unit, reason=reason, provision=provision)
    about = {"changed": made.changed, "entered": made.entered, "files": list(made.files)}
    return {"unit": made.unit, "version": made.version, **about}


def bundle(arguments: Arguments, progress: Progress) -> Arguments:
    """Make a bundle in ``out``: of everything, ``without_exams``, of ``only`` some units, or the ``instructor`` one."""
    from buuchinh.release.bundle import make
    from buuchinh.site import bundle_start_page

    progress.update(0, 0, say("desk.jobs.bundling"))
    chosen, instructor = _chosen(arguments), bool(arguments.get("instructor"))
    pages = {} if instructor else bundle_start_page.for_bundle(chosen)
    made = make(Path(arguments.get("out", "dist")), pages=pages, instructor=instructor, chosen=chosen)
    about = {"files": made.files, "size": made.size, "left_out": list(made.left_out)}
    return {"path": _shown(made.archive), "version": made.version, **about}


def site(arguments: Arguments, progress: Progress) -> Arguments:
    """Build the course's pages in ``out``, of everything, ``without_exams``, or of ``only`` some units."""
    from buuchinh.site import build

    progress.update(0, 0, say("desk.jobs.building_site"))
    out, own = arguments.get("out"), bool(arguments.get("own"))
    public, self_study = bool(arguments.get("public")), bool(arguments.get("self_study"))
    chosen = _chosen(arguments)
    made = build.build(Path(out) if out else None, public=public, self_study=self_study, own=own or None, chosen=chosen)
    return {"folder": _shown(made.folder), "pages": made.pages, "files": made.files, "size": made.size}


def exam_build(arguments: Arguments, progress: Progress) -> Arguments:
    """Draw the exam ``unit`` in ``forms`` forms, repeatably with a ``seed``, discarding an earlier draw if asked."""
    from buuchinh.exam import DEFAULT_FORMS, exam_builder

    unit = arguments["unit"]
    progress.update(0, 0, say("desk.jobs.drawing", unit=_called(unit)))
    forms, redraw = int(arguments.get("forms", DEFAULT_FORMS)), bool(arguments.get("redraw"))
    made = exam_builder.build(unit, forms=forms, seed=arguments.get("seed"), redraw=redraw)
    return {"unit": made.unit, "drawn": made.drawn, "changed": len(made.changed)}


_ALL: tuple[Action, ...] = (
    *(collect, collect_exchange, grade, feedback, send_feedback, report, report_tests, report_course),
    *(regrade, backup, restore, release, bundle, site, exam_build),
)
ACTIONS: Mapping[str, Action] = {action.__name__: action for action in _ALL}
"""All actions by name."""


def _reading(progress: Progress) -> Callable[[int, int, str], None]:
    return lambda done, total, _where: progress.update(done, total, say("desk.jobs.reading"))


def _taken_in(decisions: Sequence[Decision]) -> Arguments:
    return {**_counted(decisions, "taken", "known", "refused"), "submissions": [_decided(one) for one in decisions]}


def _called(unit: str) -> str:
    """Return a unit's name as it follows the word “bài”; what is no unit is refused by the function that is called."""
    from buuchinh.desk.naming import unit_names

    return unit_names.after_the_word(unit) if course.graded(unit) else unit


def _options(arguments: Arguments) -> ExecutionOptions:
    from buuchinh.execution.options import ExecutionOptions

    return ExecutionOptions(arguments.get("workers"), arguments.get("scheduler"), bool(arguments.get("unsafe")))


def _chosen(arguments: Arguments) -> UnitSelection:
    from buuchinh.errors import KitError
    from buuchinh.release.unit_selection import choice

    chosen = choice(without_exams=bool(arguments.get("without_exams")), only=arguments.get("only") or ())
    if arguments.get("instructor") and not chosen.whole:
        raise KitError(say("desk.jobs.instructor_has_all"))
    return chosen


def _snapshot() -> AbstractContextManager[None]:
    """Return a context in which each file is read once, so that all files of a report come from one state."""
    from buuchinh.parsed import snapshot_mode

    return snapshot_mode()


def _shown(path: Path) -> str:
    """Return ``path`` relative to the course, or as it is if it lies elsewhere."""
    whole = course.root() / path
    return whole.relative_to(course.root()).as_posix() if whole.is_relative_to(course.root()) else str(path)


def _counted(results: Sequence[Any], *outcomes: str) -> dict[str, int]:
    counts = Counter(getattr(one, "outcome", None) or one.state for one in results)
    return {name: counts[name] for name in outcomes}


def _graded(results: Sequence[Result]) -> Arguments:
    """Return the counts of a grading run, and the codes that somebody must look at."""
    return _counted(results, "graded", "repaired", "unchanged", "failed") | {
        "not_graded": [one.code for one in results if one.state == "failed"],
        "to_accept": [one.code for one in results if set(one.waits) - set(one.foreign)],
        "to_ask_again": [one.code for one in results if one.foreign],
    }


def _decided(decision: Decision) -> Arguments:
    """Return what was decided about a submission; its file's name and notes are read from where it was stored."""
    from buuchinh.grading.grade_class import mended

    repaired = bool(decision.mended or (decision.counts and mended(decision.unit, decision.code)))
    return {
        "outcome": decision.outcome,
        "unit": decision.unit,
        "code": decision.code,
        "counts": decision.counts,
        "late": decision.late,
        "after_deadline": decision.after_deadline,
        "mended": repaired,
        "sha256": decision.sha256,
    }
