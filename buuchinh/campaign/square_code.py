"""Draw a QR code for a web address as an inline SVG element."""

from __future__ import annotations

import io

LEVEL = "m"
"""Error correction level: the QR code can still be read if up to 15 % of it is dirty or torn."""


def drawing(address: str) -> str:
    """Return an SVG element without fixed size that shows a QR code for ``address`` in black on white.

    The code is surrounded by a quiet zone (white margin) of four modules. Raise ``ImportError`` if segno, which is in
    the package's extra for authors, is not installed.
    """
    import segno

    made = io.BytesIO()
    segno.make(address, error=LEVEL, micro=False).save(
        made, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, dark="#000", light="#fff", nl=False
    )
    return made.getvalue().decode("ascii")
