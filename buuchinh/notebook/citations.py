"""``citations("02")``: shows every provision that a lesson cites, with its words, its dates and how sure they are.

The table stands in the notebook without a kernel; with one, each link to a provision in
the lesson opens a small dialog with the same facts.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

import nbformat
from IPython.display import HTML, display

from buuchinh import course, law
from buuchinh.law.told import Citation, citation
from buuchinh.messages import section
from buuchinh.notebook.parts import Part, shown
from buuchinh.questions import bank
from buuchinh.questions.browser.carried import without_a_kernel


def cited_in(lesson: str) -> list[str]:
    """Return the provisions that lesson ``"02"`` and its questions cite, each once, in the order of the text."""
    refs: list[str] = []
    for path in course.lessons():
        if path.name.startswith(f"{lesson}-"):
            for cell in nbformat.read(path, as_version=4).cells:
                if cell.cell_type == "markdown":
                    refs += [ref for ref, _ in law.references_in(cell.source)]
    for path in bank.practice_files():
        if path.stem == f"l{lesson}":
            for question in bank.load(path).questions:
                parts = getattr(question, "fields", (question,))
                refs += [ref for part in parts for key in getattr(part, "keys", ()) for ref in key.provisions]
    return list(dict.fromkeys(refs))


def citations(lesson: str) -> None:
    """Show the table of all that lesson ``"02"`` cites, and make its links open."""
    cited = [citation(ref) for ref in cited_in(lesson)]
    if not without_a_kernel():  # the page has the table from its last run
        display(HTML(table_html(cited)))
    shown(
        Citations(payload={"citations": {provision.ref: provision.told() for provision in cited}, "words": _words()}),
        "citations",
    )


def table_html(cited: Iterable[Citation]) -> str:
    """Return the table as HTML that needs neither script nor kernel."""
    words = _words()
    columns = ("where", "words", "in_force", "confidence")
    heads = "".join(f'<th scope="col">{escape(words[name])}</th>' for name in columns)
    rows = "".join(
        f'<tr><th scope="row">{escape(provision.cite)}<br><small>{escape(provision.ref)}</small></th>'
        f"<td><strong>{escape(provision.heading)}.</strong> {escape(provision.words)} {escape(provision.amount)}</td>"
        f"<td>{escape(provision.dates)}{_small(provision.state)}</td><td>{escape(provision.confidence)}</td></tr>"
        for provision in cited
    )
    return (
        f'<div class="bc-citations" lang="vi"><p>{escape(words["intro"])}</p><div style="overflow-x:auto" tabindex="0"'
        f' role="region" aria-label="{escape(words["title"])}"><table style="text-align:left">'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></div>"
    )


def _small(state: str) -> str:
    return f"<br><small>{escape(state)}</small>" if state else ""


def _words() -> dict[str, Any]:
    words: dict[str, Any] = section("notebook")["citations"]
    return words


class Citations(Part):
    """Makes links to provisions open a dialog; shows nothing of its own."""

    _esm = Part.script("citations.js")
