"""The notebook file itself is damaged, old, renamed, enormous, or not a notebook at all."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

from kit.broken import ALL_CODE, Good, case, dumped, lay, packed, source_of, with_notebook

HUNDRED_MB = 100_000_000


def _code(good: Good) -> str:
    return good.files()[f"{good.unit}.ipynb"].decode("utf-8")


@case("bt06", "mended", "bị cắt", waits=("bt06-q6", "bt06-q37", "bt06-q38", "bt06-q39"))
def a_notebook_is_cut_in_the_middle(good: Good, desk: Path) -> None:
    text = _code(good)
    lay(good, desk, **{"bt06.ipynb": text[: len(text) // 2].encode()})


@case("bt06", "mended", "bị cắt|không đọc được ô nào", waits=ALL_CODE)
def a_notebook_is_cut_after_its_first_lines(good: Good, desk: Path) -> None:
    lay(good, desk, **{"bt06.ipynb": _code(good)[:900].encode()})


@case("bt06", "mended", "bị cắt")
def a_notebook_has_a_hole(good: Good, desk: Path) -> None:
    data = good.files()["bt06.ipynb"]
    middle = data.index("## Câu 7".encode()) + 60  # in words to read, not in code
    lay(good, desk, **{"bt06.ipynb": data[:middle] + b"\x00\xff\x7f" * 40 + data[middle + 120 :]})


@case("bt06", "mended", "Tệp bài trống", waits=ALL_CODE)
def a_notebook_is_empty(good: Good, desk: Path) -> None:
    lay(good, desk, **{"bt06.ipynb": b""})


@case("bt02", "mended", "Tệp bài trống")
def a_notebook_has_no_cells(good: Good, desk: Path) -> None:
    lay(good, desk, **{"bt02.ipynb": b"{}"})


@case("bt06", "mended", "Không có tệp bài", waits=ALL_CODE)
def the_notebook_is_missing(good: Good, desk: Path) -> None:
    lay(good, desk, **{"bt06.ipynb": None})


@case("bt06", "mended", "thay đổi")
def the_notebook_has_a_byte_order_mark_and_windows_lines(good: Good, desk: Path) -> None:
    text = _code(good).replace("\\n", "\\r\\n").replace("\n", "\r\n")
    lay(good, desk, **{"bt06.ipynb": text.encode("utf-8-sig")})


@case("bt06", "mended", "thay đổi")
def the_notebook_is_utf_16(good: Good, desk: Path) -> None:
    lay(good, desk, **{"bt06.ipynb": _code(good).encode("utf-16")})


@case("bt06", "mended", "UTF-16-LE")
def the_notebook_is_utf_16_without_a_mark(good: Good, desk: Path) -> None:
    lay(good, desk, **{"bt06.ipynb": _code(good).encode("utf-16-le")})


@case("bt06", "mended", "thay đổi")
def names_and_text_are_decomposed_as_on_a_mac(good: Good, desk: Path) -> None:
    text = unicodedata.normalize("NFD", _code(good))
    answers = unicodedata.normalize("NFD", good.files()["answers.json"].decode())
    folder = desk / unicodedata.normalize("NFD", "Bài tập đã nộp")
    folder.mkdir()
    lay(good, folder, **{"bt06.ipynb": text.encode(), "answers.json": answers.encode()})


@case("bt06", "mended", "định dạng cũ")
def the_notebook_is_in_format_3(good: Good, desk: Path) -> None:
    cells = [
        {
            "cell_type": "code",
            "input": source_of(cell),
            "metadata": cell["metadata"],
            "outputs": [],
            "language": "python",
        }
        if cell["cell_type"] == "code"
        else {"cell_type": "markdown", "source": source_of(cell), "metadata": cell["metadata"]}
        for cell in good.notebook()["cells"]
    ]
    old = {"metadata": {"name": "bt06"}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": cells}]}
    lay(good, desk, **{"bt06.ipynb": dumped(old)})


@case("bt06", "mended", "thay đổi")
def the_notebook_is_in_format_4_0_without_ids(good: Good, desk: Path) -> None:
    notebook = good.notebook() | {"nbformat_minor": 0}
    for cell in notebook["cells"]:
        del cell["id"]
    lay(good, desk, **{"bt06.ipynb": dumped(notebook)})


@case("bt06", "mended", r"lớn 1\d\d MB")
def the_notebook_has_a_hundred_megabytes_of_prints(good: Good, desk: Path) -> None:
    notebook = good.notebook()
    line = "đang chạy vòng lặp thứ một trăm nghìn của tôi\n"
    cell = next(one for one in notebook["cells"] if one["metadata"]["nbgrader"]["grade_id"] == "bt06-q1-lam")
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": [line] * (HUNDRED_MB // len(line.encode()))}]
    record = good.record()
    for entry in record["answers"].values():
        entry.pop("cell", None)
    lay(good, desk, **{"bt06.ipynb": json.dumps(notebook, ensure_ascii=False).encode(), "answers.json": dumped(record)})


@case("bt06", "mended", "Thiếu answers.json", lost=("bt06-q40",))
def a_notebook_of_a_hundred_megabytes_comes_alone(good: Good, desk: Path) -> None:
    notebook = good.notebook()
    picture = "iVBORw0KGgoAAAANSUhEUgAA" * 40_000
    data = [{"output_type": "display_data", "data": {"image/png": picture}, "metadata": {}}] * (
        HUNDRED_MB // len(picture) + 1
    )
    next(one for one in notebook["cells"] if one["cell_type"] == "code")["outputs"] = data
    (desk / f"bt06_{good.code}.ipynb").write_bytes(dumped(notebook))


@case("bt06", "mended", "Ảnh không được chấm")
def a_photo_hangs_on_a_cell_at_the_top(good: Good, desk: Path) -> None:
    notebook = good.notebook()
    photo = {"may.png": {"image/png": "iVBORw0KGgoAAAANSUhEUgAA" * 180_000}}
    words = {"cell_type": "markdown", "id": "anh", "metadata": {}, "source": "![may.png](attachment:may.png)"}
    notebook["cells"].insert(1, words | {"attachments": photo})
    lay(good, desk, **{"bt06.ipynb": dumped(notebook)})


@case("bt06", "mended", "Ảnh không được chấm")
def a_photo_stands_in_the_words_of_a_cell_at_the_top(good: Good, desk: Path) -> None:
    notebook = good.notebook()
    photo = f"![may](data:image/png;base64,{'iVBORw0KGgoAAAANSUhEUgAA' * 180_000})\n\nMáy của tôi"
    notebook["cells"].insert(1, {"cell_type": "markdown", "id": "anh", "metadata": {}, "source": photo})
    lay(good, desk, **{"bt06.ipynb": dumped(notebook)})


@case("bt06", "mended", "Có 2 tệp bài")
def the_work_is_in_the_second_of_two_notebooks(good: Good, desk: Path) -> None:
    files = good.files()
    blank = json.loads(files["bt06.ipynb"])
    for cell in blank["cells"]:
        if cell["metadata"]["nbgrader"]["grade_id"].endswith("-lam"):
            cell["source"] = "# Viết phần của anh/chị ở đây."
    lay(good, desk, **{"bt06.ipynb": dumped(blank), "bt06-Copy1.ipynb": files["bt06.ipynb"]})


@case("bt06", "mended", "Thiếu answers.json", lost=("bt06-q40",), lines=2)
def two_notebooks_come_alone_and_one_is_blank(good: Good, desk: Path) -> None:
    notebook = good.notebook()
    (desk / f"bt06_{good.code} (1).ipynb").write_bytes(dumped(notebook))
    for cell in notebook["cells"]:
        if cell["metadata"]["nbgrader"]["grade_id"].endswith("-lam"):
            cell["source"] = "# Viết phần của anh/chị ở đây."
    (desk / f"bt06_{good.code}.ipynb").write_bytes(dumped(notebook))


@case("bt06", "mended", "Thiếu answers.json", lost=("bt06-q40",))
def a_notebook_was_saved_as_text(good: Good, desk: Path) -> None:
    (desk / f"bt06_{good.code}.txt").write_bytes(good.files()["bt06.ipynb"])


@case("bt06", "mended", "Thiếu answers.json", lost=("bt06-q40",))
def a_notebook_was_saved_as_json(good: Good, desk: Path) -> None:
    (desk / f"bt06_{good.code}.json").write_bytes(good.files()["bt06.ipynb"])


@case("bt06", "mended", "Thiếu answers.json", lost=("bt06-q40",))
def a_browser_added_an_ending(good: Good, desk: Path) -> None:
    (desk / f"bt06 (1)_{good.code}.ipynb.txt").write_bytes(good.files()["bt06.ipynb"])


@case("bt06", "refused", "bản in hoặc bản xuất.*da-nop")
def a_page_of_html_instead_of_a_notebook(good: Good, desk: Path) -> None:
    (desk / f"bt06_{good.code}.html").write_text("<html><body>In [1]: bang.head()</body></html>", encoding="utf-8")


@case("bt02", "same")
def an_html_copy_lies_beside_the_zip(good: Good, desk: Path) -> None:
    lay(good, desk)
    (desk / "giao-trinh.html").write_text("<html></html>", encoding="utf-8")


@case("bt02", "refused", "không có câu trả lời|Không có câu trả lời")
def a_notebook_of_a_quiz_comes_alone(good: Good, desk: Path) -> None:
    (desk / f"bt02_{good.code}.ipynb").write_bytes(good.files()["bt02.ipynb"])


@case("bt02", "mended", "Thiếu answers.json", lost=("bt02-q14", "bt02-q15"))
def another_editor_kept_the_answers_in_the_notebook(good: Good, desk: Path) -> None:
    state = {
        f"m{number}": {
            "model_name": "AnyModel",
            "state": {"payload": {"question": {"id": name}}, "answer": entry["answer"], "answered_at": entry["at"]},
        }
        for number, (name, entry) in enumerate(good.record()["answers"].items())
        if name not in {"bt02-q14", "bt02-q15"}
    }
    notebook = good.notebook()
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": state}}
    (desk / f"bt02_{good.code}.ipynb").write_bytes(dumped(notebook))


@case("bt06", "same")
def the_notebook_was_renamed_within_the_zip(good: Good, desk: Path) -> None:
    files = good.files()
    files["Bài tập 6 - bản cuối (2).ipynb"] = dumped(json.loads(files.pop("bt06.ipynb")))
    (desk / good.name).write_bytes(packed(files))


@case("bt06", "mended", "không đọc được ô nào", waits=ALL_CODE)
def a_notebook_is_beginnings_of_cells_without_an_end(good: Good, desk: Path) -> None:
    lay(good, desk, **{"bt06.ipynb": b'{"cells": [' + b'{"cell_type": "code", "source": ["\n' * 500_000})


@case("bt02", "mended", "thay đổi")
def a_cell_is_a_run_of_tone_marks(good: Good, desk: Path) -> None:
    with_notebook(good, desk, lambda _, cells: cells[0].update(source="a" + "\u0300\u0327" * 190_000))


@case("bt06", "mended", "phần \\(bị tách hoặc chép\\)")
def a_cell_stands_twice_with_blank_lines_without_end(good: Good, desk: Path) -> None:
    def change(named: dict[str, dict[str, Any]], cells: list[dict[str, Any]]) -> None:
        copy = json.loads(json.dumps(named["bt06-q1-lam"]))
        copy["source"] = "\n" * 390_000 + "x = 1"
        cells.append(copy)

    with_notebook(good, desk, change)
