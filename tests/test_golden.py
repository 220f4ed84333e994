"""Scores, feedback, the gradebook and what is given out are what they were in 0.1.1; see ``tests/golden/README.md``."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from kit import golden_inside as inside
from kit import report_compare
from kit.course import missing
from kit.feedback_compare import as_it_was_laid_out, sheets_of, without_style
from kit.golden_files import (
    GOLDEN,
    UNITS,
    WHOLE,
    Class,
    as_it_was_named,
    as_line,
    compare,
    day_behind_the_place,
    files_below,
    grade_a_class,
    in_charge_as_named,
    one_reason_told,
    scores,
    sums,
    told_to_look_again,
    unpack,
    without_grading_time,
    without_part_rules,
    without_pixels,
)
from kit.printing import printed_pages, smallest_letters
from playwright.sync_api import Browser

pytestmark = pytest.mark.journey
GIVEN_OUT = ("exercises/**/*", "source/*/releases/**/*")


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The frozen course as it was, in which nothing was run."""
    return unpack(tmp_path_factory.mktemp("golden") / "course")


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Class:
    """The frozen course with every unit released again, the frozen hand-ins graded, feedback and reports written."""
    if reason := inside.cannot_isolate():
        missing(f"bubblewrap: {reason}")
    return grade_a_class(unpack(tmp_path_factory.mktemp("golden") / "course"))


def test_the_frozen_course_holds_what_was_given_out(frozen: Path, tmp_path: Path) -> None:
    compare("released.sha256", sums(files_below(frozen, *GIVEN_OUT)), tmp_path)


def test_publishing_a_release_again_gives_the_same(
    frozen: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(frozen))
    made = inside.published(frozen)
    compare("published.sha256", sums(made), tmp_path)
    newest = {name.partition("/")[0]: data for name, data in sorted(made.items())}
    assert {unit: (frozen / "exercises" / unit / "questions.json").read_bytes() for unit in UNITS} == newest


def test_every_answer_earns_what_it_earned(frozen: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(frozen))
    compare("scores.jsonl", "".join(f"{line}\n" for line in scores(frozen)), tmp_path)


def test_releasing_again_changes_nothing(graded: Class, tmp_path: Path) -> None:
    compare("released.sha256", sums(files_below(graded.root, *GIVEN_OUT)), tmp_path)


def test_the_gradebook_has_the_same_rows(graded: Class, tmp_path: Path) -> None:
    compare("gradebook.jsonl", "".join(f"{as_line(row)}\n" for row in graded.rows), tmp_path)


def test_graded_notebooks_are_the_same(graded: Class, tmp_path: Path) -> None:
    files = files_below(graded.root, "autograded/**/*")
    masked = {name: in_charge_as_named(without_pixels(name, data)) for name, data in files.items()}
    compare("autograded.sha256", sums(masked), tmp_path)


@pytest.mark.parametrize("unit", UNITS)
def test_a_page_of_feedback_is_the_same(graded: Class, tmp_path: Path, unit: str) -> None:
    page = graded.root / "feedback" / WHOLE / unit / f"phan-hoi_{unit}_{WHOLE}.html"
    compare(f"feedback/{page.name}", _as_it_was(page.read_bytes()), tmp_path)


def test_everybodys_feedback_is_the_same(graded: Class, tmp_path: Path) -> None:
    pages = files_below(graded.root, "feedback/*/**/*")
    shown = {name: _as_it_was(page) for name, page in pages.items()}
    compare("feedback.sha256", sums(shown), tmp_path)


@pytest.mark.parametrize("unit", UNITS)
def test_a_page_with_its_sheet_for_paper_is_the_same(graded: Class, tmp_path: Path, unit: str) -> None:
    page = graded.root / "feedback" / WHOLE / unit / f"phan-hoi_{unit}_{WHOLE}.html"
    shown = in_charge_as_named(day_behind_the_place(one_reason_told(without_grading_time(page.read_bytes()))))
    named = re.sub(rb'(class="whose" colspan="3">)[^<]*?( \xc2\xb7 )', rf"\g<1>{unit}\g<2>".encode(), shown)
    compare(f"feedback-with-sheets/{page.name}", without_style(named), tmp_path)


