"""What people bring to a counter: the catalogue, twenty in a lesson, nine labels; no posted list is told as law."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from kit.authoring import ROOT

from buuchinh import datasets, law
from buuchinh.authoring import goods, uses
from buuchinh.text import fold


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


def test_the_catalogue_answers_for_every_thing_with_a_source_and_a_day() -> None:
    rows = datasets.read("goods/catalogue").rows
    assert len(rows) >= 213
    assert {row["answer"] for row in rows} == {"accept", "ask", "unit", "refuse"}
    for row in rows:
        assert row["say"].startswith("Dạ"), row["id"]
        assert len(row["say"]) <= 130, row["id"]
        assert row["words"], row["id"]
        assert not fold(row["say"]).startswith("da nhan a") or row["answer"] == "accept", row["id"]
        if "Danh mục đơn vị" in row["source"]:
            assert "không ghi ngày" in row["source"] or "2018" in row["source"], row["id"]


def test_what_is_sure_rests_on_a_provision_that_was_read_and_holds_today() -> None:
    for row in datasets.read("goods/catalogue").rows:
        refs = row["provisions"] or ()
        for ref in refs:
            assert law.in_force(ref, date(2026, 11, 26)) == "in_force" or row["confidence"] != "A", (row["id"], ref)
        if row["confidence"] == "A":
            assert set(refs) - set(goods.POSTED), row["id"]


def test_arms_and_explosives_are_told_with_their_exception_and_people_first() -> None:
    rows = {row["id"]: row for row in datasets.read("goods/catalogue").rows}
    for row in rows.values():
        if "luật cấm gửi" in row["why"].lower():
            assert "trừ" in row["why"], row["id"]
            assert "L42-2024/4.9" in row["provisions"], row["id"]
    for name in ("thuoc-no", "vo-dan", "sung-dan", "sung-hoi", "phao-no", "hinh-luu-dan", "bot-la"):
        note = rows[name]["note"]
        assert note.index("ra ngoài") < note.index("113") < note.index("trưởng bưu cục"), name
    assert "113 và 114" in rows["bot-la"]["note"], "powder has its own first call: both"
    for name in ("dui-cui-dien", "xit-hoi-cay", "cong-so-tam"):
        assert "L42-2024/60.1" in rows[name]["provisions"], f"{name}: who finds one tells the police"
        assert "báo Công an xã" in rows[name]["note"], name


def test_the_course_s_goods_have_no_fault_and_audit_sees_what_they_rest_on() -> None:
    assert goods.faults() == []
    found = {use.ref for use in uses.uses(date(2026, 11, 26)) if use.path == "datasets/goods/catalogue.csv"}
    assert {"L42-2024/4.9", "LBC-2010/7.1", "NQ173-2024/2.2", "114"} <= found


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "course"
    root.mkdir()
    shutil.copy(ROOT / "course.toml", root)
    shutil.copytree(ROOT / "datasets", root / "datasets")
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    return root / "datasets" / "goods"


@pytest.mark.parametrize(
    ("table", "old", "new", "said"),
    [
        ("catalogue", "theo danh mục niêm yết em không nhận trong gói", "em không nhận trong gói", "tien-mat"),
        ("catalogue", "đều không nhận tiền,", "đều không nhận tiền; luật cấm,", "luật cấm"),
        ("catalogue", '(bản chép 2018)",B,no,,LBC', '(bản chép 2018)",A,no,,LBC', "mức A"),
        ("catalogue", "flammable,unit,Dạ than thì", "flammable,ask,Dạ than thì", "mức C"),
        ("household", "banh-keo,", "banh-ngot,", "banh-ngot"),
        ("household", "bánh kẹo; quà bánh; mứt,accept", "bánh kẹo; quà bánh; mứt,ask", "answer"),
        ("household", "loa; quạt; bàn ủi", "loa; quạt; xăng", "xăng"),
    ],
)
def test_a_planted_fault_is_said(tables: Path, table: str, old: str, new: str, said: str) -> None:
    path = tables / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text, "the planted place has moved"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [str(one) for one in goods.faults()]
    assert any(said in one for one in found)
