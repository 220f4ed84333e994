"""Numbers that people read in prose are those that the code or ``course.toml`` counts by."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from buuchinh import datasets
from buuchinh.authoring.use_status import SOON
from buuchinh.desk.tasks.now import AHEAD
from buuchinh.learner.data import course as front_page
from buuchinh.learner.data import follow_up
from buuchinh.questions.practice import spacing
from buuchinh.results import due_again
from buuchinh.results.sittings import REST
from buuchinh.site.earlier_sheets import INCLUDED_FOR

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def this_course(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))


def prose(notebook: Path) -> str:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def follow_up_told() -> Iterator[tuple[str, str]]:
    """Yield each text that names the days of the follow-up, with the place where it stands."""
    terms: dict[str, Any] = {row["id"]: row for row in datasets.read("glossary").rows}
    yield "datasets/glossary.csv", terms["goi-on"]["meaning"]
    yield "lessons/01-boi-canh.ipynb", prose(ROOT / "lessons" / "01-boi-canh.ipynb")
    yield "README.md", (ROOT / "README.md").read_text(encoding="utf-8").replace("\n", " ")
    yield "site.frontend.follow_invites", front_page.words()["follow_invites"]
    yield "notebook.follow_up.why", follow_up.page([])["words"]["why"]


def test_each_place_that_names_the_days_of_the_follow_up_has_the_days_of_the_schedule() -> None:
    for place, text in follow_up_told():
        assert spacing.days_in_words() in text, place


def test_each_place_counts_the_days_from_the_first_answer_in_a_lesson() -> None:
    told = dict(follow_up_told())
    told["notebook.follow_up.why"] = follow_up.page([])["words"]["not_yet"]
    for place, text in told.items():
        assert re.search(r"tính từ câu đầu tiên (anh/chị )?trả lời trong bài học", text), place


def test_the_months_until_one_learns_again_are_those_that_the_report_counts() -> None:
    pages = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
    told = [
        (name, int(months))
        for name, page in pages.items()
        for months in re.findall(r"(?i)học lại[^.|]{0,40}?\b(\d+)\s+tháng", page)
    ]
    assert told
    assert [one for one in told if one[1] != due_again.MONTHS] == []


@pytest.mark.parametrize(
    ("page", "words", "number"),
    [
        ("author.md", r"sắp hết trong (\d+) ngày", SOON.days),
        ("commands.md", r"sắp hết trong (\d+) ngày", SOON.days),
        ("instructor.md", r"Bàn báo trước (\d+) ngày", AHEAD.days),
        ("author.md", r"bị thay trong (\d+) ngày", INCLUDED_FOR.days),
        ("instructor.md", r"sau hai lần nên nghỉ (\d+) giờ", REST // timedelta(hours=1)),
    ],
)
def test_pages_name_how_far_ahead_one_looks_and_how_long_one_rests(page: str, words: str, number: int) -> None:
    text = " ".join((ROOT / "docs" / page).read_text(encoding="utf-8").split())
    assert set(re.findall(words, text)) == {str(number)}
