"""A cell with a place left to fill in runs as far as that place, and says so in Vietnamese, in a kernel and graded."""

from __future__ import annotations

import pytest

from buuchinh import blanks
from buuchinh.notebook.unfilled import stopped

KNOWN = {"sach", "so", "phut"}
CASES = [
    ("x = len(___)", [1], ""),
    ('a = 1\nsach["___"].sum()', [2], "a = 1\n"),
    ('a = 1\nb = {\n    "x": "___",\n}\nc = ___', [3, 5], "a = 1\n"),
    ("a = 1\nphut ___ 0", [2], ""),
    ("ky = bang_cu.head()\nky + ___", [2], ""),
    (
        "import math\na = [math.sqrt(n) for n in range(3)]\na[___]",
        [3],
        "import math\na = [math.sqrt(n) for n in range(3)]\n",
    ),
    ("so_sach = so.___()\nprint(so_sach)", [1], ""),
    ("print(1", [], ""),
    ("print(___", [1], ""),
    ("# gõ vào ___\nx = 1", [], ""),
    ("x = _ + __", [], ""),
]


@pytest.mark.parametrize(("source", "places", "runs"), CASES)
def test_places_are_names_and_texts_and_what_stands_before_them_runs(source: str, places: list[int], runs: str) -> None:
    assert blanks.lines(source) == places
    assert blanks.before(source, KNOWN) == runs


def test_a_cell_without_a_place_stays_as_it_is_and_one_with_it_ends_in_words() -> None:
    assert stopped(["x = 1\n", "x"], KNOWN) == ["x = 1\n", "x"]
    kept, told = stopped(["x = 1\n", "x + ___\n"], KNOWN)
    assert kept == "x = 1\n"
    assert "tell(['x + ___'], '', [])" in told
    assert stopped(["x = (1\n", "y = ___\n"], KNOWN) == ["x = (1\n", "y = ___\n"], (
        "Python says first what it cannot read"
    )
    assert blanks.note("# Gõ tên bảng\nx = len(___)") == "Gõ tên bảng"
    assert blanks.note("# y = 1\nx = ___") == blanks.note("x = 1\ny = ___") == ""
    assert len(stopped(["phut ___ 0\n"], KNOWN)) == 1
