"""Variants: one written question becomes several, each like any other, and a trainee's code says which is asked."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from kit.bank import faults, line

from buuchinh.questions import question_bank, variants
from buuchinh.questions.authored import asked_as
from buuchinh.questions.types.numeric.model import NumericQuestion

FILE = """\
unit: l99
version: 1.0.0
title: Thử
seed: hạt giống
questions:
  - id: l99-q01
    type: numeric
    stem: "{vai} nhận {nghin} nghìn đồng. Là bao nhiêu đồng? Viết trong {{ngoặc}}."
    bloom: apply
    difficulty: 0.5
    intent: thử
    variants:
      - {id: v1, vai: Bưu tá, nghin: 3, dong: 3000, can_cu: [LBC-2010/14.1]}
      - {id: v2, vai: Giao dịch viên, nghin: 7, dong: 7000, can_cu: [LBC-2010/14.1, LBC-2010/14.4]}
    keys:
      - correct: "{dong}"
        provisions: "{can_cu}"
        feedback: {right: "Đúng, {dong}.", wrong: Chưa.}
  - id: l99-q02
    type: text
    stem: Giấy này gọi là gì? {không phải chỗ điền}
    bloom: apply
    difficulty: 0.5
    intent: thử
    keys:
      - correct: [biên bản]
        provisions: [LBC-2010/14.4]
        feedback: {right: Đúng., wrong: Chưa.}
"""


def test_each_variant_is_a_question_with_its_own_values(tmp_path: Path) -> None:
    path = tmp_path / "l99.yml"
    path.write_text(FILE, encoding="utf-8")
    first, second, plain = question_bank.load(path).questions
    assert [first.id, second.id, plain.id] == ["l99-q01-v1", "l99-q01-v2", "l99-q02"]
    assert [asked_as(one) for one in (first, second, plain)] == ["l99-q01", "l99-q01", "l99-q02"]
    assert first.stem == "Bưu tá nhận 3 nghìn đồng. Là bao nhiêu đồng? Viết trong {ngoặc}."
    assert plain.stem == "Giấy này gọi là gì? {không phải chỗ điền}"
    assert isinstance(second, NumericQuestion)
    assert second.keys[0].correct == 7000
    assert second.keys[0].provisions == ("LBC-2010/14.1", "LBC-2010/14.4")


def test_what_is_wrong_with_variants_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    text = FILE.replace("nghin: 3, ", "").replace("{id: v2, ", "{id: v1, thua: 5, ").replace("Bưu tá", "Bưu tá!")
    text = text.replace("bloom: apply", "bloom: nhớ")
    found = faults(tmp_path, text)
    assert (line(text, "Bưu tá!"), "l99-q01: biến thể này thiếu giá trị cho nghin") in found
    assert any("mỗi biến thể cần một id riêng" in words for _, words in found)
    assert any("thua" in words and at == line(text, "thua") for at, words in found)
    assert any("bloom" in words and words.startswith("l99-q02") for _, words in found)


def test_a_fault_of_a_variant_names_the_line_of_the_written_question(tmp_path: Path) -> None:
    text = FILE.replace("dong: 7000", "dong: nhiều")
    assert faults(tmp_path, text)[0][0] == line(text, 'correct: "{dong}"')


def test_a_code_always_gets_the_same_variant_and_all_are_used() -> None:
    codes = [f"GL-{n:04}-K" for n in range(600)]
    given = [variants.pick(("v1", "v2", "v3"), "seed", "l99-q01", code) for code in codes]
    assert given == [variants.pick(("v1", "v2", "v3"), "seed", "l99-q01", code) for code in codes]
    assert all(150 < count < 250 for count in Counter(given).values())
