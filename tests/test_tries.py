"""What an exercise lets try before its parts: practice beside a sheet, and the self-checks of who studies alone."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from kit.course import ROOT

from buuchinh import cli, course
from buuchinh.authoring import check, lengths, paths
from buuchinh.intake.filetypes import is_practice
from buuchinh.learner.server import api
from buuchinh.notebooks import asked_in
from buuchinh.questions import question_bank
from buuchinh.release.bundle_files import list_files
from buuchinh.release.unit_selection import choice
from buuchinh.site import build

TRIED = ("bt01", "bt02", "bt03", "bt04", "bt05", "bt07", "bt08")
CODE = "GL-0123-Q"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return build.contents(public=False)


@pytest.fixture(scope="module")
def alone() -> dict[str, bytes]:
    return build.contents(public=True, self_study=True, own=False)


def page_of(files: dict[str, bytes], name: str) -> dict[str, Any]:
    """Return what a page's script hands over."""
    made: dict[str, Any] = json.loads(files[f"bai/{name}.js"].decode("utf-8").removeprefix("hoc.page(")[:-3])
    return made


def course_of(files: dict[str, bytes]) -> dict[str, Any]:
    """Return what the first page says of the course."""
    index = files[build.INDEX].decode("utf-8")
    told: dict[str, Any] = json.loads(re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', index)[0])
    return told


def notebook_of(unit: str) -> Path:
    return ROOT / "exercises" / unit / f"{unit}.ipynb"


@pytest.mark.parametrize("unit", TRIED)
def test_each_part_of_a_sheet_opens_with_a_try_and_the_sheet_knows_no_key(files: dict[str, bytes], unit: str) -> None:
    page, tries = page_of(files, unit), page_of(files, course.try_of(unit))
    asking = [screen["parts"] for screen in page["screens"] if any("ask" in part for part in screen["parts"])]
    for parts in asking:
        kinds = [kind for part in parts for kind in ("try", "ask") if kind in part]
        assert kinds[0] == "try"
        assert kinds.count("try") == 1
    tried = [part["try"] for parts in asking for part in parts if "try" in part]
    assert tried == list(tries["questions"]) == [one for one in asked_in(notebook_of(unit)) if one.startswith("t")]
    assert not set(tried) & set(page["ids"]), "no try is among what is asked for points"
    assert '"keys"' not in files[f"bai/{unit}.js"].decode("utf-8")
    for (question,) in tries["questions"].values():
        assert question["keys"][0]["feedback"].keys() == {one["id"] for one in question["options"]}


def test_the_front_page_counts_no_try(files: dict[str, bytes]) -> None:
    told = course_of(files)
    assert not [name for name in told["units"] if course.is_try(name)]
    assert told["self_checks"] == []


def test_who_studies_alone_gets_self_checks_and_nothing_that_is_graded(alone: dict[str, bytes]) -> None:
    assert not [name for name in alone if re.match(r"bai/(?:bt|thi)", name)]
    everything = b"\n".join(alone.values()).decode("utf-8", "replace")
    assert not re.search(r"\b(?:bt0\d|thi\w{1,3}|x0\d)-q\d", everything)
    told = course_of(alone)
    assert [unit["id"] for unit in told["self_checks"]] == [course.try_of(unit) for unit in TRIED]
    assert not told["exercises"]
    assert not told["exams"]
    staff = next(role["path"] for role in told["roles"] if role["id"] == "clerk")
    assert staff == ["l05", "t05", "l03", "t03", "l02", "t02", "l04", "t04", "kt2"]
    assert all(unit["minutes"] > 0 for unit in told["self_checks"])
    assert told["leader"] == course_of(build.contents(public=True, own=False))["leader"]


@pytest.mark.parametrize("unit", TRIED)
def test_a_self_check_asks_all_that_may_be_tried_with_its_keys(alone: dict[str, bytes], unit: str) -> None:
    path = course.try_path(unit)
    assert path
    page = page_of(alone, course.try_of(unit))
    assert list(page["questions"]) == [question.id for question in question_bank.load(path).questions]
    assert all(question["keys"] for (question,) in page["questions"].values())


def test_the_command_makes_the_pages_of_self_study(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["site", "--self-study", "--out", str(tmp_path / "hoc")]) == 0
    assert "Đã làm" in capsys.readouterr().out
    assert (tmp_path / "hoc/bai/t05.js").is_file()
    assert not (tmp_path / "hoc/bai/bt05.js").exists()


def test_a_released_notebook_tells_nothing_of_a_try() -> None:
    for unit in TRIED:
        for cell in json.loads(notebook_of(unit).read_text(encoding="utf-8"))["cells"]:
            if re.match(r'ask\("t\d', "".join(cell["source"])):
                assert cell["metadata"]["nbgrader"]["grade"] is False
                assert cell["metadata"]["nbgrader"]["locked"] is True
                (output,) = cell["outputs"]
                html = "".join(output["data"]["text/html"])
                assert "không tính điểm" in html
                assert "bc-option" not in html


def test_bundles_carry_what_their_exercises_let_try() -> None:
    assert "datasets/questions/t05.yml" in list_files().paths
    one = list_files(choice(only=["bt05"])).paths
    assert [path for path in one if re.match(r"datasets/questions/\w+\.yml", path)] == ["datasets/questions/t05.yml"]
    assert not [path for path in list_files(choice(only=["thinv3"])).paths if re.search(r"/t\d\d\.yml", path)]


def test_in_the_lab_a_try_is_kept_apart_and_never_handed_in(course_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(course_copy))
    monkeypatch.chdir(course_copy)
    start = "lessons/00-bat-dau.ipynb"

    def call(method: str, path: str, notebook: str = start, **given: Any) -> Any:
        return api.call(method, path, {"notebook": notebook, **given})

    call("PUT", "person", code=CODE)
    notebook = call("POST", "workspace", unit="bt05")["path"]
    page = call("GET", "pages/t05", notebook)
    assert page["kind"] == "try"
    assert page["questions"]["t05-q01"][0]["keys"]
    call("POST", "journal", notebook, unit="t05", id="t05-q01", answer="dung", version=page["version"])
    graded = call("GET", "pages/bt05", notebook)
    (form,) = graded["forms"].values()
    call("POST", "journal", notebook, id="bt05-q31", answer=form["bt05-q31"]["options"][0]["id"])
    kept = call("GET", "journal/all", notebook)["units"]
    assert list(kept["t05"]) == ["t05-q01"]
    assert list(kept["bt05"]) == ["bt05-q31"]
    receipt = call("POST", "submissions", notebook)
    with zipfile.ZipFile(course_copy / receipt["path"]) as packed:
        handed = {name: packed.read(name) for name in packed.namelist()}
    answers = next(data for name, data in handed.items() if name.endswith("answers.json"))
    assert "t05-q01" not in answers.decode("utf-8")
    assert not [name for name in handed if "t05" in name.replace("bt05", "")]
    (given,) = call("GET", "submissions", notebook)
    call("POST", "journal", notebook, unit="t05", id="t05-q02", answer="nhin", version=page["version"])
    assert call("GET", "submissions", notebook) == [given], "a try makes no hand-in old"


def test_a_folder_of_tries_is_practice_to_whoever_collects() -> None:
    assert is_practice("t05")
    assert not is_practice("bt05")


def test_tries_are_counted_apart_from_the_path_and_take_no_more_than_they_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))
    tried = sum(lengths.tried(unit).minutes for unit in ("bt02", "bt03", "bt04", "bt05"))
    assert 0 < tried <= lengths.TRIES
    assert not [name for name, _ in lengths.path("staff") if course.is_try(name)]
    assert paths.page().count("| Câu làm thử của các bài tập |") == 3
    assert lengths.tried("thinv3").minutes == 0


def test_check_finds_a_part_without_a_try_and_a_try_like_what_is_graded(
    course_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(course_copy))
    notebook = course_copy / "source/bt05/bt05.ipynb"
    text = notebook.read_text(encoding="utf-8")
    notebook.write_text(text.replace('ask(\\"t05-q02\\")', 'ask(\\"bt05-q35\\")'), encoding="utf-8")
    graded = question_bank.load(course_copy / "source/bt05/questions.yml").questions[0]
    path = course_copy / "datasets/questions/t05.yml"
    tried = question_bank.load(path).questions[0]
    written = path.read_text(encoding="utf-8")
    assert tried.stem in written
    path.write_text(written.replace(tried.stem, graded.stem), encoding="utf-8")
    told = [str(problem) for problem in check.check()]
    assert [one for one in told if "[try-first]" in one and "bt05" in one]
    assert [one for one in told if "[try-copy]" in one and "t05-q01" in one and graded.id in one]
