"""The room that reads notebooks: files and their cap, the text of cells, what they call, nbgrader's marks."""

from __future__ import annotations

import inspect
import json
import warnings
from pathlib import Path
from typing import Any

import pytest

from buuchinh import notebooks
from buuchinh.errors import KitError
from buuchinh.execution.job import job_of
from buuchinh.notebook import cell_functions as display_cells

ROOT = Path(__file__).parents[1]
CELL = {"cell_type": "code", "id": "c0", "metadata": {}, "source": ["x = 1\n", "x"], "outputs": []}


def write(path: Path, *cells: Any, **more: Any) -> Path:
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | more), "utf-8")
    return path


def test_read_notebook_returns_the_json_of_a_notebook(tmp_path: Path) -> None:
    notebook = notebooks.read_notebook(write(tmp_path / "a.ipynb", CELL))
    assert notebook["cells"] == [CELL]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[1]",
        '{"cells": [',
        '{"cells": []}',
        '{"cells": [], "nbformat": 3}',
        '{"cells": {}, "nbformat": 4}',
        '{"cells": [1], "nbformat": 4}',
        '{"cells": [{"source": ""}], "nbformat": 4}',
        '{"cells": [{"cell_type": "code"}], "nbformat": 4}',
        '{"cells": [{"cell_type": "code", "source": ["a", 1]}], "nbformat": 4}',
    ],
)
def test_read_notebook_refuses_what_is_no_notebook_of_version_4(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(text, "utf-8")
    with pytest.raises(KitError, match=r"a\.ipynb"):
        notebooks.read_notebook(path)


def test_read_notebook_refuses_a_missing_file_and_one_above_the_cap(tmp_path: Path) -> None:
    with pytest.raises(KitError):
        notebooks.read_notebook(tmp_path / "none.ipynb")
    path = write(tmp_path / "a.ipynb", CELL)
    size = path.stat().st_size
    assert notebooks.read_notebook(path, at_most=size)
    with pytest.raises(KitError):
        notebooks.read_notebook(path, at_most=size - 1)


def test_every_notebook_of_the_course_is_below_the_cap() -> None:
    sizes = [path.stat().st_size for place in ("lessons", "exercises") for path in (ROOT / place).rglob("*.ipynb")]
    assert 10 * max(sizes) < notebooks.LARGEST < notebooks.LARGEST_WITH_OUTPUTS


@pytest.mark.parametrize(
    ("source", "text"), [("a\nb", "a\nb"), (["a\n", "b"], "a\nb"), (["a", 1, None], "a"), (None, ""), (7, ""), ({}, "")]
)
def test_source_of_joins_lines_and_takes_nothing_else(source: Any, text: str) -> None:
    assert notebooks.source_of({"source": source}) == text
    assert notebooks.source_of({}) == ""


def test_statements_pass_over_ipythons_lines_and_tell_a_fault_by_none() -> None:
    assert [type(one).__name__ for one in notebooks.statements("%matplotlib inline\n!ls\nx = 1") or ()] == [
        "Pass",
        "Pass",
        "Assign",
    ]
    assert len(notebooks.statements("if x:\n    %time y") or ()) == 1
    assert len(notebooks.statements("x = (5\n     % 3)") or ()) == 1  # Python's own %, at the beginning of a line
    assert notebooks.statements("# nothing") == []
    for fault in ("x = (", "\0", "(" * 5000, "x = 1\n" * 400_000, "\ud800"):
        assert notebooks.statements(fault) is None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert notebooks.statements('"\\d"; 1 is 1')


def test_display_calls_are_read_from_a_cell_that_does_nothing_else() -> None:
    source = 'from buuchinh import ask\nask("l05-q01", on="2026-07-01")\nhand_in()'
    assert notebooks.display_calls(source) == [
        notebooks.DisplayCall("ask", ("l05-q01",), {"on": "2026-07-01"}),
        notebooks.DisplayCall("hand_in"),
    ]
    for other in (
        "x = 1",
        'ask("a"); print(1)',
        "ask(name)",
        'os.ask("a")',
        "ask(",
        'ask("a", **{})',
        "submit('a', 1)",
    ):
        assert notebooks.display_calls(other) is None


def test_the_list_of_display_functions_is_all_that_notebooks_can_call_to_show_a_part() -> None:
    own = {name: one for name, one in vars(display_cells).items() if inspect.isfunction(one)}
    shown = {name: one for name, one in own.items() if one.__module__ == display_cells.__name__ and name[0] != "_"}
    assert set(shown) == set(notebooks.DISPLAY_FUNCTIONS)
    for name, function in notebooks.DISPLAY_FUNCTIONS.items():
        parameters = inspect.signature(shown[name]).parameters
        assert next(iter(parameters), "") == function.argument
        if function.argument:
            default = parameters[function.argument].default
            assert (function.default or None) == (None if default is inspect.Parameter.empty else default)


@pytest.mark.parametrize("function", sorted(notebooks.DISPLAY_FUNCTIONS))
def test_a_cell_that_only_displays_is_not_run_again(function: str) -> None:
    given = '"bt90-q1"' if notebooks.DISPLAY_FUNCTIONS[function].default is None else ""
    given = given if notebooks.DISPLAY_FUNCTIONS[function].argument else ""
    shows, computes = f"{function}({given})", f"x = {function}({given})"
    cells = [CELL | {"id": f"c{n}", "source": source} for n, source in enumerate((shows, computes))]
    assert job_of("hv", "bt90", {"cells": cells}).cells == (("c1", computes),)


@pytest.mark.parametrize(
    ("source", "only"),
    [
        ("", True),
        ("# nothing", True),
        ('ask("a")\nour_numbers()', True),
        ('import pandas as pd\nask("a")', False),  # later cells need what it imports
        ("%time", False),
        ("ask(f())", False),
        ('ask("a", on=f())', False),
        ("ask(", False),
    ],
)
def test_only_displays_says_whether_a_cell_can_be_left_out_of_a_run(source: str, only: bool) -> None:
    assert notebooks.only_displays(source) is only


def test_ids_in_a_cell_come_in_the_order_of_the_text() -> None:
    source = 'if True:\n    ask("b")\nask("a"); ask( "b")\n# ask("c")\nask(name)\nx.ask("d")\ntask("e")'
    assert notebooks.ids_in(source, "ask") == ("b", "a", "b", "d")
    assert notebooks.ids_in('figures_table(["a",\n"b"])', "figures_table") == ("a", "b")
    assert notebooks.calls_in('load(["a",\n"b"])\njson.load("c")\nhand_in()', ("load", "hand_in")) == [
        notebooks.NamedIds("load", (("a", 1), ("b", 2))),
        notebooks.NamedIds("hand_in"),
    ]


def test_ids_in_a_cell_that_python_cannot_read_are_found_by_its_letters() -> None:
    source = 'x = (\nask("a")\nask("b"'
    assert notebooks.calls_in(source, ("ask",)) == [
        notebooks.NamedIds("ask", (("a", 2),)),
        notebooks.NamedIds("ask", (("b", 3),)),
    ]
    long = "x = 1\n" * 400_000 + 'ask("a")'
    assert notebooks.ids_in(long, "ask") == ("a",)


def test_ids_in_text_count_what_is_commented_out_too() -> None:
    source = "# submit('bt05-q1', x)\nsubmit(\n  \"bt05-q2\", (\nresubmit('no')"
    assert notebooks.ids_in_text(source, "submit") == ("bt05-q1", "bt05-q2")
    assert notebooks.ids_in_text('ask("a")\nsubmit("b")', "ask", "submit") == ("a", "b")


@pytest.mark.parametrize(
    "metadata", [None, [], {}, {"nbgrader": None}, {"nbgrader": []}, {"nbgrader": {"grade_id": 7}}]
)
def test_a_cell_without_sound_marks_is_none_of_nbgraders(metadata: Any) -> None:
    cell = {"metadata": metadata}
    assert notebooks.grade_id(cell) is None
    assert not notebooks.is_graded(cell)
    assert notebooks.grade_id({}) is None


def test_nbgraders_marks_name_a_cell_and_say_whether_it_has_points() -> None:
    for mark, graded in (("grade", True), ("task", True), ("solution", False), ("locked", False)):
        cell = {"metadata": {"nbgrader": {"grade_id": "bt05-q1", mark: True}}}
        assert notebooks.grade_id(cell) == "bt05-q1"
        assert notebooks.is_graded(cell) is graded
        assert notebooks.marks_of(cell)[mark] is True


def test_asked_in_reads_what_stands_open_and_what_is_folded(tmp_path: Path) -> None:
    folded = {"cell_type": "markdown", "metadata": {notebooks.FOLD: True}, "source": "## Thêm"}
    again = [CELL | {"source": f'ask("{name}")'} for name in ("b", "a", "b")]
    path = write(tmp_path / "a.ipynb", again[0], folded, *again[1:])
    assert notebooks.asked_in(path) == ("b", "a")
    assert notebooks.asked_in_core(path) == ("b",)
    assert list(notebooks.in_core([again[0], folded, again[1]])) == [True, True, False]
    assert notebooks.asked_in_cell(again[1]) == ("a",)
