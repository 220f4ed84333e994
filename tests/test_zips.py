"""Zips whose headers lie: what can be read is read, the rest is passed over."""

from __future__ import annotations

import io
import json
import struct
import zipfile

import pytest
from kit.hurry import within

from buuchinh.intake import filenames, slim, zips


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


def test_names_that_are_endings_alone_are_read_in_seconds() -> None:
    name = ".txt" * 250 + "x.pdf"
    code = "from buuchinh.intake import filenames; print([filenames.codes_in([NAME]) for _ in range(5000)][0])"
    assert within(code.replace("NAME", repr(name))) == "[]"
    assert filenames.codes_in(["bt02_GL-0123-Q.zip.download.txt"]) == ["GL-0123-Q"]


@pytest.mark.parametrize(
    ("head", "unit", "times"),
    [
        ('{"cells":[{"outputs":[', "[", 390),
        ('{"cells":[{"outputs":[', "[]", 390),
        ('{"cells":[{"outputs":[', '"",', 390),
        ('{"cells":[{"outputs":[],"x":', "[", 30),
        ('{"cells":[', '{"outputs":[1]},', 390),
    ],
)
def test_a_notebook_of_brackets_alone_is_read_in_seconds(head: str, unit: str, times: int) -> None:
    code = f"""
from itertools import chain, repeat
from buuchinh.intake.slim import slim
parts = chain([{head.encode()!r}], repeat({unit.encode()!r} * (1_000_000 // {len(unit)}), {times}))
print(len(slim(lambda size: next(parts, b""), 20_000_000)))
"""
    assert 0 < int(within(code)) <= 20_000_000


@pytest.mark.parametrize("chunk", [1, 2, 7, 1_000_000])
def test_only_outputs_are_left_out_of_a_large_notebook(monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr(slim, "CHUNK", chunk)
    odd = ['"]}', "\\", '\\"[', "[[{", '"outputs":[', "ệ"]
    cell = {"cell_type": "code", "outputs": [{"data": odd}, [[]], {}], "source": odd, "metadata": {"outputs": {}}}
    for indent in (None, 1):
        text = json.dumps({"cells": [cell, cell], "x": ["outputs", odd]}, indent=indent, ensure_ascii=False)
        found = json.loads(slim.slim(io.BytesIO(text.encode()).read, 10_000))
        assert found == {"cells": [cell | {"outputs": []}] * 2, "x": ["outputs", odd]}


def test_a_stored_name_is_cut_where_every_system_can_store_it() -> None:
    for sign in ("a", "ệ", "書", "🙂"):
        name = filenames.safe(sign * 250 + ".ipynb")
        assert name.endswith(f"{sign}.ipynb")
        assert len(name.encode()) <= 200
        assert filenames.safe(name) == name
        assert len(filenames.safe(name, {name}).encode()) <= 210
