"""Names the shapes of what screens are given."""

from __future__ import annotations

from typing import Any

Page = dict[str, Any]
"""What one page carries; ``kind`` says which screen shows it."""
