"""Fill the class to practise on by the functions that a real class goes through: enrol, release, collect, grade.

``python -m buuchinh.practice_class.fill_practice_class`` does this for the course in ``BUUCHINH_COURSE``, and writes
one line of JSON for each step and each problem. The answers are always the same; days are counted from today.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, time, timedelta
from pathlib import Path

from buuchinh import course
from buuchinh.classroom import enrolment
from buuchinh.course.write_deadline import set_deadline
from buuchinh.errors import KitError
from buuchinh.files import read_text, write_text
from buuchinh.grading import grade_class
from buuchinh.intake.collect import collect
from buuchinh.messages import say
from buuchinh.practice_class import hand_in_files
from buuchinh.practice_class.class_data import MadeUpClass, made_up_class
from buuchinh.practice_class.hand_in_files import FIRST_STICK, SECOND_STICK
from buuchinh.release import release, versions

CLASS_LIST = "lop.csv"
_AGED = timedelta(days=60)
"""Days for which the units count as released, so that the made-up hand-ins are younger than their release."""


def fill(today: datetime, show: Callable[[int, str], None]) -> None:
    """Fill the course in use; ``today`` is the moment from which all days of the class are counted.

    ``show`` is called with the number of finished steps and a sentence about the step that begins. Raise ``KitError``
    if the course in use is not a class to practise on.
    """
    if not course.is_practice_class():
        raise KitError(say("practice_class.not_ours"))
    made_up = made_up_class()
    show(1, say("practice_class.steps.enrol"))
    set_days(made_up, today)
    codes = _enrol(made_up)
    show(2, say("practice_class.steps.release"))
    for unit in made_up.units:
        release.release(unit)
    _slip(made_up)
    show(3, say("practice_class.steps.hand_in"))
    with tempfile.TemporaryDirectory(prefix="buuchinh-lop-thu-") as scratch:
        exams = _exam_files(made_up, codes, today, Path(scratch))
        _exercise_files(made_up, codes, today, Path(scratch))
        show(4, say("practice_class.steps.collect"))
        collect(exams)
    collect(course.root() / FIRST_STICK)
    show(5, say("practice_class.steps.grade"))
    for unit in (made_up.first_sitting, made_up.exercise):
        grade_class.grade(unit)


def set_days(made_up: MadeUpClass, today: datetime) -> None:
    """Set the class's deadlines, remove those of the real class, and let the units be released long ago."""
    for unit in course.settings().deadlines:
        set_deadline(unit, None)
    for unit, until in deadlines(made_up, today).items():
        set_deadline(unit, until)
    day = (today - _AGED).date()
    for unit in made_up.units:
        for path in (course.source_folder(unit) / course.RELEASES).glob("*.toml"):
            aged = re.sub(r"(?m)^released_on[^\n]*$", f"released_on = {day}", read_text(path))
            write_text(path, aged)


def deadlines(made_up: MadeUpClass, today: datetime) -> dict[str, datetime]:
    """Return the last moment for each unit: the exercise and the first sitting are over, the second one is to come."""
    days = {
        made_up.exercise: (-1, time(17)),
        made_up.first_sitting: (-6, time(11)),
        made_up.second_sitting: (2, time(11)),
    }
    return {unit: _at(today, day, hour) for unit, (day, hour) in days.items()}


def _at(today: datetime, day: int, hour: time) -> datetime:
    return datetime.combine((today + timedelta(days=day)).date(), hour).astimezone()


def _enrol(made_up: MadeUpClass) -> list[str]:
    """Write the class list as an office writes it, with a title above it, and return the codes in its order."""
    columns = say("practice_class.list.columns")
    rows = [f"{number};{one.name};{one.office};{one.role}" for number, one in enumerate(made_up.people, 1)]
    text = "\n".join([say("practice_class.list.title"), "", columns, *rows, ""])
    write_text(course.root() / CLASS_LIST, f"\ufeff{text}")
    enrolled = enrolment.enrol(course.root() / CLASS_LIST, prefix=made_up.prefix)
    assert enrolled is not None  # nobody was enrolled before, so nobody is asked
    return list(enrolled.roster.codes)


def _slip(made_up: MadeUpClass) -> None:
    """Put the slip into the released key; the key in ``source/`` stays right, so correcting it moves people."""
    path = versions.folder(made_up.exercise, versions.latest(made_up.exercise)) / course.QUESTIONS
    head, mark, rest = read_text(path).partition(f"- id: {made_up.slip.question}\n")
    write_text(path, head + mark + rest.replace(made_up.slip.right, made_up.slip.wrong, 1))


def _exam_files(made_up: MadeUpClass, codes: list[str], today: datetime, scratch: Path) -> Path:
    """Pack the first sitting of everyone who sat it, and return the folder with the files."""
    desk, stick = scratch / "thi", scratch / "usb-thi"
    stick.mkdir()
    until = deadlines(made_up, today)[made_up.first_sitting]
    for number, (person, code) in enumerate(zip(made_up.people, codes, strict=True)):
        if person.exam in {"pass", "fail"}:
            answers = hand_in_files.exam_answers(made_up, person, code)
            at = until - timedelta(minutes=3 * number + 5)
            shutil.copy(hand_in_files.packed_file(desk, made_up.first_sitting, code, answers, at), stick)
    return stick


def _exercise_files(made_up: MadeUpClass, codes: list[str], today: datetime, scratch: Path) -> None:
    """Pack the exercise of everyone who did it, and put the files on two sticks."""
    until = deadlines(made_up, today)[made_up.exercise]
    for number, (person, code) in enumerate(zip(made_up.people, codes, strict=True)):
        if person.work == "none":
            continue
        at = until - timedelta(days=number % 3, minutes=37 * (number % 11) + 15)
        if person.work == "late":
            at = until + timedelta(hours=2, minutes=5)
        stick = course.root() / (SECOND_STICK if person.work == "second" else FIRST_STICK)
        answers = hand_in_files.exercise_answers(made_up, person, code)
        used = codes[person.borrows - 1] if person.work == "borrowed" else code
        desk = scratch / f"may-{number}"
        path = hand_in_files.packed_file(desk, made_up.exercise, used, answers, at)
        if person.work == "broken":
            hand_in_files.break_file(path)
        target = stick / (f"{code} {person.name}" if person.work == "borrowed" else "")
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)


def main() -> int:
    """Fill the course in use and write what happens to standard output; return the exit code."""

    def show(done: int, sentence: str) -> None:
        _write({"done": done, "sentence": sentence})

    try:
        fill(datetime.now().astimezone(), show)
    except KitError as error:
        for problem in error.problems:
            _write({"problem": asdict(problem)})
        return 1
    return 0


def _write(news: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(news, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
