"""What a trainee is given: everything to learn with, nothing that holds a key, and it starts."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from kit.course import ROOT, copy_course, start_lab

from buuchinh import cli
from buuchinh.authoring import derive
from buuchinh.errors import KitError
from buuchinh.learner.server import api
from buuchinh.release import bundle, bundle_files

CANARY = "zqx-canary-7731"
LAB = "buuchinh/learner/dist/labextensions/buuchinh-learner"


@pytest.fixture
def course_with_secrets(course_copy: Path) -> Path:
    """Return a course with a canary in every place that a bundle must not carry."""
    for path in (
        "source/bt02/questions.yml.bak", "source/bt02/releases/0.1.0/questions.yml", "gradebook.db", ".git/config",
        "bai-lam/GL0123/bt02/answers.json", "submitted/GL0123/bt02/bt02.ipynb", "tests/test_x.py", "secrets.txt",
        "exercises/bt02/questions.yml", "exercises/bt02/bt06.ipynb", "exercises/bt06/loi-giai.csv",
        "datasets/lop.csv", "datasets/questions/dap-an-thi2.csv", "datasets/questions/thi2.yml", "lessons/hinh/lop.svg",
        "lessons/09-dap-an.ipynb", "lessons/phu-luc/dap-an.html", "buuchinh/lab/start/lop.csv",
        "exercises/bt02/bt02.ipynb.bak", "exercises/bt02/.ipynb_checkpoints/bt02.ipynb",
        "lessons/.ipynb_checkpoints/02-x.ipynb", "buuchinh/grading/keys.yml", "datasets/questions/l02.yml.orig",
    ):  # fmt: skip
        (course_copy / path).parent.mkdir(parents=True, exist_ok=True)
        (course_copy / path).write_text(CANARY, encoding="utf-8")
    for source in (course_copy / "source").glob("*/questions.yml"):
        source.write_text(source.read_text(encoding="utf-8") + f"\n# {CANARY}\n", encoding="utf-8")
    return course_copy


@pytest.fixture(scope="module")
def one_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_course(tmp_path_factory.mktemp("shared") / "course")


@pytest.fixture
def shared_copy(one_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the course that a test leaves as it found it, so that its tables are read once for all."""
    monkeypatch.setenv("BUUCHINH_COURSE", str(one_copy))
    monkeypatch.chdir(one_copy)
    return one_copy


@dataclass(frozen=True)
class Made:
    """A bundle, and what its maker read."""

    folder: Path
    archive: Path
    said: str