@pytest.mark.parametrize("unit", UNITS)
def test_the_file_of_the_class_has_the_sheets_of_all_pages_in_order(graded: Class, unit: str) -> None:
    pages = sorted((graded.root / "feedback").glob(f"*/{unit}/*.html"))
    sheets = [sheet for page in pages for sheet in sheets_of(page.read_bytes())]
    assert len(sheets) == len(pages)
    assert sheets_of((graded.root / "feedback" / f"phan-hoi_{unit}_ca-lop.html").read_bytes()) == sheets


@pytest.mark.browser
@pytest.mark.parametrize("unit", UNITS)
def test_nobodys_feedback_takes_more_than_two_sheets_of_paper(graded: Class, browser: Browser, unit: str) -> None:
    """All right, half wrong, nothing answered: two pages of A4 at most, in letters of nine points and more."""
    tab = browser.new_page()
    tab.emulate_media(media="print")
    for page in sorted((graded.root / "feedback").glob(f"*/{unit}/*.html")):
        tab.goto(page.as_uri())
        assert printed_pages(tab.pdf(prefer_css_page_size=True)) <= 2, page.name
        assert smallest_letters(tab) >= 9, page.name
    tab.close()


def test_a_part_of_the_points_is_explained_and_nothing_else_is(graded: Class) -> None:
    pages = files_below(graded.root, f"feedback/{WHOLE}/bt*/*")
    for name, page in pages.items():
        partly = page.count('<span class="badge">Đúng một phần</span>'.encode())
        assert (page.count(b"part-rule"), page.count("Cách tính điểm".encode())) == (partly, partly), name


def _as_it_was(page: bytes) -> bytes:
    page = as_it_was_laid_out(one_reason_told(told_to_look_again(page)))
    return without_part_rules(as_it_was_named(without_grading_time(page)))


def test_reports_are_the_same(graded: Class, tmp_path: Path) -> None:
    """Every figure of every person is as it was.

    Told otherwise since, because people could not read it or were not in it: a row for each of the class and the
    reason of a refusal (bang-diem, chua-nop), being late among the notes, gains as numbers (tien-bo, theo-cau), and
    how many chose what (phuong-an, which is new). Similar work was a sheet and is a file of its own (bai-giong).
    """
    tables = files_below(graded.root, "reports/**/*.csv")
    assert tables
    for name, table in sorted((name, as_it_was_named(table)) for name, table in tables.items()):
        kind = Path(name).name.partition("_")[0].removesuffix(".csv")
        if kind in {"bang-diem", "chua-nop"}:
            old = (GOLDEN / name).read_bytes()
            before = report_compare.told(old)
            assert report_compare.only_of(before, report_compare.told(table)) == before
            said = report_compare.notes(table)
            assert all(those <= said[code] for code, those in report_compare.notes(old).items())
        elif kind not in {"tien-bo", "theo-cau", "phuong-an"}:
            compare(name, table, tmp_path)
    everything = sorted(
        name
        for name in files_below(graded.root, "reports/**/*")
        if not {"phuong-an", "bai-giong"} & {Path(name).name.partition("_")[0]}
    )
    compare("reports/files.txt", "".join(f"{name}\n" for name in everything), tmp_path)


@pytest.mark.parametrize("unit", UNITS)
def test_the_layout_of_a_report_is_the_same(graded: Class, tmp_path: Path, unit: str) -> None:
    """The points as a table with the titles of questions, and the sheet that is printed, as 0.2.0 lays them out."""
    folder = graded.root / "reports" / unit
    points, book = (folder / name for name in (f"bang-diem_{unit}.csv", f"bao-cao_{unit}.xlsx"))
    compare(f"reports-0.2/{points.name}", as_it_was_named(points.read_bytes()), tmp_path)
    compare(f"reports-0.2/ket-qua_{unit}.txt", report_compare.first_sheet(book.read_bytes(), unit), tmp_path)


def test_a_table_that_lost_a_point_or_a_verdict_is_seen(graded: Class) -> None:
    name = "reports/bt01/bang-diem_bt01.csv"
    before, now = ((root / name).read_bytes() for root in (GOLDEN, graded.root))
    for old, new in (("24.7", "24.8"), ("Chưa đạt", "Đạt"), ("GL-0005-1", "GL-0005-2")):
        changed = as_it_was_named(now.replace(old.encode(), new.encode(), 1))
        told = report_compare.told(before)
        assert report_compare.only_of(told, report_compare.told(changed)) != told, old
