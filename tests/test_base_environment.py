"""A trainee's environment: what requirements.lock holds and nothing else. It serves, asks and packs a hand-in."""

from __future__ import annotations

import json
import subprocess
import urllib.request
from pathlib import Path

import pytest
from kit import bundle as bundle_kit
from kit.course import ROOT, copy_course, start_lab

from buuchinh.intake import find_submissions

pytestmark = pytest.mark.journey

CODE, UNIT = "GL-0123-Q", "bt05"
NOT_A_TRAINEES = ("nbgrader", "sqlalchemy", "alembic", "openpyxl", "psycopg2", "distributed", "pytest")
SESSION = f"""
import json, os
import nbformat
from nbclient import NotebookClient
from buuchinh.course import set_current_code
from buuchinh.notebook import pack, workspace

set_current_code({CODE!r})
notebook = workspace.lay_out({UNIT!r})
os.chdir(notebook.parent)
ran = nbformat.read(notebook, as_version=4)
NotebookClient(ran, timeout=120, kernel_name="python3").execute()
part = "application/vnd.buuchinh+json"
shown = sum(part in out.get("data", {{}}) for cell in ran.cells for out in cell.get("outputs", ()))
sheet = workspace.sheet_of({UNIT!r})
question = next(question for question in sheet.questions if question.type == "single")
workspace.record_of({UNIT!r}, sheet.version).put(question.id, question.options[0].id)
print(json.dumps({{"shown": shown, "asked": len(sheet.questions), "answered": question.id,
                   "receipt": pack.hand_over({UNIT!r})["answered"]}}))
"""


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the interpreter of an environment made from requirements.lock."""
    return bundle_kit.base_environment(ROOT / "requirements.lock", tmp_path_factory.mktemp("base") / "venv")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_course(tmp_path_factory.mktemp("trainee") / "course")


def run(python: Path, course: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = bundle_kit.environment(course.parent / "home") | {"BUUCHINH_COURSE": str(course), "PYTHONUTF8": "1"}
    environment["PYTHONPATH"] = str(course)
    return subprocess.run(
        [python, *arguments],
        cwd=course, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip


def test_only_a_trainees_packages_are_there(python: Path, course: Path) -> None:
    code = "import sys; from importlib.util import find_spec; print([name for name in sys.argv[1:] if find_spec(name)])"
    assert run(python, course, "-c", code, *NOT_A_TRAINEES).stdout.split() == ["[]"]


def test_an_exercise_is_asked_answered_and_packed(python: Path, course: Path) -> None:
    done = run(python, course, "-c", SESSION)
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["shown"] >= said["asked"] > 0
    assert said["receipt"] == 1
    (packed,) = (course / "bai-lam" / CODE / UNIT / "da-nop").glob("*.zip")
    receipt = find_submissions.read(packed).receipt
    assert receipt is not None, "an instructor cannot read it"
    assert receipt.answered == (said["answered"],)
    assert receipt.code == CODE


def test_the_lab_of_a_trainee_starts(python: Path, course: Path) -> None:
    for lab in start_lab(course, command=(str(python), "-m", "buuchinh", "lab")):
        with urllib.request.urlopen(lab.address, timeout=60) as page:
            assert page.status == 200
            assert "jupyter-config-data" in page.read().decode("utf-8")


@pytest.mark.parametrize(
    ("arguments", "extra", "package"),
    [
        (("lab", "--instructor", "--no-browser"), "instructor", "nbgrader"),
        (("roster", "lop.csv"), "instructor", "nbgrader"),
        (("release", UNIT), "instructor", "nbgrader"),
        (("exam", "angoff", "thi1"), "instructor", "openpyxl"),
    ],
)
def test_a_command_names_the_extra_that_it_needs(
    python: Path, course: Path, arguments: tuple[str, ...], extra: str, package: str
) -> None:
    (course / "lop.csv").write_text(f"Mã;Đơn vị\n{CODE};Bưu cục 1\n", encoding="utf-8")
    done = run(python, course, "-m", "buuchinh", *arguments)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert f"“{extra}”" in done.stderr
    assert package in done.stderr
    assert "make instructor" in done.stderr
