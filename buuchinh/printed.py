"""Set up a worksheet for printing: paper, scale, repeated rows and columns, and page numbers.

Text of 11 points is never scaled below three quarters. Wider sheets are printed on A3, and sheets too wide for A3 are
printed on several pages, each of which repeats the first columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from buuchinh.messages import say

SMALLEST = 75
"""Minimum scale in per cent of full size."""
SIDES, ABOVE, BELOW = 10, 12, 16
"""Margins in millimetres: at the sides, at the top and at the bottom."""
UNIT = 1.9
"""Width in millimetres of a column one character wide: seven pixels at 96 per inch, plus a margin for other fonts."""
PAPERS = {"9": (210, 297), "8": (297, 420)}
"""Width and length of A4 and A3 in millimetres, keyed by Excel's paper number."""
_INCH = 25.4


@dataclass(frozen=True)
class Print:
    """The print settings for a sheet.

    ``upright`` selects portrait orientation. ``scale`` is a fixed percentage, or 0 to fit the sheet to the page width.
    ``pinned`` is the number of columns to repeat on each page if rows continue over several pages.
    """

    upright: bool = False
    scale: int = 0
    pinned: int = 1


def set_up(page: Any, look: Print, widths: Sequence[float], head: int) -> None:
    """Set up the worksheet ``page``, whose columns have ``widths`` in characters.

    ``head`` is the 1-based number of the row to repeat on each page, or 0 for none.
    """
    from openpyxl.utils import get_column_letter

    setup, margins = page.page_setup, page.page_margins
    setup.orientation = "portrait" if look.upright else "landscape"
    fits = {paper: 100 * room(paper, upright=look.upright) / (sum(widths) or 1) for paper in PAPERS}
    paper = next((paper for paper, per_cent in fits.items() if look.scale or per_cent >= SMALLEST), "8")
    setup.paperSize = paper
    if look.scale or fits[paper] < SMALLEST:
        setup.scale = look.scale or SMALLEST
        page.print_title_cols = f"A:{get_column_letter(look.pinned)}"
    else:
        setup.fitToWidth, setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
    if head:
        page.print_title_rows = f"{head}:{head}"
    margins.left = margins.right = SIDES / _INCH
    margins.top, margins.bottom, margins.footer = ABOVE / _INCH, BELOW / _INCH, BELOW / 2 / _INCH
    page.oddFooter.center.text = say("files.spreadsheet.page")


def room(paper: str, *, upright: bool) -> float:
    """Return the printable width of a page at full scale, in characters."""
    return (PAPERS[paper][0 if upright else 1] - 2 * SIDES) / UNIT
