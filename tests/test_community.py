"""Workflow, hooks and forms call what is there, and ask for what a correction of the course needs."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").iterdir())
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").iterdir())
OF_THE_COURSE = [path for path in FORMS if path.stem in {"1-wrong-law", "2-wrong-key"}]
SETS_UP = re.compile(r"actions/(?:checkout|setup-python)@v\d+")


def read(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return read


def make_targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    return {name for name in phony.split() if re.search(rf"^{name}:", makefile, re.MULTILINE)}


def called(job: dict[str, Any]) -> list[str]:
    """Return the commands of a job, one for each value of its matrix."""
    lines = [line for step in job["steps"] if "run" in step for line in step["run"].splitlines()]
    for name, values in job.get("strategy", {}).get("matrix", {}).items():
        place = f"${{{{ matrix.{name} }}}}"
        lines = [line.replace(place, value) for line in lines for value in (values if place in line else [""])]
    return lines


def test_there_is_one_workflow_and_each_of_its_jobs_only_sets_up_and_calls_make() -> None:
    (path,) = WORKFLOWS
    jobs = read(path)["jobs"]
    for name, job in jobs.items():
        assert set(job) <= {"name", "runs-on", "timeout-minutes", "strategy", "steps"}, name
        for step in job["steps"]:
            assert set(step) in ({"run"}, {"uses"}, {"uses", "with"}), (name, step)
            assert "run" in step or SETS_UP.fullmatch(step["uses"]), (name, step)
    words = [line.split(" ") for job in jobs.values() for line in called(job)]
    assert {tuple(made[:-1]) for made in words} == {("make",)}
    targets = {made[-1] for made in words}
    assert targets <= make_targets()
    assert targets >= {"style", "types", "course", "fast", "test", "pythons"}


def test_a_target_that_is_gone_would_be_seen() -> None:
    job = {"strategy": {"matrix": {"target": ["style", "gone"]}}, "steps": [{"run": "make ${{ matrix.target }}"}]}
    assert called(job) == ["make style", "make gone"]
    assert "gone" not in make_targets()


def test_hooks_pin_no_version_and_call_what_is_there() -> None:
    settings = read(ROOT / ".pre-commit-config.yaml")
    assert [source["repo"] for source in settings["repos"]] == ["local"]
    hooks = {hook["id"]: hook for source in settings["repos"] for hook in source["hooks"]}
    assert {hook["language"] for hook in hooks.values()} == {"system"}
    assert shlex.split(hooks["style"]["entry"]) == ["make", "style"]
    assert "style" in make_targets()
    stages = {stage for hook in hooks.values() for stage in hook["stages"]}
    assert stages == set(settings["default_install_hook_types"])


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_is_one_that_github_shows_and_warns_of_what_all_can_read(path: Path) -> None:
    form = read(path)
    assert set(form) == {"name", "description", "title", "labels", "body"}
    ids = [part["id"] for part in form["body"] if part["type"] != "markdown"]
    assert len(set(ids)) == len(ids)
    for part in form["body"]:
        assert part["type"] in {"markdown", "input", "textarea", "dropdown", "checkboxes"}
        assert part["attributes"].get("label") or part["type"] == "markdown"
        assert all(isinstance(text, str) for key, text in part["attributes"].items() if key != "options"), part
    warning, *_, confirmed = form["body"]
    assert confirmed["type"] == "checkboxes"
    assert all(option["required"] for option in confirmed["attributes"]["options"])
    for words in ("personal data", "graded question", "đáp án của câu chấm điểm", "Report a vulnerability"):
        assert words in warning["attributes"]["value"], words


@pytest.mark.parametrize("path", OF_THE_COURSE, ids=lambda path: path.stem)
def test_who_reports_a_wrong_law_or_key_is_asked_for_provision_place_source_and_date(path: Path) -> None:
    required = {part["id"] for part in read(path)["body"] if part.get("validations", {}).get("required")}
    assert {"provision", "place", "source", "date"} <= required


def test_both_forms_of_the_course_are_there() -> None:
    assert len(OF_THE_COURSE) == 2


def test_the_readme_names_the_version_that_is_there() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    for name in ("README.md", "README.en.md"):
        assert f"**{version}**" in (ROOT / name).read_text(encoding="utf-8"), name


def test_each_page_names_the_same_time_for_make_test() -> None:
    said = {
        name: re.findall(r"(\d+)\s(?:to|đến)\s(\d+)\s(?:minutes|phút)", (ROOT / name).read_text(encoding="utf-8"))
        for name in ("CONTRIBUTING.md", "README.md", "README.en.md")
    }
    assert list(said.values()) == [said["CONTRIBUTING.md"]] * 3, said
    assert len(said["CONTRIBUTING.md"]) == 1
