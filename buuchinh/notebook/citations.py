"""Show the legal provisions that a lesson cites, as a static HTML table that needs neither JavaScript nor a kernel."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from buuchinh import course, law
from buuchinh.law.citation_payload import Citation, citation
from buuchinh.messages import section
from buuchinh.notebooks import read_notebook, source_of
from buuchinh.parsed import parsed
from buuchinh.questions import question_bank


def cited_in(lesson: str) -> list[str]:
    """Return the ids of the provisions that a lesson (such as ``"02"``) and its questions cite, without duplicates."""
    refs: list[str] = []
    for path in course.lessons():
        if path.name.startswith(f"{lesson}-"):
            refs += parsed(_in_text, path)
    for path in question_bank.practice_files():
        if path.stem == f"l{lesson}":
            for question in question_bank.load(path).questions:
                parts = getattr(question, "fields", (question,))
                refs += [ref for part in parts for key in getattr(part, "keys", ()) for ref in key.provisions]
    return list(dict.fromkeys(refs))


def table_html(lesson: str) -> str:
    """Return an HTML table of the provisions that a lesson cites, with wording, dates and confidence."""
    words = section("notebook.citations")
    heads = "".join(
        f'<th scope="col">{escape(words[name])}</th>' for name in ("where", "words", "in_force", "confidence")
    )
    return (
        f'<div class="bc-citations" lang="vi"><p>{escape(words["intro"])}</p><div style="overflow-x:auto" tabindex="0"'
        f' role="region" aria-label="{escape(words["title"])}"><table style="text-align:left"><thead><tr>{heads}</tr>'
        f"</thead><tbody>{''.join(_row(citation(ref)) for ref in cited_in(lesson))}</tbody></table></div></div>"
    )


def _row(cited: Citation) -> str:
    state = f"<br><small>{escape(cited.state)}</small>" if cited.state else ""
    return (
        f'<tr><th scope="row">{escape(cited.cite)}<br><small>{escape(cited.ref)}</small></th>'
        f"<td><strong>{escape(cited.heading)}.</strong> {escape(cited.words)} {escape(cited.amount)}</td>"
        f"<td>{escape(cited.dates)}{state}</td><td>{escape(cited.confidence)}</td></tr>"
    )


def _in_text(path: Path) -> tuple[str, ...]:
    return tuple(_references(read_notebook(path)))


def _references(notebook: dict[str, Any]) -> Iterator[str]:
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            yield from (ref for ref, _ in law.references_in(source_of(cell)))
