from __future__ import annotations

import json
import re
import sqlite3
import zipfile

import pytest
from kit.classroom import ROOT, UNIT, make_course
from kit.course import missing
from kit.handin import answers, code_of, hand_in

from buuchinh import cli, personal_data
from buuchinh.classroom import gradebook
from buuchinh.course import PERSONAL_FOLDERS, layout
from buuchinh.errors import KitError
from buuchinh.execution import sandbox
from buuchinh.grading import grade_class
from buuchinh.release import release
from buuchinh.results import feedback, report

GONE, STAYS = code_of(1), code_of(2)


@pytest.fixture
def course(tmp_path, monkeypatch):
    root = make_course(tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    if sandbox.missing():
        missing(f"bubblewrap: {sandbox.missing()}")
    release.release(UNIT)
    for code in (GONE, STAYS):
        hand_in(root, code, answers())
        kept = root / "nop-bai" / UNIT / code / "20261125-100000-ab12cd34"
        kept.mkdir(parents=True)
        (kept / "bai.zip").write_text(code, encoding="utf-8")
        refused = root / "nop-bai" / "khong-nhan" / f"20261125-110000-{code[-1]}"
        refused.mkdir(parents=True)
        (refused / "collected.json").write_text(json.dumps({"reason": f"Mã {code} nộp sai bài."}), encoding="utf-8")
        (root / "bai-lam" / code / UNIT).mkdir(parents=True)
        (root / "bai-lam" / code / UNIT / "answers.json").write_text(code, encoding="utf-8")
        guest = root / "bai-lam" / "khach" / f"bt0{code[-3]}"
        guest.mkdir(parents=True)
        (guest / "hoc-vien.json").write_text(json.dumps({"code": code}), encoding="utf-8")
    grade_class.grade(UNIT)
    feedback.write(UNIT)
    report.write(UNIT)
    return root


def files_with(root, code):
    return [
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and (code in path.as_posix() or code.encode() in path.read_bytes())
    ]


def test_what_names_a_person_lies_in_registered_folders(course):
    personal_data.backup()
    registered = {folder.name for folder in PERSONAL_FOLDERS}
    places = {name.split("/")[0] for code in (GONE, STAYS) for name in files_with(course, code)}
    assert {place for place in places if not place.startswith("gradebook.db")} == registered


def test_git_ignores_every_registered_folder():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {f"/{folder.name}/" for folder in PERSONAL_FOLDERS} <= set(ignored)


def test_no_module_but_the_layout_spells_a_folder_of_the_course():
    """Whoever needs a new folder names it in ``course/layout.py``, and there decides whether it is personal."""
    package = ROOT / "buuchinh"
    spelled = {
        match
        for path in package.rglob("*.py")
        if path.parent != package / "course"
        for match in re.findall(r'\broot(?:\(\))? / f?"([^"]*)', path.read_text(encoding="utf-8"))
    }
    assert spelled <= {"docs", "buuchinh"}
    folders = {value.split("/")[0] for name, value in vars(layout).items() if name.isupper() and "." not in value}
    within = {layout.REFUSED, layout.GUEST, layout.HANDED_IN, layout.RELEASES, layout.FORMS, layout.ROOT_VARIABLE}
    public = {"lessons", "datasets", "exam", "source", "exercises"}
    assert folders - within - public == {folder.name for folder in PERSONAL_FOLDERS}


def test_a_backup_holds_everything_and_reads_back(course):
    made = personal_data.backup()
    with zipfile.ZipFile(made.path) as archive:
        names = set(archive.namelist())
        assert f"submitted/{GONE}/{UNIT}/answers.json" in names
        assert f"feedback/{GONE}/{UNIT}/phan-hoi_{UNIT}_{GONE}.html" in names
        assert any(name.startswith(f"nop-bai/{UNIT}/{GONE}/") for name in names)
        archive.extract("gradebook.db", course / "copy")
        for name in set(json.loads(archive.read("manifest.json"))["sha256"]) - {"gradebook.db"}:
            assert archive.read(name) == (course / name).read_bytes()
    with sqlite3.connect(course / "copy" / "gradebook.db") as copy:
        assert {row[0] for row in copy.execute("select id from student")} == {GONE, STAYS}
    assert personal_data.backup().path != made.path


def test_forgetting_leaves_nothing_of_one_and_all_of_the_other(course):
    kept = personal_data.backup()
    before = [name for name in files_with(course, STAYS) if not name.startswith(("reports/", "backup/"))]
    assert files_with(course, GONE)
    erased = personal_data.forget(GONE.lower().replace("-", ""))
    assert erased.in_gradebook
    assert erased.backups == (f"backup/{kept.path.name}",)
    assert [name for name in files_with(course, GONE) if not name.startswith("backup/")] == []
    assert GONE.encode() not in (course / "gradebook.db").read_bytes()
    assert gradebook.students() == [STAYS]
    after = [name for name in files_with(course, STAYS) if not name.startswith(("reports/", "backup/"))]
    assert after == before
    assert [one.state for one in grade_class.grade(UNIT)] == ["unchanged"]


def test_the_command_asks_first_and_names_the_backups(course, monkeypatch, capsys):
    personal_data.backup()
    monkeypatch.setattr("typer.prompt", lambda *args, **kwargs: "k")
    assert cli.run(["forget", GONE]) == 0
    assert files_with(course, GONE)
    assert cli.run(["forget", GONE, "--yes"]) == 0
    out = capsys.readouterr().out
    assert "Không xóa gì." in out
    assert "backup/buuchinh_" in out


def test_a_code_nobody_has_is_said(course):
    with pytest.raises(KitError, match="Không có dữ liệu"):
        personal_data.forget(code_of(77))
