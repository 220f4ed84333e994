"""Where a trainee works: copies laid out whole, and guest work that comes along once."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

import pytest
from kit.question import public

from buuchinh import course
from buuchinh.notebook import pack
from buuchinh.notebook.exercise_progress import question_states as asked_of
from buuchinh.notebook.submission_history import submitted_zips
from buuchinh.notebook.workspace import lay_out, leave_desk, place_of, sheet_of
from buuchinh.questions.answers import Record


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "course.toml").write_text("", encoding="utf-8")
    exercise = tmp_path / "exercises" / "bt95"
    exercise.mkdir(parents=True)
    sheet = {"unit": "bt95", "version": "1.0.0", "title": "Thử", "questions": []}
    (exercise / "questions.json").write_text(json.dumps(sheet), encoding="utf-8")
    (exercise / "bt95.ipynb").write_text('{"cells": []}', encoding="utf-8")
    monkeypatch.setenv("BUUCHINH_COURSE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answers(root: Path, who: str) -> dict[str, object]:
    found = Record(root / "bai-lam" / who / "bt95", "bt95", "1.0.0", None).answers()
    return {name: entry["answer"] for name, entry in found.items()}


def test_guest_work_comes_along_once_and_stays_where_it_is_open(root: Path) -> None:
    lay_out("bt95")
    Record(root / "bai-lam" / "khach" / "bt95", "bt95", "1.0.0", None).put("bt95-q1", "a")
    course.set_current_code("gl0123q")
    assert lay_out("bt95") == root / "bai-lam" / "GL-0123-Q" / "bt95" / "bt95.ipynb"
    assert answers(root, "GL-0123-Q") == answers(root, "khach") == {"bt95-q1": "a"}
    course.set_current_code("GL-0001-9")
    lay_out("bt95")
    assert answers(root, "GL-0001-9") == {}


def test_what_was_done_is_never_laid_over(root: Path) -> None:
    course.set_current_code("GL-0123-Q")
    path = lay_out("bt95")
    path.write_text('{"của": "tôi"}', encoding="utf-8")
    (root / "exercises" / "bt95" / "bt95.ipynb").write_text('{"mới": 1}', encoding="utf-8")
    assert lay_out("bt95").read_text(encoding="utf-8") == '{"của": "tôi"}'


def test_an_exercise_begun_in_an_earlier_version_goes_on_and_is_handed_in_in_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another bundle laid over the course brings a newer sheet; ``bai-lam/`` stays."""
    sheet = root / "exercises" / "bt95" / "questions.json"
    head = {"unit": "bt95", "title": "Thử"}

    def released(version: str, *names: str) -> None:
        asked = [json.loads(public("t-single").model_dump_json(by_alias=True)) | {"id": name} for name in names]
        sheet.write_text(json.dumps(head | {"version": version, "questions": asked}), encoding="utf-8")

    released("1.0.0", "bt95-q1")
    course.set_current_code("GL-0123-Q")
    folder = lay_out("bt95").parent
    Record(folder, "bt95", "1.0.0", "GL-0123-Q").put("bt95-q1", "ghi")
    released("1.1.0", "bt95-q1", "bt95-q2")
    monkeypatch.chdir(lay_out("bt95").parent)
    assert [one.id for one in sheet_of("bt95").questions] == ["bt95-q1"]
    receipt = pack.build(folder, "bt95", "GL-0123-Q").receipt
    assert (receipt.version, receipt.answered, receipt.unanswered) == ("1.0.0", ("bt95-q1",), ())


def test_a_lesson_comes_with_the_drawings_and_the_sheets_that_it_names(root: Path) -> None:
    lessons = root / "lessons"
    for name in ("hinh/07-a.svg", "hinh/02-b.svg", "hinh/07-khac.svg", "phu-luc/the.html", "phu-luc/08-khac.html"):
        (lessons / name).parent.mkdir(parents=True, exist_ok=True)
        (lessons / name).write_text("<svg/>", encoding="utf-8")
    text = "![a](hinh/07-a.svg) ![b](hinh/02-b.svg) [thẻ](phu-luc/the.html)"
    (lessons / "07-thu.ipynb").write_text(json.dumps({"cells": [{"source": text}]}), encoding="utf-8")
    folder = lay_out("l07").parent
    copied = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert copied == {"07-thu.ipynb", "hinh/07-a.svg", "hinh/02-b.svg", "phu-luc/the.html"}


