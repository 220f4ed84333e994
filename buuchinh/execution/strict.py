"""Decode JSON lines from a sandbox by a strict schema of fields, sizes, depth and counts; drop everything else.

There are two kinds of lines: the outputs of a cell, and the values of a call to ``submit``. Lines with an additional,
missing or invalid field are dropped. All functions take linear time.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
from collections.abc import Iterator
from typing import Any

from buuchinh.files import loads

TEXT, ERROR_NAME, ERROR_TEXT, TRACE_LINE, TRACE_LINES = 20_000, 200, 2_000, 4_000, 50
OUTPUTS = 202
"""Maximum number of outputs of a cell: the shell's outputs and the streams ``stdout`` and ``stderr``."""
PICTURE, SIDE = 800_000, 10_000
"""Maximum length of a picture in base64, and of its sides in pixels, since a small file may contain a huge picture."""
DEPTH, NAME, NAMES, QUESTIONS = 12, 64, 64, 200
"""Maximum depth of a value, length of an ID or name, number of names per question, and number of questions."""
_LARGEST = 10**300
"""Largest integer to accept, since much larger integers cannot be converted to floats."""
_PNG = b"\x89PNG\r\n\x1a\n"


def lines(data: bytes) -> Iterator[Any]:
    """Yield the decoded value of each line that is JSON with finite numbers; skip all other lines."""
    for line in data.split(b"\n"):
        try:
            yield loads(line.decode("utf-8", "surrogatepass"), parse_int=_whole)
        except (ValueError, RecursionError):
            continue


def values_into(found: dict[str, dict[str, Any]], line: Any) -> None:
    """Add the values of one call to ``submit`` to ``found``, if the call is valid.

    ``line`` is ``{"id": question id, "answer": {name: value}}``. A value replaces any earlier value of the same name.
    """
    match line:
        case {"id": str(name), "answer": dict(answer), **more} if not more and len(name) <= NAME:
            own = found.get(name := clean(name), {})
        case _:
            return
    if len(answer) > NAMES or len(own.keys() | answer.keys()) > NAMES or any(len(key) > NAME for key in answer):
        return
    if name in found or len(found) < QUESTIONS:
        with contextlib.suppress(ValueError):
            values = _plain(answer, DEPTH)
            found.setdefault(name, own).update(values)


def outputs(shown: list[Any]) -> list[dict[str, Any]]:
    """Return outputs rebuilt only from text and PNG pictures, without any HTML or script that the process sent."""
    return [made for raw in shown[:OUTPUTS] if (made := _output(raw))]


def clean(text: str, most: int = TEXT) -> str:
    """Return at most ``most`` characters of ``text``, with lone surrogates, which cannot be stored, replaced by "?"."""
    return text[:most].encode("utf-8", "replace").decode("utf-8")


def _output(raw: Any) -> dict[str, Any] | None:
    match raw:
        case {"output_type": "stream", "name": "stdout" | "stderr" as name, "text": str(text), **more} if not more:
            return {"output_type": "stream", "name": name, "text": clean(text)}
        case {
            "output_type": "error",
            "ename": str(ename),
            "evalue": str(evalue),
            "traceback": list(trace),
            **more,
        } if not more:
            traceback = [clean(line, TRACE_LINE) for line in trace[:TRACE_LINES] if isinstance(line, str)]
            short, message = clean(ename, ERROR_NAME), clean(evalue, ERROR_TEXT)
            return {"output_type": "error", "ename": short, "evalue": message, "traceback": traceback}
        case {"output_type": "display_data" | "execute_result", "data": dict(data), **more} if not more:
            shown: dict[str, str] = {}
            plain, picture = data.get("text/plain"), data.get("image/png")
            if isinstance(plain, str):
                shown["text/plain"] = clean(plain)
            if isinstance(picture, str) and _is_png(picture):
                shown["image/png"] = picture
            return {"output_type": "display_data", "data": shown, "metadata": {}} if shown else None
    return None


def _is_png(text: str) -> bool:
    """Return whether ``text`` is a base64-encoded PNG picture of a displayable size."""
    if len(text) > PICTURE:
        return False
    try:
        data = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        return False
    sides = (int.from_bytes(data[place : place + 4], "big") for place in (16, 20))
    return data.startswith(_PNG) and data[12:16] == b"IHDR" and all(0 < side <= SIDE for side in sides)


def _plain(value: Any, depth: int) -> Any:
    """Return ``value`` with all strings made storable; raise ``ValueError`` if it is nested deeper than ``depth``."""
    if depth == 0:
        raise ValueError(depth)
    if isinstance(value, dict):
        return {clean(name): _plain(inner, depth - 1) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner, depth - 1) for inner in value]
    return clean(value, len(value)) if isinstance(value, str) else value


def _whole(text: str) -> int:
    number = int(text)  # more than 4,300 digits raise a ValueError
    if abs(number) > _LARGEST:
        raise ValueError(text[:20])
    return number
