"""The command line in any locale: all that a person reads is Vietnamese, and no traceback is among it."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
import typer

from buuchinh import cli
from buuchinh.cli import extras, vietnamese


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHONUTF8", "PYTHONIOENC"))}
    return subprocess.run(
        [sys.executable, "-m", "buuchinh", *arguments], env={**plain, **environment}, capture_output=True, check=False
    )


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "cp1252"},  # what a Windows console and a pipe there have
    ],
    ids=["LC_ALL=C", "cp1252"],
)
def test_vietnamese_comes_out_in_any_locale(environment):
    done = command("--help", **environment)
    assert done.returncode == 0
    assert "Bộ khóa học an toàn, an ninh bưu chính." in done.stdout.decode("utf-8")
    wrong = command("lab", "--port", "x", **environment)
    assert wrong.returncode == 2
    assert "Lệnh gõ chưa đúng" in wrong.stderr.decode("utf-8")
    assert "Traceback" not in wrong.stderr.decode("utf-8")


def pages(command, path=()):
    """Yield the words that lead to each help page, those of the commands below a command among them."""
    yield path
    for name, below in getattr(command, "commands", {}).items():
        yield from pages(below, (*path, name))


@pytest.mark.parametrize("path", list(pages(typer.main.get_command(cli.build()))), ids=" ".join)
def test_no_help_page_holds_words_of_typers_own(path, capsys):
    assert cli.run([*path, "--help"]) == 0
    shown = capsys.readouterr().out
    assert "Cách dùng:" in shown
    assert "Hiện trang này." in shown
    assert not re.search(
        r"Usage|Options|Arguments|Commands|Show this|OPTIONS|ARGS|COMMAND|required|default|Error", shown
    )


def test_typer_still_names_the_parts_of_a_page_where_we_rename_them():
    code = "import sys; from typer import rich_utils; print([n for n in sys.argv[1:] if not hasattr(rich_utils, n)])"
    done = subprocess.run([sys.executable, "-c", code, *vietnamese.TITLES], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]", "Typer has renamed these: buuchinh/cli/vietnamese.py sets what nobody reads"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        (["lab", "--por", "1"], "không có tùy chọn “--por”; có phải “--port”?"),
        (["lab", "--port", "70000"], "giá trị của “--port” không dùng được"),
        (["lab", "--port", "-1"], "giá trị của “--port” không dùng được"),
        (["lab", "--port", "x"], "giá trị của “--port” không dùng được"),
        (["grade"], "thiếu “unit”"),
        (["new", "lesso"], "không có lệnh “lesso”"),
        (["grade", "bt01", "bt02"], "có phần thừa hoặc thiếu"),
    ],
    ids=["no such option", "port too high", "port below 0", "bad value", "missing", "no such command", "one too many"],
)
def test_what_is_mistyped_is_told_in_vietnamese(typed, reason, capsys):
    """Typer tells these apart by class names that it does not publish: the fallback must not be all that is left."""
    assert cli.run(typed) == 2
    assert capsys.readouterr().err.startswith(f"Lệnh gõ chưa đúng: {reason} →")


def test_a_package_that_no_extra_brings_is_a_defect_and_no_advice():
    assert extras.missing_extra(ModuleNotFoundError("x", name="pandas")) is None
    assert extras.missing_extra(ImportError("cannot import name")) is None
    told = extras.missing_extra(ModuleNotFoundError("x", name="nbgrader.api"))
    assert told is not None
    assert "“instructor”" in told.message


def test_help_does_not_load_the_heavy_libraries():
    code = (
        "import sys; from buuchinh.cli import run; run(['--help']);"
        "print(sorted({'pandas', 'matplotlib', 'nbgrader', 'jupyterlab', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode("utf-8").splitlines()[-1] == "[]"


def test_a_fault_of_the_input_is_a_sentence_and_exit_code_1(tmp_path):
    done = command("lab", "--no-browser", BUUCHINH_COURSE=str(tmp_path))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr.decode("utf-8")
    assert "→" in done.stderr.decode("utf-8"), "the way out is named"
