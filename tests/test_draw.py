"""The draw: which items the forms of an exam share, at the least, and the same for the same seed."""

from __future__ import annotations

import random
from itertools import combinations, product
from typing import Any

import pytest

from buuchinh.exam import draw


def shared(every: list[list[str]]) -> int:
    return sum(len(set(one) & set(other)) for one, other in combinations(every, 2))


@pytest.mark.parametrize("seed", range(40))
def test_a_draw_fits_and_shares_as_little_as_any_draw_can(seed: int) -> None:
    chance = random.Random(seed)
    items = [f"i{n}" for n in range(chance.randint(3, 5))]
    fitting = [sorted(chance.sample(items, chance.randint(2, len(items)))) for _ in range(chance.randint(2, 3))]
    count = chance.randint(2, 3)
    used = {one: chance.randint(0, 2) for one in items}
    if draw.unfilled(fitting):
        pytest.skip("this pool is too small for one form")
    worth, expected = [1.0] * len(fitting), {one: chance.random() for one in items}
    made = draw.draw(fitting, count, str(seed), used=used, worth=worth, expected=expected)
    for form in made:
        assert len(set(form)) == len(form)
        assert all(one in row for one, row in zip(form, fitting, strict=True))

    def cost(every: Any) -> int:
        return 2 * shared(list(map(list, every))) + sum(used[one] for form in every for one in form)

    possible = [form for form in product(*fitting) if len(set(form)) == len(form)]
    assert cost(made) == min(map(cost, product(possible, repeat=count)))


def test_of_a_family_another_variant_is_taken_before_an_item_is_shared_and_after_one_that_was_used_before() -> None:
    rules: dict[str, Any] = {"worth": [1.0], "expected": {"family": 0.5, "item": 0.5}}
    fitting = [["family", "item"]]
    for used, variants, wanted in (
        (0, [0, 0, 0], ["family", "family", "item"]),
        (1, [0, 0, 0], ["family", "family", "item"]),
        (3, [0, 0, 0], ["family", "family", "family"]),
        (0, [3], ["family", "item", "item"]),
        (0, [9, 9], ["item", "item", "item"]),
    ):
        made = draw.draw(fitting, 3, "a", used={"item": used}, variants={"family": variants}, **rules)
        assert sorted(one for form in made for one in form) == wanted, (used, variants)


def test_forms_are_made_equally_hard_and_the_seed_decides() -> None:
    chance = random.Random(1)
    items = [f"i{n:02d}" for n in range(100)]
    fitting = [sorted(chance.sample(items, 12)) for _ in range(30)]
    expected = {one: chance.uniform(0.4, 0.9) for one in items}
    options: dict[str, Any] = {"used": {}, "worth": [1.0] * 30, "expected": expected}
    made = draw.draw(fitting, 3, "a", **options)
    assert draw.overlap(made) == 0
    shares = [draw.mean_expected(form, [1.0] * 30, expected) for form in made]
    assert max(shares) - min(shares) < 0.005
    assert made == draw.draw(fitting, 3, "a", **options)
    assert made != draw.draw(fitting, 3, "b", **options)
