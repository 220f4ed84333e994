"""The printed legal annex: what the course cites, on the report's day and at the last review, and what differs."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from kit.authoring import ROOT, edit, own_course
from playwright.sync_api import Browser

from buuchinh import law
from buuchinh.authoring import annex
from buuchinh.authoring.uses import uses

THEN, NOW = date(2023, 8, 16), date(2026, 11, 25)


course = pytest.fixture(own_course)


@pytest.fixture
def whole(monkeypatch):
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))


def cite(course: Path, *refs: str) -> None:
    edit(course / "datasets" / "questions" / "l90.yml", "[LBC-2010/29.3]", f"[LBC-2010/29.3, {', '.join(refs)}]")


def test_what_is_cited_is_there_by_document_and_nothing_else(course):
    cite(course, "ND174-2026/12.3.d", "ND174-2026/9.3.d")
    found = {
        document.known.id: [entry.ref for entry in document.entries] for document in annex.cited_documents(THEN, NOW)
    }
    glossary = {law.parse(use.ref).document for use in uses(NOW) if use.where == "glossary"}
    order = found["ND174-2026"]
    assert order.index("ND174-2026/9.3.d") < order.index("ND174-2026/12.3.d"), "9 stands before 12"
    assert set(found) == {"ND174-2026", "LBC-2010"} | glossary


def test_the_two_days_are_told_apart_with_the_heirs(course):
    cite(course, "ND15-2020/9.1@2026-06-30", "ND174-2026/12.3.d", "KHPH77-2022")
    found = {document.known.id: document for document in annex.cited_documents(THEN, NOW)}
    old, new, unread = found["ND15-2020"], found["ND174-2026"], found["KHPH77-2022"]
    assert (old.then, old.now, old.differs) == ("có hiệu lực", "hết hiệu lực một phần", True)
    assert "174/2026" in old.heirs
    assert (new.then, new.now) == ("chưa có hiệu lực", "có hiệu lực")
    assert unread.now == "chưa xác minh"
    assert not unread.certain
    assert not found["LBC-2010"].differs


def test_a_decree_of_which_a_part_lapsed_is_not_told_as_dead(course):
    cite(course, "ND15-2020/9.1@2026-06-30")
    page = annex.page()
    row = page.split('href="#ND15-2020"', 1)[1].split("</tr>", 1)[0]
    assert "hết hiệu lực một phần" in row
    assert "còn áp dụng cho hành vi xảy ra và kết thúc trước ngày đó" in row
    assert "Phần đã hết hiệu lực được thay bởi" in row
    assert "đến hết 30-06-2026" not in row, "the day on which a part ended is no end of the whole"


def test_what_changed_between_the_days_is_listed_whatever_changed(whole):
    """Bans that stood in 2023 in other words are not told as new; frames that changed are listed with both terms."""
    entries = {entry.ref: entry for document in annex.cited_documents(THEN, NOW) for entry in document.entries}
    for ref in ("ND137-2020/5.1", "LCAND-86/17.1"):
        assert (entries[ref].then, len(entries[ref].wordings)) == ("có hiệu lực", 2)
    table = annex.page().split('id="khac-nhau"', 1)[1].split("</table>", 1)[0]
    for place in ("Điều 249 khoản 1", "Điều 250 khoản 1", "Điều 250 khoản 4", "Điều 251 khoản 1", "Điều 251 khoản 5"):
        assert place in table
    assert "20 năm, chung thân hoặc tử hình → 20 năm hoặc chung thân" in table


def test_what_is_not_known_of_a_wording_stands_beside_it(whole):
    page = annex.page()
    law_42 = page.split('id="L42-2024"', 1)[1].split("</section>", 1)[0]
    assert "Câu ghép" in law_42
    presumed = page.split('id="QD37-2021"', 1)[1].split("</section>", 1)[0]
    assert "suy luận từ nguồn thứ cấp" in presumed
    assert "Có dấu hiệu được thay bởi" in presumed
    assert "25-11-2026: chưa xác minh" in presumed
    assert "10.000.000-20.000.000 đồng (tổ chức)" in page


def test_a_change_whose_older_text_was_not_read_says_so(course):
    cite(course, "LXLVPHC-2012/128.3")
    entries = {
        entry.ref: entry for document in annex.cited_documents(date(2015, 1, 1), NOW) for entry in document.entries
    }
    assert entries["LXLVPHC-2012/128.3"].then == "có hiệu lực"
    assert "chưa xem" in entries["LXLVPHC-2012/128.3"].change


def test_a_provision_whose_text_changed_is_told_in_both_wordings(whole):
    changed = [name for name, periods in law.all_provisions().items() if len(periods) > 1]
    entries = [entry for document in annex.cited_documents(THEN, NOW) for entry in document.entries]
    both = [entry for entry in entries if entry.ref in changed and len(entry.wordings) == 2]
    assert both
    for entry in both:
        assert [one.when for one in entry.wordings] == ["Vào ngày của bản tin", "Vào ngày rà soát"]
        assert entry.differs


def test_the_page_is_the_same_on_any_day_and_needs_nothing_else(course):
    cite(course, "ND15-2020/9.1@2026-06-30", "KHPH77-2022")
    page = annex.page()
    assert page == annex.page()
    assert not re.findall(r"""(?:src|href)=["'](?!#)""", page)
    assert 'lang="vi"' in page
    for words in ("16-08-2023", "25-11-2026", "hết hiệu lực", "CHƯA XÁC MINH", "Điều 29 khoản 3", "“"):
        assert words in page
    assert "<script" not in page


def test_quotes_stand_as_the_register_has_them(whole):
    class Cells(HTMLParser):
        words = ""

        def handle_data(self, data: str) -> None:
            self.words += data

    cells = Cells()
    cells.feed(annex.page())
    quotes = [p.quote for periods in law.all_provisions().values() for p in periods if p.quote]
    plain = " ".join(cells.words.split())
    assert sum(f"“{' '.join(quote.split())}”" in plain for quote in quotes) > 60


def test_what_only_an_exam_asks_about_is_left_out(course):
    pool = course / "exam" / "pool"
    pool.mkdir(parents=True)
    text = (course / "datasets" / "questions" / "l90.yml").read_text(encoding="utf-8").replace("l90", "x90")
    (pool / "x90.yml").write_text(text.replace("LBC-2010/29.3", "BLHS-2015/191.1"), encoding="utf-8")
    assert "BLHS-2015/191.1" not in annex.page()


@pytest.mark.browser
def test_it_prints_on_pages_of_a_book(whole, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "annex.html"
    path.write_text(annex.page(), encoding="utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 990})
    assert page.evaluate("document.documentElement.scrollWidth") <= 700
    assert len(page.pdf(prefer_css_page_size=True)) > 20_000
    page.close()


def test_what_is_open_stands_in_one_list_even_where_no_lesson_cites_it(course):
    listed = {one.id: one for one in annex.doubts()}
    known = law.all_documents()
    assert {"QCPH02-2021", "ND122-2013", "DT-LBC-2026"} <= set(listed)
    assert "LBC-2010" not in listed or known["LBC-2010"].confidence != "A"
    cited = {document.known.id for document in annex.cited_documents(THEN, NOW)}
    assert set(listed) - cited, "a document that nobody cites is listed too"
    page = annex.page()
    assert page.count("<td>") >= 2 * len(listed)
    assert 'id="chua-xac-minh"' in page
