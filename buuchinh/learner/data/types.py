"""Names the shapes of what screens are given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Page = dict[str, Any]
"""What one page carries; ``kind`` says which screen shows it."""

Displayed = Mapping[str, list[dict[str, Any]]]
"""Outputs of a notebook's cells, by the id of the cell."""
