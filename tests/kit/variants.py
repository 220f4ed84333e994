"""A small course whose second version asks two variants of question 1, by the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from buuchinh.questions import exam_forms
from buuchinh.questions.types.single.model import SingleQuestion
from buuchinh.release import release, versions
from kit.classroom import UNIT, edit, make_course
from kit.handin import code_of

VARIANTS = """\
    variants:
      - {id: a, ca: Thấy bưu gửi rỉ nước, dung: canary-a}
      - {id: b, ca: Mặt bàn đọng nước mưa, dung: canary-b}
"""
CODES = [code_of(number) for number in range(1, 9)]


def questions(root: Path) -> Path:
    return root / "source" / UNIT / "questions.yml"


def add_variants(root: Path) -> None:
    edit(questions(root), "    stem: Thấy bưu gửi rỉ nước,", VARIANTS + '    stem: "{ca},')
    edit(questions(root), "anh/chị làm gì trước?", 'anh/chị làm gì trước?"')
    edit(questions(root), "correct: canary-a", 'correct: "{dung}"')


@pytest.fixture
def with_variants(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a course whose first version has no variants and whose second has two of question 1."""
    root = make_course(tmp_path, code=False)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    release.release(UNIT)
    add_variants(root)
    edit(questions(root), "version: 1.0.0", "version: 1.1.0")
    release.release(UNIT, reason="Nay có hai biến thể.")
    return root


def option(form: str, text: str, version: str = "1.1.0") -> str:
    """Return the opaque id that a form gives to the option of question 1 that begins with ``text``."""
    question = versions.released(UNIT, version, form).obscured["bt90-q1"]
    assert isinstance(question, SingleQuestion)
    return next(one.id for one in question.options if one.text.startswith(text))


def form_of(code: str) -> str:
    return exam_forms.pick(UNIT, ("a", "b"), code)
