"""The campaign's sheets: there, resting on law in force; planted faults are named with file and line."""

from __future__ import annotations

import re
import shutil
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from kit.authoring import ROOT, edit, make_course

from buuchinh import cli, law
from buuchinh import course as settings_of
from buuchinh.authoring import campaign_checks, check, derive
from buuchinh.authoring.audit import audit
from buuchinh.campaign import campaign_sheet, sheet_texts, square_code
from buuchinh.course import read_day
from buuchinh.errors import KitError, Problem
from buuchinh.questions import question_bank

SHEETS = {"ap-phich", "the-quay", "nam-phut", "dien-tap", "buu-gui-thu", "tin-nhan"}
WEB = "https://hoc.example.vn/buu-chinh"


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small course with the real campaign, to plant faults in."""
    root = make_course(tmp_path)
    shutil.copytree(ROOT / "campaign", root / "campaign")
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    return root


def said(root: Path) -> list[Problem]:
    assert settings_of.root() == root
    return [one for one in check.check() if one.path.startswith("campaign/")]


def written(sheet: str) -> sheet_texts.SheetFile:
    return next(one for one in sheet_texts.sheets() if one.sheet.id == sheet)


class Outside(HTMLParser):
    """What a page would fetch, and each text of it."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.fetched += [str(value) for name, value in attrs if name in {"src", "href", "data", "action", "poster"}]


@pytest.mark.usefixtures("whole")
def test_every_sheet_is_there_in_force_and_as_its_texts_make_it() -> None:
    assert {one.sheet.id for one in sheet_texts.sheets()} == SHEETS
    assert [one for one in check.check() if one.path.startswith("campaign/")] == []
    day = read_day("reviewed")
    rests_on = {ref for one in sheet_texts.sheets() for text in one.texts() for ref in text.provisions}
    assert len(rests_on) >= 15
    assert [ref for ref in rests_on if law.in_force(ref, day) != "in_force"] == []
    for one in sheet_texts.sheets():
        assert (ROOT / campaign_sheet.page_path(one.sheet.id)).read_text(encoding="utf-8") == campaign_sheet.page(one)
        assert campaign_sheet.page_path(one.sheet.id) in derive.derived()


@pytest.mark.usefixtures("whole")
@pytest.mark.parametrize("sheet", sorted(SHEETS))
def test_a_page_needs_nothing_from_outside_and_names_its_basis(sheet: str) -> None:
    text = campaign_sheet.page(written(sheet))
    outside = Outside()
    outside.feed(text)
    assert outside.fetched == []
    assert "@import" not in text
    assert "url(" not in text
    for said in written(sheet).texts():
        for ref in said.provisions:
            document = law.cite(law.parse(ref).document)
            place = law.cite(ref).removesuffix(f" {document}")
            assert re.search(rf"\b{re.escape(place)}[^;]*{re.escape(document)}", text), ref


@pytest.mark.usefixtures("whole")
def test_four_messages_fit_a_chat_and_the_sheets_of_a_drill_ask_for_no_name() -> None:
    messages = [block for block in written("tin-nhan").sheet.blocks if block.kind == "message"]
    assert len(messages) == 4
    for message in messages:
        assert len(" ".join(line.text for line in message.lines).split()) <= 110
    for sheet in ("dien-tap", "buu-gui-thu"):
        assert written(sheet).sheet.nameless
    parcel = " ".join(one.text for one in written("buu-gui-thu").texts())
    for word in ("đồng ý bằng văn bản", "vô hại", "Không pin, chất lỏng, bột, dây, kim, mùi", "không ghi tên"):
        assert word in parcel


