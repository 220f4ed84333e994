"""Group a trainee's results by learning objective: points earned and possible, and the lessons to read again."""

from __future__ import annotations

from collections.abc import Mapping

from buuchinh import course, datasets
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.points import reaches
from buuchinh.results.results import QuestionResult, Standing
from buuchinh.text import format_number


def by_objective(standing: Standing) -> list[dict[str, str]]:
    """Return one dictionary per objective, sorted by id, with ``title``, ``points``, ``state`` and ``word``.

    ``points`` says how many points were earned and how many were possible. ``word`` is the displayed name of ``state``.
    If a question still awaits manual grading, its objective's state is ``open``, neither right nor wrong.
    """
    earned: dict[str, float] = {}
    most: dict[str, float] = {}
    graded: dict[str, list[bool]] = {}
    for item in standing.items:
        name = item.objective or ""
        earned[name] = earned.get(name, 0.0) + (item.earned or 0.0)
        most[name] = most.get(name, 0.0) + item.most
        graded.setdefault(name, []).append(item.earned is not None)
    titles = known()
    totals = []
    for name in sorted(most):
        whole = all(graded[name])
        got = "right" if reaches(earned[name], most[name]) else "partly" if earned[name] > 0 else "wrong"
        so_far = format_number(round(earned[name], 2)) if any(graded[name]) else say("results.feedback.open_points")
        title = say("results.feedback.objective", **_titled(name, titles))
        points = say("results.feedback.points", points=so_far, most=format_number(most[name]))
        state = got if whole else "open"
        word = say(f"results.feedback.states.{state}")
        totals.append({"title": title, "points": points, "state": state, "word": word})
    return totals


def read_again(standing: Standing) -> list[dict[str, str]]:
    """Return the objectives in which points were lost, the greatest loss first, each with the lesson to read again.

    ``address`` is the URL of the lesson's page, or "" if the course is not published. The list is empty if some answers
    belong to another test form, since points lost in this form then say nothing about the trainee.
    """
    if any(map(is_foreign, standing.items)):
        return []
    lost: dict[str, float] = {}
    for item in standing.items:
        if item.objective and item.earned is not None and not item.right:
            lost[item.objective] = lost.get(item.objective, 0.0) + item.most - item.earned
    titles = known()
    return [
        {"title": say("results.feedback.objective", **_titled(name, titles)), "address": _address(titles[name][1])}
        for name in sorted(lost, key=lambda name: -lost[name])
        if name in titles
    ]


def _address(lesson: str) -> str:
    return course.settings().site.address(f"bai-{lesson.lstrip('0')}")


def is_foreign(item: QuestionResult) -> bool:
    """Return whether an answer awaits manual review because its ids belong to another form or version."""
    return item.earned is None and item.score["reason"] == "unknown"


def known() -> Mapping[str, tuple[str, str]]:
    """Map objective ids to (title, lesson); the mapping is empty if the table of objectives cannot be read."""
    try:
        return datasets.made_of(_read_objectives, "questions/objectives")
    except (KitError, KeyError):
        return {}


def _read_objectives() -> Mapping[str, tuple[str, str]]:
    rows = datasets.read("questions/objectives").rows
    return {str(row["id"]): (str(row["title"]), str(row["lesson"])) for row in rows}


def _titled(name: str, titles: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    title, lesson = titles.get(name, (name, "?"))
    return {"title": title, "lesson": lesson.lstrip("0")}