@pytest.fixture(scope="module")
def as_it_is(one_copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Return the bundle of the course as it is, made once by the command; a test that changes it copies it."""
    out, said = tmp_path_factory.mktemp("goi"), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said):
        patch.setenv("BUUCHINH_COURSE", str(one_copy))
        assert cli.run(["bundle", "--out", str(out)]) == 0
    (archive,) = out.glob("*.zip")
    return Made(archive.with_suffix(""), archive, said.getvalue())


def test_nothing_that_holds_a_key_goes_out(course_with_secrets, tmp_path):
    made = bundle.make(tmp_path / "out")
    with zipfile.ZipFile(made.archive) as archive:
        names = archive.namelist()
        held = {name: archive.read(name) for name in names}
    assert [name for name in names if CANARY.encode() in held[name]] == []
    lies_open = {"datasets/lop.csv", "datasets/questions/dap-an-thi2.csv", "exercises/bt06/loi-giai.csv"}
    assert lies_open <= set(made.left_out), "who makes the bundle is told what stayed behind"
    assert not set(made.left_out) & {name.removeprefix(f"buuchinh-{made.version}/lab/") for name in names}
    top = f"buuchinh-{made.version}/"
    assert all(name.startswith(top) for name in names)
    inside = {name.removeprefix(top).split("/")[0] for name in names}
    assert inside == {"LICENSE", "VERSION", "DOC-TOI-TRUOC.txt", "lab", "manifest.json"}
    assert {name.removeprefix(f"{top}lab/").split("/")[0] for name in names if name.startswith(f"{top}lab/")} == {
        "bat-dau.bat", "bat-dau.sh", "buuchinh", "course.toml", "datasets", "exercises", "lessons", "requirements.lock",
    }  # fmt: skip
    assert not [name for name in names if re.search(r"/(source|tests|\.git|\.ipynb_checkpoints|__pycache__)/", name)]


def test_who_makes_the_bundle_reads_what_stayed_behind(as_it_is, course_copy, tmp_path, capsys):
    assert "Không đưa vào gói" not in as_it_is.said
    assert "thinv1" in as_it_is.said
    assert "--without-exams" in as_it_is.said, "exams go along, and it is said how to keep them back"
    (course_copy / "datasets/lop.csv").write_text("Mã;Họ tên", encoding="utf-8")
    assert cli.run(["bundle", "--out", str(tmp_path / "two")]) == 0
    assert "datasets/lop.csv" in capsys.readouterr().out


def named_leader(root: Path, name: str, channel: str) -> None:
    """Say in ``course.toml`` who takes the files, and by what way."""
    settings = root / "course.toml"
    text = settings.read_text(encoding="utf-8")
    assert 'name = ""\nchannel = ""' in text
    text = text.replace('name = ""\nchannel = ""', f'name = "{name}"\nchannel = "{channel}"')
    settings.write_text(text, encoding="utf-8")


def test_a_bundle_says_to_whom_files_go_or_its_maker_hears_that_nobody_is_named(
    as_it_is, course_copy, tmp_path, capsys
):
    assert as_it_is.said.count("[leader]") == 1
    assert "người phụ trách lớp." in (as_it_is.folder / "DOC-TOI-TRUOC.txt").read_text(encoding="utf-8-sig")
    named_leader(course_copy, "chị Hoa", "Zalo 0900 000 000")
    assert cli.run(["bundle", "--out", str(tmp_path / "two")]) == 0
    assert "[leader]" not in capsys.readouterr().out
    (read_first,) = (tmp_path / "two").glob("*/DOC-TOI-TRUOC.txt")
    assert "chị Hoa, qua Zalo 0900 000 000." in read_first.read_text(encoding="utf-8-sig")
    (pages,) = (tmp_path / "two").glob("*/hoc/index.html")
    assert "chị Hoa, qua Zalo 0900 000 000" in pages.read_text(encoding="utf-8")


def test_a_bundle_of_one_exam_says_to_whom_its_files_go_as_the_course_says(course_copy, tmp_path):
    _, held = bundled(tmp_path / "one", "--only", "thinv3")
    assert "người phụ trách lớp." in held["DOC-TOI-TRUOC.txt"]
    named_leader(course_copy, "chị Hoa", "Zalo 0900 000 000")
    _, named = bundled(tmp_path / "two", "--only", "thinv3")
    assert "chị Hoa, qua Zalo 0900 000 000." in named["DOC-TOI-TRUOC.txt"]
    assert "giảng viên" not in held["DOC-TOI-TRUOC.txt"] + named["DOC-TOI-TRUOC.txt"]


def test_the_example_of_an_exam_kept_for_its_day_is_on_a_path_of_the_course(course_copy, tmp_path, capsys):
    settings = course_copy / "course.toml"
    text = settings.read_text(encoding="utf-8")
    bundled(tmp_path / "one", "--without-exams")
    assert "buuchinh bundle --only thinv3" in capsys.readouterr().out
    settings.write_text(text.replace('"thinv3", "kt2"', '"thinv1", "kt2"'), encoding="utf-8")
    _, held = bundled(tmp_path / "two", "--without-exams")
    assert "buuchinh bundle --only thinv1" in capsys.readouterr().out
    assert "giảng viên" not in held["DOC-TOI-TRUOC.txt"]


def test_the_manifest_names_every_file_and_the_version_of_each_exercise(shared_copy, as_it_is):
    folder = as_it_is.folder
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    on_disk = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    del on_disk["manifest.json"]
    assert manifest["sha256"] == {path: hashlib.sha256(data).hexdigest() for path, data in on_disk.items()}
    assert manifest["version"] == (folder / "VERSION").read_text(encoding="utf-8").strip()
    assert folder.name == f"buuchinh-{manifest['version']}"
    for unit, version in manifest["exercises"].items():
        assert json.loads(on_disk[f"lab/exercises/{unit}/questions.json"])["version"] == version
    assert set(manifest["exercises"]) == {p.name for p in (shared_copy / "source").iterdir()}


def test_a_bundle_makes_no_file_for_a_learning_management_system(as_it_is, monkeypatch, capsys):
    lab = as_it_is.folder / "lab"
    monkeypatch.setenv("BUUCHINH_COURSE", str(lab))
    before = sorted(lab.rglob("*"))
    assert not (lab / "buuchinh/learner/dist/scorm.js").exists()
    for made in (*(("moodle", unit) for unit in ("bt02", "thi1", "l03", "pool")), ("scorm", "l03")):
        assert cli.run(["export", *made]) == 1
        told = capsys.readouterr()
        assert (told.out, told.err.count("\n")) == ("", 1)
        assert "chỉ làm được trong thư mục của người soạn" in told.err
    assert sorted(lab.rglob("*")) == before


def test_the_same_course_makes_the_same_bytes(course_copy, tmp_path):
    first = bundle.make(tmp_path / "one").archive.read_bytes()
    for path in course_copy.rglob("*.csv"):
        os.utime(path, (1, 1))
    assert bundle.make(tmp_path / "two").archive.read_bytes() == first


def test_start_files_suit_the_systems_that_read_them(as_it_is):
    folder = as_it_is.folder
    lab = folder / "lab"
    batch, shell = (lab / "bat-dau.bat").read_bytes(), (lab / "bat-dau.sh").read_bytes()
    assert batch.isascii(), "cmd.exe loses its place in a file of other letters"
    assert batch.count(b"\r\n") == batch.count(b"\n")
    assert b"\r" not in shell
    assert (folder / "DOC-TOI-TRUOC.txt").read_bytes().startswith(b"\xef\xbb\xbf"), "Notepad needs the mark"
    assert not re.search(r"\{\w+\}", (folder / "DOC-TOI-TRUOC.txt").read_text(encoding="utf-8-sig"))
    for shown in re.findall(rb"%TEXT%\\([a-z-]+\.txt)", batch):
        assert (lab / "buuchinh/lab/start" / shown.decode()).is_file()


def refused(tmp_path: Path) -> set[str]:
    """Return the paths that ``make`` complains about; nothing is written then."""
    with pytest.raises(KitError) as caught:
        bundle.make(tmp_path / "out")
    assert not (tmp_path / "out").exists(), "nothing is written where something is wrong"
    return {problem.path for problem in caught.value.problems}


def change(path: Path, edit: Callable[[Any], object]) -> None:
    """Change a JSON file in place."""
    held = json.loads(path.read_text(encoding="utf-8"))
    edit(held)
    path.write_text(json.dumps(held), encoding="utf-8")


def test_an_exercise_that_holds_a_key_is_refused(course_copy, tmp_path):
    keys = {"keys": [{"correct": "a"}]}
    change(course_copy / "exercises/bt02/questions.json", lambda sheet: sheet["forms"]["b"][0].update(keys))
    shutil.rmtree(course_copy / "exercises/bt06", ignore_errors=True)
    assert refused(tmp_path) == {"exercises/bt02/questions.json", "exercises/bt06"}


def test_an_exercise_that_is_not_as_it_was_released_is_refused(course_copy, tmp_path):
    exercises = course_copy / "exercises"
    for unit in ("bt06", "thi1"):
        shutil.copy(course_copy / f"source/{unit}/{unit}.ipynb", exercises / unit)
    change(exercises / "bt01/bt01.ipynb", lambda held: held["cells"][0]["metadata"].update(note=CANARY))
    told = {"output_type": "stream", "name": "stdout", "text": [CANARY]}
    change(exercises / "bt03/bt03.ipynb", lambda held: held["cells"][-1].update(outputs=[told], cell_type="code"))
    change(exercises / "bt04/questions.json", lambda held: held["forms"]["b"][0].update(stem=CANARY))
    change(exercises / "bt05/questions.json", lambda held: held.update(version="0.9.0"))
    (exercises / "bt07/bt07.ipynb").write_text("[]", encoding="utf-8")
    assert refused(tmp_path) == {
        "exercises/bt01/bt01.ipynb", "exercises/bt03/bt03.ipynb", "exercises/bt04/questions.json",
        "exercises/bt05/questions.json", "exercises/bt06/bt06.ipynb", "exercises/bt07/bt07.ipynb",
        "exercises/thi1/thi1.ipynb",
    }  # fmt: skip


def test_an_output_that_no_release_gives_is_refused(course_copy, tmp_path):
    def tell(held: Any) -> None:
        cell = next(cell for cell in held["cells"] if cell["cell_type"] == "code" and cell["outputs"])
        cell["outputs"][0]["data"]["text/plain"] = CANARY

    change(course_copy / "exercises/bt02/bt02.ipynb", tell)
    assert refused(tmp_path) == {"exercises/bt02/bt02.ipynb"}


def test_public_files_of_an_exercise_go_out_as_they_were_released(course_copy, tmp_path):
    for folder in ("source", "exercises"):
        (course_copy / folder / "bt06/bang.csv").write_text("a,b\n", encoding="utf-8")
    (course_copy / "source/bt06/public.txt").write_text("bang.csv\n", encoding="utf-8")
    assert (bundle.make(tmp_path / "out").folder / "lab/exercises/bt06/bang.csv").is_file()
    (course_copy / "exercises/bt06/bang.csv").write_text(CANARY, encoding="utf-8")
    assert refused(tmp_path / "again") == {"exercises/bt06/bang.csv"}


@pytest.mark.parametrize(
    "lost",
    [
        f"{LAB}/package.json", f"{LAB}/static/learner.js",
        "buuchinh/lab/start/bat-dau.sh", "buuchinh/messages/vi/lab.toml", "buuchinh/release/bundle.txt",
        "datasets/law/provisions.csv", "datasets/questions/l03.yml", "datasets/questions/kt2.yml",
        "lessons/00-bat-dau.ipynb", "lessons/hinh/03-sau-hop.svg", "lessons/hinh/01-ba-tang.svg",
        "lessons/phu-luc/08-phieu-quan-sat.html", "requirements.lock",
    ],
)  # fmt: skip
def test_what_a_trainee_needs_is_missed(shared_copy, tmp_path, lost):
    kept = (shared_copy / lost).rename(tmp_path / "kept")
    try:
        assert refused(tmp_path) == {lost}
    finally:
        kept.rename(shared_copy / lost)


def test_a_lesson_that_is_missing_or_there_twice_or_an_exercise_is_refused(course_copy, tmp_path):
    lessons = course_copy / "lessons"
    shutil.copy(lessons / "02-khung-phap-ly.ipynb", lessons / "02-khung-phap-ly-cu.ipynb")
    shutil.copy(course_copy / "source/bt06/bt06.ipynb", lessons / "06-thong-ke-vu-viec.ipynb")
    (lessons / "04-bi-mat-thu-tin.ipynb").unlink()
    assert refused(tmp_path) == {
        "lessons/02-khung-phap-ly.ipynb", "lessons/04-….ipynb", "lessons/06-thong-ke-vu-viec.ipynb",
    }  # fmt: skip


def test_a_file_of_the_package_that_no_list_names_is_refused(course_copy, tmp_path):
    (course_copy / LAB / "static/moi.js").write_text("//", encoding="utf-8")
    assert refused(tmp_path) == {f"{LAB}/static/moi.js"}
    assert f"{LAB}/static/moi.js\n" in derive.derived()[bundle_files.PACKAGE_LIST](), "and derive adds it"


def test_the_list_of_the_package_is_what_git_tracks_but_for_templates():
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "buuchinh"],
        cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8",
    ).stdout.split("\0")  # fmt: skip
    of_types = r"questions/types/[^/]+/(template[^/]*\.|vectors\.json|[\w.]+\.(js|css)$)"
    of_learner, made_up = r"learner/(bundle\.js|labextension/|src/|dist/scorm\.js)", r"practice_class/made_up\.toml"
    of_desk = r"desk/browser/(\w+\.test\.js|payloads\.d\.ts)$"
    authors = re.compile(rf"buuchinh/(authoring/templates/|{of_learner}|{made_up}|{of_desk}|{of_types}).*")
    there = {path for path in tracked if path and (ROOT / path).is_file()}
    listed = (ROOT / bundle_files.PACKAGE_LIST).read_text(encoding="utf-8").split()
    assert set(listed) == {path for path in there if not authors.match(path) or path.endswith(".py")}
    assert listed == sorted(listed)


def opaque_ids(sheet: Path) -> set[str]:
    """Return the ids of options that a public sheet asks with: no other file of the course has them."""
    return set(re.findall(r'"id": "(o[a-z0-9]{9})"', sheet.read_text(encoding="utf-8")))


def ids_in(held: dict[str, str]) -> set[str]:
    """Return all that could be such an id anywhere in the files of a bundle, be it within a longer word."""
    return {found for text in held.values() for found in re.findall(r"(?=(o[a-z0-9]{9}))", text)}


def bundled(out: Path, *options: str) -> tuple[str, dict[str, str]]:
    """Make a bundle by the command; return the name of its folder and the text of each file in its zip."""
    assert cli.run(["bundle", "--out", str(out), *options]) == 0
    (path,) = out.glob("*.zip")
    with zipfile.ZipFile(path) as archive:
        held = {name.partition("/")[2]: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    return path.stem, held


def test_exams_kept_for_their_day_are_nowhere_in_the_bundle_and_the_path_says_when_they_come(
    shared_copy, tmp_path, capsys
):
    name, held = bundled(tmp_path / "out", "--without-exams")
    assert name.endswith("-chua-thi")
    exams = [path.parent for path in (shared_copy / "exercises").glob("thi*/questions.json")]
    assert len(exams) > 3
    told_ids = ids_in(held)
    assert opaque_ids(shared_copy / "exercises/bt02/questions.json") <= told_ids
    for exam in exams:
        assert not [path for path in held if exam.name in path], "no page, no exercise, no sheet of an earlier version"
        secret = opaque_ids(exam / "questions.json")
        assert len(secret) > 100
        assert not secret & told_ids
        assert exam.name not in held["manifest.json"] + held["hoc/index.html"]
    assert {unit[:2] for unit in json.loads(held["manifest.json"])["exercises"]} == {"bt"}
    for told in (held["DOC-TOI-TRUOC.txt"], held["BAT-DAU.html"], capsys.readouterr().out):
        assert "ngày thi" in told.casefold()
    course_data = json.loads(
        re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', held["hoc/index.html"])[0]
    )
    assert all(role["later"] and role["path"][-1] == "kt2" for role in course_data["roles"])


def test_a_unit_alone_is_a_small_bundle_that_says_what_is_in_it(shared_copy, tmp_path, capsys):
    name, held = bundled(tmp_path / "out", "--only", "thinv1")
    assert name.endswith("-thinv1")
    assert "hoc/bai/thinv1.js" in held
    assert not [path for path in held if path.startswith(("lab/", "hoc/bai/l0", "hoc/bai/bt", "hoc/bai/kt"))]
    title = json.loads((shared_copy / "exercises/thinv1/questions.json").read_text(encoding="utf-8"))["title"]
    for told in (held["DOC-TOI-TRUOC.txt"], held["BAT-DAU.html"], capsys.readouterr().out):
        assert title in told
    assert json.loads(held["manifest.json"])["exercises"].keys() == {"thinv1"}
    others = {path.parent.name: opaque_ids(path) for path in (shared_copy / "exercises").glob("*/questions.json")}
    told_ids = ids_in(held)
    assert others.pop("thinv1") <= told_ids
    assert not {unit for unit, ids in others.items() if ids & told_ids}


def test_several_units_alone_bring_the_lab_where_one_asks_for_code(shared_copy, tmp_path, monkeypatch):
    name, held = bundled(tmp_path / "out", "--only", "bt06", "--only", "thicb1")
    assert name.endswith("-bt06-thicb1")
    assert {"lab/exercises/bt06/bt06.ipynb", "lab/exercises/thicb1/thicb1.ipynb", "lab/bat-dau.bat"} <= set(held)
    assert not [path for path in held if re.match(r"lab/(exercises/bt05|lessons/0[1-9]|datasets/questions/l0)", path)]
    monkeypatch.setenv("BUUCHINH_COURSE", str(tmp_path / "out" / name / "lab"))
    told = api.call("GET", "course", {"notebook": "lessons/00-bat-dau.ipynb"})
    assert list(told["units"]) == ["bt06", "thicb1"], "the first of them is where one begins"
    assert told["lessons"] == told["tests"] == []


@pytest.mark.parametrize(
    "options",
    [
        ("--only", "thinv99"), ("--only", "thinv1", "--without-exams"), ("--instructor", "--without-exams"),
        ("--instructor", "--only", "thinv1"),
    ],
)  # fmt: skip
def test_a_choice_that_cannot_be_is_refused_and_nothing_is_made(shared_copy, tmp_path, capsys, options):
    assert cli.run(["bundle", "--out", str(tmp_path / "out"), *options]) == 1
    assert "Traceback" not in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_folder_with_somebodys_work_is_never_replaced(shared_copy, tmp_path):
    folder = bundle.make(tmp_path / "out").folder
    bundle.make(tmp_path / "out")
    (folder / "lab/bai-lam").mkdir()
    with pytest.raises(KitError):
        bundle.make(tmp_path / "out")
    assert (folder / "lab/bai-lam").is_dir()


@pytest.mark.journey
def test_a_bundle_starts_without_being_installed(as_it_is, tmp_path, monkeypatch):
    folder = Path(shutil.copytree(as_it_is.folder, tmp_path / "goi"))
    monkeypatch.delenv("BUUCHINH_COURSE", raising=False)
    # -I would hide the working folder; -P is not used, so `-m buuchinh` is the bundle's own copy
    for lab in start_lab(folder / "lab", command=(sys.executable, "-m", "buuchinh", "lab")):
        with urllib.request.urlopen(_api(lab.address), timeout=60) as answer:
            model = json.load(answer)
        assert model["path"] == "lessons/00-bat-dau.ipynb"
        assert model["writable"] is False


def _api(address: str) -> str:
    return re.sub(r"/doc/tree/(.*)\?", r"/api/contents/\1?content=0&", address)
