"""A file of questions is read whole, or every fault in it is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.bank import faults, line

from buuchinh.questions import question_bank

GOOD = """\
unit: l99
version: 1.0.0
title: Thử
seed: hạt giống
questions:
  - id: l99-q01
    type: single
    stem: Gói rỉ nước. Anh/chị làm gì?
    bloom: apply
    difficulty: 0.5
    intent: thử
    options:
      - {id: dung, text: Dừng và báo.}
      - {id: lau, text: Lau rồi chuyển tiếp.}
    keys:
      - correct: dung
        provisions: [LBC-2010/14.1]
        feedback: {dung: Đúng., lau: Chưa.}
"""


def test_a_good_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "l99.yml"
    path.write_text(GOOD, encoding="utf-8")
    assert [question.id for question in question_bank.load(path).questions] == ["l99-q01"]


def test_all_faults_at_once_with_their_lines(tmp_path: Path) -> None:
    text = GOOD.replace("bloom: apply", "bloom: nhớ").replace("difficulty: 0.5", "dificulty: 0.5")
    text = text.replace("1.0.0", "một")
    found = faults(tmp_path, text)
    lines = {number for number, _ in found}
    assert {line(text, "version"), line(text, "bloom"), line(text, "dificulty")} <= lines
    words = "\n".join(message for _, message in found)
    assert "l99-q01" in words
    assert "difficulty: thiếu mục này" in words
    assert "không có mục tên này" in words
    assert "Input should" not in words
    assert "Field required" not in words


@pytest.mark.parametrize("text", ["!!x ['y']\n", GOOD.replace("unit: l99", "unit: !!x ['y']")])
def test_a_list_with_a_tag_is_told_as_any_other_fault(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, text)


def test_a_tag_before_a_list_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "l99.yml"
    path.write_text(GOOD.replace("options:", "options: !!x"), encoding="utf-8")
    assert question_bank.load(path).questions


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (("correct: dung", "correct: sai"), "không phải một lựa chọn"),
        ((", lau: Chưa.", ""), "thiếu lau"),
        (("provisions: [LBC-2010/14.1]", "provisions: []"), "thiếu căn cứ"),
        (("text: Lau rồi chuyển tiếp.", "text: Dừng và  báo."), "trùng text"),
        (("type: single", "type: doan"), "loại câu hỏi không có"),
        (("  - id: l99-q01", "  - id: l99 q01"), "không đúng mẫu"),
        (("  - id: l99-q01", '  - id: "l99-q01\\n"'), "không đúng mẫu"),
        (("[LBC-2010/14.1]", "[LBC-2010//14.1]"), "không đúng mẫu"),
    ],
)
def test_each_slip_has_its_word(tmp_path: Path, change: tuple[str, str], word: str) -> None:
    assert any(word in message for _, message in faults(tmp_path, GOOD.replace(*change)))


def test_broken_yaml_names_the_line(tmp_path: Path) -> None:
    text = GOOD.replace("    bloom: apply", "   bloom: apply")
    ((number, message),) = faults(tmp_path, text)
    assert "YAML" in message
    assert abs(number - line(text, "bloom")) <= 1


def test_keys_of_one_day_must_not_overlap(tmp_path: Path) -> None:
    key = GOOD[GOOD.index("      - correct") :]
    assert any("chồng" in message for _, message in faults(tmp_path, GOOD + key))
