"""Damaged files that are made to be slow: what is whole is found, and the search ends."""

from __future__ import annotations

import json

import pytest
from kit.hurry import within

from buuchinh.intake import cell_limits, salvage

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


@pytest.mark.slow
def test_a_large_notebook_is_read_whole_where_it_is_long_texts_and_cut_where_it_is_many_objects() -> None:
    words = {"cell_type": "markdown", "metadata": {}, "source": "data:image/png;base64," + "A" * 6_000_000 + " Hết."}
    made, notes = salvage.notebook(json.dumps({"cells": [words, GOOD]}).encode())
    assert made is not None
    assert [cell["source"] for cell in made["cells"]] == ["(ảnh) Hết.", "x = 1"]
    assert len(notes) == 1
    many = {"cell_type": "raw", "metadata": {"x": [[]] * 2_000_000}, "source": ""}
    made, notes = salvage.notebook(json.dumps({"cells": [GOOD, many, GOOD]}).encode())
    assert made is not None
    assert len(made["cells"]) == 1
    assert any("bị cắt" in note for note in notes)


def test_code_that_is_too_long_is_named_and_never_run_in_part() -> None:
    long = "x = 1\n" * 80_000
    cells = [GOOD | {"source": long}, GOOD | {"source": f'submit("bt90-q4", 1)\n{long}'}, GOOD]
    made, notes = salvage.notebook(json.dumps({"cells": cells}).encode())
    assert made is not None
    first, second, third = (cell["source"] for cell in made["cells"])
    assert first == second
    assert first.startswith("# ")
    assert "\n" not in first
    assert third == "x = 1"
    (said,) = notes
    assert "ô thứ 1" in said
    assert "bt90-q4" in said
    earlier = "# Ô này quá dài nên máy không chạy. Mã của học viên còn nguyên trong bản gốc, ở thư mục nop-bai."
    for source in (first, f"{third}\n{second}", earlier):  # a cell that was split is joined again
        assert cell_limits.left_out([GOOD, GOOD | {"source": source}])
    assert not cell_limits.left_out([GOOD])


def test_a_picture_among_code_stays_where_it_is() -> None:
    picture = f'anh = "data:image/png;base64,{"A" * 300_000}"'
    cells = [GOOD | {"source": f"{picture}{number}"} for number in range(20)]
    made, notes = salvage.notebook(json.dumps({"cells": cells}).encode())
    assert made is not None
    assert [cell["source"] for cell in made["cells"]] == [cell["source"] for cell in cells]
    assert notes == []
