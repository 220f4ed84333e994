"""Detect text and code that two people share and are unlikely to have written independently.

Two answers are reported if shared runs of words, each at least ``LONG`` characters long and absent from the course's
material, make up half of the shorter answer. Two cells match if they have the same tokens, not counting released lines.
Common tokens are weak evidence, so a match is weighted by the cell's length, less if its names were changed, and at
most by its rarity in the class; ``alike.limit`` sets the required evidence.
"""

from __future__ import annotations

import io
import keyword
import math
import re
import tokenize
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from buuchinh.grading.alike import SharedWork, Work, limit, shared
from buuchinh.text import fold

LONG = 80
"""Minimum length, in characters, of a run of words that two people do not write alike by chance."""
_WORD = re.compile(r"\w+")
_BITS_AS_IT_STANDS, _BITS_RENAMED = 0.12, 0.06
"""Bits of evidence per token: in cells that are identical, and in cells that are identical except for their names."""
_MOST_TEXT, _MOST_CODE, _LONGEST_LINE = 5_000, 20_000, 500
"""Maximum number of characters compared in a prose answer and in a cell, and maximum length of a tokenized line."""
_SILENT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


def texts(works: Sequence[Work], public: Callable[[], str]) -> SharedWork:
    """Return the pairs who wrote the same prose; ``public`` returns the course's material if it is needed."""
    runs = {work.code: {name: _runs(text) for name, text in work.texts.items()} for work in works}
    pairs = shared(works, lambda work: ((name, run) for name, of in runs[work.code].items() for run in of))
    found: SharedWork = {}
    words = f" {_plain(public())} " if pairs else ""

    @cache
    def known(run: str) -> bool:
        return f" {run} " in words

    for (one, other), names in pairs.items():
        same = [name for name in dict.fromkeys(names) if _mostly(runs[one][name], runs[other][name], known)]
        if same:
            found[one, other] = tuple(same)
    return found


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(fold(text, marks=True)))


def _runs(text: str) -> dict[str, tuple[int, int]]:
    """Return the shortest run of at least ``LONG`` characters from each word on, with its start and end indices."""
    plain = _plain(text[:_MOST_TEXT])
    found = {}
    for match in re.finditer(r"(?<!\S)\S", plain):
        end = plain.find(" ", match.start() + LONG)
        end = len(plain) if end < 0 else end
        if end - match.start() < LONG:
            break
        found[plain[match.start() : end]] = (match.start(), end)
    return found


def _mostly(
    one: Mapping[str, tuple[int, int]], other: Mapping[str, tuple[int, int]], known: Callable[[str], bool]
) -> bool:
    """Return whether the shared runs that are not ``known`` make up at least half of the shorter answer."""
    same = [run for run in one.keys() & other.keys() if not known(run)]
    if not same:
        return False
    covered = sorted(one[run] for run in same)
    total, last = 0, 0
    for start, end in covered:
        total += max(0, end - max(start, last))
        last = max(last, end)
    return 2 * total >= min(max(end for _, end in runs.values()) for runs in (one, other))


def code(works: Sequence[Work]) -> SharedWork:
    """Return the pairs whose code is more alike than chance explains, with the questions whose code is alike."""
    forms = {work.code: {name: _Form(source) for name, source in work.cells.items()} for work in works}
    exact = Counter((name, form.text) for cells in forms.values() for name, form in cells.items())
    loose = Counter((name, form.shape) for cells in forms.values() for name, form in cells.items())
    pairs = shared(
        works,
        lambda work: ((name, kind) for name, form in forms[work.code].items() for kind in {form.text, form.shape}),
    )
    enough = -math.log2(limit(len(works)))
    found: SharedWork = {}
    for (one, other), names in pairs.items():
        bits = 0.0
        for name in set(names):
            mine, theirs = forms[one][name], forms[other][name]
            same = mine.text == theirs.text
            others = (exact[name, mine.text] if same else loose[name, mine.shape]) - 2
            evidence = mine.size * (_BITS_AS_IT_STANDS if same else _BITS_RENAMED)
            bits += min(evidence, math.log2(len(works) / (others + 1))) if others else evidence
        if bits >= enough:
            found[one, other] = tuple(sorted(set(names)))
    return found


class _Form:
    """A cell's code in two forms.

    ``text`` is the code without spaces and comments. ``shape`` additionally has its names replaced by numbers. ``size``
    is the number of tokens.
    """

    def __init__(self, source: str) -> None:
        tokens = _tokens(source)
        numbers: dict[str, str] = {}
        self.size = len(tokens)
        self.text = " ".join(text for _, text in tokens)
        self.shape = " ".join(
            numbers.setdefault(text, f"_{len(numbers)}")
            if kind == tokenize.NAME and not keyword.iskeyword(text)
            else text
            for kind, text in tokens
        )


def _tokens(source: str) -> list[tuple[int, str]]:
    """Return each token's type and string, or the words of ``source`` if it is not valid Python."""
    source = source[:_MOST_CODE]
    if max(map(len, source.splitlines()), default=0) > _LONGEST_LINE:  # tokenizing takes quadratic time
        return [(tokenize.OP, word) for word in source.split()]
    try:
        found = tokenize.generate_tokens(io.StringIO(source).readline)
        return [(token.type, token.string) for token in found if token.type not in _SILENT]
    except (tokenize.TokenError, SyntaxError, ValueError, RecursionError):
        return [(tokenize.OP, word) for word in source.split()]
