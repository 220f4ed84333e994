from __future__ import annotations

import contextlib
import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buuchinh import datasets, statistics
from buuchinh.errors import KitError
from buuchinh.statistics.formulas import evaluate, names, rounded, written

SEED = {
    "seed-cases-h1-2023": 11,
    "seed-persons-h1-2023": 15,
    "seed-cases-change-h1-2023": 2,
    "seed-persons-change-h1-2023": -2,
    "seed-guns-h1-2023": 11,
    "seed-guns-military-h1-2023": 1,
    "seed-guns-homemade-h1-2023": 9,
    "seed-explosives-h1-2023": 60,
    "seed-components-h1-2023": 4,
    "seed-rounds-h1-2023": 133,
    "seed-tools-h1-2023": 7,
    "seed-signatories": 12,
    "seed-contents": 6,
}
DERIVED = {
    "seed-cases-h1-2022": 9,
    "seed-persons-h1-2022": 17,
    "seed-cases-change-percent-h1-2023": 22.2,
    "seed-persons-change-percent-h1-2023": -11.8,
    "seed-persons-per-case-h1-2023": 1.36,
    "seed-persons-per-case-h1-2022": 1.89,
    "hanoi-drug-cases-share": 43,
    "hanoi-drug-kg-share": 71,
}

Change = Callable[[str, str, str, str], Path]


@pytest.fixture
def changed(tmp_path: Path) -> Change:
    """Return a way to change one cell in a copy of the Data Package."""

    def change(table: str, identifier: str, column: str, cell: str) -> Path:
        copy = tmp_path / "datasets"
        shutil.copytree(datasets.folder(), copy)
        path = copy / "statistics" / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        (row,) = (row for row in rows if row["id"] == identifier)
        row[column] = cell
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return copy

    return change


def test_the_tables_are_without_fault() -> None:
    assert statistics.check() == []
    assert [p for p in datasets.check() if "statistics" in p.path] == []


@pytest.mark.parametrize(("identifier", "value"), SEED.items())
def test_each_figure_of_the_report_has_kind_source_paragraph_and_words(identifier: str, value: float) -> None:
    figure = statistics.figure(identifier)
    assert figure.value == value
    assert figure.kind == "reported"
    assert figure.source is not None
    assert figure.source.id == "BGL-246185"
    assert figure.locator.startswith("đoạn ")
    assert str(abs(value)) in figure.quote


@pytest.mark.parametrize(("identifier", "value"), DERIVED.items())
def test_what_follows_by_arithmetic_is_derived_and_recomputed(identifier: str, value: float) -> None:
    figure = statistics.figure(identifier)
    assert figure.kind == "derived"
    assert figure.decimals is not None
    inputs = {name: statistics.figure(name).value for name in figure.inputs}
    assert rounded(evaluate(figure.formula, inputs), figure.decimals) == figure.value == value


def test_a_figure_prints_with_kind_and_source() -> None:
    assert str(statistics.figure("seed-cases-h1-2023")) == "11 vụ [được báo cáo · Báo Gia Lai, bài 246185, đoạn 3]"
    assert str(statistics.figure("seed-persons-h1-2022")) == "17 người [suy ra · 15 − (−2)]"
    assert statistics.figure("seed-persons-change-h1-2023").words == "giảm 2 người"
    assert statistics.figure("post-items-2024").words == "khoảng 3.400 triệu"


def test_an_unknown_figure_names_the_nearest() -> None:
    with pytest.raises(KitError, match="seed-cases-h1-2023"):
        statistics.figure("seed-case-h1-2023")


def test_the_gun_that_is_missing_is_said_and_not_repaired() -> None:
    assert str(statistics.finding("guns-h1-2023")) == "1 + 9 = 10 ≠ 11, thiếu 1"
    assert statistics.figure("seed-guns-h1-2023").value == 11
    assert statistics.check() == []


def test_findings_are_those_that_do_not_agree() -> None:
    found = {finding.id for finding in statistics.findings()}
    assert "guns-h1-2023" in found
    assert found == {
        comparison.id for comparison in statistics.consistency() if comparison.gap and not comparison.agrees
    }
    assert statistics.finding("revenue-2024").agrees


def test_compare_gives_difference_percentage_and_caution() -> None:
    comparison = statistics.compare("seed-cases-h1-2022", "seed-cases-h1-2023")
    assert comparison.difference == 2
    assert comparison.change_percent == pytest.approx(22.2, abs=0.05)
    assert "xu hướng" in comparison.caution
    assert "11,1 điểm phần trăm" in comparison.caution
    assert comparison.caution in comparison._repr_html_()


