"""Questions as one HTML file that needs nothing else: module, style and data inside, opened from anywhere."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import Any

from buuchinh.questions import types
from buuchinh.questions.asked import Asked
from buuchinh.questions.browser import assemble
from buuchinh.questions.browser.standin import standin_html

_PAGE = """<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{page_style}
{style}
</style>
</head>
<body class="bc-page">
<main>
<h1>{title}</h1>
<p class="bc-page-note">{note}</p>
<noscript><p class="bc-page-note">{noscript}</p></noscript>
{places}
{law}
</main>
<script type="application/json" id="bc-data">{data}</script>
<script type="module">
{module}
openPage(JSON.parse(document.getElementById("bc-data").textContent));
</script>
</body>
</html>
"""


def page(payloads: Sequence[tuple[Asked, dict[str, Any]]], *, title: str, store: str) -> str:
    """Return one self-contained page of questions, each with its payload (see ``payload``), all of one mode.

    Answers are kept in the browser under ``store``. Before the script runs, and where none
    may run, the questions can be read.
    """
    words = assemble.words()
    shown = [payload for _, payload in payloads]
    cited = {ref: told for payload in shown for ref, told in payload.get("citations", {}).items()}
    data = {
        "mode": shown[0]["mode"] if shown else "practice",
        "on": shown[0].get("on") if shown else None,
        "headingLevel": 2,
        "store": store,
        "words": words,
        "citations": cited,
        "questions": [payload["question"] for payload in shown],
    }
    places = "\n".join(
        f'<div id="bc-{escape(question.id)}">{standin_html(question, words)}</div>' for question, _ in payloads
    )
    return _PAGE.format(
        title=escape(title),
        note=escape(words["page_note"]),
        noscript=escape(words["page_noscript"]),
        style=assemble.style(),
        page_style=assemble.page_style(),
        places=places,
        law=_law(shown, cited, words["page_law"]),
        data=_inline(data),
        module=assemble.module().replace("</script", "<\\/script"),
    )


def _law(shown: Sequence[dict[str, Any]], cited: dict[str, dict[str, str]], title: str) -> str:
    """List the provisions that the questions rest on, as the targets of their links."""
    parts = [part for payload in shown for part, _ in types.parts(payload["question"])]
    refs = dict.fromkeys(ref for part in parts for key in part.get("keys", []) for ref in key["provisions"])
    if not refs:
        return ""
    items = "\n".join(f'<li id="{escape(ref)}">{_told(cited[ref])}</li>' for ref in refs)
    return f'<section class="bc-page-law"><h2>{escape(title)}</h2>\n<ul>\n{items}\n</ul></section>'


def _told(cited: dict[str, str]) -> str:
    note = f" ({escape(cited['note'])})" if "note" in cited else ""
    quote = f"<q>{escape(cited['quote'])}</q>" if "quote" in cited else ""
    return f"{escape(cited['text'])}{note}{quote}"


def _inline(data: object) -> str:
    """Return JSON that cannot end the script element it stands in."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
