"""What the look of an option tells of whether it is right: counted, printed, held to its goal."""

from __future__ import annotations

import pytest
from kit.authoring import ROOT, edit, own_course

from buuchinh import cli
from buuchinh.authoring.item_quality import cues

course = pytest.fixture(own_course)


def test_a_number_that_only_right_options_name_is_told_and_fails(course, capsys):
    assert cli.run(["check", "--items"]) == 0
    assert "đạt" in capsys.readouterr().out
    edit(course / "datasets" / "questions" / "l90.yml", "text: Mời khách mở gói", "text: Mời khách ra rồi gọi 114")
    assert cli.run(["check", "--items"]) == 1
    out = capsys.readouterr().out
    assert "113, 114, 115" in out
    of_the_number = out.partition("113, 114, 115")[2].partition("\nLựa chọn")[0]
    (practice,) = [line for line in of_the_number.splitlines() if line.strip().startswith("luyện tập")]
    assert practice.split()[2:5] == ["1", "1", "100"], "one option names a number, one of it is right"
    assert practice.endswith("chưa đạt")


def test_a_number_in_every_option_tells_nothing(course):
    questions = course / "datasets" / "questions" / "l90.yml"
    edit(questions, "text: Mời khách mở gói", "text: Mời khách ra rồi gọi 114")
    edit(questions, "text: Nhận luôn", "text: Nhận luôn rồi gọi 114")
    (practice, everything) = (one for one in cues.measures() if one.cue.id == "emergency-number")
    assert (practice.options, practice.right, practice.meets) == (2, 1, True)
    assert everything.bank == cues.ALL
    assert practice.interval is not None
    assert practice.interval[0] < 0.5 < practice.interval[1]


def test_the_number_is_no_cue_in_this_course(monkeypatch):
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))
    found = [one for one in cues.measures() if one.cue.id == "emergency-number"]
    assert [one.bank for one in found] == ["practice", "graded", "exam", cues.ALL]
    assert min(one.options for one in found) >= 20, "the course asks about danger"
    assert [one.bank for one in found if not one.meets] == []