@pytest.mark.usefixtures("whole")
def test_whoever_is_in_danger_goes_out_before_calling_on_every_sheet_that_speaks_of_it() -> None:
    for sheet in ("ap-phich", "the-quay"):
        blocks = written(sheet).sheet.blocks
        kinds = [block.kind for block in blocks]
        assert kinds.index("numbers") == kinds.index("danger") + 1
        danger = " ".join(
            f"{line.text} {line.more or ''}" for block in blocks if block.kind == "danger" for line in block.lines
        )
        assert re.search(r"Mọi người ra|mọi người ra", danger)
        assert danger.index("ọi người ra") < danger.index("gọi số") < danger.index("báo ", danger.index("gọi số"))
        numbers = campaign_sheet.page(written(sheet))
        for one in law.numbers_on(read_day("reviewed")):
            assert f"<strong>{one.number}</strong>" in numbers


@pytest.mark.usefixtures("whole")
def test_the_quick_quiz_has_five_questions_that_say_why_and_on_what_they_rest() -> None:
    path = sheet_texts.quiz_path()
    assert path is not None
    file = question_bank.load(path)
    assert len(file.questions) == campaign_checks.QUESTIONS == 5
    for question in file.questions:
        for key in getattr(question, "keys", ()):
            assert key.provisions
            assert len(key.feedback) == 3


def test_law_without_a_provision_and_a_place_that_is_not_cited_are_named_with_their_line(small: Path) -> None:
    edit(small / "campaign/texts/ap-phich.yml", "        provisions: [ND58-2026/3.1]\n", "")
    line = edit(small / "campaign/texts/nam-phut.yml", 'Nghe"', 'Nghe"')
    found = said(small)
    assert ["ap-phich" in one.path and one.level == "error" and one.line > 0 for one in found] == [True]
    assert "provisions" in found[0].way_out
    assert line
    edit(small / "campaign/texts/tin-nhan.yml", "Theo Luật Bưu chính, kiểm", "Theo Điều 15 Luật Bưu chính, kiểm")
    (other,) = [one for one in said(small) if "tin-nhan" in one.path]
    lines = (small / "campaign/texts/tin-nhan.yml").read_text(encoding="utf-8").splitlines()
    assert "Điều 15" in lines[other.line - 1]
    assert "Điều 15" in other.message


@pytest.mark.parametrize(
    ("sheet", "old", "new", "word"),
    [
        ("ap-phich", "LBC-2010/30.6", "LBC-2010/99.9", "LBC-2010/99.9"),
        ("ap-phich", "Luật cấm gửi, trừ", "Bị phạt 7 triệu đồng, luật cấm gửi, trừ", "7.000.000"),
        ("dien-tap", "Ai sửa (ghi chức danh)", "Họ và tên người sửa", "Họ và tên"),
        ("the-quay", "paper: A5", "paper: A3", "paper"),
        ("the-quay", "audience: staff", "audience: staff\nmau: xanh", "mau"),
        ("the-quay", "id: the-quay", "id: the-khac", "the-quay"),
        ("nam-phut", "title: Năm phút đầu ca", "title: Na\u0306m phút đầu ca", "NFC"),
        ("nam-phut", "blocks:", "blocks: [", ""),
    ],
)
def test_a_planted_fault_is_told_with_file_and_line(small: Path, sheet: str, old: str, new: str, word: str) -> None:
    line = edit(small / f"campaign/texts/{sheet}.yml", old, new)
    found = said(small)
    assert found
    assert {one.path for one in found} == {f"campaign/texts/{sheet}.yml"}
    assert all(one.line for one in found)
    assert line
    assert word in " ".join(map(str, found)) or (word == "NFC" and "tổ hợp" in " ".join(map(str, found)))


