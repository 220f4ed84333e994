"""Check for quotations that begin or end within a clause without naming the omitted part."""

from __future__ import annotations

import re
from collections.abc import Iterator

from buuchinh.datasets import Row

_WHOLE = re.compile(r"[.;][”\"]?$")
"""What ends a clause, or a point of a list."""
_BEFORE_MORE = re.compile(
    r"(?:[:,]|\b(?:trừ|trừ (?:các )?trường hợp(?: sau đây)?|và|hoặc|sau đây|bao gồm|gồm|khi|nếu))$", re.IGNORECASE
)
"""An exception, a list or another half must follow."""
_POINT = re.compile(r"(?:^|[\s:;])([a-zđ])\) ")
_EXCEPTION = re.compile(r"\btrừ\b|\bngoại lệ\b", re.IGNORECASE)
_SHOWN = 40
_EARLIER = {"chỉ dấu câu cuối": "complete", "chưa đối chiếu lại với nguồn": "unchecked"}
"""What stood in ``left_out`` in tables made before the column ``quote_extent``."""


def extent(row: Row) -> tuple[str, str]:
    """Return what the quotation of a provision leaves out, and ``quote_extent``; of earlier tables too."""
    left_out = row.values.get("left_out") or ""
    if left_out in _EARLIER:
        return "", _EARLIER[left_out]
    return left_out, row.values.get("quote_extent") or ""


def faults(row: Row) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield faults of a provision's quotation: the message ``law.<fault>`` and its values."""
    quote = (row["quote"] or "").strip()
    left_out, reach = extent(row)
    if not quote:
        if left_out or reach:
            yield "nothing_quoted", {}
        return
    end = quote[-_SHOWN:]
    if not left_out and (_BEFORE_MORE.search(quote) or _list_goes_on(quote, row["point"] or "")):
        yield "exception_cut", {"end": end}
    elif not (left_out or reach) and not _WHOLE.search(quote):
        yield "cut_quote", {"end": end}
    told = f"{row['heading']} {row['summary']}"
    if not row["point"] and _EXCEPTION.search(told) and not _EXCEPTION.search(f"{quote} {left_out}"):
        yield "exception_unsaid", {}


def _list_goes_on(quote: str, point: str) -> bool:
    """Whether the quotation has points of a list and ends before the last one, but for points that its row names."""
    return bool(_POINT.search(quote)) and not point and quote.endswith(";")
