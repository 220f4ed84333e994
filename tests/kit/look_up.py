"""What the page "Món này gửi được không?" answers, by its own search over its own data, without the site."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from buuchinh.messages import section
from buuchinh.questions.browser import assemble
from buuchinh.site import goods, later

Asked = Callable[[Sequence[str]], dict[str, "Told"]]
_ASK = """
function ask(page, words, most) {
  const rows = page.rows.map((row) => Object.fromEntries(page.columns.map((name, n) => [name, row[n]])));
  const table = searchable(rows);
  const empty = passing((name) => words[name]);
  return (typed) => typed.map((said) => {
    const answer = lookUp(table, said, empty);
    const lines = answer.found.slice(0, most).map((good) => ({ ...good, phrases: 0, way: answered(good, answer) }));
    return { ...answer, found: undefined, lines };
  });
}
"""


@dataclass(frozen=True)
class Told:
    """What is shown for something typed: the lines' names, dangers (the first's too), answers; what is asked above."""

    names: list[str]
    first: str
    dangers: set[str]
    ways: list[str]
    unknown: list[str]
    doubtful: list[str]
    either: list[str]
    near: bool

    @property
    def found(self) -> bool:
        """Whether a thing is shown as what was meant."""
        return bool(self.names) and not self.near

    @property
    def accepts(self) -> bool:
        """Whether any line says that something is accepted, be it with an "if"."""
        return bool({"accept", "accept_if"} & set(self.ways))


def asked(browser: Any, folder: Path) -> Asked:
    """Return what asks the search in a page of ``browser``: texts typed to what is shown for each."""
    texts = assemble.texts(later.FOLDER.parent / "browser", later.FOLDER)
    given = f"ask({json.dumps(goods.page())}, {json.dumps(section('site.later'))}, 8)"
    script = f"(function () {{\n{assemble.joined(texts)}\n{_ASK}\nwindow.told = {given};\n}})();\n"
    (folder / "kit.js").write_text(script, encoding="utf-8")
    (folder / "kit.html").write_text('<!doctype html><meta charset="utf-8"><script src="kit.js"></script>', "utf-8")
    page = browser.new_page()
    page.goto((folder / "kit.html").as_uri())

    def look_up(typed: Sequence[str]) -> dict[str, Told]:
        answers = page.evaluate("(typed) => window.told(typed)", list(typed))
        return {said: _told(answer) for said, answer in zip(typed, answers, strict=True)}

    return look_up


def _told(answer: dict[str, Any]) -> Told:
    lines = answer["lines"]
    return Told(
        [line["name"] for line in lines],
        lines[0]["strict"] if lines else "",
        {line["strict"] for line in lines if line["strict"]},
        [line["way"] for line in lines],
        answer["unknown"],
        answer["doubtful"],
        answer["either"],
        answer["near"],
    )
