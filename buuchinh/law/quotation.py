"""Check that a quotation which stops before the end of its clause states what it omits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from buuchinh.datasets import Row

_WHOLE = re.compile(r"[.;][”\"]?$")
"""Punctuation at the end of a clause, or of a point in a list."""
_BEFORE_MORE = re.compile(
    r"(?:[:,]|\b(?:trừ|trừ (?:các )?trường hợp(?: sau đây)?|và|hoặc|sau đây|bao gồm|gồm|khi|nếu))$", re.IGNORECASE
)
"""Words and punctuation after which an exception, a list or the rest of the sentence must follow."""
_POINT = re.compile(r"(?:^|[\s:;])([a-zđ])\) ")
_EXCEPTION = re.compile(r"\btrừ\b|\bngoại lệ\b", re.IGNORECASE)
_SHOWN = 40
_EARLIER = {"chỉ dấu câu cuối": "complete", "chưa đối chiếu lại với nguồn": "unchecked"}
"""Values of ``left_out`` in tables older than the column ``quote_extent``, with the equivalents in that column."""


def extent(row: Row) -> tuple[str, str]:
    """Return a row's ``left_out`` (the parts that the quotation omits) and ``quote_extent``; older tables work too."""
    left_out = row.values.get("left_out") or ""
    if left_out in _EARLIER:
        return "", _EARLIER[left_out]
    return left_out, row.values.get("quote_extent") or ""


def faults(row: Row) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield each fault of a provision's quotation as ``(fault, values)`` for the message ``law.<fault>``."""
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
    summary = f"{row['heading']} {row['summary']}"
    if not row["point"] and _EXCEPTION.search(summary) and not _EXCEPTION.search(f"{quote} {left_out}"):
        yield "exception_unsaid", {}


def _list_goes_on(quote: str, point: str) -> bool:
    """Whether the quotation is a list that ends in a semicolon, which means that at least one point is missing.

    Return False if the row itself is a single ``point`` of a list.
    """
    return bool(_POINT.search(quote)) and not point and quote.endswith(";")
