"""How often an option that bears a cue is the right one: ``buuchinh check --items``.

Who has not read the stem should not find the right option by how it looks. Each cue says which options bear
it and between which shares of right ones it tells nothing; ``measures`` counts them, one bank after the other
and all together. Each variant is a question of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from buuchinh import course, law
from buuchinh.authoring.lint import Item, items
from buuchinh.proportions import wilson
from buuchinh.questions import bank

ALL = "all"
"""The name of all banks together."""


@dataclass(frozen=True)
class Cue:
    """Something to see in an option; ``lowest`` and ``highest`` are the shares between which it is no cue."""

    id: str
    borne: Callable[[str], bool]
    lowest: float
    highest: float


CUES = (Cue("emergency-number", lambda text: bool(law.named_in(text)), 0.2, 0.5),)


@dataclass(frozen=True)
class Measure:
    """How many options of a bank bear a cue and how many of these are right, with Wilson's 95 % interval."""

    cue: Cue
    bank: str
    options: int
    right: int

    @property
    def share(self) -> float | None:
        """The share of right ones, None where no option bears the cue."""
        return self.right / self.options if self.options else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's interval of the share at 95 %."""
        return wilson(self.right, self.options) if self.options else None

    @property
    def meets(self) -> bool:
        """Whether the share lies where the cue tells nothing; without options it does."""
        return self.share is None or self.cue.lowest <= self.share <= self.cue.highest


def measures() -> list[Measure]:
    """Return what each cue tells: in practice, exercises and the exam's pool, then in all of them."""
    asked = list(_asked())
    banks = [*dict.fromkeys(item.bank for item in asked), ALL]
    return [_measure(cue, name, asked) for cue in CUES for name in banks]


def _asked() -> Iterator[Item]:
    """Yield every question of every bank."""
    for path in (*bank.practice_files(), *course.source_question_paths(), *course.pool_paths()):
        yield from items(path, bank.load(path))


def _measure(cue: Cue, name: str, asked: Iterable[Item]) -> Measure:
    borne = [
        option in offer.right
        for item in asked
        if name in (item.bank, ALL)
        for offer in {offer.places: offer for offer in item.offers()}.values()
        for option, text in offer.options
        if cue.borne(text)
    ]
    return Measure(cue, name, len(borne), sum(borne))
