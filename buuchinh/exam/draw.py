"""Draw an item for each slot of each test form, reproducibly by seed and with as little overlap as the pool allows.

Both steps are exact. First, the seats (each slot of each form) are assigned to items at the least total cost. An item
(or, in a family, its next variant) costs more the more often it is used: once for each form of an earlier exam (more if
the same people sat it, as ``exam_builder`` counts), twice for each other form of this exam. Then the seats are split
into forms so that no form has an item twice. This always succeeds, since a bipartite graph whose degrees are at most k
has an edge colouring with k colours (Kőnig 1916).

Both proofs hold for this cost alone. A rule between items ("enemies" that must not meet in a form) would need another
method, an integer program. Existing exams are rebuilt from their record and stay unchanged.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from buuchinh.questions.pairing import paired

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Form = list[str]
"""A test form: the ids of its items, in slot order."""
_EARLIER, _TWIN, _AGAIN = 1_000.0, 1_200.0, 2_000.0
"""Costs of one more use of an item.

``_EARLIER`` is added for each use in an earlier exam, ``_TWIN`` for another variant of the item in these forms, and
``_AGAIN`` for the same item again.
"""
_NEVER = 1e12


def unfilled(fitting: Sequence[Sequence[str]]) -> list[int]:
    """Return the slots (0-based) that stay empty when as many slots as possible are filled with different items.

    ``fitting`` lists the items that fit each slot.
    """
    filled = paired(fitting)
    return [slot for slot in range(len(fitting)) if slot not in filled]


def draw(
    fitting: Sequence[Sequence[str]],
    forms: int,
    seed: str,
    *,
    used: Mapping[str, int],
    variants: Mapping[str, Sequence[int]] | None = None,
    worth: Sequence[float],
    expected: Mapping[str, float],
) -> list[Form]:
    """Draw ``forms`` test forms; ``unfilled(fitting)`` must be empty.

    ``used`` maps each item to the number of forms of earlier exams that contain it. ``variants`` holds these numbers
    for each variant of a family: forms that take different variants share nothing, and the least used variant is taken
    next. ``worth`` is the weight of each slot, and ``expected`` maps each item to the share of right answers that its
    author estimated. The forms are made equally hard by this estimate, as far as exchanging items within a slot allows.
    """
    import numpy as np  # `check` asks this module what a pool lacks, and need not load it for that

    chance = random.Random(seed)
    items = sorted({item for row in fitting for item in row})
    column = {item: number for number, item in enumerate(items)}
    costs = np.full((len(fitting) * forms, len(items) * forms), _NEVER)
    for slot, row in enumerate(fitting):
        for item in row:
            counts = (variants or {}).get(item, [used.get(item, 0)])
            for turn, cost in enumerate(_turns(counts, forms)):
                for form in range(forms):
                    costs[slot * forms + form, column[item] * forms + turn] = cost + chance.random()
    seats = [(row // forms, items[taken // forms]) for row, taken in enumerate(_cheapest(costs))]
    drawn = _split(seats, forms)
    _level(drawn, worth, expected)
    return drawn


def _turns(counts: Sequence[int], forms: int) -> list[float]:
    """Return the cost of the first, second … use of an item, each of which takes the least used variant."""
    waiting = sorted(counts)
    costs = []
    for turn in range(forms):
        again, which = divmod(turn, len(waiting))
        costs.append(_EARLIER * waiting[which] + _AGAIN * again + _TWIN * (turn - again))
    return costs


def overlap(forms: Sequence[Sequence[str]]) -> int:
    """Return the largest number of items that two forms have in common."""
    return max((len(set(form) & set(other)) for form, other in combinations(forms, 2)), default=0)


def mean_expected(form: Sequence[str], worth: Sequence[float], expected: Mapping[str, float]) -> float:
    """Return the share of points expected for a form by its authors' estimates, weighted by ``worth``."""
    return sum(weight * expected[item] for weight, item in zip(worth, form, strict=True)) / sum(worth)


