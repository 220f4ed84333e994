"""The instructor's journey with a class of twenty made-up hand-ins, through the commands and real nbgrader."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from kit.answering import right_answer, wrong_answers
from kit.course import copy_course, run

from buuchinh import codes, course
from buuchinh.notebook import pack
from buuchinh.questions import exam_forms, exercise_forms
from buuchinh.questions.answers import Record
from buuchinh.questions.authored import QuestionFile
from buuchinh.questions.keys import whole
from buuchinh.questions.publish import obscure
from buuchinh.questions.scoring import score
from buuchinh.questions.types.single.model import SingleQuestion
from buuchinh.release import versions

pytestmark = pytest.mark.journey

CLASS = [codes.make(f"GL{n:04d}") for n in range(1, 21)]
BROKEN, NO_ANSWERS, STRANGER = CLASS[3], CLASS[7], codes.make("ZZ9999")
GRADED = [code for code in CLASS if code != NO_ANSWERS]
START = datetime(2026, 11, 20, 9, 0, 0).astimezone()


def file_of(unit: str, code: str, root: Path) -> QuestionFile:
    """Return the author's questions of the form that belongs to a code."""
    forms = exercise_forms.load(root / "source" / unit / "questions.yml")
    return forms[exam_forms.pick(unit, forms, code)]


def answers_of(unit: str, code: str, luck: random.Random, root: Path) -> dict[str, Any]:
    """Make up the answers of one trainee: some right, some wrong, some left out."""
    file = file_of(unit, code, root)
    day = course.settings().reviewed_on
    made: dict[str, Any] = {}
    for question in file.questions:
        shown = obscure(question, file.seed)
        right = right_answer(shown, day)
        wrong = list(wrong_answers(shown, day))
        if right is None:
            made[question.id] = "Đã dừng phát, báo trưởng bưu cục, không mở kiện. <b>Ghi</b> biên bản lúc 10:05."
        elif luck.random() < 0.7 or not wrong:
            made[question.id] = right
        elif luck.random() < 0.8:
            made[question.id] = luck.choice(wrong)
    return made


def expected(unit: str, code: str, answers: dict[str, Any], root: Path) -> float:
    """Return the points that the machine gives, by the scoring function alone."""
    file = file_of(unit, code, root)
    day = course.settings().reviewed_on
    return sum(
        question.points * score(obscure(question, file.seed), answers.get(question.id), day).fraction
        for question in file.questions
    )


