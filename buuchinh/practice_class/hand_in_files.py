"""Make the files that the made-up people hand in, packed as a trainee's notebook or page packs them."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from buuchinh import course
from buuchinh.files import write_bytes, write_json
from buuchinh.notebook import pack
from buuchinh.practice_class.answer_choice import right_answer, wrong_answer
from buuchinh.practice_class.class_data import MadeUpClass, MadeUpPerson
from buuchinh.questions import publish
from buuchinh.release import versions

FIRST_STICK, SECOND_STICK = "usb-dot-1", "usb-dot-2"
"""Folders of the class with hand-ins: the first is collected already, the second is left for practice."""
_FEW, _MANY = 2, 14
"""Number of wrong answers in an exam that is passed, and in one that is failed."""
_CUT = 90
"""Number of bytes that remain of the broken zip; the answers stand after them."""


def exam_answers(made_up: MadeUpClass, person: MadeUpPerson, code: str) -> dict[str, Any]:
    """Return the answers of one person in the first sitting: enough right ones to pass, or too few."""
    luck = Random(f"{made_up.seed} {made_up.first_sitting} {code}")
    misses = _FEW if person.exam == "pass" else _MANY
    return _answers(made_up.first_sitting, code, misses, luck, decisive=person.exam == "fail")


def exercise_answers(made_up: MadeUpClass, person: MadeUpPerson, code: str) -> dict[str, Any]:
    """Return the answers of one person to the exercise, with the text that the person wrote, if any.

    Where the released key has a slip, most people answer right by the key in ``source/``, others as the slip has it.
    """
    luck = Random(f"{made_up.seed} {made_up.exercise} {code}")
    given = _answers(made_up.exercise, code, person.misses, luck, apart_from=made_up.slip.question)
    if person.text:
        given[made_up.text_question] = made_up.texts[person.text]
    if not person.short and made_up.slip.question in given:
        given[made_up.slip.question] = _by_source(made_up.exercise, made_up.slip.question)
    return given


def packed_file(desk: Path, unit: str, code: str, answers: Mapping[str, Any], at: datetime) -> Path:
    """Pack one person's answers, given within the hour before ``at``, and return the path of the zip in ``desk``."""
    folder = desk / code / unit
    shutil.copytree(course.exercise_folder(unit), folder)
    entries = {
        name: {"answer": answer, "at": (at - timedelta(minutes=50 - number)).isoformat(), "tries": 1}
        for number, (name, answer) in enumerate(answers.items())
    }
    head = {"format": 1, "unit": unit, "version": versions.latest(unit), "code": code}
    write_json(folder / course.ANSWERS, head | {"answers": entries})
    return pack.build(folder, unit, code, at).path


def break_file(path: Path) -> None:
    """Cut a zip off near its beginning, as a stick does that was pulled out while the file was copied."""
    write_bytes(path, path.read_bytes()[:_CUT])


def _answers(
    unit: str, code: str, misses: int, luck: Random, *, decisive: bool = False, apart_from: str = ""
) -> dict[str, Any]:
    """Return right answers to a unit but for as many as ``misses``, by id of the question.

    Questions that must be right to pass are missed only if ``decisive`` is True; ``apart_from`` is never missed.
    """
    day = course.settings().reviewed_on
    asked = versions.released_for(unit, None, code).obscured
    given = {name: right_answer(question, day) for name, question in asked.items()}
    open_to_slips = [
        name
        for name, question in asked.items()
        if name != apart_from and (decisive or not _must_be_right(question)) and given[name] is not None
    ]
    luck.shuffle(open_to_slips)
    for name in open_to_slips:
        if not misses:
            break
        wrong = wrong_answer(asked[name], day, luck)
        if wrong is not None:
            given[name] = wrong
            misses -= 1
    return {name: answer for name, answer in given.items() if answer is not None}


def _by_source(unit: str, question_id: str) -> Any:
    """Return the answer that the key in ``source/`` takes as right, with the ids that trainees' answers use."""
    file = next(iter(versions.by_form(course.source_folder(unit)).values()))
    question = next(question for question in file.questions if question.id == question_id)
    return right_answer(publish.obscure(question, file.seed), course.settings().reviewed_on)


def _must_be_right(question: Any) -> bool:
    return bool(getattr(question, "critical", False) or getattr(question, "decision", None))