def _cheapest(costs: NDArray[np.float64]) -> list[int]:
    """Return a different column for each row at the least total cost, by the Hungarian method.

    The search for shortest augmenting paths with potentials (Jonker and Volgenant 1987) takes O(rows² · columns). There
    must be at least as many columns as rows.
    """
    import numpy as np

    rows, columns = costs.shape
    row_price, column_price = np.zeros(rows + 1), np.zeros(columns + 1)
    row_of = np.zeros(columns + 1, dtype=int)
    for row in range(1, rows + 1):
        row_of[0], at = row, 0
        least = np.full(columns + 1, np.inf)
        before = np.zeros(columns + 1, dtype=int)
        done = np.zeros(columns + 1, dtype=bool)
        while True:
            done[at] = True
            reduced = costs[row_of[at] - 1] - row_price[row_of[at]] - column_price[1:]
            nearer = ~done[1:] & (reduced < least[1:])
            least[1:][nearer] = reduced[nearer]
            before[1:][nearer] = at
            following = 1 + int(np.argmin(np.where(done[1:], np.inf, least[1:])))
            step = least[following]
            row_price[row_of[done]] += step
            column_price[done] -= step
            least[~done] -= step
            at = following
            if not row_of[at]:
                break
        while at:
            row_of[at], at = row_of[before[at]], int(before[at])
    column_of = [0] * rows
    for number in range(1, columns + 1):
        if row_of[number]:
            column_of[row_of[number] - 1] = number - 1
    return column_of


def _split(seats: Sequence[tuple[int, str]], forms: int) -> list[Form]:
    """Split seats (slot, item) into forms so that no form has a slot or an item twice, by exchanging Kempe chains."""
    at_slot: dict[tuple[int, int], int] = {}
    at_item: dict[tuple[str, int], int] = {}
    colour: dict[int, int] = {}

    def put(seat: int, form: int) -> None:
        slot, item = seats[seat]
        colour[seat] = form
        at_slot[slot, form] = at_item[item, form] = seat

    for seat, (slot, item) in enumerate(seats):
        free_slot = next(form for form in range(forms) if (slot, form) not in at_slot)
        free_item = next(form for form in range(forms) if (item, form) not in at_item)
        if free_slot != free_item:  # exchange the two colours along the path that leaves the item
            chain, wanted, of_item = [], free_slot, True
            here: tuple[int, str] = (slot, item)
            while True:
                met = at_item.get((here[1], wanted)) if of_item else at_slot.get((here[0], wanted))
                if met is None:
                    break
                chain.append(met)
                here, of_item = seats[met], not of_item
                wanted = free_item if wanted == free_slot else free_slot
            for moved in chain:
                del at_slot[seats[moved][0], colour[moved]], at_item[seats[moved][1], colour[moved]]
            for moved in chain:
                put(moved, free_item if colour[moved] == free_slot else free_slot)
        put(seat, free_slot)
    slots = 1 + max(slot for slot, _ in seats)
    return [[seats[at_slot[slot, form]][1] for slot in range(slots)] for form in range(forms)]


def _level(forms: list[Form], worth: Sequence[float], expected: Mapping[str, float]) -> None:
    """Exchange items within slots, in place, while this brings the expected shares of the forms closer together."""

    def gap(form: Form, other: Form) -> float:
        return mean_expected(form, worth, expected) - mean_expected(other, worth, expected)

    total = sum(worth)
    moved = True
    while moved:
        moved = False
        for form, other in combinations(forms, 2):
            difference = gap(form, other)
            best, best_slot = abs(difference) - 1e-9, None
            for slot, weight in enumerate(worth):
                own, others = form[slot], other[slot]
                if own in other or others in form:
                    continue
                after = abs(difference - 2 * weight * (expected[own] - expected[others]) / total)
                if after < best:
                    best, best_slot = after, slot
            if best_slot is not None:
                form[best_slot], other[best_slot] = other[best_slot], form[best_slot]
                moved = True
