"""The bank asked about the law of any day: each key is chosen on its own days, and on no other."""

from __future__ import annotations

import contextlib
import json
import re
import sys
import urllib.request
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from kit.answering import right_answer
from kit.authoring import edit, make_course
from kit.course import start_lab

from buuchinh import ask, cli, law
from buuchinh import course as room
from buuchinh.authoring.foundations import keyed
from buuchinh.authoring.uses import question_files
from buuchinh.questions.browser import payload
from buuchinh.questions.keys import Key
from buuchinh.questions.practice.asked_on_day import obstacles
from buuchinh.questions.scoring import score

FILES = question_files()
QUESTIONS = [question for _, file in FILES for question in file.questions]
PARTS = [(question, part, name) for question in QUESTIONS for name, part, _ in keyed(question)]
SEVERAL = [(part, name) for _, part, name in PARTS if len(part.keys) > 1]
ONE_DAY = timedelta(days=1)


def days_of(key: Key) -> list[date]:
    """The first and the last day of a key; a day far away where it has no end."""
    return [key.from_ or date(1990, 1, 1), key.to - ONE_DAY if key.to else date(2199, 1, 1)]


def test_the_bank_has_questions_whose_answer_turns_on_the_day():
    assert len(SEVERAL) >= 3
    assert len(PARTS) >= 1000


@pytest.mark.parametrize(
    "file", [file for _, file in FILES], ids=[f"{path.parent.name}-{path.stem}" for path, _ in FILES]
)
def test_each_key_is_chosen_on_its_days_and_on_no_other(file):
    for question in file.questions:
        for name, part, _ in keyed(question):
            chosen_on_its_days_alone(question, part, name)


def chosen_on_its_days_alone(question, part, name):
    for key in part.keys:
        for day in days_of(key):
            assert part.key_on(day) is key, name
            if not question.as_of and question.type != "form":
                shown = payload.practice(question, day)["question"]["keys"]
                assert shown == [key.model_dump(mode="json", by_alias=True)], name
        for outside in (key.from_ - ONE_DAY if key.from_ else None, key.to):
            assert outside is None or part.key_on(outside) is not key, name


@pytest.mark.parametrize(("part", "name"), SEVERAL, ids=[name for _, name in SEVERAL])
def test_an_answer_is_scored_by_the_key_of_the_day(part, name):
    answers = [right_answer(part, days_of(key)[0]) for key in part.keys]
    for key, right in zip(part.keys, answers, strict=True):
        for day in days_of(key):
            assert score(part, right, day).fraction == 1
            assert score(part, right, day).provisions == key.provisions
            for other in answers:
                assert other == right or score(part, other, day).fraction < 1, name


def test_what_is_asked_about_the_day_of_the_report_rests_on_law_of_that_day():
    day = room.settings().report_date
    asked = [question for question in QUESTIONS if question.as_of is None and not obstacles(question, day)]
    assert len(asked) > 30
    for question in asked:
        for name, part, _ in keyed(question):
            key = part.key_on(day)
            assert key, name
            for ref in key.provisions:
                assert law.parse(ref).on or law.in_force(ref, day) in {"in_force", "unknown"}, (name, ref)


@pytest.fixture
def course(tmp_path, monkeypatch) -> Iterator[Path]:
    root = make_course(tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.delenv(room.LAW_DAY, raising=False)
    InteractiveShell.instance()  # what a cell shows is caught where there is a shell
    yield root
    InteractiveShell.clear_instance()


def shown(question_id: str, on: str | None = None) -> str:
    """What a cell shows, as HTML; of a widget the payload."""
    with capture_output() as captured:
        ask(question_id, on)
    return json.dumps([output.data for output in captured.outputs], ensure_ascii=False, default=str)


def test_a_cell_may_ask_about_another_day(course):
    path = course / "datasets" / "questions" / "l90.yml"
    edit(path, "from: 2024-01-01", "from: 2020-01-01")
    said = shown("l90-q01", "30-6-2023")
    assert "Hỏi theo pháp luật ngày 30-06-2023" in said
    assert "Khách không cho xem gói" in said
    assert "Hỏi theo pháp luật" not in shown("l90-q01")


@pytest.mark.parametrize(("old", "new", "why"), [
    ("from: 2024-01-01", "from: 2024-01-01", "chưa có đáp án cho ngày ấy"),
    ("from: 2024-01-01\n        provisions: [LBC-2010/29.3]", "provisions: [ND174-2026/12.3.d]", "chưa có hiệu lực"),
])  # fmt: skip
def test_what_cannot_be_asked_about_a_day_says_why(course, old, new, why):
    edit(course / "datasets" / "questions" / "l90.yml", old, new)
    said = shown("l90-q01", "2023-06-30")
    assert "không hỏi được theo pháp luật ngày 30-06-2023" in said
    assert why in said
    assert "Khách không cho xem gói" not in said
    assert "Khách không cho xem gói" in shown("l90-q01")


def test_the_day_of_a_whole_session_is_set_once(course, monkeypatch, capsys):
    monkeypatch.setenv(room.LAW_DAY, "2023-06-30")
    assert room.law_day() == date(2023, 6, 30)
    assert "không hỏi được theo pháp luật ngày 30-06-2023" in shown("l90-q01")
    assert "Khách không cho xem gói" in shown("l90-q01", "reviewed")
    monkeypatch.setenv(room.LAW_DAY, "hôm qua")
    assert cli.run(["lab", "--date", "hôm kia", "--no-browser"]) == 1
    assert "hôm kia" in capsys.readouterr().err


def days_of_kernels(course: Path) -> set[str]:
    """The day of the law in the environment of each kernel of a course, as Linux tells it."""
    days = set()
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if b"ipykernel_launcher" in (process / "cmdline").read_bytes():
                pairs = (process / "environ").read_bytes().decode("utf-8", "replace").split("\0")
                found = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
                if found.get("BUUCHINH_COURSE") == str(course):
                    days.add(found.get(room.LAW_DAY, ""))
    return days


@pytest.mark.journey
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_every_kernel_of_a_lab_knows_the_day(course_copy):
    server = start_lab(course_copy, "--date", "report")
    lab = next(server)
    (address, token) = re.findall(r"(http://[^/]+)/.*token=(.*)", lab.address)[0]
    request = urllib.request.Request(f"{address}/api/kernels", data=b"{}", headers={"Authorization": f"token {token}"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert answer.status == 201
    assert days_of_kernels(course_copy) == {"2023-08-16"}
    assert next(server, None) is None  # it is stopped


def test_answers_about_another_day_are_kept_apart(course):
    from buuchinh.notebook.workspace import record_of
    from buuchinh.questions.practice import asked_on_day

    today = record_of("l90", "1.0.0")
    then = asked_on_day.record_of(today, date(2024, 6, 30))
    then.put("l90-q01", "nhan")
    assert today.answers() == {}
    assert then.answer("l90-q01") == "nhan"
    assert then.unit != today.unit


def test_check_counts_what_can_be_asked_about_a_day(course, capsys):
    assert cli.run(["check", "--date", "2023-06-30"]) == 0
    said = capsys.readouterr().out
    assert "0 trên 1 câu luyện tập hỏi được" in said
    assert "l90-q01" in said
    assert cli.run(["check", "--date", "reviewed"]) == 0
    assert "1 trên 1" in capsys.readouterr().out
