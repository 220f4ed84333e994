"""Check text cells: legal statements have links, links lead where they say, fines are real, and spelling is right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from buuchinh import law
from buuchinh.authoring.lint import duties, language, legal, people, quotations, spelling, whole_lesson
from buuchinh.authoring.lint.wordlists import words as word_list
from buuchinh.authoring.mentions import Cell
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say

_ANSWER = re.compile(r"<!--\s*lint_ok:\s*([a-z-]+)\s*:\s*(.*?)\s*-->", re.DOTALL)
_ANSWER_IN_CODE = re.compile(r"#\s*lint_ok:\s*([a-z-]+)\s*:\s*(\S.*)")
_LINK = re.compile(r"\[([^\]]*)\]\(#([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+(?:[/@][^)\s]*)?)\)")
_SHORT = re.compile(r"\d+[a-zđ]?(?:\.[0-9a-zđ]+)+(?![\w/])")
_CLAUSE = re.compile(r"\b[Kk]hoản (\d+[a-zđ]?)")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+\.)\s")
_MARK = re.compile(r"=== (?:BEGIN|END) MARK SCHEME ===")
"""Markers of nbgrader in a manually graded text cell; the lines between them are for the instructor only."""
_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})")


@dataclass(frozen=True)
class Block:
    """A paragraph, list item or table row, with its 1-based first line in the cell; a link covers one block."""

    line: int
    text: str


def faults(cell: Cell) -> Iterator[Problem]:
    """Yield a problem for each rule on text that a Markdown cell breaks without waiving it."""
    if cell.kind != "markdown":
        return
    answers = answered(cell)
    for rule in sorted(answers.keys() - {*RULES, *whole_lesson.RULES}):
        yield Problem(cell.place(1), 0, say("authoring.lint.unknown_rule", rule=rule))
    for block in blocks(cell.text):
        for rule, check in RULES.items():
            if not answers.get(rule):
                for phrase in check(block.text):
                    words = say(f"authoring.lint.{rule}.says", words=phrase)
                    way_out = (
                        f"{say(f'authoring.lint.{rule}.way_out')} {say('authoring.lint.answer_in_cell', rule=rule)}"
                    )
                    yield Problem(
                        cell.place(block.line), 0, say("authoring.lint.in_lesson", words=words, rule=rule), way_out
                    )


def answered(cell: Cell) -> dict[str, str]:
    """Map the id of each rule that a cell waives, in a comment in its text or code, to the reason given."""
    return dict((_ANSWER if cell.kind == "markdown" else _ANSWER_IN_CODE).findall(cell.text))


def blocks(text: str) -> list[Block]:
    """Return the paragraphs, list items and table rows of a Markdown cell, without headings, code and comments."""
    paragraphs: list[Block] = []
    lines: list[str] = []
    start = 0
    fenced = False

    def close() -> None:
        if lines:
            paragraphs.append(Block(start, "\n".join(lines)))
            lines.clear()

    blank = re.sub(r"<!--.*?-->", lambda match: "\n" * match[0].count("\n"), text, flags=re.DOTALL)
    for number, line in enumerate(blank.splitlines(), 1):
        if _FENCE.match(line):
            fenced = not fenced
            close()
        elif fenced or not line.strip() or line.lstrip().startswith("#") or _MARK.match(line):
            close()
        else:
            if _ITEM.match(line) or line.lstrip().startswith("|"):
                close()
            if not lines:
                start = number
            lines.append(line)
    close()
    return paragraphs


def _unlinked(text: str) -> Iterator[str]:
    """Yield the first legal phrase in a block if the block links to no provision."""
    if not law.references_in(text):
        match = _legal_words().search(re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text))
        if match:
            yield match[0]


def _duties(text: str) -> Iterator[str]:
    """Yield the sentences that state a duty without a link nearby.

    Blocks that break the rule on legal statements are skipped so that they are reported only once.
    """
    if not any(_unlinked(text)):
        yield from duties.unlinked_duties(text)


@cache
def _legal_words() -> re.Pattern[str]:
    return re.compile("|".join(word_list("legal-link", "words")))


def _mislinked(text: str) -> Iterator[str]:
    """Yield each link whose text names a provision other than its target."""
    for words, ref in _LINK.findall(text):
        try:
            reference = law.parse(ref)
        except KitError:
            continue  # notebook_checks reports it
        named = legal.places(words)
        short, clause = _SHORT.match(words), _CLAUSE.search(words)
        steps = reference.steps
        agrees = all(legal.rests_on(place, [reference.id]) for place in named)
        if short:
            agrees = f"{'.'.join(steps)}.".startswith(f"{short[0].replace('đ', 'dd')}.")
        elif clause and not named:
            agrees = len(steps) < 2 or steps[1].split("-")[0] == clause[1]
        if not agrees:
            yield f"{words} → {ref}"


def _amounts(text: str) -> Iterator[str]:
    known: list[law.Provision] = []
    for ref, _ in law.references_in(text):
        try:
            known += law.periods(ref)
        except KitError:
            continue
    yield from legal.strange_fines(text, known)


def _some(phrase: str) -> Iterator[str]:
    if phrase:
        yield phrase


RULES = {
    "legal-link": _unlinked,
    "duty-link": _duties,
    "quote-exception": quotations.cut_before_exception,
    "link-place": _mislinked,
    "lesson-amount": _amounts,
    "powder-call": people.half_called,
    "private-words": language.private,
    "calque": language.calques,
    "abbreviation": lambda text: iter(spelling.unexplained(text)),
    "double-space": lambda text: _some("" if text.lstrip().startswith("|") else spelling.double_spaces(text)),
    "tone-place": lambda text: _some(spelling.misplaced_tone(text)),
}
