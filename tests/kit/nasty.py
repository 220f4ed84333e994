"""Strings that somebody may hand in and that something behind might obey: one list for every place that shows text."""

from __future__ import annotations

NASTY: tuple[str, ...] = (
    "\x1b]0;tieu de\x07",
    "\x1b]52;c;Y2hvbg==\x07",
    "\x1b[2J\x1b[31mdo",
    "\x9b2J",
    "\x90q\x9c",
    "a\x00b",
    "a\x07b",
    "a\x08\x08b",
    "a\x0bb\x0cc",
    "a\rb",
    "a\nb",
    "a\r\nb\tc",
    "a\x7fb",
    "a\x85b",
    "a\u2028b\u2029c",
    "\u202egpj.exe",
    "\u2066a\u2069\u2067b",
    "\u200e\u200f\u061c",
    "\ud83d",
    "a\udfffb",
    "\ufffe\uffff",
    "\ufeffa\u200bb",
    "a" + "\u0300\u0327" * 400,
    "[bold]a[/bold]",
    "[/x]",
    "[link=https://example.org]a[/link]",
    "[[[",
    "\\[a]",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</td></tr></table>",
    "&lt;b&gt;&#60;b&#62;",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)",
    "]]>",
    "<!--",
    "javascript:alert(1)",
    "[a](javascript:alert(1))",
    "![a](https://example.org/a.png)",
    "$\\href{javascript:alert(1)}{a}$",
    "```\na\n```",
    "=1+1",
    '=HYPERLINK("https://example.org")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "a;b,c\td",
    '"a","b"',
    "{code} {0} {} %s %(a)s",
    "../../../etc/passwd",
    "..\\..\\a",
    "C:\\Windows\\a",
    "/etc/passwd",
    "CON",
    "a. ",
    "x" * 5_000,
    "ệ" * 5_000,
    "'; DROP TABLE grade; --",
    "None",
    "nan",
    "1e999",
    "9" * 5_000,
)
OBEYED = frozenset(map(chr, [*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0)])) | frozenset(
    "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\ufffe\uffff"
)
"""Signs that no place may show as they are; line ends and tabs are each place's own affair."""


def obeyed(text: str) -> set[str]:
    """Return what in ``text`` a terminal, a workbook or a browser would obey, half characters included."""
    return {sign for sign in text if sign in OBEYED or "\ud800" <= sign <= "\udfff"}
