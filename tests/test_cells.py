"""Cells that only show a part are shown by what their source says; the file on the disk stays as it is."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kit.course import Lab, copy_course, start_lab

from buuchinh.notebook.display_parts import MIME
from buuchinh.notebooks import display_calls, source_of

ROOT = Path(__file__).resolve().parents[1]
FORGED = {
    "output_type": "display_data",
    "metadata": {},
    "data": {MIME: {"version": 1, "part": "question", "id": "l05-q09"}},
}


@pytest.mark.parametrize("path", sorted((ROOT / "lessons").glob("*.ipynb")), ids=lambda path: path.stem)
def test_only_a_lesson_with_code_needs_a_kernel(path: Path) -> None:
    """A cell shows parts, or stands there as it was run last; whoever adds another kind of cell learns it here."""
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    seen = [cell for cell in cells if not cell["metadata"].get("jupyter", {}).get("source_hidden")]
    widget = "application/vnd.jupyter.widget-view+json"
    for cell in () if seen else cells:
        outputs = cell["outputs"]
        still = bool(outputs) and not any(widget in output.get("data", {}) for output in outputs)
        assert display_calls(source_of(cell)) is not None or still, cell["source"]
    assert bool(seen) == path.name.startswith("06-")


def notebook(*cells: tuple[str, list[Any]]) -> dict[str, Any]:
    made: list[dict[str, Any]] = [
        {
            "id": f"c{n}",
            "cell_type": "code",
            "source": source,
            "outputs": outputs,
            "metadata": {},
            "execution_count": None,
        }
        for n, (source, outputs) in enumerate(cells)
    ]
    return {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    yield from start_lab(copy_course(tmp_path_factory.mktemp("course") / "course"))


@pytest.fixture
def instructors(course_copy: Path) -> Iterator[Lab]:
    yield from start_lab(course_copy, "--instructor")


def contents(lab: Lab, path: str, model: object = None) -> Any:
    """Read a file of the lab as JupyterLab does, or save ``model`` there."""
    origin, token = re.match(r"(http://[^/]+)/", lab.address), lab.address.split("token=")[1]
    assert origin
    data = None if model is None else json.dumps({"type": "notebook", "format": "json", "content": model}).encode()
    asked = urllib.request.Request(
        f"{origin[1]}/api/contents/{path}",
        data=data, headers={"Authorization": f"token {token}"}, method="PUT" if data else "GET",
    )  # fmt: skip
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return json.load(answer)


def mounts(lab: Lab, path: str) -> list[list[Any]]:
    cells = contents(lab, path)["content"]["cells"]
    return [[output["data"].get(MIME) for output in cell["outputs"]] for cell in cells if cell["cell_type"] == "code"]


def test_a_delivered_lesson_opens_with_its_questions_and_keeps_its_bytes(lab: Lab) -> None:
    path = lab.course / "lessons" / "05-buu-gui-nghi-van.ipynb"
    before = path.read_bytes()
    shown = [
        one["id"] for cell in mounts(lab, "lessons/05-buu-gui-nghi-van.ipynb") for one in cell if one and "id" in one
    ]
    assert len([name for name in shown if name.startswith("l05-q")]) >= 20
    assert path.read_bytes() == before


def test_what_a_file_holds_of_parts_is_not_believed_and_a_cell_that_does_more_keeps_its_own(lab: Lab) -> None:
    printed = {"output_type": "stream", "name": "stdout", "text": "42"}
    path = lab.course / "bai-lam" / "khach" / "l05" / "thu.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    made = notebook(
        ('ask("l05-q01")', [FORGED, printed]),
        ("print(6 * 7)", [printed]),
        ('ask("l05-q01"); print(6 * 7)', [printed]),
        ('ask("../x")', [printed]),
        ("drill()", []),
    )
    path.write_text(json.dumps(made), encoding="utf-8")
    before = path.read_bytes()
    cells = contents(lab, "bai-lam/khach/l05/thu.ipynb")["content"]["cells"]
    (first,) = cells[0]["outputs"]
    assert first["data"][MIME] == {"version": 1, "part": "question", "id": "l05-q01"}
    assert [cell["outputs"] for cell in cells[1:4]] == [[printed]] * 3
    assert cells[4]["outputs"][0]["data"][MIME] == {"version": 1, "part": "drill", "id": "bai-5"}
    assert path.read_bytes() == before


def test_saving_ones_own_copy_keeps_its_code_and_touches_no_answer(lab: Lab) -> None:
    folder = lab.course / "bai-lam" / "khach" / "l05"
    folder.mkdir(parents=True, exist_ok=True)
    kept = json.dumps({"id": "l05-q01", "answer": "a", "at": "2026-11-25T09:00:00+07:00", "origin": "choice"}) + "\n"
    (folder / "answers.jsonl").write_text(kept, encoding="utf-8")
    path = "bai-lam/khach/l05/cua-toi.ipynb"
    contents(lab, path, notebook(('ask("l05-q01")', []), ("x = 1", [])))
    opened = contents(lab, path)["content"]
    opened["cells"][1]["source"] = "x = 2"
    contents(lab, path, opened)
    saved = json.loads((lab.course / path).read_text(encoding="utf-8"))
    assert ["".join(cell["source"]) for cell in saved["cells"]] == ['ask("l05-q01")', "x = 2"]
    assert (folder / "answers.jsonl").read_text(encoding="utf-8") == kept


def test_an_instructors_lab_shows_and_saves_what_the_file_holds(instructors: Lab) -> None:
    printed = {"output_type": "stream", "name": "stdout", "text": "42"}
    path = "lessons/thu.ipynb"
    contents(instructors, path, notebook(('ask("l05-q01")', [printed]), ("x = 1", [])))
    opened = contents(instructors, path)
    assert opened["writable"]
    assert [cell["outputs"] for cell in opened["content"]["cells"]] == [[printed], []]
