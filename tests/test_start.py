"""The start page's list of lessons: what to do in danger comes first."""

from __future__ import annotations

import json
from pathlib import Path

from kit.authoring import ROOT, edit, make_course

from buuchinh.notebook.start import lesson_rows

STAFF = ["l05", "l03", "l02", "l04"]


def test_the_lesson_about_danger_is_the_first_of_all(monkeypatch):
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))
    units = [row["unit"] for row in lesson_rows()]
    assert units[:4] == STAFF
    assert sorted(units) == [f"l0{number}" for number in range(1, 9)], "each is listed once"
    page = json.loads((ROOT / "lessons" / "00-bat-dau.ipynb").read_text(encoding="utf-8"))
    welcome = "".join(page["cells"][0]["source"])
    assert welcome.index("Khi nguy hiểm") > 0
    assert "bài 5" in welcome, "the page says in words what the list shows"


def test_lessons_that_the_order_does_not_name_follow_by_number(tmp_path, monkeypatch):
    course = make_course(tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(course))
    for number in ("01", "02", "91"):
        made = Path(course / "lessons" / f"{number}-bai.ipynb")
        made.write_bytes((course / "lessons" / "90-thu.ipynb").read_bytes())
    edit(
        course / "course.toml",
        'lesson_order = ["05", "03", "02", "04", "07", "08", "01", "06"]',
        'lesson_order = ["90"]',
    )
    assert [row["unit"] for row in lesson_rows()] == ["l90", "l01", "l02", "l91"]
