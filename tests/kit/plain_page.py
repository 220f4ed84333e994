"""Questions of every type on one plain page from a disk: the front end alone, without JupyterLab or the site."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from buuchinh import frontend
from buuchinh.pages import inline_json
from buuchinh.questions.asked import Asked
from buuchinh.questions.browser.static_html import static_html, words
from kit import node
from kit.course import ROOT

_PAGE = """<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
.bc-page main {{ box-sizing: border-box; max-width: 50rem; margin: 0 auto; }}
{style}
</style>
</head>
<body class="bc-page">
<main>
<h1>{title}</h1>
{places}
</main>
<script type="application/json" id="bc-data">{data}</script>
<script type="module">
{module}
const data = JSON.parse(document.getElementById("bc-data").textContent);
for (const question of data.questions) {{
  const place = `${{data.store}}:${{question.id}}`;
  let earlier = JSON.parse(localStorage.getItem(place));
  const handle = kit.mount(document.getElementById(`bc-${{question.id}}`), {{
    ...data,
    question,
    store: null,
    draft: `draft ${{place}}`,
    first: earlier?.first ?? null,
    answer: earlier?.answer ?? null,
    answeredAt: earlier?.at ?? null,
    onAnswer(answer, number) {{
      const at = new Date().toISOString();
      earlier = {{ answer, at, first: earlier?.first ?? answer }};
      localStorage.setItem(place, JSON.stringify(earlier));
      queueMicrotask(() => handle.saved(at, number));
    }},
  }});
}}
</script>
</body>
</html>
"""


@cache
def questions_module(package: Path = ROOT / "buuchinh") -> str:
    """Return a bundled module of questions alone, of each type that ``package`` has: it offers ``mount``, ``score``."""
    of_types = sorted((package / "questions" / "types").glob("*/*.js"))
    entry = [f"import {json.dumps(str(path))};" for path in of_types if path.stem in {"score", "view"}]
    entry.append('export { mount } from "./question/question.js";')
    entry.append('export { parseNumber } from "./question/number.js";')
    entry.append('export { score } from "./question/scoring.js";')
    command: list[str | Path] = [
        node.packages() / "esbuild" / "bin" / "esbuild",
        "--bundle",
        "--format=esm",
        "--charset=utf8",
    ]
    made = subprocess.run(
        command,
        input="\n".join(entry),
        cwd=package / "learner" / "src",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return made.stdout


def inline_module(text: str) -> str:
    """Return a bundled module for an inline script, which may export nothing: what it offers is ``kit``."""
    body, exported = re.fullmatch(r"(.*)export\s*\{([^{}]*)\};?\s*", text, re.DOTALL).groups()  # type: ignore[union-attr]
    offered = [one.split(" as ") for one in exported.split(",")]
    return f"{body}const kit = {{ {', '.join(f'{one[-1].strip()}: {one[0].strip()}' for one in offered)} }};".replace(
        "</script", "<\\/script"
    )


def page(payloads: Sequence[tuple[Asked, dict[str, Any]]], *, title: str, store: str, module: str | None = None) -> str:
    """Return a page of questions, each with its payload, all of one mode; answers are kept under ``store``."""
    sentences = words()
    shown = [payload for _, payload in payloads]
    data = {
        "mode": shown[0]["mode"],
        "on": shown[0].get("on"),
        "headingLevel": 2,
        "store": store,
        "words": sentences,
        "citations": {ref: told for payload in shown for ref, told in payload.get("citations", {}).items()},
        "questions": [payload["question"] for payload in shown],
    }
    places = "\n".join(
        f'<div id="bc-{escape(question.id)}">{static_html(question, sentences)}</div>' for question, _ in payloads
    )
    return _PAGE.format(
        title=escape(title),
        style=frontend.style(),
        places=places,
        data=inline_json(data),
        module=inline_module(module or questions_module()),
    )
