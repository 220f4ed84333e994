"""Measure how often options with a visible cue are right.

Nobody should be able to tell the right option by its look, without reading the stem. ``measures`` counts each cue in
practice questions, exercises and the exam pool, the three banks of questions, and in all three together. Variants count
as one question if the same options are right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from buuchinh import course, law
from buuchinh.authoring.lint import Item, items
from buuchinh.authoring.lint.wordlists import words as word_list
from buuchinh.proportions import wilson
from buuchinh.questions import question_bank
from buuchinh.questions.authored import asked_as
from buuchinh.questions.likeness import words
from buuchinh.questions.offers import Offer

ALL = "all"
"""The name for all banks together."""
FEWEST = 12
"""Minimum number of options with a cue from which readers could learn that the cue means something."""


@dataclass(frozen=True)
class Cue:
    """A visible feature of an option, which ``matches`` detects in the option's text.

    ``between`` gives the lowest and highest share of right options at which the cue reveals nothing. If it is None, the
    share expected by chance must lie in the confidence interval. ``single_only`` limits the count to questions with a
    single right option.
    """

    id: str
    matches: Callable[[str], bool]
    between: tuple[float, float] | None = None
    single_only: bool = True


def _doing_verb(text: str) -> bool:
    return text.split(maxsplit=1)[0].lower() in word_list("doing-verb", "verbs")


CUES = (
    Cue("emergency-number", lambda text: bool(law.named_in(text)), (0.2, 0.5), single_only=False),
    Cue("semicolon", lambda text: ";" in text),
    Cue("reason", lambda text: "vì" in words(text)),
    Cue("doing-verb", _doing_verb),
    Cue("number", lambda text: bool(re.search(r"\d", text))),
)


@dataclass(frozen=True)
class Measure:
    """The number of options in a bank that have a cue, how many are right, and how many would be right by chance."""

    cue: Cue
    bank: str
    options: int
    right: int
    by_chance: float

    @property
    def share(self) -> float | None:
        """The share of right options (0 to 1), or None if no option has the cue."""
        return self.right / self.options if self.options else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % Wilson interval of the share, or None if no option has the cue."""
        return wilson(self.right, self.options) if self.options else None

    @property
    def meets(self) -> bool:
        """Whether the cue reveals nothing about the right options in this bank."""
        if self.share is None or self.interval is None:
            return True
        if self.cue.between:
            lowest, highest = self.cue.between
            return lowest <= self.share <= highest
        low, high = self.interval
        return self.options < FEWEST or low <= self.by_chance / self.options <= high


def measures() -> list[Measure]:
    """Measure each cue in practice questions, in exercises and in the exam pool, and in all of them together."""
    asked = list(_asked())
    banks = [*dict.fromkeys(item.bank for item in asked), ALL]
    return [_measure(cue, name, asked) for cue in CUES for name in banks]


def _asked() -> Iterator[Item]:
    """Yield every question of every bank, including variants but not retired questions."""
    for path in (*question_bank.practice_files(), *course.source_question_paths(), *course.pool_paths()):
        yield from (item for item in items(path, question_bank.load(path)) if not item.question.retired)


def _measure(cue: Cue, name: str, asked: Iterable[Item]) -> Measure:
    bearers = [
        (option in offer.right, len(offer.right) / len(offer.options))
        for offer in _offers(item for item in asked if name in (item.bank, ALL))
        if offer.one or not cue.single_only
        for option, text in offer.options
        if cue.matches(text)
    ]
    return Measure(cue, name, len(bearers), sum(right for right, _ in bearers), sum(chance for _, chance in bearers))


def _offers(asked: Iterable[Item]) -> Iterable[Offer]:
    """Return the sets of options in ``asked``, counting variants with the same right options once."""
    return {
        (asked_as(item.question), offer.places, offer.right): offer for item in asked for offer in item.offers()
    }.values()
