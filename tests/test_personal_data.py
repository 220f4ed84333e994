from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import stat
import zipfile
from pathlib import Path

import pytest
from kit.classroom import ROOT, UNIT, edit, make_course
from kit.gradebook import outcomes, stored
from kit.handin import answers, code_of, hand_in
from kit.use_course import use_course
from openpyxl import Workbook, load_workbook

from buuchinh import cli, codes, personal_data
from buuchinh.classroom import gradebook, turn
from buuchinh.course import PERSONAL_FOLDERS, layout
from buuchinh.errors import KitError
from buuchinh.grading import grade_class
from buuchinh.personal_data.traces import Traces
from buuchinh.release import release
from buuchinh.results import class_report, feedback_pages

GONE, STAYS = code_of(1), code_of(2)
MADE_AGAIN = ("reports/", "backup/", "feedback/phan-hoi_")


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A class of two, graded and reported, with something of both wherever something is kept."""
    root = make_course(tmp_path_factory.mktemp("graded"), code=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        fill(root)
    return root


def fill(root):
    release.release(UNIT)
    for code in (GONE, STAYS):
        hand_in(root, code, quiz())
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
        dropped = root / "hop-thu" / "20261125-120000-abcdef" / f"bài của {code}.txt"
        dropped.parent.mkdir(parents=True, exist_ok=True)
        dropped.write_text("Bài em làm.", encoding="utf-8")
        own_case = root / "don-vi" / "ca" / f"{code[-3]}.txt"
        own_case.parent.mkdir(parents=True, exist_ok=True)
        own_case.write_text(f"Người mang mã {code} báo sớm, cả ca ra ngoài.", encoding="utf-8")
        layout_of_tabs = root / ".jupyter" / "trainee" / "workspaces" / f"w{code[-3]}.jupyterlab-workspace"
        layout_of_tabs.parent.mkdir(parents=True, exist_ok=True)
        layout_of_tabs.write_text(json.dumps({"data": f"bai-lam/{code}/bt90"}), encoding="utf-8")
    grade_class.grade(UNIT)
    feedback_pages.write(UNIT)
    class_report.write(UNIT)


def quiz():
    return {name: answer for name, answer in answers().items() if name != "bt90-q4"}


@pytest.fixture
def course(graded, tmp_path, monkeypatch):
    root = tmp_path / "course"
    shutil.copytree(graded, root)
    return use_course(root, monkeypatch)


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
    assert spelled <= {"docs", "buuchinh", "node_modules"}
    names = {name: value for name, value in vars(layout).items() if name.isupper() and not name.startswith("_")}
    folders = {value.split("/")[0] for value in names.values() if "." not in value[1:]}
    within = {layout.REFUSED, layout.GUEST, layout.HANDED_IN, layout.JOBS, layout.RELEASES, layout.FORMS}
    within.add(layout.ROOT_VARIABLE)
    public = {"lessons", "datasets", "exam", "source", "exercises", "dist"}
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
    before = [name for name in files_with(course, STAYS) if not name.startswith(MADE_AGAIN)]
    assert files_with(course, GONE)
    erased = personal_data.forget(GONE.lower().replace("-", ""))
    assert erased.in_gradebook
    assert erased.backups == (f"backup/{kept.path.name}",)
    assert [name for name in files_with(course, GONE) if not name.startswith("backup/")] == []
    assert GONE.encode() not in (course / "gradebook.db").read_bytes()
    assert gradebook.students() == [STAYS]
    guests = [path.name for path in (course / "bai-lam" / "khach").iterdir()]  # with all that was written there
    assert guests == [f"bt0{STAYS[-3]}"]
    after = [name for name in files_with(course, STAYS) if not name.startswith(MADE_AGAIN)]
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


def listed(course):
    """Write a class list as ``roster`` does, and something of one person in each other place that is about many."""
    names = {GONE: "Nguyễn Thị Đi", STAYS: "Trần Văn Ở"}
    (course / "lop.csv").write_text(
        "Họ tên;Đơn vị\n" + "".join(f"{name};Quầy 1\n" for name in names.values()), encoding="utf-8-sig"
    )
    (course / "danh-sach").mkdir()
    coded = "Mã;Họ tên;Đơn vị\n" + "".join(f"{code};{name};Quầy 1\n" for code, name in names.items())
    for path in (course / "lop-co-ma.csv", course / "danh-sach" / "cu.csv"):
        path.write_text(coded, encoding="utf-8-sig")
    book = Workbook()
    for line in coded.splitlines():
        book.active.append(line.split(";"))
    book.save(course / "lop-co-ma.xlsx")
    about = {"people": {GONE: {"days": 3}, STAYS: {"days": 1}}, "codes": [GONE, STAYS], "rows": [{"code": GONE}]}
    (course / "so-cham" / "gia-han.json").write_text(json.dumps(about), encoding="utf-8")
    note = course / "submitted" / STAYS / UNIT / "ghi-chu.json"
    note.write_text(json.dumps({"note": f"Giống bài của {GONE}."}), encoding="utf-8")
    return note


def test_no_search_of_the_folder_finds_a_person_who_was_forgotten(course):
    note = listed(course)
    (course / "usb").mkdir()
    (course / "usb" / f"bt90_{GONE.lower()}.zip").write_bytes(b"")
    erased = personal_data.forget(GONE)
    assert erased.left == (f"usb/bt90_{GONE.lower()}.zip",)
    assert erased.rows == ("lop.csv dòng 2",)
    traces = Traces(GONE)
    found = [path for path in course.rglob("*") if path.is_file() and traces.in_file(path)]
    assert [path.relative_to(course).as_posix() for path in found] == list(erased.left)
    rows = [[cell.value for cell in row] for row in load_workbook(course / "lop-co-ma.xlsx").active]
    assert rows == [["Mã", "Họ tên", "Đơn vị"], [None] * 3, [STAYS, "Trần Văn Ở", "Quầy 1"]]
    for path in (course / "lop-co-ma.csv", course / "danh-sach" / "cu.csv"):
        assert "Trần Văn Ở" in path.read_text(encoding="utf-8-sig")
        assert "Nguyễn Thị Đi" not in path.read_text(encoding="utf-8-sig")
    kept = json.loads((course / "so-cham" / "gia-han.json").read_text(encoding="utf-8"))
    assert kept == {"people": {STAYS: {"days": 1}}, "codes": [STAYS], "rows": []}
    assert json.loads(note.read_text(encoding="utf-8")) == {"note": "Giống bài của (mã đã xóa)."}


def refused(course, number, origin, code="", inside=b""):
    folder = course / "nop-bai" / "khong-nhan" / f"20261125-12000{number}-ab12cd34"
    folder.mkdir()
    (folder / Path(origin).name).write_bytes(inside)
    about = {
        "unit": UNIT,
        "code": code,
        "origin": origin,
        "collected_at": "2026-11-25T12:00:00+07:00",
        "reason": "Word",
    }
    (folder / "collected.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    return folder


def test_what_no_code_names_is_found_by_the_name_in_the_class_list(course, capsys):
    listed(course)
    gone = [
        refused(course, 1, "usb/bt90 Nguyễn Thị Đi.docx"),
        refused(course, 2, "usb/bt90_nguyen-thi_di.jpg"),
        refused(course, 3, "usb/bt90 NguyenThiDi.pdf"),
        refused(course, 4, "usb/bt90 (1).docx", inside=packed_words("Họ và tên: NGUYỄN THỊ ĐI")),
    ]
    stays = [
        refused(course, 5, "usb/bt90 Trần Văn Ở.docx"),
        refused(course, 6, "usb/bt90 Nguyễn Thị Điệp.docx"),
        refused(course, 7, "usb/bt90 Nguyễn Thị Đi.zip", code=STAYS),
        refused(course, 8, "usb/bt90 (2).docx"),
    ]
    class_report.write(UNIT, names=True)
    named = [path for path in (course / "reports").rglob("*") if path.is_file() and "chua-nop" in path.name]
    assert any("Nguyễn Thị Đi.docx" in path.read_text(encoding="utf-8-sig") for path in named)
    (course / "usb").mkdir()
    (course / "usb" / "bt90 Nguyễn Thị Đi.docx").write_bytes(b"")
    capsys.readouterr()
    assert cli.run(["forget", GONE, "--yes"]) == 0
    said = capsys.readouterr().out
    assert not [path for path in gone if path.exists()]
    assert all(path.exists() for path in stays)
    left = [path for path in (course / "reports").rglob("*") if path.is_file()]
    assert not [path for path in left if "chua-nop" in path.name or path.suffix == ".xlsx"]
    assert "usb/bt90 Nguyễn Thị Đi.docx" in said
    assert all(path.name in said for path in stays), "what may be anybody's is named for a person to look at"


@pytest.mark.parametrize("other", ["Nguyễn Thị Đi", "nguyễn thị đi", "Nguyễn Thị Đi Hà"])
def test_a_name_that_two_of_the_class_bear_is_for_a_person_to_look_at(course, other):
    listed(course)
    for path in (course / "lop-co-ma.csv", course / "danh-sach" / "cu.csv"):
        edit(path, "Trần Văn Ở", other)
    folder = refused(course, 1, "usb/bt90 Nguyễn Thị Đi.docx")
    erased = personal_data.forget(GONE)
    assert folder.exists()
    assert f"nop-bai/khong-nhan/{folder.name}" in erased.nobodys


def packed_words(text):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:t>{text}</w:t>")
    return out.getvalue()


def test_the_number_of_a_code_that_was_erased_is_given_to_nobody_else(course):
    (course / "lop.csv").write_text("Họ tên\nMai\nLan\n", encoding="utf-8-sig")
    assert cli.run(["roster", str(course / "lop.csv")]) == 0
    personal_data.forget(codes.make("HV0002"))
    (course / "lop.csv").write_text("Họ tên\nMai\nHoa\n", encoding="utf-8-sig")
    assert cli.run(["roster", str(course / "lop.csv")]) == 0
    assert gradebook.students() == sorted([GONE, STAYS, codes.make("HV0001"), codes.make("HV0003")])


def test_a_list_with_a_password_or_an_empty_line_stops_no_erasure_half_way(course, capsys):
    (course / "lop.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (course / "lop-co-ma.csv").write_text(f"Mã,Họ tên\n\n{GONE},Lê Thị Mai\n{STAYS},Lan\n", encoding="utf-8-sig")
    (course / "lop.csv").write_text("Họ tên\n\nLê Thị Mai\nLan\n", encoding="utf-8-sig")
    assert cli.run(["forget", GONE, "--yes"]) == 0
    said = capsys.readouterr().out
    assert "lop.xlsx" in next(line for line in said.splitlines() if "không đọc được" in line)
    assert "lop.csv dòng 3" in said
    assert not (course / "submitted" / GONE).exists()
    assert gradebook.students() == [STAYS]


def test_a_row_with_the_name_in_two_columns_is_named_when_its_person_is_erased(course, capsys):
    (course / "lop.csv").write_text("STT,Họ,Tên\n1,Lê Thị,Mai\n2,Lê,Lan\n", encoding="utf-8-sig")
    assert cli.run(["roster", str(course / "lop.csv")]) == 0
    assert cli.run(["forget", codes.make("HV0001"), "--yes"]) == 0
    assert "lop.csv dòng 2" in capsys.readouterr().out


def test_a_code_within_a_longer_one_is_another_code(course):
    longer = codes.make("IL0000")
    shorter = codes.make("L0000")
    assert longer.endswith(shorter), "the case of this test"
    refused = course / "nop-bai" / "khong-nhan" / "20261125-120000-ab12cd34"
    refused.mkdir()
    (refused / "collected.json").write_text(json.dumps({"reason": f"Mã {longer} sai."}), encoding="utf-8")
    (course / "bai-lam" / shorter).mkdir()
    personal_data.forget(shorter)
    assert refused.is_dir()


def test_a_backup_that_holds_a_refused_hand_in_is_named(course):
    stranger = code_of(55)
    refused = course / "nop-bai" / "khong-nhan" / "20261125-120000-ab12cd34"
    refused.mkdir()
    with zipfile.ZipFile(refused / "bai.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("answers.json", json.dumps({"code": stranger}))
    made = personal_data.backup()
    assert personal_data.holds(stranger) == [f"nop-bai/khong-nhan/{refused.name}"]
    assert personal_data.forget(stranger).backups == (f"backup/{made.path.name}",)
    assert personal_data.forget(stranger).backups == (f"backup/{made.path.name}",), "and said again"


def test_a_gradebook_that_is_open_elsewhere_is_told_and_cleaned_the_next_time(course, capsys, monkeypatch):
    monkeypatch.setattr(gradebook, "WAIT", 1)
    reader = sqlite3.connect(course / "gradebook.db")
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM student").fetchall()
    assert cli.run(["forget", GONE, "--yes"]) == 0
    assert "Đóng formgrader" in capsys.readouterr().out
    reader.close()
    cli.run(["forget", GONE, "--yes"])  # SQLite may have cleaned up by itself, and nothing is left to do
    assert "Đóng formgrader" not in capsys.readouterr().out
    assert not [name for name in files_with(course, GONE) if not name.startswith("backup/")]


def test_a_backup_takes_nothing_half_written_and_is_the_owners_alone(course):
    (course / "so-cham" / GONE / ".outcome.json.ab12cd34").write_text("{", encoding="utf-8")
    (course / "nop-bai" / UNIT / ".dang-ghi-x" / "moi").mkdir(parents=True)
    (course / "nop-bai" / UNIT / ".dang-ghi-x" / "moi" / "a.zip").write_text("", encoding="utf-8")
    made = personal_data.backup()
    with zipfile.ZipFile(made.path) as archive:
        assert not [name for name in archive.namelist() if "/." in name]
    if os.name == "posix":
        assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert [path.name for path in (course / "backup").iterdir()] == [made.path.name]


def test_another_machine_grades_a_restored_class_to_the_same_points(course, tmp_path, monkeypatch):
    listed(course)
    edit(course / "course.toml", "[deadlines]", "[deadlines]\nbt90 = 2099-01-01")
    grade_class.grade(UNIT)
    before, points = stored(), outcomes(course)
    made = personal_data.backup()
    other = tmp_path / "other" / "course"
    other.mkdir(parents=True)
    for name in ("course.toml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, other / name)
    shutil.copy(made.path, tmp_path / "usb.zip")
    monkeypatch.setenv("BUUCHINH_COURSE", str(other))
    assert cli.run(["restore", str(tmp_path / "usb.zip"), "--yes"]) == 1, "this machine has none of the exercises"
    assert cli.run(["restore", str(tmp_path / "usb.zip"), "--yes", "--exercises"]) == 0
    assert stored() == before
    assert [one.state for one in grade_class.grade(UNIT)] == ["unchanged", "unchanged"]
    assert {one.state for one in grade_class.grade(UNIT, again=True)} == {"graded"}
    assert outcomes(other) == points
    assert stored() == before
    same = ("lop-co-ma.csv", "lop-co-ma.xlsx", "course.toml", f"source/{UNIT}/releases/1.0.0/questions.yml")
    for name in (*same, f"source/{UNIT}/releases/1.0.0.toml", f"exercises/{UNIT}/questions.json"):
        assert (other / name).read_bytes() == (course / name).read_bytes(), name
    assert not list(other.glob(".dang-ghi*"))


def test_what_is_there_is_backed_up_before_a_backup_takes_its_place(course, capsys):
    first = personal_data.backup()
    personal_data.forget(GONE)
    hand_in(course, code_of(3), quiz())
    assert cli.run(["restore", str(first.path), "--yes"]) == 0
    assert gradebook.students() == [GONE, STAYS]
    assert not (course / "submitted" / code_of(3)).exists()
    second = max(set((course / "backup").glob("*.zip")) - {first.path})
    assert f"backup/{second.name}" in capsys.readouterr().out
    personal_data.restore(second)
    assert gradebook.students() == [STAYS]
    assert (course / "submitted" / code_of(3)).is_dir()


def test_a_damaged_gradebook_comes_back_and_the_damaged_one_is_kept(course):
    made = personal_data.backup()
    damaged = (course / "gradebook.db").read_bytes()[:5000]
    (course / "gradebook.db").write_bytes(damaged)
    restored = personal_data.restore(made.path)
    assert gradebook.students() == [GONE, STAYS]
    assert [path for path in restored.before if (course / path).read_bytes() == damaged]


@pytest.mark.parametrize(
    "fault", ["cut", "no zip", "no manifest", "changed", "way out", "program", "newer", "deep", "half"]
)
def test_what_is_no_whole_backup_changes_nothing(course, tmp_path, fault, capsys):
    made = personal_data.backup()
    spoilt = tmp_path / "spoilt.zip"
    data = made.path.read_bytes()
    spoilt.write_bytes(data[: len(data) // 2] if fault == "cut" else b"PK rubbish")
    if fault not in {"cut", "no zip"}:
        with zipfile.ZipFile(made.path) as old, zipfile.ZipFile(spoilt, "w") as new:
            note = json.loads(old.read("manifest.json"))
            if fault == "newer":
                note["format"] = 99
            name = {"way out": "../ra-ngoai.csv", "program": "buuchinh/cli/__init__.py"}.get(fault)
            if name:
                new.writestr(name, b"")
                note["sha256"][name] = hashlib.sha256(b"").hexdigest()
            for one in old.namelist():
                if one != "manifest.json":
                    new.writestr(one, b"changed" if fault == "changed" and one.endswith(".ipynb") else old.read(one))
            if fault == "half":
                note["sha256"]["submitted/\ud800.txt"] = ""
            if fault != "no manifest":
                new.writestr("manifest.json", "[" * 99_999 if fault == "deep" else json.dumps(note))
    before = {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}
    assert cli.run(["restore", str(spoilt), "--yes"]) == 1
    assert "Traceback" not in capsys.readouterr().err
    assert {path: path.read_bytes() for path in course.rglob("*") if path.is_file()} == before
    assert not (tmp_path / "ra-ngoai.csv").exists()


def tampered(made, target):
    """Write the backup ``made`` to ``target`` with another exercise notebook, whose hash the manifest has."""
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(target, "w") as new:
        note = json.loads(old.read("manifest.json"))
        for one in old.namelist():
            if one != "manifest.json":
                data = old.read(one) + (b"\n" if one == f"exercises/{UNIT}/{UNIT}.ipynb" else b"")
                note["sha256"][one] = hashlib.sha256(data).hexdigest()
                new.writestr(one, data)
        note["sha256"]["source/bt\u202e91/x.yml"] = hashlib.sha256(b"").hexdigest()
        new.writestr("source/bt\u202e91/x.yml", b"")
        new.writestr("manifest.json", json.dumps(note))


def test_other_exercises_in_a_backup_are_named_and_need_a_yes_of_their_own(course, tmp_path, capsys, monkeypatch):
    made = personal_data.backup().path
    assert personal_data.preview(made).about_exercises == ""
    tampered(made, tmp_path / "la.zip")
    notebook = course / "exercises" / UNIT / f"{UNIT}.ipynb"
    before = notebook.read_bytes()
    words = personal_data.preview(tmp_path / "la.zip").about_exercises
    assert f"2 tệp, trong exercises/{UNIT}, source/bt91." in words
    assert cli.run(["restore", str(tmp_path / "la.zip"), "--yes"]) == 1
    said = capsys.readouterr().err
    assert words in said
    assert "--exercises" in said
    for typed in ("\n", "c\n\n"):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        assert cli.run(["restore", str(tmp_path / "la.zip")]) == 0
    assert words in capsys.readouterr().out
    assert notebook.read_bytes() == before
    assert [path.name for path in (course / "backup").iterdir()] == [made.name]
    monkeypatch.setattr("sys.stdin", io.StringIO("c\nc\n"))
    assert cli.run(["restore", str(tmp_path / "la.zip")]) == 0
    assert notebook.read_bytes() == before + b"\n"
    assert cli.run(["restore", str(made), "--yes", "--exercises"]) == 0
    assert notebook.read_bytes() == before


def files_without_backups_and_lock(course):
    found = (path.relative_to(course) for path in course.rglob("*") if path != turn.marks_lock())
    return sorted(path for path in found if "backup" not in path.parts)


def test_a_move_that_is_refused_puts_everything_back(course, monkeypatch):
    made = personal_data.backup()
    hand_in(course, code_of(3), quiz())
    before = files_without_backups_and_lock(course)
    replace = os.replace

    def refusing(source, target):
        if target == course / "reports" / UNIT and "moi" in Path(source).parts:
            raise PermissionError(13, "open in Excel")
        replace(source, target)

    monkeypatch.setattr(os, "replace", refusing)
    assert cli.run(["restore", str(made.path), "--yes"]) == 1
    assert files_without_backups_and_lock(course) == before
    assert gradebook.students() == [GONE, STAYS]


@pytest.fixture
def bare(tmp_path, monkeypatch):
    """A course without hand-ins, in which lists of a class lie."""
    root = make_course(tmp_path, code=False)
    return use_course(root, monkeypatch)


WRITTEN = [
    "GL–0001–9",
    "GL - 0001 - 9",
    "GL/0001/9",
    "GL·0001·9",
    "GL‑0001‑9",
    "ＧＬ－０００１－９",
    "gl\u200b0001\u200b9",
]


@pytest.mark.parametrize("typed", WRITTEN)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1258"])
def test_who_is_forgotten_is_found_however_the_code_is_typed_and_the_list_saved(bare, typed, encoding):
    if encoding == "cp1258" and not typed.isascii() and "–" not in typed and "·" not in typed:
        typed = "GL–0001–9"
    gone, stays = f"{typed};Bui Hanh;+84901234567", "GL-0002-7;Cao Lan;+84907654321"
    text = f"sep=;\r\nMã;Ten;So\r\n{gone}\r\n{stays}\r\n"
    (bare / "lop.csv").write_bytes(text.replace("ã", "a").encode(encoding))
    erased = personal_data.forget("GL-0001-9")
    assert (erased.left, erased.rows) == ((), ())
    assert (bare / "lop.csv").read_bytes() == f"sep=;\r\nMa;Ten;So\r\n{stays}\r\n".encode(encoding)


@pytest.mark.parametrize("head", ["Mã;Họ tên;Người hướng dẫn", "SBD;Họ tên;Người hướng dẫn"])
def test_a_row_of_somebody_else_stays_and_a_word_takes_the_place_of_the_code(bare, head):
    others = "GL-0002-7;Cao Thị Lan;ngồi cạnh {0}\nGL-0003-5;Lê Mai;{0}\n"
    text = f"{head}\nGL-0001-9;Bùi Văn Hạnh;\n" + others.format("GL-0001-9")
    (bare / "lop.csv").write_text(text, encoding="utf-8")
    book = Workbook()
    for line in text.splitlines():
        book.active.append(line.split(";"))
    book.active["D3"] = "=COUNTA(A3:A4)"
    book.save(bare / "lop2.xlsx")
    erased = personal_data.forget("GL-0001-9")
    assert erased.left == ()
    assert (bare / "lop.csv").read_text(encoding="utf-8") == f"{head}\n" + others.format("(mã đã xóa)")
    sheet = load_workbook(bare / "lop2.xlsx").active
    assert [cell.value for cell in sheet[2]] == [None] * 4
    assert [cell.value for cell in sheet[3]] == [
        "GL-0002-7", "Cao Thị Lan", "ngồi cạnh (mã đã xóa)", "=COUNTA(A3:A4)",
    ]  # fmt: skip
    assert sheet["B4"].value == "Lê Mai"


def test_the_files_of_a_neighbour_whose_row_names_the_code_are_not_taken_for_the_persons(bare):
    (bare / "lop.csv").write_text(
        "Mã;Họ tên;Ghi chú\nGL-0001-9;Bùi Văn Hạnh;\nGL-0002-7;Cao Thị Lan;cạnh GL-0001-9\n", encoding="utf-8"
    )
    (bare / "nop-bai" / "khong-nhan").mkdir(parents=True)
    folder = refused(bare, 1, "usb/bt90 Cao Thị Lan.docx")
    personal_data.forget("GL-0001-9")
    assert folder.exists()


def test_a_list_with_macros_keeps_them(bare):
    book = Workbook()
    book.active.append(["Mã", "Họ tên"])
    book.active.append(["GL-0001-9", "Bùi Văn Hạnh"])
    book.save(bare / "plain.xlsx")
    content = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    with zipfile.ZipFile(bare / "plain.xlsx") as old, zipfile.ZipFile(bare / "lop.xlsm", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(content.encode(), macros.encode()))
        new.writestr("xl/vbaProject.bin", b"macros")
    (bare / "plain.xlsx").unlink()
    assert personal_data.forget("GL-0001-9").left == ()
    with zipfile.ZipFile(bare / "lop.xlsm") as kept:
        assert kept.read("xl/vbaProject.bin") == b"macros"
        assert macros in kept.read("[Content_Types].xml").decode()


def test_a_code_over_two_runs_of_a_document_is_named_as_left(bare):
    (bare / "lop.csv").write_text("Mã;Họ tên\nGL-0001-9;Bùi Văn Hạnh\n", encoding="utf-8")
    runs = '<?xml version="1.0"?><w:p><w:r><w:t>GL-00</w:t></w:r><w:r><w:t>01-9</w:t></w:r></w:p>'
    with zipfile.ZipFile(bare / "thu.docx", "w", zipfile.ZIP_DEFLATED) as document:
        document.writestr("word/document.xml", runs)
    assert personal_data.forget("GL-0001-9").left == ("thu.docx",)


def test_a_name_in_the_remark_of_a_colleague_goes_with_the_code_and_without_it(course):
    listed(course)
    notes = []
    for number, said in enumerate((f"Chép của Nguyễn  Thị ĐI ({GONE}).", "Câu này Nguyễn Thị Đi bảo sai."), 1):
        note = course / "nop-bai" / UNIT / STAYS / f"20261125-10000{number}-ab12cd34" / "collected.json"
        note.parent.mkdir(parents=True)
        note.write_text(json.dumps({"remarks": [said]}, ensure_ascii=False), encoding="utf-8")
        notes.append(note)
    boss = course / "don-vi" / "don-vi.csv"
    boss.write_text("muc;noi dung\ntruong;Nguyễn Thị Đi 0901\n", encoding="utf-8")
    personal_data.forget(GONE)
    assert [json.loads(note.read_text(encoding="utf-8"))["remarks"] for note in notes] == [
        ["Chép của (tên đã xóa) ((mã đã xóa))."],
        ["Câu này (tên đã xóa) bảo sai."],
    ]
    assert "Nguyễn Thị Đi" in boss.read_text(encoding="utf-8"), "whom to call in danger stays"


def test_what_was_refused_of_a_colleague_who_names_the_code_stays(course):
    stays = refused(course, 1, "usb/bt90.zip", code=STAYS, inside=f"Tôi làm cùng {GONE}.".encode())
    gone = refused(course, 2, "usb/bt90.zip", code=GONE)
    erased = personal_data.forget(GONE)
    assert stays.exists()
    assert f"nop-bai/khong-nhan/{stays.name}/bt90.zip" in erased.left
    assert not gone.exists()


def test_a_name_that_stands_in_the_row_of_a_colleague_is_told_with_its_line(bare):
    (bare / "lop.csv").write_text(
        "Mã;Họ tên;Ghi chú\nGL-0001-9;Bùi Văn Hạnh;\nGL-0002-7;Cao Lan;cạnh Bùi Văn Hạnh\n", encoding="utf-8"
    )
    assert personal_data.forget("GL-0001-9").rows == ("lop.csv dòng 2",)


@pytest.mark.parametrize("code", ["HV2024001", "HV9999", "HV99999", "HV202400123"])
def test_the_offices_own_number_that_is_erased_stops_no_later_list(bare, code):
    own = codes.make(code)
    path = bare / "lop.csv"
    path.write_text(f"Mã;Họ tên\n{own};Bùi Văn Hạnh\n", encoding="utf-8")
    assert cli.run(["roster", str(path)]) == 0
    personal_data.forget(own)
    path.write_text("Họ tên\nCao Thị Lan\n", encoding="utf-8")
    assert cli.run(["roster", str(path)]) == 0
    assert gradebook.students() == [codes.make("HV0001")]


@pytest.mark.parametrize(
    ("record", "given"),
    [({"HV": 7}, "HV0008"), ({"HV": 2024001}, "HV10000"), ({"K": 120002}, "HV0001"), ({"HV": 99999}, None)],
)
def test_what_an_earlier_kit_noted_of_erased_codes_is_kept(bare, record, given, capsys):
    (bare / "so-cham").mkdir(exist_ok=True)
    (bare / "so-cham" / "so-ma-da-cap.json").write_text(json.dumps(record), encoding="utf-8")
    (bare / "lop.csv").write_text("Họ tên\nCao Thị Lan\n", encoding="utf-8")
    assert cli.run(["roster", str(bare / "lop.csv")]) == (0 if given else 1)
    if given:
        assert gradebook.students() == [codes.make(given)]
    else:
        assert "không còn số nào" in capsys.readouterr().err


@pytest.mark.parametrize("prefix", ["K12", "GL-", "", "1", "Đ", "ABCDEFGH"])
def test_a_prefix_that_is_no_letters_is_refused(bare, prefix, capsys):
    (bare / "lop.csv").write_text("Họ tên\nCao Thị Lan\n", encoding="utf-8")
    assert cli.run(["roster", str(bare / "lop.csv"), "--prefix", prefix]) == 1
    said = capsys.readouterr().err
    assert "chữ cái" in said
    assert "Traceback" not in said
    assert not list(bare.glob("lop-co-ma*"))


@pytest.mark.parametrize("prefix", ["gl", "ＧＬ"])
def test_the_same_letters_typed_otherwise_give_no_erased_code_again(bare, prefix):
    path = bare / "lop.csv"
    path.write_text("Họ tên\nBùi Văn Hạnh\n", encoding="utf-8")
    assert cli.run(["roster", str(path), "--prefix", "GL"]) == 0
    personal_data.forget("GL-0001-9")
    path.write_text("Họ tên\nCao Thị Lan\n", encoding="utf-8")
    assert cli.run(["roster", str(path), "--prefix", prefix]) == 0
    assert gradebook.students() == [codes.make("GL0002")]


def test_a_backup_that_came_back_gives_no_code_again_and_names_who_was_erased(bare, capsys):
    path = bare / "lop.csv"

    def enrol(*names):
        path.write_text("Họ tên\n" + "".join(f"{name}\n" for name in names), encoding="utf-8")
        assert cli.run(["roster", str(path)]) == 0

    enrol("An", "Bình")
    made = personal_data.backup()
    enrol("An", "Bình", "Chi", "Dung")
    for number in (2, 4):
        personal_data.forget(codes.make(f"HV000{number}"))
    capsys.readouterr()
    assert cli.run(["restore", str(made.path), "--yes"]) == 0
    said = capsys.readouterr().out
    assert "buuchinh forget" in said
    assert codes.make("HV0002") in said
    assert codes.make("HV0004") not in said
    enrol("An", "Bình", "Em")  # HV0003 is Chi's, of whom the backup knows nothing
    assert gradebook.students() == [codes.make(f"HV000{number}") for number in (1, 2, 5)]
    assert personal_data.restore(made.path).brought_back == (codes.make("HV0002"),)


def cut_off(course, backup, nth):
    """Restore in a child that is gone the moment before its ``nth`` rename within the course."""
    child = os.fork()
    if child == 0:
        left, replace = [nth], os.replace

        def replacing(source, target):
            if ".dang-ghi-" in f"{source}{target}" and "backup" not in Path(target).parts:
                left[0] -= 1
                if left[0] == 0:
                    os._exit(9)
            replace(source, target)

        os.replace = replacing  # type: ignore[assignment]
        personal_data.restore(backup)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.skipif(os.name == "nt", reason="no fork on Windows")
def test_after_a_restore_that_was_cut_off_every_command_says_how_to_finish_it(course, capsys):
    made = personal_data.backup()
    personal_data.forget(STAYS)
    assert cut_off(course, made.path, 3) == 9
    (before,) = set((course / "backup").glob("*.zip")) - {made.path}
    for words in (["grade", UNIT], ["backup"], ["forget", GONE, "--yes"]):
        capsys.readouterr()
        assert cli.run(words) == 1
        said = capsys.readouterr().err
        assert f'buuchinh restore "{made.path.resolve()}"' in said
        assert f"buuchinh restore backup/{before.name}" in said
    assert cli.run(["restore", str(before), "--yes"]) == 0
    assert gradebook.students() == [GONE]
    assert not list(course.glob(".dang-ghi*"))
    assert cli.run(["restore", str(made.path), "--yes"]) == 0
    assert cli.run(["grade", UNIT]) == 0


@pytest.mark.skipif(os.name == "nt", reason="no fork on Windows")
def test_what_a_restore_was_unpacking_when_it_was_killed_goes_with_the_next_command(course, monkeypatch):
    made = personal_data.backup()

    def killed():
        from buuchinh.personal_data import restoring

        monkeypatch.setattr(restoring, "_put_by", lambda database: os._exit(9))
        personal_data.restore(made.path)

    child = os.fork()
    if child == 0:
        killed()
    os.waitpid(child, 0)
    assert list(course.glob(".dang-ghi*"))
    grade_class.grade(UNIT)
    assert not list(course.glob(".dang-ghi*"))


def test_what_an_earlier_kit_left_of_a_restore_is_erased_too(course):
    scratch = course / ".dang-ghi-ab12cd34" / "moi" / "submitted" / GONE
    scratch.mkdir(parents=True)
    personal_data.forget(GONE)
    assert not list(course.glob(".dang-ghi*"))


def test_where_the_way_back_is_refused_too_nothing_is_thrown_away(course, monkeypatch, capsys):
    made = personal_data.backup()
    hand_in(course, code_of(3), quiz())
    replace, refusing = os.replace, [False]

    def held(source, target):
        if target == course / "reports" / UNIT and "moi" in Path(source).parts:
            refusing[0] = True
        if refusing[0] and "reports" in Path(target).parts:
            raise PermissionError(13, "open in Excel")
        replace(source, target)

    monkeypatch.setattr(os, "replace", held)
    assert cli.run(["restore", str(made.path), "--yes"]) == 1
    monkeypatch.setattr(os, "replace", replace)
    said = capsys.readouterr().err
    (before,) = set((course / "backup").glob("*.zip")) - {made.path}
    assert f"buuchinh restore backup/{before.name}" in said
    assert list(course.glob(".dang-ghi*/cu/reports/*")), "what could not go back"
    assert cli.run(["grade", UNIT]) == 1, "and no command takes half a class for a class"
    assert cli.run(["restore", str(before), "--yes"]) == 0
    assert (course / "submitted" / code_of(3)).is_dir()
    assert not list(course.glob(".dang-ghi*"))
