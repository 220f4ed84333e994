"""Decodes JSON lines that came out of a sandbox by a schema: exact fields, sizes, depth, counts; the rest is left out.

Two kinds of lines come: a cell's outputs, and what a call of ``submit`` handed in. A line that has a field
more, one less or one of another type is no line. Nothing here takes longer than its data is long.
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
"""As many as the shell keeps, and the two streams."""
PICTURE, SIDE = 800_000, 10_000
"""Letters of a picture in base64, and its most points on a side: a small file may hold an endless one."""
DEPTH, NAME, NAMES, QUESTIONS = 12, 64, 64, 200
"""Levels of a value; letters of an id or a name; names of a question; questions."""
_LARGEST = 10**300
"""Whole numbers beyond it are no floats any more."""
_PNG = b"\x89PNG\r\n\x1a\n"


def lines(data: bytes) -> Iterator[Any]:
    """Yield each line that is JSON with finite numbers; the others are passed over."""
    for line in data.split(b"\n"):
        try:
            yield loads(line.decode("utf-8", "surrogatepass"), parse_int=_whole)
        except (ValueError, RecursionError):
            continue


def values_into(found: dict[str, dict[str, Any]], line: Any) -> None:
    """Add what one call handed in, ``{"id": question id, "answer": {name: value}}``; a name's last value counts."""
    match line:
        case {"id": str(name), "answer": dict(answer), **more} if not more and len(name) <= NAME:
            own = found.get(name := clean(name), {})
        case _:
            return
    if len(answer) > NAMES or len(own.keys() | answer.keys()) > NAMES or any(len(one) > NAME for one in answer):
        return
    if name in found or len(found) < QUESTIONS:
        with contextlib.suppress(ValueError):
            values = _plain(answer, DEPTH)
            found.setdefault(name, own).update(values)


def outputs(shown: list[Any]) -> list[dict[str, Any]]:
    """Rebuild outputs from text and PNG alone: no HTML, no script, whatever the hand-in's process claims."""
    return [made for one in shown[:OUTPUTS] if (made := _output(one))]


def clean(text: str, most: int = TEXT) -> str:
    """Cut to ``most`` letters; half a surrogate pair, which no file can hold, becomes a question mark."""
    return text[:most].encode("utf-8", "replace").decode("utf-8")


def _output(one: Any) -> dict[str, Any] | None:
    match one:
        case {"output_type": "stream", "name": "stdout" | "stderr" as name, "text": str(text), **more} if not more:
            return {"output_type": "stream", "name": name, "text": clean(text)}
        case {
            "output_type": "error",
            "ename": str(ename),
            "evalue": str(evalue),
            "traceback": list(trace),
            **more,
        } if not more:
            kept = [clean(line, TRACE_LINE) for line in trace[:TRACE_LINES] if isinstance(line, str)]
            short, said = clean(ename, ERROR_NAME), clean(evalue, ERROR_TEXT)
            return {"output_type": "error", "ename": short, "evalue": said, "traceback": kept}
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
    """Whether it is a picture of a size that a page can show."""
    if len(text) > PICTURE:
        return False
    try:
        data = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        return False
    sides = (int.from_bytes(data[place : place + 4], "big") for place in (16, 20))
    return data.startswith(_PNG) and data[12:16] == b"IHDR" and all(0 < side <= SIDE for side in sides)


def _plain(value: Any, depth: int) -> Any:
    """Return ``value`` with texts that a file can hold; ``ValueError`` where it is nested too deeply."""
    if depth == 0:
        raise ValueError(depth)
    if isinstance(value, dict):
        return {clean(name): _plain(one, depth - 1) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one, depth - 1) for one in value]
    return clean(value, len(value)) if isinstance(value, str) else value


def _whole(text: str) -> int:
    number = int(text)  # more than 4,300 digits are a ValueError
    if abs(number) > _LARGEST:
        raise ValueError(text[:20])
    return number
