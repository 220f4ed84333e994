"""HTML pages made from a template beside the module that fills it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from buuchinh.text import visible


@cache
def template(path: Path, **filters: Callable[..., object]) -> Template:
    """Return a template; its values are cleaned (``text.visible``) and escaped.

    A name without a value is an error.
    """
    environment = Environment(
        loader=FileSystemLoader(path.parent, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_clean,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(filters)
    return environment.get_template(path.name)


def inline_json(value: Any) -> str:
    """Return JSON for a script element, escaped so that it cannot end the element."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _clean(value: object) -> object:
    """Return text without control characters for browsers; the kit's own markup stays unchanged."""
    return visible(value, lines=True) if isinstance(value, str) and not hasattr(value, "__html__") else value
