from __future__ import annotations

import json
import shutil

import jsonschema
import pytest
from kit.authoring import ROOT, edit, make_course
from ruamel.yaml import YAML

from buuchinh import cli
from buuchinh.authoring import annex, coverage, lengths, paths
from buuchinh.authoring import derive as deriving
from buuchinh.emergency_card import wall_card
from buuchinh.questions import publish, question_bank

SCHEMAS = "datasets/questions/schema"


@pytest.fixture
def course(tmp_path, monkeypatch):
    root = make_course(tmp_path)
    shutil.copytree(ROOT / "tools", root / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    made = {path.relative_to(root).as_posix() for path in deriving.derive()}
    assert made == {
        coverage.PAGE,
        annex.PAGE,
        wall_card.PAGE,
        wall_card.STICKER_PAGE,
        "lessons/phu-luc/phieu-hai-phut.html",
        paths.PAGE,
        lengths.TABLE,
    }  # what this small course teaches, cites and how long it is; its sheets to print
    return root


def schema(course, name):
    return json.loads((course / SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))


def names(found):
    """Every name of a property anywhere in a schema."""
    if isinstance(found, dict):
        own = set(found.get("properties", {}))
        return own.union(*map(names, found.values()))
    return set().union(*map(names, found)) if isinstance(found, list) else set()


def contents(course):
    """Every file of the course but what commands keep for themselves, which may be deleted."""
    files = (path for path in course.rglob("*") if path.is_file() and ".buuchinh-cache" not in path.parts)
    return {path: path.read_bytes() for path in files}


def test_what_is_shipped_is_what_its_source_gives(course):
    before = contents(course)
    assert cli.run(["derive", "--check"]) == 0
    assert cli.run(["derive"]) == 0
    assert contents(course) == before


@pytest.mark.slow
def test_nothing_derived_in_the_repository_differs_exercises_included(monkeypatch):
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))
    assert [str(problem) for problem in deriving.differences()] == []


def test_an_edit_by_hand_is_found_and_undone(course, capsys):
    table = course / "datasets" / "statistics" / "incidents-simulated.csv"
    before = table.read_bytes()
    edit(table, "MP-0002", "MP-9992")
    (course / SCHEMAS / "public.schema.json").unlink()
    assert cli.run(["derive", "--check"]) == 1
    said = capsys.readouterr().err
    assert "incidents-simulated.csv" in said
    assert "public.schema.json" in said
    assert not (course / SCHEMAS / "public.schema.json").exists()
    assert cli.run(["derive"]) == 0
    assert table.read_bytes() == before
    assert cli.run(["derive", "--check"]) == 0


def test_no_field_of_the_public_schema_could_hold_a_key(course):
    public = names(schema(course, "public"))
    assert {"stem", "options", "nodes", "fields"} <= public
    for secret in ("keys", "correct", "feedback", "intent", "bloom", "difficulty", "rubric", "back_to"):
        assert secret not in public
    assert {"keys", "correct", "feedback", "intent"} <= names(schema(course, "author"))


def test_the_schemas_accept_what_the_course_has_and_refuse_a_slip(course):
    path = course / "datasets" / "questions" / "l90.yml"
    author = jsonschema.Draft202012Validator(schema(course, "author"))
    written = json.loads(json.dumps(YAML(typ="safe").load(path.read_text(encoding="utf-8")), default=str))
    author.validate(written)
    written["questions"][0]["opt"] = []
    assert list(author.iter_errors(written))
    sheet = publish.sheet(question_bank.load(path)).model_dump(mode="json", by_alias=True)
    public = jsonschema.Draft202012Validator(schema(course, "public"))
    public.validate(sheet)
    sheet["questions"][0]["keys"] = []
    assert list(public.iter_errors(sheet))


def test_the_tools_of_a_course_derive_files_of_their_own(course, monkeypatch):
    (course / "tools" / "greeting_of_this_test.py").write_text(
        'DERIVED = {"docs/greeting.txt": lambda: "Xin chào\\n"}\n', encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(course / "tools"))  # taken away again after the test
    assert [problem.path for problem in deriving.differences()] == ["docs/greeting.txt"]
    assert deriving.derive() == [course / "docs" / "greeting.txt"]
    assert (course / "docs" / "greeting.txt").read_text(encoding="utf-8") == "Xin chào\n"