def test_compare_refuses_what_is_not_comparable_with_every_reason() -> None:
    with pytest.raises(KitError) as caught:
        statistics.compare("seed-cases-h1-2022", "hanoi-drug-kg-m5-2023")
    assert len(caught.value.problems) == 3  # unit, scope, length of the period


def test_what_the_source_does_not_say_is_recorded_as_that() -> None:
    kinds = {reading.id: reading.kind for reading in statistics.readings()}
    assert kinds["year-of-16-8"] == "inferred"
    assert kinds["date-2411-2021"] == "typing_error"
    assert kinds["scope-of-cases"] == "not_stated"
    assert statistics.reading("date-2411-2021").as_read == "24-11-2021"
    assert statistics.figure("seed-cases-h1-2023").scope == "không nêu trong nguồn"


def test_tables_escape_their_words_and_say_the_same_in_both_forms() -> None:
    table = statistics.TextTable(("a", "b"), (("<script>", "1 & 2"),), caption='"x"')
    html = table.html()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "1 &amp; 2" in html
    shown = statistics.figures_table(list(SEED))
    for row in shown.rows:
        assert "được báo cáo" in row
        assert " | ".join(row) in str(shown)
        assert all(cell in shown.html() for cell in row)


@pytest.mark.parametrize(
    ("identifier", "column", "cell", "words"),
    [
        ("seed-cases-h1-2022", "value", "8", "công thức cho 9"),
        ("seed-cases-h1-2022", "inputs", "seed-cases-h1-2023", "đầu vào"),
        ("seed-cases-h1-2022", "formula", "__import__('os')", "Không đọc được công thức"),
        ("seed-cases-h1-2022", "decimals", "", "thiếu công thức"),
        ("seed-guns-h1-2023", "value", "10", "không thấy con số 10"),
        ("seed-guns-h1-2023", "source_id", "", "thiếu nguồn"),
        ("seed-guns-h1-2023", "formula", "[seed-tools-h1-2023]", "không phải số suy ra"),
        ("seed-guns-h1-2023", "period_from", "2024-01-01", "bắt đầu sau khi kết thúc"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line(
    changed: Change, identifier: str, column: str, cell: str, words: str
) -> None:
    package = changed("facts", identifier, column, cell)
    found = [p for p in statistics.check(package) if words in p.message]
    assert found
    line = 1 + [row["id"] for row in datasets.read("statistics/facts").rows].index(identifier) + 1
    assert {p.line for p in found} >= {line}
    assert found[0].path == "datasets/statistics/facts.csv"


def test_a_mended_gun_would_be_noticed(changed: Change) -> None:
    package = changed("facts", "seed-guns-homemade-h1-2023", "value", "10")
    assert any("lời trích" in p.message for p in statistics.check(package))


@pytest.mark.parametrize("formula", ["2 ** 9", "[a].b", "[a](1)", "'1' + '2'", "True", "1 if 2 else 3", "[b]", "1 +"])
def test_a_formula_is_arithmetic_and_nothing_else(formula: str) -> None:
    with pytest.raises(KitError):
        evaluate(formula, {"a": 1.0})


def test_division_by_zero_is_a_sentence() -> None:
    with pytest.raises(KitError, match="chia cho 0"):
        evaluate("1 / [a]", {"a": 0.0})


def test_rounding_is_half_up_on_decimals_as_written() -> None:
    assert rounded(evaluate("[a] / 1", {"a": 2.675}), 2) == 2.68
    assert rounded(evaluate("-[a]", {"a": 0.5}), 0) == -1


def test_a_formula_is_shown_as_a_person_writes_it() -> None:
    assert names("[b] - [a] - [b]") == ("b", "a")
    assert written("100 * [a] / [b]", {"a": -2.0, "b": 1700.0}) == "100 × (−2) : 1.700"


@given(st.text(max_size=40))
def test_no_text_makes_the_formula_reader_fail_in_any_other_way(text: str) -> None:
    with contextlib.suppress(KitError):
        evaluate(text, {"a": 1.0})


def test_all_that_a_key_can_rest_on_is_told_in_words() -> None:
    tables = ("statistics/facts", "statistics/sources", "statistics/readings", "statistics/consistency")
    names = [str(row["id"]) for table in tables for row in datasets.read(table).rows]
    assert [name for name in [*names, *datasets.resources()] if statistics.cited(name) == name] == []
    assert statistics.cited("outcome-of-persons").startswith("Kết quả xử lý đối với 15 người [")
