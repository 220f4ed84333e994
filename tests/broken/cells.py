"""Cells copied, split, merged, deleted, moved, renamed: what happens in an editor in an hour."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kit.broken import ALL_CODE, TEXT, Good, case, dumped, lay, source_of, with_notebook

CHOSEN = tuple(f"bt02-q{number}" for number in (*range(31, 35), *range(36, 40), 41, 44, 12, 43))
"""What is scored by machine in bt02; its other two questions are written."""


def _at(cells: list[dict[str, Any]], cell: dict[str, Any]) -> int:
    return next(number for number, one in enumerate(cells) if one is cell)


@case("bt06", "mended", "bị tách hoặc chép")
def a_cell_is_split_in_two(good: Good, desk: Path) -> None:
    def change(named: dict[str, Any], cells: list[dict[str, Any]]) -> None:
        own = named["bt06-q2-lam"]
        first, _, rest = source_of(own).partition("\n")
        own["source"] = first
        cells.insert(_at(cells, own) + 1, {**own, "id": "tach", "source": rest})

    with_notebook(good, desk, change)


@case("bt06", "mended", "bản không ghép được")
def a_cell_is_copied_and_the_copy_left_half_done(good: Good, desk: Path) -> None:
    def change(named: dict[str, Any], cells: list[dict[str, Any]]) -> None:
        own = named["bt06-q33-lam"]
        cells.insert(_at(cells, own), {**own, "id": "ban-sao", "source": "bang_khau = (sach["})

    with_notebook(good, desk, change)


@case("bt06", "mended", "Không còn ô mã đã cho giá trị")
def two_cells_are_merged_into_one(good: Good, desk: Path) -> None:
    def change(named: dict[str, Any], cells: list[dict[str, Any]]) -> None:
        first, second = named["bt06-q1-lam"], named["bt06-q2-lam"]
        first["source"] = f"{source_of(first)}\n\n{source_of(second)}"
        cells.pop(_at(cells, second))

    with_notebook(good, desk, change)


@case("bt06", "mended", "Không còn ô mã đã cho giá trị", waits=tuple(name for name in ALL_CODE if name != "bt06-q6"))
def the_cell_that_all_others_build_on_is_deleted(good: Good, desk: Path) -> None:
    def change(named: dict[str, Any], cells: list[dict[str, Any]]) -> None:
        del cells[_at(cells, named["bt06-q1-lam"])]

    with_notebook(good, desk, change)


@case("bt06", "mended", "không chạy: “bt06-q2-lam”", waits=("bt06-q2",))
def a_table_is_pasted_into_the_code(good: Good, desk: Path) -> None:
    def change(named: dict[str, Any], cells: list[dict[str, Any]]) -> None:
        own = named["bt06-q2-lam"]
        own["source"] = 'bang = """\n' + "ngày,số vụ,khối lượng\n" * 20_000 + f'"""\n{source_of(own)}'

    with_notebook(good, desk, change)


@case("bt06", "mended", "không chạy: ô thứ", waits=("bt06-q2",))
def a_table_is_pasted_into_a_cell_of_its_own(good: Good, desk: Path) -> None:
    notebook, record = good.notebook(), good.record()
    cells = notebook["cells"]
    own = next(one for one in cells if one["metadata"]["nbgrader"]["grade_id"] == "bt06-q2-lam")
    table = 'bang_rieng = """\n' + "ngày,số vụ,khối lượng\n" * 20_000 + '"""'
    cells.insert(_at(cells, own), {**own, "id": "bang", "metadata": {}, "source": table})
    own["source"] = f"assert bang_rieng\n{source_of(own)}"
    record["answers"]["bt06-q2"].pop("cell", None)
    lay(good, desk, **{"bt06.ipynb": dumped(notebook), "answers.json": dumped(record)})


@case("bt06", "mended", "thay đổi")
def every_locked_cell_is_deleted(good: Good, desk: Path) -> None:
    def change(named: dict[str, Any], cells: list[dict[str, Any]]) -> None:
        keep = [cell for name, cell in named.items() if name.endswith("-lam") or name == "bt06-chuan-bi"]
        cells[:] = keep

    with_notebook(good, desk, change)


@case("bt06", "mended", "thay đổi")
def headings_and_checks_are_moved_to_the_end(good: Good, desk: Path) -> None:
    def change(named: dict[str, Any], cells: list[dict[str, Any]]) -> None:
        moved = [cell for name, cell in named.items() if not name.endswith(("-lam", "-chuan-bi"))]
        cells[:] = [cell for cell in cells if all(cell is not one for one in moved)] + moved

    with_notebook(good, desk, change)


@case("bt06", "mended", "thay đổi")
def two_cells_bear_one_id(good: Good, desk: Path) -> None:
    def change(named: dict[str, Any], cells: list[dict[str, Any]]) -> None:
        copied = {**named["bt06-q4"], "id": named["bt06-q4"]["id"]}
        cells.insert(_at(cells, named["bt06-q5"]), copied)
        cells.append({**named["bt06-chuan-bi"]})

    with_notebook(good, desk, change)


@case("bt06", "mended", "mất mã ô")
def another_editor_strips_all_metadata(good: Good, desk: Path) -> None:
    def change(_named: dict[str, Any], cells: list[dict[str, Any]]) -> None:
        for number, cell in enumerate(cells):
            cell["metadata"] = {"id": f"colab{number}", "outputId": "x"} if number % 2 else {}
            cell.pop("id", None)

    with_notebook(good, desk, change)


@case("bt06", "mended", "mất mã ô")
def only_the_code_was_copied_into_a_new_notebook(good: Good, desk: Path) -> None:
    cells: list[dict[str, Any]] = [
        {"cell_type": "code", "metadata": {}, "source": source_of(cell), "outputs": [], "execution_count": None}
        for cell in good.notebook()["cells"]
        if cell["cell_type"] == "code"
    ]
    lay(good, desk, **{"bt06.ipynb": dumped({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})})


@case("bt02", "mended", "thay đổi")
def all_cells_of_a_quiz_are_deleted_and_rubbish_typed(good: Good, desk: Path) -> None:
    def change(named: dict[str, Any], cells: list[dict[str, Any]]) -> None:
        cells[:] = [{**named["bt02-q31"], "source": "ask('sai-roi'"}, {**named["bt02-q32"], "cell_type": "raw"}]

    with_notebook(good, desk, change)


@case("bt02", "mended", "Thiếu answers.json", lost=CHOSEN)
def texts_typed_into_cells_are_all_that_is_left(good: Good, desk: Path) -> None:
    notebook = good.notebook()
    for cell in notebook["cells"]:
        if cell["metadata"]["nbgrader"]["grade_id"] in {"bt02-q14", "bt02-q15"}:
            cell["source"] = TEXT.splitlines(keepends=True)
    lay(good, desk, **{"bt02.ipynb": dumped(notebook), "answers.json": None})
