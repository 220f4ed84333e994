"""Zips whose headers lie: what can be read is read, the rest is passed over."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from pathlib import Path

import pytest
from kit.hurry import within

from buuchinh.intake import file_groups, filenames, find_submissions, strip_outputs, zips


def test_an_entry_without_a_name_or_with_one_that_no_system_has_is_passed_over() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("?", "/".join(["a" * 200] * 20) + "/answers.json", "answers.json"):
            archive.writestr(name, b"{}")
    data = out.getvalue()
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    table = data[start : start + 28] + b"\0\0" + data[start + 30 : start + 46] + data[start + 47 : end]
    size = struct.pack("<L", len(table))
    nameless = data[:start] + table + data[end : end + 12] + size + data[end + 16 :]
    with zipfile.ZipFile(io.BytesIO(nameless)) as archive:
        assert archive.namelist()[0] == ""
    found, whole = zips.members(io.BytesIO(nameless), zips.Budget())
    assert whole
    assert [one.name for one in found] == ["answers.json"]


def test_a_table_that_names_the_same_bytes_many_times_gives_them_once(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bt90_0000.ipynb", b'{"cells": [' + b" " * 50_000_000)
    data = out.getvalue()
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    one = data[start:end]
    table = b"".join(one.replace(b"bt90_0000", f"bt90_{number:04d}".encode()) for number in range(2_000))
    count, size = struct.pack("<HH", 2_000, 2_000), struct.pack("<L", len(table))
    bomb = data[:start] + table + data[end : end + 8] + count + size + data[end + 16 :]
    with zipfile.ZipFile(io.BytesIO(bomb)) as archive:
        assert len(archive.namelist()) == 2_000
    found, whole = zips.members(io.BytesIO(bomb), zips.Budget())
    assert ([one.name for one in found], whole) == (["bt90_0000.ipynb"], False)
    (tmp_path / "nop.zip").write_bytes(bomb)
    assert len(find_submissions.read_all(tmp_path / "nop.zip")) == 1


def test_members_are_found_by_their_headers_where_the_table_points_beside_them(tmp_path: Path) -> None:
    """Words that came in between, as a chat program puts them, move what stands behind them."""
    answers = json.dumps({"unit": "bt90", "version": "1.0.0", "answers": {"bt90-q1": {"answer": "a"}}}).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("answers.json", answers)
        archive.writestr("receipt.json", b'{"unit": "bt90"}' + bytes(range(256)) * 4)
        archive.writestr("kt1.json", b"{}")
    data = out.getvalue()
    inside = data.index(b"receipt.json") + 60
    moved = data[:inside] + b"Lan, 20:31" + data[inside:]
    with zipfile.ZipFile(io.BytesIO(moved)) as archive:
        assert len(archive.namelist()) == 3
    (tmp_path / "nop.zip").write_bytes(moved)
    (submission,) = find_submissions.read_all(tmp_path / "nop.zip")
    assert submission.answers == {"bt90-q1": {"answer": "a"}}
    found, whole = zips.members(io.BytesIO(moved), zips.Budget())
    assert ([one.name for one in found], whole) == (["answers.json", "receipt.json", "kt1.json"], False)


def test_notes_on_one_folder_are_told_up_to_a_number(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "nop.zip", "w") as archive:
        archive.writestr("bai/answers.json", b'{"unit": "bt90", "answers": {}}')
        for number in range(file_groups.NOTES_CAP + 30):
            archive.writestr(f"bai/{number}.ipynb", b"\x50\x4b\x03\x04" + bytes(5_000_000))
    found = find_submissions.read_all(tmp_path / "nop.zip")
    assert found
    assert max(len(one.notes) for one in found) <= file_groups.NOTES_CAP + 5


def test_names_that_are_endings_alone_are_read_in_seconds() -> None:
    name = ".txt" * 250 + "x.pdf"
    code = "from buuchinh.intake import filenames; print([filenames.codes_in([NAME]) for _ in range(5000)][0])"
    assert within(code.replace("NAME", repr(name))) == "[]"
    assert filenames.codes_in(["bt02_GL-0123-Q.zip.download.txt"]) == ["GL-0123-Q"]


@pytest.mark.parametrize(
    "times",
    [20, pytest.param(390, marks=pytest.mark.long)],
    ids="{} MB".format,
)
@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ('{"cells":[{"outputs":[', "["),
        ('{"cells":[{"outputs":[', "[]"),
        ('{"cells":[{"outputs":[', '"",'),
        ('{"cells":[{"outputs":[],"x":', "["),
        ('{"cells":[', '{"outputs":[1]},'),
        ('{"cells":[{"attachments":{', "{"),
        ('{"cells":[', '{"attachments":{"a":1}},'),
    ],
)
def test_a_notebook_of_brackets_alone_is_read_in_seconds(head: str, unit: str, times: int) -> None:
    code = f"""
from itertools import chain, repeat
from buuchinh.intake.strip_outputs import slim
parts = chain([{head.encode()!r}], repeat({unit.encode()!r} * (1_000_000 // {len(unit)}), {times}))
print(len(slim(lambda size: next(parts, b""), 20_000_000)))
"""
    assert 0 < int(within(code)) <= 20_000_000


@pytest.mark.parametrize("chunk", [1, 2, 7, 1_000_000])
def test_only_outputs_are_left_out_of_a_large_notebook(monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr(strip_outputs, "CHUNK", chunk)
    odd = ['"]}', "\\", '\\"[', "[[{", '"outputs":[', "ệ"]
    picture = {"a.png": {"image/png": odd}}
    marks = {"outputs": {}, "attachments": [1]}
    cell = {"cell_type": "code", "outputs": [{"data": odd}, [[]], {}], "source": odd, "metadata": marks}
    cell |= {"attachments": picture}
    rest = {"x": ["outputs", "attachments", odd]}
    for indent in (None, 1):
        text = json.dumps({"cells": [cell, cell], **rest}, indent=indent, ensure_ascii=False)
        found = json.loads(strip_outputs.slim(io.BytesIO(text.encode()).read, 10_000))
        assert found == {"cells": [cell | {"outputs": [], "attachments": {}}] * 2, **rest}


def test_a_stored_name_is_cut_where_every_system_can_store_it() -> None:
    for sign in ("a", "ệ", "書", "🙂"):
        name = filenames.safe(sign * 250 + ".ipynb")
        assert name.endswith(f"{sign}.ipynb")
        assert len(name.encode()) <= 200
        assert filenames.safe(name) == name
        assert len(filenames.safe(name, {name}).encode()) <= 210
