"""Files of questions as an author would write them: what is wrong with one, by line, and one of alike items."""

from __future__ import annotations

from pathlib import Path

import pytest

from buuchinh.errors import KitError
from buuchinh.questions import question_bank

HEAD = """\
unit: {unit}
version: 1.0.0
title: Thử
seed: {unit}
questions:
"""
ITEM = """\
  - id: {unit}-q0{n}
    type: single
    objective: m2-{n}
    bloom: apply
    difficulty: 0.5
    intent: thử
    title: Câu {n}
    stem: Gói rỉ nước. Anh/chị làm gì?
    options:
      - {{id: dung, text: Dừng và báo.}}
      - {{id: lau, text: Lau rồi chuyển tiếp.}}
    keys:
      - correct: dung
        provisions: [LBC-2010/14.1]
        feedback: {{dung: Đúng rồi., lau: Lau đi thì dấu hiệu mất.}}
"""


def faults(tmp_path: Path, text: str) -> list[tuple[int, str]]:
    """Return line and sentence of each fault of a file."""
    path = tmp_path / "l99.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KitError) as caught:
        question_bank.load(path)
    return [(problem.line, problem.message) for problem in caught.value.problems]


def line(text: str, part: str) -> int:
    """Return the line on which ``part`` stands first."""
    return next(n for n, row in enumerate(text.splitlines(), 1) if part in row)


def alike(unit: str, count: int) -> str:
    """Return a file of ``count`` items that differ in nothing but their ids, titles and objectives."""
    return HEAD.format(unit=unit) + "".join(ITEM.format(unit=unit, n=n) for n in range(1, count + 1))
