"""A wrong id in an exercise: the page's ids are told by the numbers people see, the nearest first."""

from __future__ import annotations

from pathlib import Path

import pytest

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.notebook.cell_functions import ask
from buuchinh.notebook.submit import submit
from buuchinh.notebook.workspace import lay_out


@pytest.fixture
def bt06(course_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BUUCHINH_COURSE", str(course_copy))
    monkeypatch.chdir(course_copy)
    course.set_current_code("GL-0123-Q")
    folder = lay_out("bt06").parent
    monkeypatch.chdir(folder)
    return folder


def refused_by(call: str, name: str) -> str:
    with pytest.raises(KitError) as error:
        {"submit": lambda: submit(name, khau_dem="gom"), "ask": lambda: ask(name)}[call]()
    return str(error.value)


def test_the_number_that_people_see_leads_to_the_id(bt06: Path) -> None:
    said = refused_by("submit", "bt06-q40")
    assert "câu 10" in said, "what bt06-q40 is"
    assert "Có phải ý anh/chị là câu 4: bt06-q4?" in said
    assert "câu 1: bt06-q1; câu 2: bt06-q2; câu 3: bt06-q33" in said
    assert "câu 10: bt06-q40" not in said, "it is answered on the page"


@pytest.mark.parametrize("call", ["submit", "ask"])
@pytest.mark.parametrize(
    ("typed", "submitted", "asked"),
    [
        ("bt06-q08", "câu 8: bt06-q38", "câu 8: bt06-q38"),
        ("bt06-cau9", "câu 9: bt06-q39", "câu 9: bt06-q39"),
        ("bt06-cau10", "câu 1: bt06-q1", "câu 10: bt06-q40"),
        ("bt6-q3", "câu 3: bt06-q33", "câu 3: bt06-q33"),
        ("bt06-q77", "câu 7: bt06-q37", "câu 7: bt06-q37"),
        ("q5", "câu 5: bt06-q5", "câu 5: bt06-q5"),
    ],
)
def test_an_unknown_id_is_told_with_the_nearest_and_with_all(
    bt06: Path, call: str, typed: str, submitted: str, asked: str
) -> None:
    said = refused_by(call, typed)
    assert f"Bài này không có câu '{typed}'" in said
    assert f"Có phải ý anh/chị là {submitted if call == 'submit' else asked}?" in said
    assert "câu 9: bt06-q39" in said
    assert ("câu 10: bt06-q40" in said) == (call == "ask")


def test_what_is_nothing_like_an_id_gets_the_list_alone(bt06: Path) -> None:
    said = refused_by("submit", "xyz")
    assert "Có phải" not in said
    assert "câu 9: bt06-q39" in said
