"""Lessons 4 and 7: hours and fines come out right, officers' parts are marked, figures of the report are the table's.

What holds for every lesson is in ``test_lessons.py``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from statistics import median

import nbformat
import pytest

from buuchinh import course, law, load
from buuchinh.questions import bank
from buuchinh.questions.types.numeric.model import NumericQuestion
from buuchinh.questions.types.scenario.model import ScenarioQuestion
from buuchinh.questions.types.text.model import TextQuestion
from buuchinh.text import format_number

ROOT = course.root()
QUESTIONS = {
    question.id: question
    for path in (
        "datasets/questions/l04.yml", "source/bt04/questions.yml", "exam/pool/x04.yml",
        "datasets/questions/l07.yml", "source/bt07/questions.yml", "exam/pool/x07.yml",
    )
    for question in bank.load(ROOT / path).questions
}  # fmt: skip


def number(name: str) -> tuple[str, float]:
    question = QUESTIONS[name]
    assert isinstance(question, NumericQuestion)
    return question.stem, question.keys[0].correct


def hours(stem: str) -> list[int]:
    """Return each time of day told in a stem as hours: with its day of the month where it is told."""
    told = re.findall(r"(\d+) giờ(?: ngày (\d+)-11| cùng ngày)?", stem)
    return [int(hour) + 24 * int(day or 0) for hour, day in told]


@pytest.mark.parametrize("name", [one for one in QUESTIONS if one.startswith("l04-q14")])
def test_what_is_left_of_72_hours_counts_from_finding_out(name: str) -> None:
    stem, right = number(name)
    found, now = hours(stem)
    assert right == 72 - (now - found)
    assert "có thể gây tổn hại" in stem  # without it the law sets no 72 hours


def test_what_is_left_of_72_hours_does_not_count_from_the_slip_itself() -> None:
    stem, right = number("bt04-q06")
    slip, found, now = hours(stem)
    assert right == 72 - (now - found) != 72 - (now - slip)


@pytest.mark.parametrize("name", [one for one in QUESTIONS if one.startswith("l04-q13")])
def test_what_is_left_of_24_hours_counts_from_the_procuracys_receipt(name: str) -> None:
    stem, right = number(name)
    _, received, now = hours(stem)
    assert right == 24 - (now - received)


@pytest.mark.parametrize(
    ("name", "ref"),
    [
        ("x04-q06", "ND330-2026/50.2.b"),
        ("l07-q16-v1", "ND174-2026/104.3"),
        ("l07-q16-v2", "ND174-2026/106.1"),
        ("l07-q16-v3", "ND174-2026/107.4"),
        ("l07-q16-v4", "ND174-2026/106.2"),
        ("bt07-q08", "ND174-2026/107.1"),
        ("x07-q07", "ND174-2026/106.1"),
    ],
)
def test_a_person_is_fined_half_of_what_the_register_has_for_an_organisation(name: str, ref: str) -> None:
    _, right = number(name)
    most = law.provision(ref).amount_max
    assert most
    assert right == most / 2 / 1_000_000


@pytest.mark.parametrize("lesson", ["04-bi-mat-thu-tin", "07-phoi-hop-lien-nganh"])
def test_what_is_for_officers_says_so_and_bears_the_tag(lesson: str) -> None:
    cells = nbformat.read(ROOT / f"lessons/{lesson}.ipynb", as_version=4).cells
    said = {cell.id for cell in cells if re.match(r"## \d+\. \[Cán bộ\]", cell.source)}
    assert said
    assert said <= {cell.id for cell in cells if "can-bo" in cell.metadata.get("tags", ())}


def test_the_rubric_of_the_report_has_the_tables_own_figures() -> None:
    table = load("statistics/incidents-simulated").drop_duplicates()
    minutes: dict[str, list[float]] = defaultdict(list)
    unknown = 0
    for row in table.itertuples():
        told = str(row.minutes_to_report)
        if re.fullmatch(r"\d+", told):
            minutes[row.action].append(float(told))
        else:
            unknown += 1
    question = QUESTIONS["bt07-q13"]
    assert isinstance(question, TextQuestion)
    rubric = question.keys[0].rubric or ""
    assert len(minutes) == 4
    for found in minutes.values():
        assert f"{format_number(median(found))} phút với {len(found)} vụ" in rubric
    assert f"({unknown})" in rubric
    assert f"({format_number(len(table))})" in rubric


def test_who_waits_by_the_smoke_or_carries_the_packet_comes_to_no_safe_end() -> None:
    question = QUESTIONS["bt07-q10"]
    assert isinstance(question, ScenarioQuestion)
    leads = {choice.id: choice.next for choice in question.nodes["trua"].choices}
    ends = question.keys[0].ends
    for choice in ("ve-xem", "dem-ra"):
        assert ends[leads[choice]].kind == "danger"
        assert ends[leads[choice]].back_to == "trua"
    assert leads["goi-114"] in question.nodes
