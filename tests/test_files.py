"""Files are whole or not there, and what cannot be read says so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from buuchinh.errors import KitError
from buuchinh.files import read_json, reason, write_json, write_text


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
