"""Zips whose headers lie: what can be read is read, the rest is passed over."""

from __future__ import annotations

import io
import struct
import zipfile

from buuchinh.grading import zips


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
