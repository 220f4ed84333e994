"""Hand-ins changed at random, collected by the class: each gets its outcome, no more changes.

``make test`` takes four hundred, ``make long`` two thousand, and

    BUUCHINH_HAND_INS=20000 pytest -m long tests/test_mutated_hand_ins.py

as many as that; what a failure names (a number) makes the same hand-in again.
"""

from __future__ import annotations

import os
import shutil
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from kit.classroom import UNIT
from kit.handin import code_of
from kit.mutating import mutated
from kit.nasty import obeyed
from test_collect import TEN, tree, work

from buuchinh.classroom import gradebook
from buuchinh.intake import collect
from buuchinh.notebook import pack

BATCH = 40
SAMPLE, WHOLE = 400 // BATCH, max(1, int(os.environ.get("BUUCHINH_HAND_INS", "2000")) // BATCH)
LONGEST = 120
"""Seconds for a batch, on a machine that does much else; it takes about one."""
CODES = [code_of(number) for number in range(100, 100 + BATCH)]
MADE = ("nop-bai", "submitted", "so-cham", "gradebook.db")
"""What ``collect`` may write, or may open."""


@pytest.fixture(scope="module")
def good(small_class: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """Return a course with a class of forty and one good hand-in."""
    root = tmp_path_factory.mktemp("lop") / "course"
    shutil.copytree(small_class, root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        with gradebook.opened() as book:
            for code in CODES:
                book.update_or_create_student(code)
        with zipfile.ZipFile(pack.build(work(root, CODES[0]), UNIT, CODES[0], TEN).path) as archive:
            return root, {name: archive.read(name) for name in archive.namelist()}


Good = tuple[Path, dict[str, bytes]]
SEEDS = st.lists(st.integers(0, 2**60), min_size=BATCH, max_size=BATCH)
FIXED = settings(derandomize=True, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


@settings(FIXED, max_examples=SAMPLE)
@given(seeds=SEEDS)
def test_each_of_a_batch_gets_one_outcome_and_nothing_else_changes(
    good: Good, tmp_path_factory: pytest.TempPathFactory, seeds: list[int]
) -> None:
    hold(good, tmp_path_factory, seeds)


@pytest.mark.long
@settings(FIXED, max_examples=WHOLE)
@given(seeds=SEEDS)
def test_each_of_two_thousand_gets_one_outcome_and_nothing_else_changes(
    good: Good, tmp_path_factory: pytest.TempPathFactory, seeds: list[int]
) -> None:
    hold(good, tmp_path_factory, seeds)


def hold(good: Good, tmp_path_factory: pytest.TempPathFactory, seeds: list[int]) -> None:
    """Collect a batch of changed hand-ins: each is told once, with a way out where refused, and all else stays."""
    root, files = good
    desk = tmp_path_factory.mktemp("usb")
    told = {}
    for number, (code, seed) in enumerate(zip(CODES, seeds, strict=True)):
        own = {name: data.replace(CODES[0].encode(), code.encode()) for name, data in files.items()}
        name = f"{number}_{UNIT}_{code}.zip"
        data, told[name] = mutated(own, seed)
        (desk / name).write_bytes(data)
    before, stick = others(root), tree(desk)
    began = time.monotonic()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(root))
        lines = collect.collect(desk)
    assert time.monotonic() - began < LONGEST, told
    assert tree(desk) == stick
    assert others(root) == before
    for name, how in told.items():
        own_lines = [line for line in lines if line.where.startswith(f"{desk.name}/{name}")]
        assert own_lines, how
        for line in own_lines:
            assert line.outcome in {"taken", "known", "refused"}, how
            assert line.outcome != "refused" or (line.reason and line.way_out), how
            for said in (line.reason, line.way_out, *line.notes):
                assert not obeyed(said), how
    for made in ("nop-bai", "submitted"):
        shutil.rmtree(root / made, ignore_errors=True)
    shutil.rmtree(desk)


def others(root: Path) -> dict[str, bytes]:
    return {name: data for name, data in tree(root).items() if not name.startswith(MADE)}
