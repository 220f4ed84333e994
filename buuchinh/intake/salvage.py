"""Recover readable content from damaged files: unknown encodings, truncated files and old notebook formats.

Answers and cell sources are returned in Unicode normal form C, whatever system they were written on.
"""

from __future__ import annotations

import codecs
import io
import json
import math
import re
from typing import Any

from buuchinh.intake.cell_limits import Shortened
from buuchinh.intake.notes import note
from buuchinh.intake.strip_outputs import slim
from buuchinh.text import nfc

CELL_CAP = 2_000
VALUE_CAP = 300_000
DEPTH_CAP = 12
SLIM_FROM = 4_000_000
"""Number of characters from which a notebook is parsed without outputs; parsed objects need 20 times as much memory."""
SLIM_TO = 20_000_000
"""Maximum size in bytes of a notebook without outputs, if it has few objects and long strings, such as pictures."""
_SIGNS_CAP = SLIM_FROM // 4
"""Maximum number of brackets, quotes and commas in such a notebook; beyond it, the notebook is cut at ``SLIM_FROM``."""
_EFFORT = 6
"""Maximum number of characters scanned when a damaged file is searched, as a multiple of the file's length."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CELL = re.compile(r'\{\s*"(?:cell_type|attachments)"\s*:')
_KNOWN = ('"cell_type"', '"cells"', '"worksheets"', "{}")
"""Strings of which every notebook contains at least one."""
_CELLS = re.compile(r'"cells"\s*:\s*\[')
_ANSWERS = re.compile(r'"answers"\s*:\s*\{')
_ATTACHED = re.compile(r'"attachments"\s{0,40}+:\s{0,40}+\{\s{0,40}+"')
"""Pattern for the beginning of a cell's attached pictures."""
_BETWEEN = re.compile(r"[\s,]*")
_HALF = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
"""Pattern for half of a surrogate pair, which is allowed in JSON but not in UTF-8."""
_NAME = re.compile(r'"([^"\\]{1,80})"\s*:\s*')
_LATER = re.compile(r'"[a-z]{1,4}\d{2}-[^"\\]{1,60}"\s*:\s*\{')
"""Pattern for the beginning of the next answer, at which reading resumes after an unreadable one."""
_LATIN = re.compile(r"[\u00c0-\u1ef9]")


def text(data: bytes) -> tuple[str, list[str]]:
    """Decode UTF-8, UTF-16, UTF-32 or an old Vietnamese code page; return the text and notes on decoding problems."""
    source, notes = _decoded(data)
    return _HALF.sub(r"\\ufffd", source) if "\\u" in source else source, notes


