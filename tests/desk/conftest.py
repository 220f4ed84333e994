"""What the tests of the desk share."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.desk_class import mixed_class


@pytest.fixture
def mixed(course: Path) -> Path:
    """Return a class in which everybody is somewhere else (``kit.desk_class``)."""
    return mixed_class(course)
