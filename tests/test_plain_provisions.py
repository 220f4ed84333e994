"""What the register says of a provision on a screen is in words: no "Đ12.3.c", no "10-20 tr", no letter."""

from __future__ import annotations

import csv
import re

import pytest
from kit.course import ROOT

SHOWN = {"provisions": ("heading", "summary", "left_out", "amount", "note"), "documents": ("status_note",)}
SHORT = re.compile(r"Đ\d|\bNĐ \d|\btr\b|\b1/2\)|\bBLHS\b|\bBLTTHS\b|\([BC]\)|\bvd\b")


@pytest.mark.parametrize("table", SHOWN)
def test_no_shown_column_of_the_register_has_an_editor_s_abbreviation(table: str) -> None:
    with (ROOT / "datasets" / "law" / f"{table}.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    shown = [(row["id"], row[column]) for row in rows for column in SHOWN[table]]
    assert rows
    assert [one for one in shown if SHORT.search(one[1])] == []