def _decoded(data: bytes) -> tuple[str, list[str]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").lstrip("\ufeff"), []
    if data[:200].count(0) > 20:
        encoding = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        return data.decode(encoding, errors="replace"), [note("intake.submission.encoding", encoding=encoding.upper())]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        if error.end >= len(data) - 4:  # cut in the middle of a character: still UTF-8
            return data.decode("utf-8", errors="ignore"), []
        source = data.decode("utf-8", errors="replace")
        if len(_LATIN.findall(source)) > 2 * source.count("\ufffd"):
            return source, [note("intake.submission.bad_letters", count=source.count("\ufffd"))]
        return data.decode("cp1258", errors="replace"), [note("intake.submission.encoding", encoding="Windows-1258")]


def loads(source: str) -> Any:
    """Parse JSON, but return non-finite numbers (NaN, Infinity, 1e999) as strings.

    Raise ``ValueError`` if ``source`` is not valid JSON or is nested too deeply.
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
    """Parse a notebook; return it (or None if no cell is readable) and notes on the problems found.

    The notebook has the form ``{"cells": [{"cell_type", "source", "metadata"}], "metadata"}``.
    """
    source, notes = text(data)
    shortened = Shortened()
    if len(source) >= SLIM_FROM:
        shortened.pictures = _ATTACHED.search(source) is not None
        source = _slimmed(source)
    try:
        parsed = loads(source) if any(word in source for word in _KNOWN) else None
    except ValueError:
        cells = _salvaged(source[:SLIM_FROM], shortened)
        notes += shortened.notes()
        if not cells:
            return None, [
                *notes,
                note("intake.submission.notebook_lost" if source.strip() else "intake.submission.notebook_empty"),
            ]
        return {"cells": cells, "metadata": {}}, [*notes, note("intake.submission.notebook_cut", count=len(cells))]
    if parsed is None and source.strip():
        return None, [*notes, note("intake.submission.notebook_lost")]
    raw = parsed.get("cells") if isinstance(parsed, dict) else None
    sheets = parsed.get("worksheets") if isinstance(parsed, dict) else None
    if not isinstance(raw, list) and isinstance(sheets, list):
        raw = [cell for sheet in sheets if isinstance(sheet, dict) for cell in _list(sheet.get("cells"))]
        notes.append(note("intake.submission.notebook_old"))
    cells = [
        cell for number, raw_cell in enumerate(_list(raw)[:CELL_CAP], 1) if (cell := _cell(raw_cell, number, shortened))
    ]
    notes += shortened.notes()
    if not isinstance(parsed, dict) or not cells:
        return None, [*notes, note("intake.submission.notebook_empty")]
    metadata = parsed.get("metadata")
    return {"cells": cells, "metadata": metadata if isinstance(metadata, dict) else {}}, notes


def _slimmed(source: str) -> str:
    """Return a large notebook without outputs and pictures, truncated if it would still contain too many objects."""
    data = slim(io.BytesIO(source.encode("utf-8", "replace")).read, SLIM_TO)
    if len(data) > SLIM_FROM and sum(map(data.count, (b"[", b"{", b'"', b","))) > _SIGNS_CAP:
        data = data[:SLIM_FROM]
    return data.decode("utf-8", "replace")


def answers(data: bytes) -> tuple[dict[str, Any], list[str]]:
    """Return the content of an ``answers.json`` and notes; from a damaged file, return all complete answers."""
    source, notes = text(data)
    try:
        content = loads(source)
    except ValueError:
        entries = _pairs(source, _ANSWERS)
        head = {
            name: match[1]
            for name in ("unit", "version", "code")
            if (match := re.search(rf'"{name}"\s*:\s*"([^"]{{1,40}})"', source))
        }
        return {**head, "answers": composed(entries)}, [
            *notes,
            note("intake.submission.answers_cut", count=len(entries)),
        ]
    if not isinstance(content, dict) or not isinstance(content.get("answers"), dict):
        return {}, [*notes, note("intake.submission.answers_lost")]
    return {**content, "answers": composed(content["answers"])}, notes


def journal(data: bytes) -> dict[str, Any]:
    """Return the last answer to each question from an ``answers.jsonl``, whose last line may be incomplete."""
    source, _ = text(data)
    entries: dict[str, Any] = {}
    for line in source.split("\n"):  # not splitlines(), since pasted text may contain U+2028
        try:
            entry = loads(line)
        except ValueError:
            continue
        name = next((entry[key] for key in ("id", "question") if isinstance(entry, dict) and key in entry), None)
        if isinstance(name, str) and "answer" in entry:
            entries[name] = {key: value for key, value in entry.items() if key not in {"id", "question"}}
    return {name: composed(entry) for name, entry in entries.items()}


def widgets(metadata: dict[str, Any]) -> dict[str, Any]:
    """Return the answers in the widget state that some editors save in the notebook's metadata."""
    entries: dict[str, Any] = {}
    saved = metadata.get("widgets")
    for kind in saved.values() if isinstance(saved, dict) else ():
        models = kind.get("state") if isinstance(kind, dict) else None
        for model in models.values() if isinstance(models, dict) else ():
            state = model.get("state") if isinstance(model, dict) else None
            if not isinstance(state, dict):
                continue
            payload = state.get("payload")
            question = payload.get("question") if isinstance(payload, dict) else None
            name = question.get("id") if isinstance(question, dict) else None
            if isinstance(name, str) and state.get("answer") is not None:
                entries[name] = {
                    "answer": composed(state["answer"]),
                    "at": state.get("answered_at"),
                    "origin": "widget",
                }
    return entries


def composed(value: Any, depth: int = 0) -> Any:
    """Return a JSON value with every string in Unicode normal form C, but leave deeply nested values unchanged."""
    if isinstance(value, str):
        return nfc(value)
    if depth > 2 * DEPTH_CAP:
        return value
    if isinstance(value, dict):
        return {name: composed(inner, depth + 1) for name, inner in value.items()}
    return [composed(inner, depth + 1) for inner in value] if isinstance(value, list) else value


def bounded(value: Any, depth: int = 0) -> bool:
    """Return whether an answer is within the limits on size (``VALUE_CAP``) and nesting depth (``DEPTH_CAP``)."""
    inner = list(value.values()) if isinstance(value, dict) else value
    if isinstance(inner, list) and not (depth < DEPTH_CAP and all(bounded(item, depth + 1) for item in inner)):
        return False
    return depth > 0 or len(json.dumps(value, ensure_ascii=False)) <= VALUE_CAP


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _cell(raw: Any, number: int, shortened: Shortened) -> dict[str, Any] | None:
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
        "source": nfc(shortened.source(raw, number, source)).replace("\r\n", "\n").replace("\r", "\n"),
        "metadata": metadata if isinstance(metadata, dict) else {},
    }


