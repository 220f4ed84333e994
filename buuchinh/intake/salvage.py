"""Reads damaged files: whatever encoding, cut short, an old notebook format. What can still be read is returned.

Text comes out in normal form C, whatever the system it was written on.
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
"""A notebook of more bytes is parsed without its outputs: Python's objects take twenty times the room of the text."""
SLIM_TO = 20_000_000
"""Most bytes of a notebook without its outputs, where these are long texts, as a picture is, and few objects."""
_SIGNS_CAP = SLIM_FROM // 4
"""Most signs that begin an object in such a notebook; with more of them it is cut off at ``SLIM_FROM``."""
_EFFORT = 6
"""How many times over a damaged file is read in search of what is whole."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CELL = re.compile(r'\{\s*"(?:cell_type|attachments)"\s*:')
_KNOWN = ('"cell_type"', '"cells"', '"worksheets"', "{}")
"""Without one of these there is nothing to look for, however long it is."""
_CELLS = re.compile(r'"cells"\s*:\s*\[')
_ANSWERS = re.compile(r'"answers"\s*:\s*\{')
_ATTACHED = re.compile(r'"attachments"\s{0,40}+:\s{0,40}+\{\s{0,40}+"')
"""Pictures that hang on a cell."""
_BETWEEN = re.compile(r"[\s,]*")
_HALF = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
"""Half a surrogate pair, which JSON may hold and UTF-8 may not."""
_NAME = re.compile(r'"([^"\\]{1,80})"\s*:\s*')
_LATER = re.compile(r'"[a-z]{1,4}\d{2}-[^"\\]{1,60}"\s*:\s*\{')
"""Where the next answer begins, behind one that cannot be read."""
_LATIN = re.compile(r"[\u00c0-\u1ef9]")


def text(data: bytes) -> tuple[str, list[str]]:
    """Decode UTF-8, UTF-16, UTF-32 or an old Vietnamese code page; say which if it was not UTF-8."""
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
    shortened = Shortened()
    if len(source) >= SLIM_FROM:
        shortened.pictures = _ATTACHED.search(source) is not None
        source = _slimmed(source)
    try:
        found = loads(source) if any(word in source for word in _KNOWN) else None
    except ValueError:
        cells = _salvaged(source[:SLIM_FROM], shortened)
        notes += shortened.notes()
        if not cells:
            return None, [
                *notes,
                note("intake.submission.notebook_lost" if source.strip() else "intake.submission.notebook_empty"),
            ]
        return {"cells": cells, "metadata": {}}, [*notes, note("intake.submission.notebook_cut", count=len(cells))]
    if found is None and source.strip():
        return None, [*notes, note("intake.submission.notebook_lost")]
    raw = found.get("cells") if isinstance(found, dict) else None
    sheets = found.get("worksheets") if isinstance(found, dict) else None
    if not isinstance(raw, list) and isinstance(sheets, list):
        raw = [cell for sheet in sheets if isinstance(sheet, dict) for cell in _list(sheet.get("cells"))]
        notes.append(note("intake.submission.notebook_old"))
    cells = [cell for number, one in enumerate(_list(raw)[:CELL_CAP], 1) if (cell := _cell(one, number, shortened))]
    notes += shortened.notes()
    if not isinstance(found, dict) or not cells:
        return None, [*notes, note("intake.submission.notebook_empty")]
    metadata = found.get("metadata")
    return {"cells": cells, "metadata": metadata if isinstance(metadata, dict) else {}}, notes


def _slimmed(source: str) -> str:
    """Return a large notebook without outputs and pictures, cut off where it would still be too many objects."""
    data = slim(io.BytesIO(source.encode("utf-8", "replace")).read, SLIM_TO)
    if len(data) > SLIM_FROM and sum(map(data.count, (b"[", b"{", b'"', b","))) > _SIGNS_CAP:
        data = data[:SLIM_FROM]
    return data.decode("utf-8", "replace")


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
        return {**head, "answers": composed(kept)}, [*notes, note("intake.submission.answers_cut", count=len(kept))]
    if not isinstance(found, dict) or not isinstance(found.get("answers"), dict):
        return {}, [*notes, note("intake.submission.answers_lost")]
    return {**found, "answers": composed(found["answers"])}, notes


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
    return {name: composed(entry) for name, entry in kept.items()}


def widgets(metadata: dict[str, Any]) -> dict[str, Any]:
    """Return the answers that stand in the questions themselves, where an editor saved the state of widgets."""
    kept: dict[str, Any] = {}
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
                kept[name] = {"answer": composed(state["answer"]), "at": state.get("answered_at"), "origin": "widget"}
    return kept


def composed(value: Any, depth: int = 0) -> Any:
    """Return JSON with each text in normal form C; what is nested without end stays as it is."""
    if isinstance(value, str):
        return nfc(value)
    if depth > 2 * DEPTH_CAP:
        return value
    if isinstance(value, dict):
        return {name: composed(one, depth + 1) for name, one in value.items()}
    return [composed(one, depth + 1) for one in value] if isinstance(value, list) else value


def bounded(value: Any, depth: int = 0) -> bool:
    """Whether an answer is of a size and depth that an answer can have."""
    inner = list(value.values()) if isinstance(value, dict) else value
    if isinstance(inner, list) and not (depth < DEPTH_CAP and all(bounded(one, depth + 1) for one in inner)):
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
    """A text whose lines are not counted: Python's decoder says of each fault its line, counted from the top."""

    __slots__ = ()

    def count(self, *_: object) -> int:
        """Say 0."""
        return 0

    def rfind(self, *_: object) -> int:
        """Say -1."""
        return -1


class _Search:
    """Decodes JSON here and there in a damaged text, until that has cost as much as reading it a few times."""

    def __init__(self, source: str) -> None:
        self.source = _Unnumbered(source)
        self.left = _EFFORT * len(source)
        self._decoder = json.JSONDecoder(parse_constant=str, parse_float=_finite, parse_int=_whole)

    def at(self, place: int) -> tuple[Any, int] | None:
        """Return the value that begins at ``place`` and where it ends; None where it is not whole."""
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
    """Return the cells of a broken notebook that are whole, wherever the damage is."""
    start = _CELLS.search(source)
    search = _Search(source)
    place = start.end() if start else 0
    cells: list[dict[str, Any]] = []
    while search.left > 0 and len(cells) < CELL_CAP and (begin := _CELL.search(source, place)):
        found = search.at(begin.start())
        place = found[1] if found else begin.start() + 1
        if found and (cell := _cell(found[0], len(cells) + 1, shortened)):
            cells.append(cell)
    return cells


def _pairs(source: str, opening: re.Pattern[str]) -> dict[str, Any]:
    """Return the answers of a broken file that are whole, those behind a broken one too."""
    start = opening.search(source)
    search = _Search(source)
    kept: dict[str, Any] = {}
    place = start.end() if start else 0
    while search.left > 0:
        name = _NAME.match(source, _BETWEEN.match(source, place).end())  # type: ignore[union-attr]  # matches the empty string too
        found = search.at(name.end()) if name else None
        if name and found:
            kept[name[1]], place = found
            continue
        later = _LATER.search(source, name.end() if name else place)
        if not later:
            break
        place = later.start()
    return kept
