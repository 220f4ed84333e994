"""What a trainee is given: everything to learn with, nothing that holds a key, and it starts."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest
from course_kit import start_lab

from buuchinh.errors import KitError
from buuchinh.grading import bundle

CANARY = "zqx-canary-7731"


@pytest.fixture
def course_with_secrets(course_copy: Path) -> Path:
    """Return a course with a canary in every place that a bundle must not carry."""
    for path in (
        "source/bt02/questions.yml.bak", "source/bt02/releases/0.1.0/questions.yml", "gradebook.db", ".git/config",
        "bai-lam/GL0123/bt02/answers.json", "submitted/GL0123/bt02/bt02.ipynb", "tests/test_x.py", "secrets.txt",
        "exercises/bt02/questions.yml", "exercises/bt02/bt02.ipynb.bak", "exercises/bt02/.ipynb_checkpoints/bt02.ipynb",
        "lessons/.ipynb_checkpoints/02-x.ipynb", "buuchinh/grading/keys.yml", "datasets/questions/l02.yml.orig",
    ):  # fmt: skip
        (course_copy / path).parent.mkdir(parents=True, exist_ok=True)
        (course_copy / path).write_text(CANARY, encoding="utf-8")
    for source in (course_copy / "source").glob("*/questions.yml"):
        source.write_text(source.read_text(encoding="utf-8") + f"\n# {CANARY}\n", encoding="utf-8")
    return course_copy


def test_nothing_that_holds_a_key_goes_out(course_with_secrets, tmp_path):
    made = bundle.make(tmp_path / "out")
    with zipfile.ZipFile(made.archive) as archive:
        names = archive.namelist()
        held = {name: archive.read(name) for name in names}
    assert [name for name in names if CANARY.encode() in held[name]] == []
    top = f"buuchinh-{made.version}/"
    assert all(name.startswith(top) for name in names)
    inside = {name.removeprefix(top).split("/")[0] for name in names}
    assert inside == {
        "LICENSE", "VERSION", "DOC-TOI-TRUOC.txt", "bat-dau.bat", "bat-dau.sh", "buuchinh", "course.toml", "datasets",
        "exercises", "lessons", "manifest.json", "requirements.lock",
    }  # fmt: skip
    assert not [name for name in names if re.search(r"/(source|tests|\.git|\.ipynb_checkpoints|__pycache__)/", name)]


def test_the_manifest_names_every_file_and_the_version_of_each_exercise(course_copy, tmp_path):
    made = bundle.make(tmp_path / "out")
    manifest = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))
    on_disk = {p.relative_to(made.folder).as_posix(): p.read_bytes() for p in made.folder.rglob("*") if p.is_file()}
    del on_disk["manifest.json"]
    assert manifest["sha256"] == {path: hashlib.sha256(data).hexdigest() for path, data in on_disk.items()}
    assert manifest["version"] == made.version
    for unit, version in manifest["exercises"].items():
        assert json.loads(on_disk[f"exercises/{unit}/questions.json"])["version"] == version
    assert set(manifest["exercises"]) == {p.name for p in (course_copy / "source").iterdir()}


def test_the_same_course_makes_the_same_bytes(course_copy, tmp_path):
    first = bundle.make(tmp_path / "one").archive.read_bytes()
    for path in course_copy.rglob("*.csv"):
        os.utime(path, (1, 1))
    assert bundle.make(tmp_path / "two").archive.read_bytes() == first


def test_start_files_suit_the_systems_that_read_them(course_copy, tmp_path):
    folder = bundle.make(tmp_path / "out").folder
    batch, shell = (folder / "bat-dau.bat").read_bytes(), (folder / "bat-dau.sh").read_bytes()
    assert batch.isascii(), "cmd.exe loses its place in a file of other letters"
    assert batch.count(b"\r\n") == batch.count(b"\n")
    assert b"\r" not in shell
    assert (folder / "DOC-TOI-TRUOC.txt").read_bytes().startswith(b"\xef\xbb\xbf"), "Notepad needs the mark"
    assert not re.search(r"\{\w+\}", (folder / "DOC-TOI-TRUOC.txt").read_text(encoding="utf-8-sig"))
    for shown in re.findall(rb"%TEXT%\\([a-z-]+\.txt)", batch):
        assert (folder / "buuchinh/lab/start" / shown.decode()).is_file()


def test_an_exercise_that_holds_a_key_is_refused(course_copy, tmp_path):
    path = course_copy / "exercises/bt02/questions.json"
    sheet = json.loads(path.read_text(encoding="utf-8"))
    sheet["questions"][0]["keys"] = [{"correct": "a"}]
    path.write_text(json.dumps(sheet), encoding="utf-8")
    shutil.rmtree(course_copy / "exercises/bt06", ignore_errors=True)
    with pytest.raises(KitError) as caught:
        bundle.make(tmp_path / "out")
    assert [problem.path for problem in caught.value.problems] == ["exercises/bt02/questions.json", "exercises/bt06"]
    assert not (tmp_path / "out").exists(), "nothing is written where something is wrong"


def test_a_folder_with_somebodys_work_is_never_replaced(course_copy, tmp_path):
    folder = bundle.make(tmp_path / "out").folder
    bundle.make(tmp_path / "out")
    (folder / "bai-lam").mkdir()
    with pytest.raises(KitError):
        bundle.make(tmp_path / "out")
    assert (folder / "bai-lam").is_dir()


def test_wheels_are_carried_for_machines_without_a_network(course_copy, tmp_path):
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    with pytest.raises(KitError):
        bundle.make(tmp_path / "out", wheels=wheels)
    (wheels / "a-1-py3-none-any.whl").write_bytes(b"x")
    assert (bundle.make(tmp_path / "out", wheels=wheels).folder / "wheels/a-1-py3-none-any.whl").is_file()


@pytest.mark.journey
def test_a_bundle_starts_without_being_installed(course_copy, tmp_path, monkeypatch):
    folder = bundle.make(tmp_path / "out").folder
    monkeypatch.delenv("BUUCHINH_COURSE")
    # -I would hide the working folder; -P is not used, so `-m buuchinh` is the bundle's own copy
    for lab in start_lab(folder, command=(sys.executable, "-m", "buuchinh", "lab")):
        with urllib.request.urlopen(_api(lab.address), timeout=60) as answer:
            model = json.load(answer)
        assert model["path"] == "lessons/00-bat-dau.ipynb"
        assert model["writable"] is False


def _api(address: str) -> str:
    return re.sub(r"/doc/tree/(.*)\?", r"/api/contents/\1?content=0&", address)
