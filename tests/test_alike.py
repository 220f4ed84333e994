"""Equal work: copies are found, people who worked alone are not named, and it is told as a question."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from kit.alone import class_of, text
from kit.hurry import within

from buuchinh.grading import alike_answers, alike_words

LETTERS = str.maketrans({"t": "x", "m": "z"})


def pairs(works, public=""):
    found = {
        "wrong": alike_answers.wrong_answers(works),
        "texts": alike_words.texts(works, lambda: public),
        "code": alike_words.code(works),
    }
    return {pair: {kind for kind, of in found.items() if pair in of} for of in found.values() for pair in of}


@pytest.mark.parametrize(
    "how",
    [{}, {"questions": 30}, {"mean": 0.0, "questions": 30}, {"mean": 2.5}],
    ids=["fifteen", "thirty", "hard", "easy"],
)
def test_of_a_hundred_classes_that_worked_alone_one_at_most_has_a_pair_that_is_named(how):
    random = np.random.default_rng(20261126)
    named = [found for _ in range(100) if (found := pairs(class_of(random, **how)))]
    assert len(named) <= 1, named


def copied(works, **fields):
    """Add somebody who has ``fields`` from the person with the most wrong answers."""
    source = max(works, key=lambda work: sum(not one.right for one in work.answers.values()))
    own = class_of(np.random.default_rng(1), 1)[0]
    same = {name: getattr(source, name) for name in fields}
    return [*works, replace(own, code="ZZ-0001-X", **same)], (source.code, "ZZ-0001-X")


@pytest.mark.parametrize("what", ["answers", "texts", "cells"])
def test_a_copy_is_found_by_each_thing_alone(what):
    random = np.random.default_rng(5)
    kind = {"answers": "wrong", "cells": "code"}.get(what, what)
    for _ in range(20):
        works, pair = copied(class_of(random, questions=30), **{what: None})
        assert pairs(works)[pair] == {kind}


def test_a_copy_with_other_names_in_its_code_is_found():
    works, pair = copied(class_of(np.random.default_rng(5)), cells=None)
    copy = works[-1]
    longer = {
        name: source + "".join(f"x{n} = bang.shape[{n}] + {n} * 2\n" for n in range(4))
        for name, source in copy.cells.items()
    }
    works = [replace(work, cells=longer) if work.code == pair[0] else work for work in works]
    changed = {
        name: source.replace("bang", "du_lieu").replace("x0", "y0") + "# của em\n" for name, source in longer.items()
    }
    works[-1] = replace(copy, cells=changed)
    assert pairs(works) == {pair: {"code"}}


def test_a_text_with_some_words_changed_is_found_and_what_all_have_read_is_not():
    random = np.random.default_rng(6)
    works, pair = copied(class_of(random), texts=None)
    (name, words), *_ = works[-1].texts.items()
    works[-1] = replace(works[-1], texts={name: "Em viết: " + words.upper().replace(".", "!") + " Hết."})
    assert pairs(works) == {pair: {"texts"}}
    assert pairs(works, f"Điều 1. {words}") == {}
    works[-1] = replace(works[-1], texts={name: words[:60] + text(random)})
    assert pairs(works) == {}


@pytest.mark.parametrize("part", ["", "a ", "\"'", "(", "\\\n", "'''\n", "é\u0301"])
def test_what_nobody_writes_takes_no_time(part):
    within(
        "from buuchinh.grading import alike_words; from buuchinh.grading.alike import Work\n"
        f"long = {part!r} * 130_000 + ' '.join(map(str, range(40_000)))\n"
        "works = [Work(f'GL-{n}', texts={'q': long}, cells={'q': long}) for n in range(3)]\n"
        "alike_words.code(works); alike_words.texts(works, lambda: '1 ' * 300_000)"
    )


def test_what_many_of_a_class_have_is_nobodys_copy():
    works = [
        replace(work, cells=dict.fromkeys(work.cells, "tong = bang['cot'].sum()\n" * 9))
        for work in class_of(np.random.default_rng(7))
    ]
    assert pairs(works) == {}


def test_a_thousand_people_are_compared_in_seconds():
    works = class_of(np.random.default_rng(8), 1000, 30)
    works, pair = copied(works, answers=None, texts=None)
    assert pairs(works) == {pair: {"wrong", "texts"}}
