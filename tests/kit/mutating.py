"""Hand-ins made of a good one by changing it: its bytes, its zip, its JSON, its notebook, the strings in it."""

from __future__ import annotations

import contextlib
import io
import json
import random
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from kit.nasty import NASTY

Files = dict[str, bytes]
_ODD: tuple[Callable[[random.Random], Any], ...] = (
    lambda rng: None,
    lambda rng: rng.choice([True, False]),
    lambda rng: rng.choice([0, -1, 2**63, 10**390, 0.1, 1e308]),
    lambda rng: rng.choice(NASTY),
    lambda rng: [],
    lambda rng: {},
    lambda rng: [rng.choice(NASTY) for _ in range(rng.randrange(60))],
    lambda rng: {rng.choice(NASTY): rng.choice(NASTY) for _ in range(rng.randrange(60))},
    lambda rng: _nested(rng.choice([3, 40, 900, 20_000])),
    lambda rng: "x" * rng.choice([500, 300_001, 1_000_000]),
    lambda rng: rng.choice(["0001-01-01", "9999-12-31T23:59:59+14:00", "2026-11-25T10:00:00+07:00", "hôm nay"]),
)


class _Raw(str):
    """JSON that stands as it is: what is nested too deep for Python to write."""

    __slots__ = ()


def _nested(depth: int) -> Any:
    return _Raw("[" * depth + "]" * depth)


def _dumped(value: Any) -> bytes:
    """Return JSON, ``_Raw`` put in by its place."""
    raws: list[str] = []

    def plain(one: Any) -> Any:
        if isinstance(one, _Raw):
            raws.append(str(one))
            return f"@@{len(raws) - 1}@@"
        if isinstance(one, dict):
            return {key: plain(inner) for key, inner in one.items()}
        return [plain(inner) for inner in one] if isinstance(one, list) else one

    text = json.dumps(plain(value))
    for number, raw in enumerate(raws):
        text = text.replace(f'"@@{number}@@"', raw)
    return text.encode("utf-8", "surrogatepass")


