"""Files are whole or not there, and what cannot be read says so."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from buuchinh.errors import KitError
from buuchinh.files import (
    PRIVATE,
    read_json,
    reason,
    remove_tree,
    remove_unfinished,
    whole_folder,
    write_bytes,
    write_json,
    write_text,
)


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bài.txt"
    write_text(path, "cũ")
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError("đĩa đầy")))
    with pytest.raises(OSError, match="đĩa đầy"):
        write_text(path, "mới")
    monkeypatch.undo()
    assert path.read_text(encoding="utf-8") == "cũ"
    assert [one.name for one in tmp_path.iterdir()] == ["bài.txt"]


def test_json_round_trip_in_vietnamese(tmp_path: Path) -> None:
    write_json(tmp_path / "a" / "b.json", {"mã": "đ", "n": [1, 2.5, None]})
    assert read_json(tmp_path / "a" / "b.json") == {"mã": "đ", "n": [1, 2.5, None]}


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"{", "JSON"), (b"\xff\xfe{}", "JSON"), (b'{"a": NaN}', "JSON"), (b"[1e999]", "JSON"),
        (b"[" * 100_000, "JSON"),
        (b"[1" + b" " * 2_000_000 + b"]", "1 MB"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(tmp_path: Path, data: bytes, word: str) -> None:
    path = tmp_path / "answers.json"
    path.write_bytes(data)
    with pytest.raises(KitError, match=word):
        read_json(path, at_most=1_000_000)


def test_a_missing_file_and_a_byte_order_mark(tmp_path: Path) -> None:
    with pytest.raises(KitError, match="Không thấy"):
        read_json(tmp_path / "answers.json")
    (tmp_path / "bom.json").write_bytes(b"\xef\xbb\xbf{}")
    assert read_json(tmp_path / "bom.json") == {}


def test_the_system_refuses_in_vietnamese(tmp_path: Path) -> None:
    with pytest.raises(KitError) as caught:
        read_json(tmp_path)
    assert "thư mục" in str(caught.value) or "không có quyền" in str(caught.value)  # Windows calls it "access denied"
    for number in (1, 2, 5, 13, 17, 20, 21, 24, 28, 30, 36, 9999):
        said = reason(OSError(number, "English words"))
        assert "English" not in said
        assert said[0].islower()
        assert said.endswith(")")
    assert reason(OSError()).endswith("(OSError)")


def test_a_file_that_is_held_for_a_moment_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A virus scanner opens on Windows what was written just now."""
    replace, held = os.replace, [1, 2]

    def scanning(source: Path, target: Path) -> None:
        if held:
            held.pop()
            refused = PermissionError(13, "Access is denied")
            refused.winerror = 5  # type: ignore[attr-defined]
            raise refused
        replace(source, target)

    monkeypatch.setattr(os, "replace", scanning)
    write_text(tmp_path / "bài.txt", "mới")
    assert (tmp_path / "bài.txt").read_text(encoding="utf-8") == "mới"


def test_a_folder_with_read_only_files_goes_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "autograded"
    write_text(folder / "HV-0001-W" / "bài.ipynb", "{}")
    (folder / "HV-0001-W" / "bài.ipynb").chmod(0o444)
    unlink = os.unlink

    def as_on_windows(path: str, *, dir_fd: int | None = None) -> None:
        if not os.stat(path, dir_fd=dir_fd).st_mode & stat.S_IWUSR:
            raise PermissionError(13, "Access is denied", path)
        unlink(path, dir_fd=dir_fd)

    monkeypatch.setattr(os, "unlink", as_on_windows)
    remove_tree(folder)
    assert not folder.exists()
    remove_tree(folder)  # nothing to do


def test_what_killed_writers_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    kept = ["HV-0001-W/outcome.json", "HV-0001-W/.dang-cham", "HV-0001-W/.ipynb_checkpoints/bài.ipynb"]
    left = ["HV-0001-W/.outcome.json.ab1cd2_e", "HV-0001-W/.dang-ghi-x1/moi/bài.zip"]
    for name in kept + left:
        write_text(tmp_path / name, "x")
    remove_unfinished(tmp_path, below=True)
    found = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()]
    assert sorted(found) == sorted(kept)


_KILLED = """
import os, sys
from pathlib import Path
from buuchinh.files import whole_folder, write_text
replace = os.replace
os.replace = lambda source, target: os._exit(9) if Path(source).name == "moi" else replace(source, target)
with whole_folder(Path(sys.argv[1])) as fresh:
    write_text(fresh / "a.txt", "mới")
"""


def test_a_folder_moved_aside_by_a_killed_writer_comes_back(tmp_path: Path) -> None:
    target = tmp_path / "HV-0001-W" / "bt90"
    write_text(target / "a.txt", "cũ")
    assert subprocess.run([sys.executable, "-c", _KILLED, str(target)], check=False).returncode == 9
    assert not target.exists()
    remove_unfinished(tmp_path, below=True)
    assert (target / "a.txt").read_text(encoding="utf-8") == "cũ"
    assert [path.name for path in target.parent.iterdir()] == ["bt90"]


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_what_is_private_is_the_owners_alone(tmp_path: Path) -> None:
    write_bytes(tmp_path / "a.zip", b"", mode=PRIVATE)
    assert stat.S_IMODE((tmp_path / "a.zip").stat().st_mode) == 0o600


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_a_file_has_the_rights_that_are_asked_for_whatever_the_umask_leaves(tmp_path: Path) -> None:
    write_bytes(tmp_path / "a.html", b"", mode=0o646)
    assert stat.S_IMODE((tmp_path / "a.html").stat().st_mode) == 0o646


def test_a_folder_that_cannot_be_put_in_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "bài"
    write_text(target / "a.txt", "cũ")
    replace = os.replace

    def refusing(source: Path, goal: Path) -> None:
        if Path(source).name == "moi":
            raise OSError(28, "full")
        replace(source, goal)

    monkeypatch.setattr(os, "replace", refusing)
    with pytest.raises(OSError, match="full"), whole_folder(target) as fresh:
        write_text(fresh / "a.txt", "mới")
    assert (target / "a.txt").read_text(encoding="utf-8") == "cũ"
    assert [one.name for one in tmp_path.iterdir()] == ["bài"]
