"""What ``collect`` made of a hand-in is made again from the original where a fault of the disk damaged it."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from kit.classroom import UNIT, make_course
from kit.handin import code_of
from kit.use_course import use_course

from buuchinh import cli
from buuchinh.attempts import refusals
from buuchinh.attempts.store import Store
from buuchinh.classroom import gradebook
from buuchinh.intake.collect import collect
from buuchinh.notebook import pack
from buuchinh.questions.answers import Record
from buuchinh.release import release

CODE = code_of(1)


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_course(tmp_path_factory.mktemp("collected"), code=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        release.release(UNIT)
        with gradebook.opened() as book:
            book.update_or_create_student(CODE)
        desk = root.parent / "desk" / UNIT
        shutil.copytree(root / "exercises" / UNIT, desk)
        Record(desk, UNIT, "1.0.0", CODE).put("bt90-q3", "Dừng nhận.")
        (root.parent / "usb").mkdir()
        made = pack.build(desk, UNIT, CODE, datetime.now().astimezone())
        shutil.copy(made.path, root.parent / "usb")
        collect(root.parent / "usb")
        assert cli.run(["grade", UNIT]) == 0
    return root


@pytest.fixture
def course(collected: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "course"
    shutil.copytree(collected, root)
    shutil.copytree(collected.parent / "usb", tmp_path / "usb")
    return use_course(root, monkeypatch)


def zeros(path: Path) -> None:
    path.write_bytes(b"\0" * path.stat().st_size)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:40])


def gone(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("damage", [zeros, cut, gone], ids=lambda one: one.__name__)
@pytest.mark.parametrize("name", ["answers.json", f"{UNIT}.ipynb", "collected.json"])
def test_what_a_disk_damaged_is_made_again_from_the_original(
    course: Path, name: str, damage: Callable[[Path], None]
) -> None:
    folder = course / "submitted" / CODE / UNIT
    before = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    damage(folder / name)
    collect(course.parent / "usb")
    assert json.loads((folder / "answers.json").read_text(encoding="utf-8")) == before
    assert cli.run(["grade", UNIT]) == 0


def test_a_graded_notebook_that_became_a_folder_is_made_again(course: Path) -> None:
    path = course / "autograded" / CODE / UNIT / f"{UNIT}.ipynb"
    path.unlink()
    path.mkdir()
    assert cli.run(["grade", UNIT]) == 0
    assert path.is_file()


@pytest.mark.parametrize("command", ["grade", "feedback", "report"])
def test_a_release_without_its_notebook_is_a_sentence(
    course: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (course / "source" / UNIT / "releases" / "1.0.0" / f"{UNIT}.ipynb").unlink()
    assert cli.run([command, UNIT]) in {0, 1, 3}
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    if command == "grade":
        assert f"{UNIT}.ipynb" in said.err + said.out


def test_answers_of_nobody_are_not_laid_over_those_of_somebody(course: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with zipfile.ZipFile(next((course.parent / "usb").glob("*.zip"))) as archive:
        archive.extractall(stick)
    guest = json.loads((stick / "answers.json").read_text(encoding="utf-8"))
    guest["code"] = None
    guest["answers"]["bt90-q3"] |= {"answer": "của khách", "at": "2099-01-01T00:00:00+07:00"}
    (stick / "answers (1).json").write_text(json.dumps(guest), encoding="utf-8")
    (decision,) = collect(stick)
    assert decision.code == CODE
    assert any("không ghi mã" in note for note in decision.notes)
    kept = json.loads((course / "submitted" / CODE / UNIT / "answers.json").read_text(encoding="utf-8"))
    assert kept["answers"]["bt90-q3"]["answer"] == "Dừng nhận."


def test_each_folder_of_which_no_file_was_read_stays_to_be_decided_until_its_own_work_is_taken(course: Path) -> None:
    store = Store()
    now = datetime.now().astimezone().replace(microsecond=0).isoformat()
    fields = {"unit": UNIT, "code": "", "notes": [], "collected_at": now, "reason": "không ứng với mã học viên nào"}
    for number, origin in enumerate(("inbound/lan+bt90", "inbound/minh+bt90")):
        store.refuse({}, fields | {"origin": origin, "sha256": f"{number}" * 64, "content": ""})
    taken = {"unit": UNIT, "code": CODE, "notes": [], "collected_at": now, "at": now, "version": "", "receipt": False}
    store.take({"answers.json": b"{}"}, taken | {"origin": "inbound/lan+bt90", "sha256": "a" * 64})
    assert [refusal.origin for refusal in refusals.of_unit(UNIT)] == ["inbound/minh+bt90"]
    store.take({"answers.json": b"[]"}, taken | {"origin": "inbound/minh+bt90", "sha256": "b" * 64})
    assert refusals.of_unit(UNIT) == []


def test_the_courses_own_backups_reports_and_bundles_are_no_hand_ins(course: Path) -> None:
    assert cli.run(["backup"]) == 0
    made = next((course.parent / "usb").glob("*.zip"))
    for folder in ("dist", "backup", "reports", "so-cham"):
        (course / folder).mkdir(exist_ok=True)
        shutil.copy(made, course / folder / "goi.zip")
    assert collect(course) == []
