"""The desk's scripts and style sheets, at addresses that change with their contents."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from buuchinh import frontend

_BROWSER = Path(__file__).parents[1] / "browser"
_COMMENT = re.compile(rb"^[ ]*(?://.*|/\*(?:(?!\*/).)*\*/[ ]*)$", re.MULTILINE)


def assets() -> Mapping[str, bytes]:
    """Return the desk's scripts and style sheets by name."""
    return _assets(frontend.bundle("tokens.css"))


def asset_version() -> str:
    """Return a hash of all assets, for their addresses."""
    return hashlib.sha256(b"".join(data for _, data in sorted(assets().items()))).hexdigest()[:12]


@cache
def _assets(tokens: str) -> Mapping[str, bytes]:
    kinds = (path for path in _BROWSER.iterdir() if path.suffix in (".js", ".css"))
    files = [path for path in kinds if not path.name.endswith(".test.js")]
    return {"tokens.css": tokens.encode("utf-8")} | {path.name: without_comments(path.read_bytes()) for path in files}


def without_comments(source: bytes) -> bytes:
    """Return a script or style sheet with its lines of comment emptied, so that each line keeps its number."""
    return _COMMENT.sub(b"", source)
