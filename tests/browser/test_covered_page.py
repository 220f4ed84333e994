"""A report with names that is open in a tab covers itself while the desk is projected, and so do the slips."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.course import Lab
from kit.desk_window import mixed_lab, opened
from playwright.sync_api import Browser, expect

from buuchinh.results import course_report

pytestmark = pytest.mark.browser
ARTEFACTS = Path(__file__).resolve().parents[1] / "artefacts"
NAME = "Nguyễn Thị A"


@pytest.fixture(scope="module")
def lab(released_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    yield from mixed_lab(released_course, tmp_path_factory.mktemp("chieu"), lambda: course_report.write(names=True))


def test_what_is_open_is_covered_and_shown_again(lab: Lab, browser: Browser) -> None:
    base = lab.address.partition("/giang-vien")[0]
    with opened(browser, lab, (1280, 640)) as desk:
        report, slips = desk.context.new_page(), desk.context.new_page()
        report.goto(f"{base}/files/reports/course/ca-khoa.html", referer=f"{base}/giang-vien")
        slips.goto(f"{base}/giang-vien/danh-sach/giay-ma")
        for page in (report, slips):
            expect(page.get_by_text(NAME).first).to_be_visible()
        desk.bring_to_front()
        desk.get_by_role("button", name="Chiếu").click()
        expect(desk.locator("#project")).to_have_attribute("aria-pressed", "true")
        for page in (report, slips):
            page.bring_to_front()
            expect(page.get_by_role("alert")).to_contain_text("Đang chiếu")
            expect(page.get_by_text(NAME).first).not_to_be_visible()
        report.screenshot(path=ARTEFACTS / "covered.png")
        desk.bring_to_front()
        desk.get_by_role("button", name="Chiếu").click()
        expect(desk.locator("#project")).to_have_attribute("aria-pressed", "false")
        for page in (report, slips):
            page.bring_to_front()
            expect(page.get_by_text(NAME).first).to_be_visible()
            expect(page.get_by_role("alert")).to_have_count(0)
