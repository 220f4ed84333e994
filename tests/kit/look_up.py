"""What the page "Món này gửi được không?" answers, by its own search over its own data, without the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from buuchinh.messages import section
from buuchinh.site import goods_page
from kit import node

_MODULES = ("page/reference/goods_search.js", "page/reference/goods_view.js", "page/reference/goods_words.js")
Asked = Callable[[Sequence[str]], dict[str, "Told"]]
_ASK = """
function ask(page, words, most) {
  const rows = page.rows.map((row) => Object.fromEntries(page.columns.map((name, n) => [name, row[n]])));
  const table = kit.searchable(rows);
  const empty = kit.passing((name) => words[name]);
  return (typed) => typed.map((said) => {
    const answer = kit.lookUp(table, said, empty);
    const lines = answer.found.slice(0, most).map((good) => ({ ...good, phrases: 0, way: kit.answerOf(good, answer) }));
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


@contextmanager
def asked() -> Iterator[Asked]:
    """Yield what asks the search: texts typed to what is shown for each."""
    with node.running([*node.OF_TYPES, *_MODULES]) as search:
        given = [goods_page.page(), section("site.later"), 8]
        search.evaluate(f"given => {{ globalThis.told = ({_ASK})(...given); }}", given)

        def look_up(typed: Sequence[str]) -> dict[str, Told]:
            answers = search.evaluate("typed => told(typed)", list(typed))
            return {said: _told(answer) for said, answer in zip(typed, answers, strict=True)}

        yield look_up


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
