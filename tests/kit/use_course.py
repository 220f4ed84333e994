"""Let the kit take a folder for the course."""

from __future__ import annotations

from pathlib import Path

import pytest


def use_course(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the kit take ``root`` for the course, with a gradebook of its own, and return it."""
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    return root