class _Unnumbered(str):
    """String whose lines are never counted; Python's JSON decoder would count them all again for every error."""

    __slots__ = ()

    def count(self, *_: object) -> int:
        """Return 0, so the JSON decoder counts no lines."""
        return 0

    def rfind(self, *_: object) -> int:
        """Return -1, as if there were no line break."""
        return -1


class _Search:
    """JSON decoder that can start anywhere in damaged text, with total work limited to ``_EFFORT`` passes."""

    def __init__(self, source: str) -> None:
        self.source = _Unnumbered(source)
        self.left = _EFFORT * len(source)
        self._decoder = json.JSONDecoder(parse_constant=str, parse_float=_finite, parse_int=_whole)

    def at(self, place: int) -> tuple[Any, int] | None:
        """Return the value that begins at index ``place`` and the index of its end, or None if it is incomplete."""
        try:
            value, end = self._decoder.raw_decode(self.source, place)
        except json.JSONDecodeError as error:
            far = len(self.source) if error.msg.startswith("Unterminated") else error.pos
            self.left -= max(far - place, 1)
            return None
        except (ValueError, RecursionError):
            self.left -= 100_000
            return None
        return value, end


def _salvaged(source: str, shortened: Shortened) -> list[dict[str, Any]]:
    """Return all complete cells of a damaged notebook, both before and after the damage."""
    start = _CELLS.search(source)
    search = _Search(source)
    place = start.end() if start else 0
    cells: list[dict[str, Any]] = []
    while search.left > 0 and len(cells) < CELL_CAP and (begin := _CELL.search(source, place)):
        decoded = search.at(begin.start())
        place = decoded[1] if decoded else begin.start() + 1
        if decoded and (cell := _cell(decoded[0], len(cells) + 1, shortened)):
            cells.append(cell)
    return cells


def _pairs(source: str, opening: re.Pattern[str]) -> dict[str, Any]:
    """Return the complete answers in a damaged file by question ID, including those after a damaged answer."""
    start = opening.search(source)
    search = _Search(source)
    entries: dict[str, Any] = {}
    place = start.end() if start else 0
    while search.left > 0:
        name = _NAME.match(source, _BETWEEN.match(source, place).end())  # type: ignore[union-attr]  # matches the empty string too
        decoded = search.at(name.end()) if name else None
        if name and decoded:
            entries[name[1]], place = decoded
            continue
        later = _LATER.search(source, name.end() if name else place)
        if not later:
            break
        place = later.start()
    return entries
