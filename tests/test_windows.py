"""A class goes its whole way under Windows' rules for files, from the release to the erasure of a person."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import datetime
from pathlib import Path

import pytest
from kit.classroom import UNIT, make_course
from kit.commands import CODES, quiz, scores
from kit.course import copy_course
from kit.windows import rules

from buuchinh import cli, course
from buuchinh.classroom import gradebook
from buuchinh.files import remove_tree, write_text
from buuchinh.notebook import pack, workspace
from buuchinh.questions.answers import Record

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel of Linux says what is open"),
]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = make_course(tmp_path, code=False)
    monkeypatch.setenv("BUUCHINH_COURSE", str(made))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    monkeypatch.chdir(made)
    return made


def test_the_layer_refuses_what_windows_refuses(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "read-only").write_text("", encoding="utf-8")
    (tmp_path / "read-only").chmod(0o444)
    (tmp_path / "a").write_text("", encoding="utf-8")
    with rules(tmp_path), (tmp_path / "open").open("w", encoding="utf-8"):
        for one in ("open", "read-only"):
            with pytest.raises(PermissionError):
                (tmp_path / one).unlink()
            with pytest.raises(PermissionError):
                (tmp_path / "a").replace(tmp_path / one)
        with pytest.raises(PermissionError):
            (tmp_path / "folder").replace(tmp_path / "folder")
        with pytest.raises(PermissionError):
            shutil.rmtree(tmp_path)
        for name in ("a?b", "nul.txt", "a.", "a:b"):
            with pytest.raises(OSError, match="no such name"):
                (tmp_path / name).write_text("", encoding="utf-8")
        with pytest.raises(AssertionError):
            (tmp_path / "A").write_text("", encoding="utf-8")
    with rules(tmp_path):
        remove_tree(tmp_path / "folder")
        write_text(tmp_path / "open", "mới")


def work_and_hand_in(root: Path, code: str) -> None:
    """Work as a trainee does at the desk, and hand in by the button."""
    course.set_current_code(code)
    folder = workspace.lay_out(UNIT).parent
    record = Record(folder, UNIT, "1.0.0", code)
    for name, answer in quiz().items():
        record.put(name, answer)
    os.chdir(folder)
    try:
        made = pack.hand_over(UNIT)
    finally:
        os.chdir(root)
    (root / "usb").mkdir(exist_ok=True)
    shutil.copy(root / made["path"], root / "usb")


def run(*words: str) -> None:
    assert cli.run(list(words)) == 0, words


def test_a_class_goes_its_whole_way(root: Path) -> None:
    with rules(root):
        (root / "lop.csv").write_text("".join(f"{one}\n" for one in ("Mã", *CODES[:2])), encoding="utf-8-sig")
        run("release", UNIT)
        run("roster", "lop.csv")
        for code in CODES[:2]:
            work_and_hand_in(root, code)
        for _ in range(2):  # everything is there already the second time, read-only files too
            run("collect", "usb")
            run("grade", UNIT, "--again")
            run("feedback", UNIT)
            run("report", UNIT)
        assert scores() == dict.fromkeys(CODES[:2], 6)
        run("backup")
        run("forget", CODES[0], "--yes")
        assert gradebook.students() == [CODES[1]]
        assert not (root / "autograded" / CODES[0]).exists()
        (made,) = (root / "backup").glob("*.zip")
        run("restore", str(made), "--yes")
        assert scores() == dict.fromkeys(CODES[:2], 6)
        run("grade", UNIT)


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("reports/bt90/bang-diem_bt90.csv", ["report", UNIT]),
        (f"feedback/{CODES[0]}/bt90/phan-hoi_bt90_{CODES[0]}.html", ["feedback", UNIT]),
        ("lop-co-ma.xlsx", ["roster", "lop.csv"]),
        (f"autograded/{CODES[0]}/bt90/bt90.ipynb", ["grade", UNIT, "--again"]),
        (f"so-cham/{CODES[0]}/bt90/outcome.json", ["forget", CODES[0], "--yes"]),
        ("reports/bt90/bang-diem_bt90.csv", ["restore", "BACKUP", "--yes"]),
        ("gradebook.db", ["restore", "BACKUP", "--yes"]),
    ],
)
def test_a_file_that_excel_or_a_browser_holds_open_is_a_sentence_and_the_rest_goes_on(
    name: str, command: list[str], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "lop.csv").write_text("".join(f"{one}\n" for one in ("Mã", *CODES[:2])), encoding="utf-8-sig")
    run("release", UNIT)
    run("roster", "lop.csv")
    for code in CODES[:2]:
        work_and_hand_in(root, code)
    for words in (["collect", "usb"], ["grade", UNIT], ["feedback", UNIT], ["report", UNIT], ["backup"]):
        run(*words)
    (made,) = (root / "backup").glob("*.zip")
    command = [str(made) if word == "BACKUP" else word for word in command]
    stamp = datetime.now().astimezone()
    with rules(root), (root / name).open("rb"):
        capsys.readouterr()
        assert cli.run(command) in {1, 3}
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        assert "đóng" in (said.out + said.err).lower()
    assert cli.run(command) == 0, "once it is closed"
    assert not list(root.rglob(".dang-ghi*")), stamp


def test_a_bundle_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = copy_course(tmp_path / "course")
    monkeypatch.setenv("BUUCHINH_COURSE", str(whole))
    monkeypatch.chdir(whole)
    with rules(whole):
        run("bundle")
        run("bundle")
