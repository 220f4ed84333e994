"""``buuchinh execute``: the same file at every run, and only the lessons that are named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from kit.authoring import LESSON, notebook, own_course

from buuchinh import cli

course = pytest.fixture(own_course)

IN_PARTS = """\
import sys
print("một", flush=True)
print("hai", flush=True)
print("lỗi", file=sys.stderr, flush=True)
print("ba", flush=True)
print("bốn", flush=True)"""


def outputs(path: Path) -> list[tuple[str, str]]:
    (cell,) = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [(output["name"], "".join(output["text"])) for output in cell["outputs"]]


def test_what_a_cell_prints_in_parts_is_one_output(course: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = course / "lessons" / "90-thu.ipynb"
    path.write_text(notebook(("code", IN_PARTS)), encoding="utf-8")
    assert cli.run(["execute"]) == 0
    assert outputs(path) == [("stdout", "một\nhai\n"), ("stderr", "lỗi\n"), ("stdout", "ba\nbốn\n")]
    said = capfd.readouterr()
    assert said.out == "Đã chạy và ghi: 90-thu.ipynb\n"
    assert said.err == ""
    before = path.read_bytes()
    assert cli.run(["execute", "90"]) == 0
    assert path.read_bytes() == before
    assert "không có gì đổi" in capfd.readouterr().out


@pytest.mark.parametrize("name", ["91", "l91", " L91 ", "91-hai", "91-hai.ipynb"])
def test_only_the_lesson_that_is_named_runs(course: Path, name: str) -> None:
    other, path = course / "lessons" / "90-thu.ipynb", course / "lessons" / "91-hai.ipynb"
    path.write_text(notebook(("code", 'print("hai")')), encoding="utf-8")
    assert cli.run(["execute", name]) == 0
    assert outputs(path) == [("stdout", "hai\n")]
    assert other.read_text(encoding="utf-8") == LESSON


def test_an_unknown_lesson_is_refused_before_any_runs(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = course / "lessons" / "90-thu.ipynb"
    for name in ("l09", "9", "bt90", ""):
        assert cli.run(["execute", "90", name]) == 1
        said = capsys.readouterr().err
        assert "l90" in said
        assert "Traceback" not in said
    assert path.read_text(encoding="utf-8") == LESSON
