"""Finished short tests, and the hand-in with which they travel."""

from __future__ import annotations

import shutil
from typing import Any

from buuchinh import course
from buuchinh.files import write_json
from buuchinh.intake import collect
from buuchinh.notebook import pack
from buuchinh.questions.practice import assessment
from buuchinh.questions.publish import obscure


def finished(unit: str, code: str, right: int, at: str, place: str | None = None) -> None:
    """Write a finished test of which the first ``right`` are right."""
    file = assessment.questions(unit)
    answers: dict[str, Any] = {}
    for number, question in enumerate(file.questions):
        shown: Any = obscure(question, file.seed)
        key = shown.keys[0].correct
        other = next(option.id for option in shown.options if option.id != key)
        answers[question.id] = key if number < right else other
    done = {"format": 1, "unit": unit, "version": file.version, "code": code, "finished_at": at, "answers": answers}
    done |= {"place": place} if place else {}
    write_json(course.workplace(code, unit) / assessment.FINISHED, done)


def take_in(code: str) -> None:
    """Hand in an exercise of the person, with whatever tests are finished, and collect it."""
    folder = course.workplace(code, "bt02")
    shutil.copytree(course.root() / "exercises" / "bt02", folder, dirs_exist_ok=True)
    assert collect.collect(pack.build(folder, "bt02", code).path)[0].outcome == "taken"