def test_a_code_given_at_hand_in_takes_all_of_a_guests_work_and_leaves_none_to_the_next(root: Path) -> None:
    """On a shared computer, whoever comes next must not get the answers or the zip of the one before."""
    lay_out("bt95")
    guest = root / "bai-lam" / "khach"
    Record(guest / "bt95", "bt95", "1.0.0", None).put("bt95-q1", "của A")
    Record(guest / "l01", "l01", "1.0.0", None).put("l01-q01", "của A")
    course.set_current_code("GL-0123-Q")  # in the form below the button
    (guest / "bt95" / "da-nop").mkdir()
    (guest / "bt95" / "da-nop" / "bt95_GL-0123-Q_20261125-100000.zip").touch()
    course.set_current_code("GL-0001-9")
    lay_out("bt95")
    assert answers(root, "GL-0001-9") == {}
    assert not (root / "bai-lam" / "GL-0001-9" / "bt95" / "da-nop").exists()
    assert course.guest_owner("l01") == "GL-0123-Q"
    course.set_current_code("GL-0123-Q")
    lay_out("bt95")
    assert answers(root, "GL-0123-Q") == {"bt95-q1": "của A"}
    assert list((root / "bai-lam" / "GL-0123-Q" / "bt95" / "da-nop").glob("*.zip"))


