"""What people bring to a counter: twenty goods and nine labels with their sources; no posted list is told as law."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit.authoring import ROOT

from buuchinh import datasets


@pytest.fixture(autouse=True)
def whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))


def test_twenty_goods_have_an_answer_words_for_the_customer_and_a_source() -> None:
    goods = datasets.read("goods/household").rows
    assert len(goods) == 20
    assert {row["answer"] for row in goods} == {"accept", "ask", "unit", "refuse"}
    for row in goods:
        assert row["source"], row["id"]
        if row["confidence"] == "C":
            assert row["answer"] == "unit", f"{row['id']}: what nobody has read decides nothing at a counter"


def test_what_rests_on_a_posted_list_says_so_to_the_customer_or_in_its_note() -> None:
    for row in datasets.read("goods/household").rows:
        if row["answer"] == "refuse":
            assert "danh mục" in f"{row['say']} {row['note']}", row["id"]
            assert "luật cấm" not in row["say"].lower(), row["id"]


def test_the_nine_labels_are_named_and_shown_in_lesson_three() -> None:
    assert [row["class"] for row in datasets.read("goods/hazard-labels").rows] == [str(n) for n in range(1, 10)]
    lesson = Path(ROOT / "lessons" / "03-hang-cam-va-che-tai.ipynb").read_text(encoding="utf-8")
    assert 'load(\\"goods/household\\")' in lesson
    assert "hinh/03-chin-nhan.svg" in lesson
