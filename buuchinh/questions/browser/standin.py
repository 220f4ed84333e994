"""What stands where a question was when no kernel runs: its words, to read, without anything to fill in."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from buuchinh.questions.model import Asked

_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_CODE = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\[([^\]]+)\]\((#[^)\s]+)\)")


def standin_html(question: Asked, words: Mapping[str, Any]) -> str:
    """Return ``question`` as HTML that is the same at every run and tells nothing of any key."""
    title = f"<p><strong>{escape(question.title)}</strong></p>" if question.title else ""
    shown = question.model_dump(mode="json", by_alias=True)
    inside = "".join((_paragraphs(question.stem), _offered(shown, words)))
    return f'<div class="bc-standin" lang="vi">{title}{inside}<p class="bc-hint">{escape(words["standin"])}</p></div>'


def standin_text(question: Asked) -> str:
    """Return one line that names the question: the ``text/plain`` of its output."""
    stem = " ".join(question.stem.split())
    return f"{question.id}: {stem}"


def _offered(shown: Mapping[str, Any], words: Mapping[str, Any]) -> str:
    match shown["type"]:
        case "picture":
            return _drawing(shown) + _list("ul", (one["text"] for one in shown["options"]))
        case "single" | "multiple" | "survey":
            return _list("ul", (one["text"] for one in shown["options"]))
        case "ordering":
            return _list("ul", (one["text"] for one in shown["items"]))
        case "matching":
            sides = (_list("ul", (one["text"] for one in shown[side])) for side in ("left", "right"))
            return "".join(sides)
        case "code":
            return _list("ul", (one["label"] for one in shown["values"]))
        case "scenario":
            first = shown["nodes"][shown["start"]]
            role = f"<p>{escape(words['standin_role'].format(role=shown['role']))}</p>"
            return role + _paragraphs(first["text"]) + _list("ul", (one["text"] for one in first["choices"]))
        case "form":
            fields = (_marked(one["stem"]) + _offered(one, words) for one in shown["fields"])
            return "<ol>" + "".join(f"<li>{field}</li>" for field in fields) + "</ol>"
        case _:
            return ""


def _drawing(shown: Mapping[str, Any]) -> str:
    data = base64.b64encode(shown["svg"].encode("utf-8")).decode("ascii")
    return f'<p><img alt="{escape(shown["alt"])}" src="data:image/svg+xml;base64,{data}"></p>'


def _list(tag: str, texts: Iterable[str]) -> str:
    items = "".join(f"<li>{_marked(text)}</li>" for text in texts)
    return f"<{tag}>{items}</{tag}>" if items else ""


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{_marked(line)}</p>" for line in text.splitlines() if line.strip())


def _marked(text: str) -> str:
    """Turn the little markup that the front end knows into HTML."""
    html = _LINK.sub(r'<a href="\2">\1</a>', escape(text))
    return _CODE.sub(r"<code>\1</code>", _BOLD.sub(r"<strong>\1</strong>", html))
