"""Print settings of a workbook's sheet: paper, scale, repeated rows and columns, page numbers.

Letters of 11 points are never scaled below three quarters: wider sheets use A3, and sheets too wide for A3 several
pages, each of which repeats the first columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from buuchinh.messages import say

SMALLEST = 75
"""Per cent of the size on the screen, at least."""
SIDES, ABOVE, BELOW = 10, 12, 16
"""Margins in millimetres."""
UNIT = 1.9
"""Millimetres of a column that is one character wide: seven pixels at 96 a inch, and a little for other fonts."""
PAPERS = {"9": (210, 297), "8": (297, 420)}
"""A4 and A3 by Excel's numbers: width and length in millimetres."""
_INCH = 25.4


@dataclass(frozen=True)
class Print:
    """The print settings of a sheet. ``scale`` (per cent) is fixed; 0 fits the sheet into the width of a page.

    ``pinned`` columns are repeated where a row goes over several pages.
    """

    upright: bool = False
    scale: int = 0
    pinned: int = 1


def set_up(page: Any, look: Print, widths: Sequence[float], head: int) -> None:
    """Set up a sheet whose columns have ``widths`` in characters; row ``head`` is repeated, 0 is none."""
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
    """Return the width of a page at full size, in characters."""
    return (PAPERS[paper][0 if upright else 1] - 2 * SIDES) / UNIT
