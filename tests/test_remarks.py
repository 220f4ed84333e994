"""What a trainee says of a question goes from the page to its author, cleaned, without a name and without points."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from kit.classroom import UNIT
from kit.desk import TEN, brought, enrol, work
from kit.nasty import NASTY, obeyed

from buuchinh import cli
from buuchinh.intake import collected_remarks
from buuchinh.notebook import pack
from buuchinh.questions.answers import Record
from buuchinh.questions.question_remarks import LONGEST, MOST, read

PACKAGE = Path(__file__).parents[1] / "buuchinh"
ONE, TWO = "GL-0123-Q", "GL-0001-9"
LATER = TEN + timedelta(hours=1)


def test_a_line_is_kept_beside_the_answers_and_counts_as_none(tmp_path: Path) -> None:
    record = Record(tmp_path, "bt90", "1.0.0", ONE)
    record.remark("bt90-q1", "Hai đáp án\ngiống nhau")
    assert record.answers() == {}
    record.put("bt90-q1", "a")
    record.remark("bt90-q2", "Khó hiểu")
    record.remark("bt90-q2", " ")
    (kept,) = record.remarks().values()
    assert (kept.question, kept.text) == ("bt90-q1", "Hai đáp án giống nhau")
    assert list(record.answers()) == ["bt90-q1"]
    assert record.answers()["bt90-q1"]["tries"] == 1
    (tmp_path / "answers.jsonl").unlink()
    assert record.remarks() == {"bt90-q1": kept}, "a lost journal loses nothing"
    record.remark("bt90-q1", "")
    assert record.remarks() == {}


def test_what_is_no_line_is_passed_over_and_long_ones_are_cut() -> None:
    assert read({"question": "bt01-q1", "text": "a"}) == read(None) == read([1, {"question": 2, "text": "a"}]) == ()
    assert read([{"question": "<b>", "text": "a"}, {"question": "bt01-q1", "text": "  "}]) == ()
    (cut,) = read([{"question": "bt01-q1", "text": "x" * 9000, "at": "2026"}])
    assert len(cut.text) == LONGEST
    field = (PACKAGE / "learner" / "src" / "question" / "remark.js").read_text(encoding="utf-8")
    assert f"LONGEST_REMARK = {LONGEST};" in field, "a page takes no more than is kept"
    assert len(read([{"question": "bt01-q1", "text": "x"}] * 9000)) == MOST


def test_lines_on_lessons_and_exercises_ride_along_and_are_listed_by_question(
    small_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for code, text in ((ONE, "Đáp án hai sai"), (TWO, "Câu dài quá")):
        folder = work(small_course, code)
        Record(folder, UNIT, "1.0.0", code).remark("bt90-q1", text)
        Record(folder.parent / "l05", "l05", "1.0.0", code).remark("l05-q02", text)
        brought(small_course, code)
    assert cli.run(["check", "--remarks"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert [line for line in out if not line.startswith(" ")] == ["bt90-q1 (2 người)", "l05-q02 (2 người)"]
    assert sorted(out[1:3]) == sorted(out[4:]) == ["  Câu dài quá", "  Đáp án hai sai"]
    assert ONE not in "\n".join(out)


def test_a_line_that_was_taken_back_after_a_hand_in_is_told_no_more(
    small_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = work(small_course, ONE)
    record = Record(folder, UNIT, "1.0.0", ONE)
    record.remark("bt90-q1", "Đáp án hai sai")
    record.remark("bt90-q2", "Khó hiểu")
    brought(small_course, ONE)
    assert len(collected_remarks.latest()) == 2
    record.remark("bt90-q1", "")
    capsys.readouterr()
    assert cli.run(["collect", str(pack.build(folder, UNIT, ONE, LATER).path)]) == 0
    out = capsys.readouterr().out
    assert "Khó hiểu" in out
    assert "bt90-q1 (" not in out
    assert [one.question for one in collected_remarks.latest()] == ["bt90-q2"]
    assert list(record.remarks()) == ["bt90-q2"]


def test_collect_tells_the_author_at_once(small_course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    enrol(ONE)
    folder = work(small_course, ONE)
    Record(folder, UNIT, "1.0.0", ONE).remark("bt90-q1", "Đáp án hai sai")
    packed = pack.build(folder, UNIT, ONE).path
    assert cli.run(["collect", str(packed)]) == 0
    out = capsys.readouterr().out
    assert "bt90-q1 (1 người)" in out
    assert "Đáp án hai sai" in out
    assert cli.run(["collect", str(packed)]) == 0
    assert "bt90-q1 (1 người)" not in capsys.readouterr().out, "what is known already is not told again"


def test_nothing_in_a_line_is_obeyed(small_course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = work(small_course, ONE)
    state = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    state["remarks"] = [{"question": f"bt90-q{n}", "text": nasty, "at": nasty} for n, nasty in enumerate(NASTY)]
    (folder / "answers.json").write_text(json.dumps(state), encoding="utf-8")
    brought(small_course, ONE)
    assert cli.run(["check", "--remarks"]) == 0
    out = capsys.readouterr().out
    assert not obeyed(out)
    assert out.count("người)") > 20
    assert collected_remarks.latest()
