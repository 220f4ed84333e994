"""Damaged files that are made to be slow: what is whole is found, and the search ends."""

from __future__ import annotations

import json

import pytest
from kit.hurry import within

from buuchinh.intake import salvage

GOOD = {"cell_type": "code", "metadata": {}, "source": "x = 1"}


def test_the_whole_cells_of_a_cut_notebook_are_found_behind_a_broken_one() -> None:
    whole = json.dumps({"cells": [GOOD, GOOD]}, indent=1)
    broken = whole.replace('"x = 1"', '"x = 1', 1)[:-2]
    made, notes = salvage.notebook(broken.encode())
    assert made is not None
    assert [cell["source"] for cell in made["cells"]] == ["x = 1"]
    assert len(notes) == 1


@pytest.mark.parametrize(
    ("reader", "piece", "count"),
    [
        ("notebook", '{"cell_type": "code", "source": ["', 110_000),
        ("notebook", '{"cell_type": "code", "source": ["\\n', 100_000),
        ("notebook", '{"cell_type": "code", "source": "', 110_000),
        ("notebook", '{"cell_type":[', 280_000),
        ("answers", '"bt06-q1": {"answer": "', 170_000),
        ("answers", '"bt06-q1": {"answer": "\\n', 160_000),
        ("journal", '{"id": "bt06-q1", "answer": "\\n', 130_000),
    ],
)
def test_a_file_with_many_beginnings_and_no_end_is_given_up_in_seconds(reader: str, piece: str, count: int) -> None:
    head = '{"cells": [' if reader == "notebook" else '{"answers": {'
    said = within(
        "from buuchinh.intake import salvage\n"
        f"data = ({head!r} + {piece!r} * {count}).encode()\n"
        f"salvage.{reader}(data)\n"
        "print(len(data))"
    )
    assert int(said) > 3_000_000
