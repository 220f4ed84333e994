"""Keys and rubrics that count the simulated table are counted again here without pandas.

The generator makes that table: who changes the generator sees here which keys no longer hold.
"""

from __future__ import annotations

import csv
import json
import math
import statistics
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import matplotlib as mpl
import nbformat
import pytest

from buuchinh import blanks, course
from buuchinh.notebook.submit import RESULTS
from buuchinh.questions import publish, question_bank
from buuchinh.questions.scoring import score
from buuchinh.text import fold, format_number

TODAY = date(2026, 11, 25)
FILE = question_bank.load(course.root() / "source" / "bt06" / "questions.yml")
CODE: list[Any] = [question for question in FILE.questions if question.type == "code"]
NOTEBOOK = course.root() / "source" / "bt06" / "bt06.ipynb"
BT07 = course.root() / "source" / "bt07" / "questions.yml"
LESSON_6 = course.root() / "lessons" / "06-thong-ke-vu-viec.ipynb"
ROUGH = {"hon_57": 0.3, "hon_8": 1.0}
"""Shares that the notebook draws ten thousand times; here they are computed."""
STAGES = ("khai thác", "chấp nhận tại quầy", "phát", "vận chuyển", "thu gom")


def rows(name: str) -> list[dict[str, str]]:
    with (course.root() / "datasets" / "statistics" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(written: str) -> date:
    return date.fromisoformat("-".join(reversed(written.split("/"))))


def rises_by(least: int, mean: float) -> float:
    """Return how often the second of two Poisson counts of this mean is greater than the first by ``least`` or more."""
    chances = [math.exp(count * math.log(mean) - mean - math.lgamma(count + 1)) for count in range(int(mean * 2))]
    at_least = [sum(chances[count:]) for count in range(len(chances))]
    return sum(one * at_least[count + least] for count, one in enumerate(chances[:-least]))


@pytest.fixture(scope="module")
def expected() -> dict[str, dict[str, Any]]:
    """The answers without pandas: one incident an id, cells read one by one."""
    table = rows("incidents-simulated")
    incidents = list({row["incident_id"]: row for row in table}.values())
    kilograms = [float(row["weight_kg"].removesuffix(" kg").replace(",", ".")) for row in incidents if row["weight_kg"]]
    days = [day(row["date"]) for row in incidents]
    halves = Counter((one.year, one.month <= 6) for one in days)
    first, second = halves[2025, True], halves[2026, True]
    known = [
        (one, int(row["minutes_to_report"]))
        for one, row in zip(days, incidents, strict=True)
        if row["minutes_to_report"] and int(row["minutes_to_report"]) >= 0
    ]

    def in_time(since: bool) -> float:
        minutes = [spent for one, spent in known if (one >= date(2025, 7, 1)) is since]
        return 100 * sum(spent <= 30 for spent in minutes) / len(minutes)

    by_fold = {fold(stage): stage for stage in STAGES}
    stages = Counter(by_fold[fold(row["stage"])] for row in incidents)
    late = Counter(by_fold[fold(row["stage"])] for row in incidents if row["action"] == "chuyển đi rồi mới báo")

    def share(stage: str) -> float:
        return 100 * late[stage] / stages[stage]

    def share_by(channel: str, stage: str) -> float:
        own = [row for row in incidents if row["channel"] == channel and by_fold[fold(row["stage"])] == stage]
        return sum(row["action"] == "chuyển đi rồi mới báo" for row in own) / len(own)

    provinces = Counter(fold(row["province"]).removeprefix("tinh ").removeprefix("tp. ") for row in incidents)
    quarters = Counter(f"{one.year}Q{(one.month + 2) // 3}" for one in days)
    facts = {row["id"]: float(row["value"]) for row in rows("facts")}
    return {
        "bt06-q1": {
            "so_dong": len(table),
            "so_dong_lap": len(table) - len(incidents),
            "so_vu": len(incidents),
        },
        "bt06-q2": {
            "o_trong": len(incidents) - len(kilograms),
            "tong_kg": sum(kilograms),
            "trung_vi_kg": statistics.median(kilograms),
        },
        "bt06-q33": {
            "so_ten": len(provinces),
            "tong": len(incidents),
            "tinh_dau": {"ho chi minh": "hồ chí minh"}[provinces.most_common(1)[0][0]],
            "so_vu_dau": provinces.most_common(1)[0][1],
        },
        "bt06-q4": {
            "so_vu_2025": first,
            "so_vu_2026": second,
            "thay_doi": 100 * (second - first) / first,
        },
        "bt06-q5": {
            "khong_biet": len(incidents) - len(known),
            "truoc": in_time(False),
            "tu_do": in_time(True),
        },
        "bt06-q6": {
            "phan_vu": 100 * facts["hanoi-drug-cases-m5-2023"] / facts["hanoi-drug-cases-2y"],
            "phan_kg": 100 * facts["hanoi-drug-kg-m5-2023"] / facts["hanoi-drug-kg-2y"],
            "dong_moi_buu_gui": facts["post-revenue-2024"] * 1e12 / (facts["post-items-2024"] * 1e6) / 1e3,
        },
        "bt06-q37": {
            "bang_quy": {"columns": ["quy", "so_vu"], "rows": [list(pair) for pair in sorted(quarters.items())]},
            "so_cot": len(quarters),
            "tong_cot": len(incidents),
            "goc_truc": 0,
            **dict.fromkeys(("noi_mo_phong", "noi_ky", "noi_don_vi", "noi_nguon"), 1),
        },
        "bt06-q38": {
            "khau_dem": late.most_common(1)[0][0],
            "khau_ty_le": max(STAGES, key=share),
            "ty_le_dau": max(map(share, STAGES)),
            "ty_le_khai_thac": share("khai thác"),
            "so_khau_dao": sum(share_by("phần mềm nội bộ", stage) > share_by("điện thoại", stage) for stage in STAGES),
        },
        "bt06-q39": {
            "binh_quan": (first + second) / 2,
            "hon_57": 100 * rises_by(second - first, (first + second) / 2),
            "hon_8": 100 * rises_by(8, (first + second) / 2),
        },
    }


@pytest.mark.parametrize("question", CODE, ids=lambda question: question.id)
def test_key_is_what_the_tables_give(question: Any, expected: dict[str, dict[str, Any]]) -> None:
    found = score(question, expected[question.id], TODAY)
    assert found.fraction == 1, found
    key = question.keys[0]
    for name, value in expected[question.id].items():
        if isinstance(value, float | int):
            assert key.correct[name] == pytest.approx(value, abs=ROUGH.get(name, 0.051)), name


@pytest.mark.parametrize("question", CODE, ids=lambda question: question.id)
def test_each_typical_slip_gets_its_own_word_and_not_its_points(question: Any) -> None:
    key = question.keys[0]
    for slip in key.mistakes:
        found = score(question, {**key.correct, slip.value_id: slip.value}, TODAY)
        assert found.fraction < 1, slip
        assert [remark.text for remark in found.remarks] == [slip.feedback], slip


def test_slips_are_what_the_slips_give(expected: dict[str, dict[str, Any]]) -> None:
    """Copies counted, commas dropped, the wrong base: the values that the messages wait for still come out."""
    table = rows("incidents-simulated")
    plain = [row for row in {row["incident_id"]: row for row in table}.values() if row["weight_kg"]]
    dotted = [float(row["weight_kg"]) for row in plain if row["weight_kg"].replace(".", "").isdigit()]
    all_rows = [row["weight_kg"].removesuffix(" kg").replace(",", ".") for row in table if row["weight_kg"]]
    slips: dict[str, dict[str, list[Any]]] = {
        question.id: {slip.value_id: [] for slip in question.keys[0].mistakes} for question in CODE
    }
    for question in CODE:
        for slip in question.keys[0].mistakes:
            slips[question.id][slip.value_id].append(slip.value)
    assert pytest.approx(sum(dotted), abs=0.01) in slips["bt06-q2"]["tong_kg"]
    assert pytest.approx(sum(map(float, all_rows)), abs=0.01) in slips["bt06-q2"]["tong_kg"]
    assert len(table) in slips["bt06-q1"]["so_vu"]
    halves = expected["bt06-q4"]
    wrong_base = 100 * (halves["so_vu_2026"] - halves["so_vu_2025"]) / halves["so_vu_2026"]
    assert pytest.approx(wrong_base, abs=0.06) in slips["bt06-q4"]["thay_doi"]
    twice = Counter(day(row["date"]).year == 2026 for row in table)
    assert twice[True] in slips["bt06-q4"]["so_vu_2026"]


def test_solution_in_the_notebook_scores_full_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run as a hand-in is run: values go to a file, and are scored from there."""
    mpl.use("agg")
    results = tmp_path / "results.jsonl"
    monkeypatch.setenv(RESULTS, str(results))
    names: dict[str, Any] = {}
    for cell in nbformat.read(NOTEBOOK, as_version=4).cells:
        if cell.cell_type == "code" and cell.source != "hand_in()":
            exec(cell.source, names)
    handed = {line["id"]: line["answer"] for line in map(json.loads, results.read_text(encoding="utf-8").splitlines())}
    assert {question.id: score(question, handed.get(question.id), TODAY).fraction for question in CODE} == {
        question.id: 1.0 for question in CODE
    }


def test_nothing_public_holds_a_key_value() -> None:
    sheet = publish.sheet(FILE).model_dump_json()
    for question in CODE:
        for value in question.keys[0].correct.values():
            if isinstance(value, float) or (isinstance(value, int) and value > 100):
                assert f"{value}" not in sheet, (question.id, value)


def test_repeated_rows_and_the_rubric_of_the_report_are_the_tables_own() -> None:
    table = rows("incidents-simulated")
    incidents = {row["incident_id"]: row for row in table}.values()
    practice = {question.id: question for question in question_bank.load(course.bank_path("l06")).questions}
    assert score(practice["l06-q22"], len(table) - len(incidents), TODAY).fraction == 1
    minutes: dict[str, list[float]] = {}
    for row in incidents:
        if row["minutes_to_report"].isdigit():
            minutes.setdefault(row["action"], []).append(float(row["minutes_to_report"]))
    report: Any = next(question for question in question_bank.load(BT07).questions if question.id == "bt07-q13")
    rubric = " ".join([report.keys[0].rubric or "", *(line.text for line in report.keys[0].lines or ())])
    for told in minutes.values():
        assert f"{format_number(statistics.median(told))} phút với {len(told)} vụ" in rubric
    assert f"({len(incidents) - sum(map(len, minutes.values()))})" in rubric
    assert f"({format_number(len(incidents))})" in rubric


def test_code_that_officers_read_in_lesson_6_counts_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    mpl.use("agg")
    names: dict[str, Any] = {}
    exec("from buuchinh import load", names)
    for cell in nbformat.read(LESSON_6, as_version=4).cells:
        if cell.cell_type == "code" and "can-bo" in cell.metadata["tags"] and not blanks.lines(cell.source):
            exec(cell.source, names)
    table = rows("incidents-simulated")
    said = capsys.readouterr().out
    assert f"Dòng lặp: {len(table) - len({row['incident_id'] for row in table})}" in said
    assert "Ngày không đọc được: 0" in said
    assert "MÔ PHỎNG" in names["ax"].get_title()
    assert names["ax"].get_ylim()[0] == 0
