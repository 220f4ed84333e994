"""Zips whose headers lie: what can be read is read, the rest is passed over."""

from __future__ import annotations

import io
import struct
import zipfile

from hurry_kit import within

from buuchinh.grading import naming, zips


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
    code = "from buuchinh.grading import naming; print([naming.codes_in([NAME]) for _ in range(5000)][0])"
    assert within(code.replace("NAME", repr(name))) == "[]"
    assert naming.codes_in(["bt02_GL-0123-Q.zip.download.txt"]) == ["GL-0123-Q"]