def zipped(files: Files) -> bytes:
    """Return the files as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.encode("utf-8", "replace").decode(), data)
    return out.getvalue()


def mutated(files: Files, seed: int) -> tuple[bytes, str]:
    """Return a zip made of ``files`` and in words how; the same for the same seed."""
    rng = random.Random(seed)
    files = dict(files)
    told = []
    for how in rng.choices((_in_json, _in_notebook, _in_lines, _as_text), k=rng.choice([0, 1, 1, 2, 3])):
        told.append(how.__name__)
        with contextlib.suppress(RecursionError):  # of a file that an earlier change has nested deep
            how(files, rng)
    data = zipped(files)
    for change in rng.choices((_headers, _bytes, _entries), k=rng.choice([0, 0, 1, 2])):
        told.append(change.__name__)
        data = change(data, rng)
    return data, f"{seed} {' '.join(told)}"


def _walked(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each container with each key or place in it."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(pairs):
        yield value, key
        yield from _walked(inner)


def _changed(value: Any, rng: random.Random) -> None:
    """Change one place of a JSON value: another value, no value, the same twice, another key."""
    places = list(_walked(value))
    if not places:
        return
    inside, key = rng.choice(places)
    what = rng.randrange(4)
    if what == 0:
        inside[key] = rng.choice(_ODD)(rng)
    elif what == 1:
        del inside[key]
    elif isinstance(inside, list):
        inside.insert(rng.randrange(len(inside) + 1), inside[key])
    elif what == 2:
        inside[rng.choice(NASTY)] = inside.pop(key)
    else:
        inside |= {f"bt90-q{number}": inside[key] for number in range(rng.choice([1, 9, 300]))}


def _in_json(files: Files, rng: random.Random) -> None:
    name = rng.choice([name for name in files if name.endswith(".json")])
    try:
        value = json.loads(files[name])
    except (ValueError, RecursionError):
        return
    for _ in range(rng.choice([1, 1, 3, 10])):
        _changed(value, rng)
    files[name] = _dumped(value)


def _in_notebook(files: Files, rng: random.Random) -> None:
    name = next(name for name in files if name.endswith(".ipynb"))
    try:
        value = json.loads(files[name])
    except (ValueError, RecursionError):
        return
    cells = value.get("cells") if isinstance(value, dict) else None
    what = rng.randrange(6)
    if not isinstance(cells, list) or not cells or what == 0:
        _changed(value, rng)
    elif what == 1:
        rng.shuffle(cells)
    elif what == 2:
        cells[rng.randrange(len(cells))] = rng.choice(_ODD)(rng)
    elif what == 3:
        cells += rng.choices(cells, k=rng.choice([1, 30, 3_000]))
    else:
        cell = rng.choice(cells)
        if isinstance(cell, dict):
            key = rng.choice(["source", "metadata", "cell_type", "outputs", "id", "attachments", "input"])
            cell[key] = rng.choice(_ODD)(rng)
            if what == 5:
                cell["source"] = rng.choice(_SOURCES)
    files[name] = _dumped(value)


_SOURCES = (
    "(" * 90_000,
    "-" * 90_000 + "1",
    "\n" * 300_000,
    "%" * 200_000,
    "submit(" * 50_000,
    'submit("bt90-q4",' * 20_000,
    'submit("bt90-q4", 1)\n' * 9_000,
    "lambda: " * 20_000,
    "f'{" * 9_000,
    "a." * 90_000 + "a",
    "\\\n" * 90_000,
    "a" + "\u0300\u0327" * 90_000,
    "'" * 90_001,
    " \t" * 90_000 + "x",
)


def _in_lines(files: Files, rng: random.Random) -> None:
    name = next((name for name in files if name.endswith(".jsonl")), "answers.jsonl")
    lines = files.get(name, b"").splitlines()
    lines += [_dumped({"id": rng.choice(NASTY), "answer": rng.choice(_ODD)(rng)}) for _ in range(rng.choice([1, 40]))]
    rng.shuffle(lines)
    files[name] = b"\n".join(lines)[: rng.choice([50, 10_000_000])]


def _as_text(files: Files, rng: random.Random) -> None:
    """Change a file as text: cut, in another encoding, a word of it for a nasty one, under another name, or twice."""
    name = rng.choice(list(files))
    data = files[name]
    what = rng.randrange(6)
    if what == 0:
        files[name] = data[: rng.randrange(len(data) + 1)]
    elif what == 1:
        files[name] = data.decode("utf-8", "replace").encode(
            rng.choice(["utf-16", "utf-8-sig", "cp1258", "utf-32"]), "replace"
        )
    elif what == 2:
        word = rng.choice([b"answers", b"bt90", b'"', b"{", b"cells", b"source", b":", b"GL"])
        files[name] = data.replace(word, rng.choice(NASTY).encode("utf-8", "surrogatepass"), rng.choice([1, -1]))
    elif what == 3:
        files[rng.choice(["a/", "", "../", "C:\\", "__MACOSX/", "x" * 300 + "/"]) + rng.choice(NASTY)[:90]] = files.pop(
            name
        )
        files.setdefault("bt90.ipynb", data)
    elif what == 4:
        start = rng.randrange(len(data) + 1)
        files[name] = (data[:start] + data[start:] * rng.choice([2, 50]))[:3_000_000]
    else:
        files[f"{rng.choice(['nua/', ''])}{name} (2){name[-6:]}"] = data


def _bytes(data: bytes, rng: random.Random) -> bytes:
    whole = bytearray(data)
    for _ in range(rng.choice([1, 5, 60])):
        place = rng.randrange(len(whole))
        what = rng.randrange(4)
        if what == 0:
            whole[place] = rng.randrange(256)
        elif what == 1:
            del whole[place : place + rng.choice([1, 9, 900])]
        elif what == 2:
            whole[place:place] = rng.randbytes(rng.choice([1, 9, 900]))
        else:
            whole[place : place + 40] = bytes(40)
        if not whole:
            return b""
    return bytes(whole[: rng.choice([len(whole), rng.randrange(len(whole)) + 1])])


def _headers(data: bytes, rng: random.Random) -> bytes:
    """Write something else into fields of the headers and of the table."""
    whole = bytearray(data)
    marks = [place for mark in (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06") for place in _places(data, mark)]
    for _ in range(rng.choice([1, 3])):
        place = rng.choice(marks or [0]) + rng.randrange(4, 46)
        value = struct.pack("<I", rng.choice([0, 1, 8, 99, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, rng.randrange(2**32)]))
        size = rng.choice([1, 2, 4])
        whole[place : place + size] = value[:size]
    return bytes(whole)


def _places(data: bytes, mark: bytes) -> Iterator[int]:
    place = data.find(mark)
    while place >= 0:
        yield place
        place = data.find(mark, place + 1)


def _entries(data: bytes, rng: random.Random) -> bytes:
    """Add entries: the same names again, a zip in the zip, folders, a great many, one that unpacks to much."""
    try:
        out = io.BytesIO(data)
        with warnings.catch_warnings(), zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
            warnings.simplefilter("ignore")
            names = archive.namelist()
            what = rng.randrange(5)
            if what == 0:
                archive.writestr(rng.choice(names or ["a.json"]), rng.choice([b"", b"{}", b"[" * 9_000]))
            elif what == 1:
                archive.writestr("trong.zip", data)
            elif what == 2:
                archive.writestr("thu-muc/", b"")
            elif what == 3:
                for number in range(30):
                    archive.writestr(f"{number}/answers.json", b"{}")
            else:
                archive.writestr("lon/bt90.ipynb", b'{"cells": [' + b" " * rng.choice([1_000, 30_000_000]))
    except Exception:  # what an earlier change broke stays as it is
        return data
    return out.getvalue()
