"""Refuse settings that no key of the cache holds to whatever makes a cached result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from buuchinh import course, disk_cache


def unread(values: Callable[..., Any], patch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Return ``disk_cache.values``, in which ``make`` fails if it reads a setting of ``disk_cache.UNREAD``."""
    making: list[str] = []
    read = course.Settings.__getattribute__

    def watched(settings: course.Settings, name: str) -> Any:
        assert not (making and name in disk_cache.UNREAD), f"{making} reads {name}"
        return read(settings, name)

    def watched_values(name: str, paths: Any, make: Callable[[], Any], *more: str) -> Any:
        def watched_make() -> Any:
            making.append(name)
            try:
                return make()
            finally:
                making.pop()

        return values(name, paths, watched_make, *more)

    patch.setattr(course.Settings, "__getattribute__", watched)
    return watched_values
