"""The gradebook's file: found whatever its folder is called, and told in a sentence when it is damaged."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kit import commands
from kit.classroom import make_course

from buuchinh import cli
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize("name", ["lớp 1?", "lớp #1", "lớp%20a", "100%", "a?timeout=5&x=[1]"])
def test_a_course_whose_folder_has_signs_of_an_address_has_one_gradebook(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / name
    shutil.copytree(make_course(tmp_path), root)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    (root / "lop.csv").write_text("Mã;Họ tên\nGL-0001-9;\n", encoding="utf-8-sig")
    assert cli.run(["roster", str(root / "lop.csv")]) == 0
    assert gradebook.students() == ["GL-0001-9"]
    assert [row[0] for row in gradebook.rows("SELECT id FROM student")] == ["GL-0001-9"]
    assert gradebook.file() == root / "gradebook.db"
    assert (root / "gradebook.db").is_file()
    assert cli.run(["backup"]) == 0


def test_the_people_of_a_class_are_read_without_nbgrader(tmp_path: Path) -> None:
    root = make_course(tmp_path)
    script = (
        "import sys\nfrom buuchinh.classroom import gradebook\nassert gradebook.students() == []\n"
        "print(sorted({'nbgrader', 'sqlalchemy'} & set(sys.modules)))"
    )
    env = os.environ | {"BUUCHINH_COURSE": str(root), "BUUCHINH_DB_URL": f"sqlite:///{root}/gradebook.db"}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert not (root / "gradebook.db").exists(), "who only looks writes nothing"


def test_a_new_gradebook_has_the_version_that_nbgrader_would_ask_a_program_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nbgrader import api

    monkeypatch.setenv("BUUCHINH_COURSE", str(make_course(tmp_path)))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    with monkeypatch.context() as patch:
        patch.setattr(api, "get_alembic_version", lambda: pytest.fail("it started a program"))
        for _ in range(2):
            with gradebook.opened() as book:
                assert book.students == []
    assert gradebook.rows("SELECT version_num FROM alembic_version") == [(api.get_alembic_version(),)]


def test_settings_behind_the_address_are_no_part_of_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_course(tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.setenv("BUUCHINH_DB_URL", f"sqlite:///{root}/khac.db?timeout=60")
    with gradebook.opened() as book:
        book.update_or_create_student("GL-0001-9")
    assert gradebook.students() == ["GL-0001-9"]
    assert gradebook.rows("SELECT id FROM student") == [("GL-0001-9",)]
    assert cli.run(["forget", "GL-0001-9", "--yes"]) == 0
    assert gradebook.students() == []
    assert sorted(path.name for path in root.glob("*.db*")) == ["khac.db"]


def cut(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def rubbish(path: Path) -> None:
    path.write_bytes(b"rubbish" * 2000)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def spoilt(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = b"\x07" * (len(data) - 4096)
    path.write_bytes(bytes(data))


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.fixture
def refusing(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Return the settings of SQLite that each connection gets from then on, in a class of one."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    root = tmp_path / "course"
    shutil.copytree(whole, root)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    monkeypatch.chdir(root)
    settings: list[str] = []

    def refuse(connection: Any, _record: object) -> None:
        for setting in settings:
            connection.execute(setting)

    event.listen(Engine, "connect", refuse)
    yield settings
    event.remove(Engine, "connect", refuse)


def test_a_list_on_a_full_disk_is_one_sentence_and_nothing_is_lost(
    refusing: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    people = "".join(f";Người thứ {number}\n" for number in range(300))
    Path("lop.csv").write_text(f"Mã;Họ tên\nGL-0001-9;\n{people}", encoding="utf-8-sig")
    refusing.append("PRAGMA max_page_count = 1")  # SQLite takes no page more than there are
    assert cli.run(["roster", "lop.csv"]) == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert "ổ đĩa hết chỗ" in said
    refusing.clear()
    assert "GL-0001-9" in gradebook.students()
    assert cli.run(["roster", "lop.csv"]) == 0
    assert len(gradebook.students()) == 301


def test_a_gradebook_that_takes_nobody_out_is_one_sentence_and_nothing_is_lost(
    refusing: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    refusing.append("PRAGMA query_only = ON")
    assert cli.run(["forget", "GL-0001-9", "--yes"]) == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert "sổ điểm" in said
    refusing.clear()
    assert gradebook.students() == ["GL-0001-9"]
    assert cli.run(["forget", "GL-0001-9", "--yes"]) == 0
    assert gradebook.students() == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has a limit of its own")
def test_a_course_deeper_than_sqlite_opens_is_told_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "/".join(["thu-muc-rat-sau"] * 32)
    shutil.copytree(make_course(tmp_path), root)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    (root / "lop.csv").write_text("Mã;Họ tên\nGL-0001-9;\n", encoding="utf-8-sig")
    assert cli.run(["roster", str(root / "lop.csv")]) == 1
    said = capsys.readouterr().err
    assert "đường dẫn" in said
    assert "quá dài" in said
    assert "chuyển cả thư mục khóa học" in said


COMMANDS = [words for name, words in commands.COMMANDS.items() if name != "restore"]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_course(tmp_path_factory.mktemp("whole"), code=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        patch.chdir(root)
        (root / "usb").mkdir()
        (root / "lop.csv").write_text("Mã;Họ tên\nGL-0001-9;\n", encoding="utf-8-sig")
        for command in (["roster", "lop.csv"], ["release", "bt90"], ["backup"]):
            assert cli.run(command) == 0
    return root


@pytest.mark.parametrize("damage", [cut, rubbish, emptied, spoilt, a_folder], ids=lambda one: one.__name__)
def test_a_damaged_gradebook_is_a_sentence_from_every_command(
    damage: object, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "course"
    shutil.copytree(whole, root)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    monkeypatch.chdir(root)
    assert callable(damage)
    damage(root / "gradebook.db")
    for end in ("-wal", "-shm"):
        (root / f"gradebook.db{end}").unlink(missing_ok=True)
    backup = next((root / "backup").glob("*.zip")).name
    with pytest.raises(KitError):
        gradebook.students()
    for command in COMMANDS:
        code = cli.run(command)
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        assert code in {0, 1}, command
        if code == 1 and damage is not a_folder and "sổ điểm" in said.err:
            assert f"buuchinh restore backup/{backup}" in said.err, command
    assert [one.name for one in (root / "backup").glob("*.zip")] == [backup], "nothing damaged is backed up"
