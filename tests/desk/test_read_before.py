"""The marking page shows what stood before a question on the sheet: its story and table, cleaned, without any key."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from buuchinh import course
from buuchinh.desk.marking import read_before
from buuchinh.desk.marking.plain_html import plain
from buuchinh.grading import rubric_ticks
from buuchinh.release import source, versions

HOSTILE = (
    '<h1 onclick="a()">Đầu</h1><style>p{}</style><img src=x onerror=a()><a href="javascript:a()">xem</a>'
    '<table border="1"><tr><th colspan="2" style="x">số</th><th></th></tr></table><script>a()</script><p>1 &lt; 2'
)


def by_hand(unit: str, version: str) -> list[tuple[versions.Released, str]]:
    forms = versions.released_forms(unit, version).values()
    return [(one, name) for one in forms for name, asked in one.obscured.items() if source.by_hand(asked)]


@pytest.mark.parametrize("version", ["1.0.0", "1.6.2", "2.0.0"])
def test_a_question_that_goes_on_with_a_story_comes_with_the_story(version: str) -> None:
    for released, name in by_hand("bt02", version):
        before = read_before.of(released, name)
        if name == "bt02-q15":
            assert "Ngày 24-11-2026, bưu cục Bến Nứa" in before.html
            assert "Phiếu báo sự việc</h3>" in before.html
            assert before.short
        else:
            assert "Bến Nứa" not in before.html


@pytest.mark.parametrize("version", ["1.0.0", "1.7.0", "2.0.0"])
def test_the_computed_table_stands_there_and_is_folded(version: str) -> None:
    (released, name) = by_hand("bt07", version)[0]
    before = read_before.of(released, name)
    for words in ("máy tạo ra, không có vụ việc thật nào", "trung vị số phút đến lúc báo", "<td>504</td>", "32,5"):
        assert words in before.html
    assert not before.short
    assert "style" not in before.html


def test_no_version_tells_more_than_trainees_could_read() -> None:
    for unit in course.released_units():
        for version in versions.versions(unit):
            for released, name in by_hand(unit, version):
                before = read_before.of(released, name)
                key = rubric_ticks.key_of(released.obscured[name], released)
                assert key
                told = [line.text for line in key.lines] + [key.model_answer or "", key.rubric or ""]
                assert not any(plain(words) in before.html for words in told if words), (version, name)


def test_a_table_that_cannot_be_computed_is_told(tmp_path: Path) -> None:
    (released, name) = by_hand("bt07", "1.7.0")[0]
    notebook = (released.path / "bt07.ipynb").read_text(encoding="utf-8")
    (tmp_path / "bt07.ipynb").write_text(notebook.replace("incidents-simulated", "no-such-table"), encoding="utf-8")
    html = read_before.of(replace(released, path=tmp_path), name).html
    assert "không tính lại được trên máy này" in html
    assert "máy tạo ra, không có vụ việc thật nào" in html


def test_only_plain_elements_are_left() -> None:
    assert plain(HOSTILE) == ('<h3>Đầu</h3>xem<table><tr><th colspan="2">số</th><td></td></tr></table><p>1 &lt; 2</p>')
    assert plain("<p><b>a</p></b></table><script>x") == "<p><b>a</b></p>"
