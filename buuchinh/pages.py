"""Render HTML pages from Jinja templates, which are stored beside the modules that fill them."""

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
    """Return a template that cleans (``text.visible``) and escapes the values inserted into it.

    ``filters`` are added to the template by name. Rendering the template raises an error if a name has no value.
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
    """Return a string without control characters, but leave the kit's own markup unchanged."""
    return visible(value, lines=True) if isinstance(value, str) and not hasattr(value, "__html__") else value
