"""Draw the QR code of an address as an inline SVG element."""

from __future__ import annotations

import io

LEVEL = "m"
"""Error correction level: the code can still be read if up to 15 % of it is dirty or torn."""


def drawing(address: str) -> str:
    """Return an SVG element with the QR code of ``address``, black on white with its quiet zone and no fixed size.

    Raise ``ImportError`` if segno, which is part of the extra for authors, is not installed.
    """
    import segno

    made = io.BytesIO()
    segno.make(address, error=LEVEL, micro=False).save(
        made, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, dark="#000", light="#fff", nl=False
    )
    return made.getvalue().decode("ascii")
