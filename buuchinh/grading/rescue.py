"""Reads damaged files: whatever encoding, cut short, an old notebook format. What can still be read is returned."""

from __future__ import annotations

import codecs
import json
import math
import re
from typing import Any

from buuchinh.messages import say

CELL_CAP = 2_000
SOURCE_CAP = 400_000
VALUE_CAP = 300_000
DEPTH_CAP = 12
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CELL = re.compile(r'\{\s*"(?:cell_type|attachments)"\s*:')
_CELLS = re.compile(r'"cells"\s*:\s*\[')
_ANSWERS = re.compile(r'"answers"\s*:\s*\{')
_BETWEEN = re.compile(r"[\s,]*")
_HALF = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
"""Half a surrogate pair, which JSON may hold and UTF-8 may not."""
_NAME = re.compile(r'"([^"\\]{1,80})"\s*:\s*')


def text(data: bytes) -> tuple[str, list[str]]:
    """Decode UTF-8, UTF-16, UTF-32 or an old Vietnamese code page; say which if it was not UTF-8."""
    source, notes = _decoded(data)
    return _HALF.sub(r"\\ufffd", source), notes


def _decoded(data: bytes) -> tuple[str, list[str]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").lstrip("\ufeff"), []
    if data[:200].count(0) > 20:
        encoding = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        return data.decode(encoding, errors="replace"), [say("handin.encoding", encoding=encoding.upper())]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        if error.end >= len(data) - 4:  # cut in the middle of a character: still UTF-8
            return data.decode("utf-8", errors="ignore"), []
        return data.decode("cp1258", errors="replace"), [say("handin.encoding", encoding="Windows-1258")]


def loads(source: str) -> Any:
    """Parse JSON without numbers that are none: NaN, Infinity and 1e999 arrive as the words they are.

    Raises ``ValueError`` for anything that is not JSON or nested without end.
    """
    try:
        return json.loads(source, parse_constant=str, parse_float=_finite, parse_int=_whole)
    except RecursionError as error:
        raise ValueError from error


def _finite(digits: str) -> float | str:
    value = float(digits)
    return value if math.isfinite(value) else digits


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) < 400 else digits[:400]


def notebook(data: bytes) -> tuple[dict[str, Any] | None, list[str]]:
    """Return ``{"cells": [{"cell_type", "source", "metadata"}], "metadata"}``, or None where no cell is left."""
    source, notes = text(data)
    try:
        found = loads(source)
    except ValueError:
        cells = _salvaged(source)
        if not cells:
            return None, [*notes, say("handin.notebook_lost")]
        return {"cells": cells, "metadata": {}}, [*notes, say("handin.notebook_cut", count=len(cells))]
    if not isinstance(found, dict):
        return None, [*notes, say("handin.notebook_lost")]
    raw = found.get("cells")
    sheets = found.get("worksheets")
    if not isinstance(raw, list) and isinstance(sheets, list):
        raw = [cell for sheet in sheets if isinstance(sheet, dict) for cell in _list(sheet.get("cells"))]
        notes.append(say("handin.notebook_old"))
    metadata = found.get("metadata")
    cells = [cell for one in _list(raw)[:CELL_CAP] if (cell := _cell(one))]
    return {"cells": cells, "metadata": metadata if isinstance(metadata, dict) else {}}, notes


def answers(data: bytes) -> tuple[dict[str, Any], list[str]]:
    """Return what an ``answers.json`` holds; of one that was cut, the answers that are whole."""
    source, notes = text(data)
    try:
        found = loads(source)
    except ValueError:
        kept = _pairs(source, _ANSWERS)
        head = {
            name: found[1]
            for name in ("unit", "version", "code")
            if (found := re.search(rf'"{name}"\s*:\s*"([^"]{{1,40}})"', source))
        }
        return {**head, "answers": kept}, [*notes, say("handin.answers_cut", count=len(kept))]
    if not isinstance(found, dict) or not isinstance(found.get("answers"), dict):
        return {}, [*notes, say("handin.answers_lost")]
    return found, notes


def journal(data: bytes) -> dict[str, Any]:
    """Return the last answer to each question from an ``answers.jsonl``, its last line possibly half written."""
    source, _ = text(data)
    kept: dict[str, Any] = {}
    for line in source.split("\n"):  # not at U+2028, which a pasted text may hold
        try:
            entry = loads(line)
        except ValueError:
            continue
        name = next((entry[key] for key in ("id", "question") if isinstance(entry, dict) and key in entry), None)
        if isinstance(name, str) and "answer" in entry:
            kept[name] = {key: value for key, value in entry.items() if key not in {"id", "question"}}
    return kept


def bounded(value: Any, depth: int = 0) -> bool:
    """Whether an answer is of a size and depth that an answer can have."""
    if depth == 0 and len(json.dumps(value, ensure_ascii=False)) > VALUE_CAP:
        return False
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return depth < DEPTH_CAP and all(bounded(one, depth + 1) for one in value)
    return True


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _cell(raw: Any) -> dict[str, Any] | None:
    if not isinstance(raw, dict):
        return None
    kind = raw.get("cell_type")
    source = raw.get("source", raw.get("input", ""))
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str) or not isinstance(kind, str):
        return None
    metadata = raw.get("metadata")
    return {
        "cell_type": kind if kind in {"code", "raw"} else "markdown",
        "source": source[:SOURCE_CAP].replace("\r\n", "\n"),
        "metadata": metadata if isinstance(metadata, dict) else {},
    }


def _salvaged(source: str) -> list[dict[str, Any]]:
    """Return the cells of a broken notebook that are whole, wherever the damage is."""
    start = _CELLS.search(source)
    decoder = json.JSONDecoder()
    place = start.end() if start else 0
    cells: list[dict[str, Any]] = []
    while (begin := _CELL.search(source, place)) and len(cells) < CELL_CAP:
        try:
            raw, place = decoder.raw_decode(source, begin.start())
        except (ValueError, RecursionError):
            place = begin.start() + 1
            continue
        if cell := _cell(raw):
            cells.append(cell)
    return cells


def _pairs(source: str, opening: re.Pattern[str]) -> dict[str, Any]:
    start = opening.search(source)
    kept: dict[str, Any] = {}
    decoder = json.JSONDecoder(parse_constant=str, parse_float=_finite, parse_int=_whole)
    place = start.end() if start else len(source)
    while name := _NAME.match(source, _BETWEEN.match(source, place).end()):  # type: ignore[union-attr]  # matches the empty string too
        try:
            kept[name[1]], place = decoder.raw_decode(source, name.end())
        except (ValueError, RecursionError):
            break
    return kept
