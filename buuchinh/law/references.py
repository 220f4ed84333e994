"""Parse references to provisions, such as ``LBC-2010/29.3@2026-07-01``, and find them in Markdown links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from buuchinh.errors import KitError
from buuchinh.messages import say

_DOCUMENT = r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+"
_STEP = r"[0-9a-z]+(?:-[0-9a-z]+)*"
_REFERENCE = re.compile(rf"({_DOCUMENT})(?:/({_STEP}(?:\.{_STEP})*))?(?:@(\d{{4}}-\d{{2}}-\d{{2}}))?")
_LINK = re.compile(rf"\]\(#({_DOCUMENT}(?:[/@][^)\s]*)?)(?:\s+\"[^\"]*\")?\)")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")


@dataclass(frozen=True)
class Reference:
    """A document, the steps into it (article, clause, point) and, optionally, the day on which its wording is meant."""

    document: str
    steps: tuple[str, ...] = ()
    on: date | None = None

    @property
    def id(self) -> str:
        """The reference without its day, which is the id used in the register."""
        return f"{self.document}/{'.'.join(self.steps)}" if self.steps else self.document

    def __str__(self) -> str:
        return f"{self.id}@{self.on.isoformat()}" if self.on else self.id


def parse(text: str) -> Reference:
    """Parse a reference such as ``LBC-2010/29.3`` or ``LBC-2010/29.3@2024-01-01``; raise ``KitError`` if malformed."""
    match = _REFERENCE.fullmatch(text.strip())
    if match:
        try:
            on = date.fromisoformat(match[3]) if match[3] else None
        except ValueError:
            pass
        else:
            return Reference(match[1], tuple(match[2].split(".")) if match[2] else (), on)
    raise KitError(say("law.not_a_reference", ref=text), say("law.not_a_reference_way_out"))


def references_in(markdown: str) -> list[tuple[str, int]]:
    """Return every reference linked from ``markdown``, as written there, with its 1-based line number.

    An example of such a link is ``[Điều 29 khoản 3 Luật Bưu chính](#LBC-2010/29.3)``. Fenced code blocks are skipped.
    Malformed references are included, so that ``parse`` or ``provision`` can report them.
    """
    references: list[tuple[str, int]] = []
    fence = ""
    for number, line in enumerate(markdown.splitlines(), 1):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
            continue
        if not fence:
            references += [(match[1], number) for match in _LINK.finditer(line)]
    return references
