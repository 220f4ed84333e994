"""Order tests by how long they take, and choose those that ``make fast``, ``make test`` and ``make long`` run.

With ``--dist loadfile`` a file is run by one process, so that its fixtures are made once. A long file that is begun
last would leave the other process idle; xdist's own order, by the number of tests, does just that with journeys.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

LONG = {
    "test_desk_page.py": 60,
    "test_desk_tasks.py": 20,
    "test_desk_server.py": 20,
    "test_regrade_dialog.py": 40,
    "test_practice_class.py": 40,
    "test_result_list.py": 30,
    "test_names.py": 25,
    "test_alive.py": 80,
    "test_course_pages.py": 60,
    "test_lessons_lab.py": 40,
    "test_questions_page.py": 30,
    "test_bundle.py": 60,
    "test_work_pages.py": 25,
    "test_office.py": 40,
    "test_drill_lab.py": 40,
    "test_lab.py": 60,
    "test_questions_lab.py": 55,
    "test_trainee_journey.py": 50,
    "test_exam_in_lab.py": 45,
    "test_instructor_guide.py": 45,
    "test_bundle_journey.py": 40,
    "test_offline.py": 30,
    "test_prepare.py": 20,
    "test_learner_server.py": 25,
    "test_bridge.py": 20,
    "test_other_front_ends.py": 60,
    "test_way_of_an_answer.py": 25,
    "test_author_guide.py": 40,
    "test_hostile.py": 75,
    "test_soak.py": 40,
    "test_killed.py": 15,
    "test_killed_jobs.py": 15,
    "test_desk_jobs.py": 30,
    "test_jobs.py": 20,
    "test_site_killed.py": 45,
    "test_site_drills.py": 40,
    "test_site_versions.py": 35,
    "test_site_person.py": 60,
    "test_site_second_copy.py": 35,
    "test_site_update.py": 40,
    "test_site_older.py": 45,
    "test_older_versions.py": 45,
    "test_two_places.py": 50,
    "test_broken.py": 35,
    "test_accept.py": 35,
    "test_equal_work.py": 25,
    "test_alike.py": 20,
    "test_score.py": 15,
    "test_sanitize.py": 35,
    "test_properties.py": 35,
    "test_gradebook_writer.py": 30,
    "test_collect.py": 40,
    "test_mutated_hand_ins.py": 65,
    "test_worker_pool.py": 45,
    "test_read_in_workers.py": 40,
    "test_damaged_records.py": 20,
    "test_linear.py": 20,
    "test_sinks.py": 15,
    "test_executor_pool.py": 30,
    "test_cluster.py": 30,
    "test_check.py": 25,
    "test_lint.py": 30,
    "test_site.py": 15,
    "test_as_of.py": 15,
    "test_start.py": 11,
    "test_task_cells.py": 25,
    "test_annex.py": 25,
    "test_golden.py": 25,
    "test_base_environment.py": 20,
    "test_answers.py": 11,
    "test_release.py": 20,
    "test_grade_class.py": 20,
    "test_journey.py": 20,
    "test_postgresql.py": 20,
    "test_sandbox.py": 18,
    "test_zips.py": 15,
    "test_feedback.py": 15,
    "test_personal_data.py": 35,
    "test_pairs.py": 35,
    "test_full_disk.py": 15,
    "test_windows.py": 15,
    "test_gradebook.py": 15,
    "test_points.py": 15,
    "test_run_one.py": 15,
    "test_seen_inside.py": 15,
    "test_unchanged.py": 15,
    "test_exam_release.py": 14,
    "test_exam_sitting.py": 12,
    "test_class_report.py": 12,
    "test_cut_scores.py": 11,
    "test_campaign_results.py": 30,
    "test_pilot.py": 35,
    "test_campaign.py": 20,
    "test_campaign_pages.py": 20,
    "test_two_versions.py": 20,
    "test_regrade.py": 15,
    "test_tries.py": 15,
    "test_course_exam.py": 10,
    "test_cells.py": 10,
}
"""Seconds of processor time, roughly, by file name: what counts is the order."""

_NOT_FAST = ("slow", "long", "journey", "browser")
_HEAVY = {
    *("browser", "lab_server", "module_lab", "kernel", "course_copy"),
    *("released_course", "small_class", "small_course", "marked_class", "exam_class", "staff_class"),
}
"""Fixtures that take seconds: they start a browser, a server or a kernel, copy the course, or call nbgrader."""


def pace(items: list[pytest.Item]) -> None:
    """Put the longest files first and mark as ``fast`` what stands in none of them. Each process does the same."""
    items.sort(key=lambda item: -LONG.get(item.path.name, 0))  # a stable sort: tests of a file stay together, in order
    for item in items:
        if item.path.name in LONG:
            item.add_marker("slow")
        elif item.path.suffix == ".py" and not _has(item, _NOT_FAST) and _HEAVY.isdisjoint(_fixtures(item)):
            item.add_marker("fast")


def passed_by(path: Path, chosen: str) -> bool:
    """Tell whether a file has none of the tests that ``-m chosen`` runs, so that nobody need import it."""
    return chosen == "fast" and (path.name in LONG or path.suffix == ".ipynb")


def sampled(cases: Sequence[Any], count: int) -> list[Any]:
    """Return all ``cases``: ``count`` of them, evenly spread and always the same, for ``make test``, the rest long."""
    chosen = {round(number * (len(cases) - 1) / (count - 1)) for number in range(count)}
    return [case if place in chosen else pytest.param(case, marks=pytest.mark.long) for place, case in enumerate(cases)]


def _fixtures(item: pytest.Item) -> Iterable[str]:
    return item.fixturenames if isinstance(item, pytest.Function) else ()


def _has(item: pytest.Item, names: Iterable[str]) -> bool:
    return any(item.get_closest_marker(name) for name in names)


def unknown(folder: Path) -> list[str]:
    """Return the names in ``LONG`` that are no file below ``folder`` (any more)."""
    return sorted(set(LONG) - {path.name for path in folder.rglob("test_*.py")})