def test_a_page_of_a_guest_that_is_still_open_stays_with_whoever_gave_the_code(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out("bt95")
    course.set_current_code("GL-0123-Q")
    course.set_current_code("GL-0001-9")
    monkeypatch.chdir(root / "bai-lam" / "khach" / "bt95")
    assert place_of("bt95") == (root / "bai-lam" / "khach" / "bt95", "GL-0123-Q")


def test_what_a_guests_open_page_still_gets_is_there_when_the_code_comes_again(root: Path) -> None:
    lay_out("bt95")
    guest, own = root / "bai-lam" / "khach" / "bt95", root / "bai-lam" / "GL-0123-Q" / "bt95"
    Record(guest, "bt95", "1.0.0", None).put("bt95-q1", "trước")
    course.set_current_code("GL-0123-Q")
    lay_out("bt95")
    stored = json.loads((guest / "answers.jsonl").read_text(encoding="utf-8"))
    later = [
        stored | {"answer": "sau", "at": "2099-01-01T08:00:00+07:00"},
        stored | {"id": "bt95-q2", "answer": "mới", "at": "2026-11-25T08:00:00+07:00"},
        {"id": "bt95-q1", "remark": "Câu hỏi chưa rõ.", "at": "2026-11-25T08:00:00+07:00"},
        {"id": "bt95-q1", "of": "a line that no version knows"},
    ]
    for line in later:
        Record(guest, "bt95", "1.0.0", "GL-0123-Q").add(line)
    Record(own, "bt95", "1.0.0", "GL-0123-Q").add(stored | {"id": "bt95-q3", "answer": "ở nhà"})
    Record(guest, "bt95", "1.0.0", "GL-0123-Q").add(stored | {"id": "bt95-q3", "answer": "cũ", "at": "2026-11-01"})
    expected = {"bt95-q1": "sau", "bt95-q2": "mới", "bt95-q3": "ở nhà"}
    lay_out("bt95")
    assert answers(root, "GL-0123-Q") == expected
    leave_desk()
    assert not guest.exists()
    written = (own / "answers.jsonl").read_bytes()
    course.set_current_code("GL-0123-Q")
    lay_out("bt95")
    assert answers(root, "GL-0123-Q") == expected
    assert Record(own, "bt95", "1.0.0", None).remarks()["bt95-q1"].text == "Câu hỏi chưa rõ."
    assert (own / "answers.jsonl").read_bytes() == written, "nothing is added twice"


def test_answers_to_another_version_are_not_mixed(root: Path) -> None:
    lay_out("bt95")
    guest, own = root / "bai-lam" / "khach" / "bt95", root / "bai-lam" / "GL-0123-Q" / "bt95"
    Record(own, "bt95", "1.1.0", "GL-0123-Q").put("bt95-q1", "mới")
    Record(guest, "bt95", "1.0.0", None).put("bt95-q2", "cũ")
    (guest / course.OWNER).write_text('{"code": "GL-0123-Q"}', encoding="utf-8")
    course.set_current_code("GL-0123-Q")
    leave_desk()
    assert answers(root, "GL-0123-Q") == {"bt95-q1": "mới"}
    assert Record(own.with_name("bt95-khach-2"), "bt95", "1.0.0", None).answer("bt95-q2") == "cũ"


def test_answers_that_cannot_be_merged_hold_nobody_at_the_desk(root: Path) -> None:
    lay_out("bt95")
    guest, own = root / "bai-lam" / "khach" / "bt95", root / "bai-lam" / "GL-0123-Q" / "bt95"
    Record(guest, "bt95", "1.0.0", None).put("bt95-q1", "của A")
    (guest / course.OWNER).write_text('{"code": "GL-0123-Q"}', encoding="utf-8")
    (own / "answers.jsonl").mkdir(parents=True)  # a journal that cannot be written
    course.set_current_code("GL-0123-Q")
    leave_desk()
    assert course.current_code() is None
    assert Record(own.with_name("bt95-khach-2"), "bt95", "1.0.0", None).answer("bt95-q1") == "của A"


def test_the_next_guest_begins_with_nothing(root: Path) -> None:
    lay_out("bt95")
    Record(root / "bai-lam" / "khach" / "bt95", "bt95", "1.0.0", None).put("bt95-q1", "của A")
    course.set_current_code("GL-0123-Q")
    course.code_path().unlink()  # as an instructor does between two courses
    lay_out("bt95")
    assert answers(root, "khach") == {}
    assert answers(root, "GL-0123-Q") == {"bt95-q1": "của A"}


@pytest.mark.skipif(sys.platform == "win32", reason="a link needs rights there")
def test_a_course_that_is_opened_by_a_link_names_its_files_by_that_link(
    root: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    course.set_current_code("GL-0123-Q")
    lay_out("bt95")
    link = tmp_path_factory.mktemp("links") / "khoa-hoc"
    link.symlink_to(root)
    monkeypatch.setenv("BUUCHINH_COURSE", str(link))
    monkeypatch.chdir(link / "bai-lam" / "GL-0123-Q" / "bt95")
    assert place_of("bt95")[0].relative_to(course.root()).as_posix() == "bai-lam/GL-0123-Q/bt95"
    made = pack.hand_over("bt95")
    assert made["path"].startswith("bai-lam/GL-0123-Q/bt95/da-nop/")


@pytest.mark.parametrize("damaged", [b"", b'{"cells": [', b"[]", b"{}", b"\xff\xfe"])
def test_a_damaged_notebook_is_handed_in_with_the_answers_and_a_word(
    damaged: bytes, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course.set_current_code("GL-0123-Q")
    path = lay_out("bt95")
    Record(path.parent, "bt95", "1.0.0", "GL-0123-Q").put("bt95-q1", 1, origin="code", cell="0" * 16)
    path.write_bytes(damaged)
    monkeypatch.chdir(path.parent)
    made = pack.hand_over("bt95")
    assert "hỏng" in made["warning"]
    with zipfile.ZipFile(root / made["path"]) as archive:
        assert json.loads(archive.read("answers.json"))["answers"]["bt95-q1"]["answer"] == 1


def test_what_was_cleared_or_has_another_name_does_not_stop_the_start_page(root: Path) -> None:
    course.set_current_code("GL-0123-Q")
    options = [{"id": name, "text": name} for name in "ab"]
    asked = [{"id": f"bt95-q{n}", "type": "single", "stem": "?", "options": options} for n in range(1, 6)]
    sheet = {"unit": "bt95", "version": "1.0.0", "title": "Thử", "questions": asked}
    (root / "exercises" / "bt95" / "questions.json").write_text(json.dumps(sheet), encoding="utf-8")
    folder = lay_out("bt95").parent
    kept = Record(folder, "bt95", "1.0.0", "GL-0123-Q")
    for name, answer in (("bt95-q1", "a"), ("bt95-q2", ""), ("bt95-q3", []), ("bt95-q4", None), ("bt95-q5", 0)):
        kept.put(name, answer)
    (folder / "da-nop").mkdir()
    for name in ("bt95_ban-cu.zip", "bt95_GL-0123-Q_20261125-100000.zip", "bt95_x_1-2.zip"):
        (folder / "da-nop" / name).touch()
    states = [one["state"] for one in asked_of(sheet_of("bt95"), kept)]
    assert (states.count("whole"), states.count("empty")) == (2, 3)
    assert [one.words for one in submitted_zips(folder, "bt95")] == ["10:00 25-11-2026"]


def test_a_question_that_was_deleted_from_a_lesson_comes_back(root: Path) -> None:
    cells = [{"cell_type": "code", "source": f'ask("l07-q0{number}")', "metadata": {}} for number in (1, 2)]
    (root / "lessons").mkdir(exist_ok=True)
    lesson = root / "lessons" / "07-thu.ipynb"
    lesson.write_text(json.dumps({"nbformat": 4, "cells": cells}), encoding="utf-8")
    copy = lay_out("l07")
    for damaged in (json.dumps({"nbformat": 4, "cells": cells[:1]}), "{", '{"cells": 5}'):
        copy.write_text(damaged, encoding="utf-8")
        assert lay_out("l07").read_bytes() == lesson.read_bytes()
    mine = json.dumps({"nbformat": 4, "cells": [*cells, {"cell_type": "code", "source": "1 + 1", "metadata": {}}]})
    copy.write_text(mine, encoding="utf-8")
    assert lay_out("l07").read_text(encoding="utf-8") == mine, "what one added to a whole copy stays"