@pytest.fixture(scope="module")
def class_of_twenty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, dict[str, Any]]]:
    """Set up the course, release bt02, and let twenty trainees and a stranger hand in on a USB stick."""
    root = copy_course(tmp_path_factory.mktemp("journey") / "course")
    os.environ["BUUCHINH_COURSE"] = str(root)
    roster = root / "lop.csv"
    rows = "".join(f"{code};Bưu cục {n}\r\n" for n, code in enumerate(CLASS))
    roster.write_text(f"\ufeffMã;Đơn vị\r\n{rows}", encoding="utf-8")
    run(root, "buuchinh", "roster", "lop.csv")
    run(root, "buuchinh", "release", "bt02")
    stick = root.parent / "usb"
    luck = random.Random(2026)
    given: dict[str, dict[str, Any]] = {}
    for n, code in enumerate([*CLASS, STRANGER]):
        folder = root.parent / "desks" / code / "bt02"
        shutil.copytree(root / "exercises" / "bt02", folder)
        given[code] = answers_of("bt02", code, luck, root)
        record = Record(folder, "bt02", versions.latest("bt02"), code)
        for question_id, answer in given[code].items():
            record.put(question_id, answer)
        stick.joinpath(f"tổ {n % 3}").mkdir(parents=True, exist_ok=True)
        made = pack.build(folder, "bt02", code, START + timedelta(minutes=n)).path
        target = stick / f"tổ {n % 3}" / made.name
        shutil.copy(made, target)
        if code == BROKEN:
            replace(target, "bt02.ipynb", lambda data: data[: len(data) // 2])
        if code == NO_ANSWERS:
            replace(target, "answers.json", None)
    return root, given


def replace(archive: Path, name: str, change: Any) -> None:
    """Damage one file of a zip, or leave it out."""
    packed = io.BytesIO()
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(packed, "w") as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
            elif change:
                new.writestr(entry, change(old.read(entry)))
    archive.write_bytes(packed.getvalue())


def test_from_the_usb_stick_to_feedback_and_report(class_of_twenty: tuple[Path, dict[str, dict[str, Any]]]) -> None:
    root, given = class_of_twenty
    said = run(root, "buuchinh", "collect", str(root.parent / "usb"), expect=3)
    assert STRANGER in said
    assert NO_ANSWERS in said
    assert {path.name for path in (root / "submitted").iterdir()} == set(GRADED)

    run(root, "buuchinh", "grade", "bt02")
    points = gradebook_points(root)
    assert points == pytest.approx({code: expected("bt02", code, given[code], root) for code in GRADED}, abs=1e-6)

    run(root, "nbgrader", "autograde", "bt02", "--force")
    assert gradebook_points(root) == pytest.approx(points)

    run(root, "buuchinh", "feedback", "bt02")
    check_feedback(root, given)

    run(root, "buuchinh", "report", "bt02")
    reports = sorted((root / "reports").rglob("*.csv"))
    assert reports
    assert reports[0].read_bytes().startswith(b"\xef\xbb\xbf")
    text = "".join(path.read_text(encoding="utf-8-sig") for path in reports)
    assert all(code in text for code in GRADED)

    run(root, "buuchinh", "backup")
    run(root, "buuchinh", "forget", CLASS[0], "--yes")
    assert not (root / "submitted" / CLASS[0]).exists()
    assert CLASS[0] not in gradebook_points(root)


def check_feedback(root: Path, given: dict[str, dict[str, Any]]) -> None:
    """Each trainee is told about what was chosen, and about nothing else."""
    day = course.settings().reviewed_on
    for code in GRADED:
        file = file_of("bt02", code, root)
        pages = sorted((root / "feedback" / code / "bt02").glob("*.html"))
        assert len(pages) == 1, code
        html = pages[0].read_text(encoding="utf-8")
        assert "<script" not in html
        for question in file.questions:
            assert question.intent not in html
            if not isinstance(question, SingleQuestion):
                continue
            key = question.key_on(question.as_of or day)
            assert key is not None
            chosen = given[code].get(question.id)
            shown = obscure(question, file.seed)
            assert isinstance(shown, SingleQuestion)
            opaque = shown.key_on(shown.as_of or day)
            assert opaque is not None
            told = whole(opaque.feedback[chosen]) if chosen in opaque.feedback else None
            for feedback in key.feedback.values():
                text = whole(feedback)
                one_line = text if isinstance(feedback, str) else feedback.why or text  # fields are lines of their own
                longest = max(re.split(r"""["'“”()*`]""", one_line), key=len).strip()
                assert (longest in html) == (text == told), (code, question.id, longest)


def gradebook_points(root: Path) -> dict[str, float]:
    """Read the points out of nbgrader's gradebook."""
    script = (
        "import json; from buuchinh.classroom import gradebook\n"
        "with gradebook.opened() as book:\n"
        "    print(json.dumps({s.student.id: s.auto_score if hasattr(s, 'auto_score') else s.score\n"
        "        for s in book.find_assignment('bt02').submissions}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=root, env={**os.environ, "BUUCHINH_COURSE": str(root)},
        capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def test_the_lists_for_handing_out_are_excels(class_of_twenty: tuple[Path, dict[str, dict[str, Any]]]) -> None:
    root, _ = class_of_twenty
    lists = [path for path in root.rglob("*.csv") if "lop" in path.name and path.name != "lop.csv"]
    assert lists
    text = lists[0].read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines(), csv.Sniffer().sniff(text, ",;")))
    assert {cell for row in rows for cell in row} >= set(CLASS[1:])  # the first may be forgotten by now