def test_a_broken_sheet_is_no_traceback_for_whoever_derives(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(small / "campaign/texts/the-quay.yml", "kind: steps", "kind: buoc")
    with pytest.raises(KitError):
        sheet_texts.sheets()
    assert cli.run(["derive"]) == 1
    assert "the-quay.yml:" in capsys.readouterr().err


def test_a_quiz_of_four_questions_and_a_question_without_basis_are_told(small: Path) -> None:
    path = small / "campaign/donhanh.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("  - id: donhanh-q5")], encoding="utf-8")
    assert any("4 câu" in one.message for one in said(small))
    edit(path, "[LBC-2010/30.6, LBC-2010/29.7]", "[LBC-2010/99.1]")
    (line,) = [one.line for one in said(small) if "LBC-2010/99.1" in one.message]
    assert "99.1" in path.read_text(encoding="utf-8").splitlines()[line - 1]


def test_a_lapsed_provision_is_named_with_file_and_line_by_audit(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = edit(small / "campaign/texts/ap-phich.yml", "[ND58-2026/3.1]", "[ND15-2020/9.1]")
    in_quiz = edit(small / "campaign/donhanh.yml", "[LBC-2010/30.6, LBC-2010/29.7]", "[ND15-2020/9.1]")
    outcome = audit(read_day("25-11-2026"))
    failing = {(one.path, one.line, one.ref) for one in outcome.concerns if one.fails}
    assert ("campaign/donhanh.yml", in_quiz, "ND15-2020/9.1") in failing
    (sheet,) = [one for one in failing if "ap-phich" in one[0]]
    assert sheet[2] == "ND15-2020/9.1"
    assert abs(sheet[1] - line) <= 2
    assert cli.run(["audit", "--date", "25-11-2026"]) == 1
    assert f"campaign/texts/ap-phich.yml:{sheet[1]}" in capsys.readouterr().out


def test_a_number_that_nobody_answers_any_more_is_named_in_the_sheet_that_says_it(small: Path) -> None:
    table = small / "datasets/law/emergency-numbers.csv"
    edit(table, "2025-07-01,,L55-2024/6.2", "2025-07-01,2026-10-01,L55-2024/6.2")
    failing = {one.path for one in audit(read_day("25-11-2026")).concerns if one.fails and one.ref == "114"}
    assert "campaign/texts/nam-phut.yml" in failing


def test_without_an_address_the_sheets_have_no_code_and_check_says_so_as_a_note(
    small: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "segno", None)  # what draws codes is not needed
    for one in sheet_texts.sheets():
        assert "<svg" not in campaign_sheet.page(one)
    assert said(small) == []
    (note,) = campaign_checks.notes()
    assert "3 tờ" in note
    cli.run(["check"])
    assert note in capsys.readouterr().out


def test_with_an_address_each_code_leads_to_its_page_and_the_note_is_gone(
    small: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(small / "course.toml", 'url = ""', f'url = "{WEB}"')
    assert campaign_checks.notes() == []
    leads = {"ap-phich": f"{WEB}/#/do-nhanh", "the-quay": f"{WEB}/#/mon-nay", "nam-phut": f"{WEB}/#/dau-ca"}
    for sheet in SHEETS:
        text = campaign_sheet.page(written(sheet))
        if sheet in leads:
            assert square_code.drawing(leads[sheet]) in text
            assert f"<small>{leads[sheet]}</small>" in text
        else:
            assert "<svg" not in text
    assert campaign_sheet.page(written("tin-nhan")).count(f"<p>{WEB}/") == 4
    monkeypatch.setitem(sys.modules, "segno", None)
    assert cli.run(["derive"]) == 1
    assert "segno" in capsys.readouterr().err


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "hoc.example.vn", "https://x y", 'https://x/"><b>', "https://x/#/a"]
)
def test_an_address_that_is_none_is_refused(small: Path, url: str) -> None:
    edit(small / "course.toml", 'url = ""', f"url = '{url}'")
    with pytest.raises(KitError, match=r"site\.url"):
        settings_of.settings()


def test_a_course_without_a_campaign_is_no_worse(small: Path) -> None:
    shutil.rmtree(small / "campaign")
    assert said(small) == []
    assert campaign_checks.notes() == []
    assert sheet_texts.quiz_path() is None
