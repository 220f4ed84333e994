"""The square code (QR) of an address, as an inline drawing."""

from __future__ import annotations

import io

LEVEL = "m"
"""How much of the code may be dirty or torn and it is still read: 15 %."""


def drawing(address: str) -> str:
    """Return an SVG element for ``address``, black on white with its quiet margin, without a size of its own.

    ``ImportError`` where segno, of the author's extra, is not installed.
    """
    import segno

    made = io.BytesIO()
    segno.make(address, error=LEVEL, micro=False).save(
        made, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, dark="#000", light="#fff", nl=False
    )
    return made.getvalue().decode("ascii")
