"""Extra time of one person: kept beside the class, counted by collect, seen in grade and report, taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from kit.classroom import UNIT, edit
from kit.desk import TEN, brought
from kit.handin import code_of

from buuchinh import cli, course
from buuchinh.attempts import reader, trainee_deadline, typed_moment
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.grading import grade_class
from buuchinh.intake import recount
from buuchinh.results import results

ONE, TWO = code_of(1), code_of(2)


def test_extra_time_counts_for_one_alone_and_at_once(late_pair: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = (late_pair / "course.toml").read_bytes()
    assert list(reader.only_late(UNIT)) == [ONE, TWO]
    assert cli.run(["extend", UNIT, ONE.lower(), "2026-12-01"]) == 0
    told = capsys.readouterr().out
    assert "23:59 01-12-2026" in told
    assert "Bài được tính nộp lúc" in told
    assert reader.submitted(UNIT, ONE) is not None
    assert list(reader.only_late(UNIT)) == [TWO]
    assert (late_pair / "course.toml").read_bytes() == settings
    (line,) = [line for line in brought(late_pair, ONE) if line.code == ONE]
    assert line.counts
    assert any("gia hạn đến 23:59 01-12-2026" in note for note in line.notes)
    assert cli.run(["extend", UNIT, ONE, "--cancel"]) == 0
    assert list(reader.only_late(UNIT)) == [ONE, TWO]
    assert cli.run(["extend", UNIT, ONE, "--cancel"]) == 1


def test_extra_time_ends(late_pair: Path) -> None:
    trainee_deadline.give(UNIT, ONE, TEN - timedelta(minutes=10))
    recount.recount(UNIT, ONE)
    assert list(reader.only_late(UNIT)) == [ONE, TWO]
    trainee_deadline.give(UNIT, ONE, TEN + timedelta(minutes=10))
    recount.recount(UNIT, ONE)
    assert list(reader.only_late(UNIT)) == [TWO]
    assert trainee_deadline.of_unit(UNIT) == {ONE: TEN + timedelta(minutes=10)}
    grade_class.grade(UNIT, only=ONE)
    assert [one.late for one in results.standings(UNIT)] == [False]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ((UNIT, ONE, "2026-11-01"), "không muộn hơn"),
        ((UNIT, ONE, "hôm sau"), "không phải là ngày"),
        ((UNIT, ONE, "2099-12-01 17:00Z"), "múi giờ"),
        ((UNIT, ONE, "2099-12-01T17:00+02:00"), "múi giờ"),
        ((UNIT, code_of(77), "2026-12-01"), "không có trong sổ điểm"),
        (("bt9", ONE, "2026-12-01"), "Không có bài “bt9”"),
        ((UNIT, ONE), "Gõ một ngày"),
    ],
)
def test_what_cannot_be_says_why(
    late_pair: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], word: str
) -> None:
    assert cli.run(["extend", *arguments]) == 1
    assert word in capsys.readouterr().err
    assert not list(late_pair.rglob(trainee_deadline.FILE))


@pytest.mark.parametrize(
    ("typed", "known"),
    [("Nguyễn Thị Hoa", True), ("nguyen thi  hoa", True), ("Lê Mai", False), ("Trần Nam", False), ("Đỗ Vắng", False)],
)
def test_a_name_of_one_in_the_class_is_as_good_as_the_code(
    late_pair: Path, capsys: pytest.CaptureFixture[str], typed: str, known: bool
) -> None:
    people = f"{ONE};Nguyễn Thị Hoa;Pleiku\n{TWO};Lê Mai;Pleiku\n{code_of(5)};Lê Mai;Kon Tum\n{code_of(6)};Đỗ Vắng;\n"
    (late_pair / "lop-co-ma.csv").write_text(f"Mã;Họ tên;Đơn vị\n{people}", encoding="utf-8-sig")
    with gradebook.opened() as book:
        book.update_or_create_student(code_of(5))
    assert cli.run(["extend", UNIT, typed, "2099-12-01"]) == (0 if known else 1)
    said = capsys.readouterr()
    assert list(trainee_deadline.of_unit(UNIT)) == ([ONE] if known else [])
    if known:
        assert ONE in said.out, "whose code it is"
    else:
        assert "Gõ mã" in said.err
        assert (TWO in said.err and "Kon Tum" in said.err) == (typed == "Lê Mai")


def test_a_damaged_file_is_told_and_left_as_it_is(late_pair: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = late_pair / "so-cham" / ONE / trainee_deadline.FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b'{"bt90": {"until": "2026-1')
    assert cli.run(["extend", UNIT, ONE, "2099-12-01"]) == 1
    assert trainee_deadline.FILE in capsys.readouterr().err
    assert path.read_bytes() == b'{"bt90": {"until": "2026-1'
    assert list(reader.only_late(UNIT)) == [ONE, TWO], "the class goes on without it"


def test_a_day_counts_to_its_end_and_an_hour_is_read() -> None:
    assert f"{typed_moment.read('1-12-2026'):%d %H:%M:%S}" == "01 23:59:59"
    for typed in ("2026-12-01 17:00", "2026-12-01T17:00", "1/12/2026  17:00"):
        assert typed_moment.read(typed).replace(tzinfo=None) == datetime(2026, 12, 1, 17)  # noqa: DTZ001
    with pytest.raises(KitError):
        typed_moment.read("2026-12-01 25:00")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("28/11/2099 17h", (17, 0)),
        ("17h 28/11/2099", (17, 0)),
        ("9h40' ngày 28/11/2099", (9, 40)),
        ("10 giờ đêm 28-11-2099", (22, 0)),
        ("2 giờ đêm, 28 tháng 11 năm 2099", (2, 0)),
        ("3 giờ chiều 28/11/2099", (15, 0)),
        ("28/11/2099 24:00", (23, 59)),
        ("24h 28/11/99", (23, 59)),
        ("0:00 28/11/2099", (0, 0)),
        ("2099-11-28T23:59:59", (23, 59)),
    ],
)
def test_people_write_hours_in_many_ways(
    late_pair: Path, capsys: pytest.CaptureFixture[str], typed: str, meant: tuple[int, int]
) -> None:
    for words in (["deadline", UNIT, typed], ["extend", UNIT, ONE, typed.replace("28", "29", 1)]):
        assert cli.run(words) == 0
        assert f"{meant[0]:02}:{meant[1]:02} 2{8 + (words[0] == 'extend')}-11-2099" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("ngày 31/02", "tháng 2 không có ngày 31"),
        ("29/02/2027 17:00", "tháng 2 không có ngày 29"),
        ("10 giờ đêm", "chỉ có giờ"),
        ("9h40'", "chỉ có giờ"),
        ("17h", "chỉ có giờ"),
        ("24:00", "chỉ có giờ"),
        ("12 giờ đêm 28/11/2099", "hai cách hiểu"),
        ("28/11", "chưa có năm"),
        ("17h 28/11", "chưa có năm"),
        ("28/11/0026", "năm 0026"),
        ("0999-11-28", "năm 0999"),
        ("28/13/2099", "không có tháng 13"),
        ("25:00 28/11/2099", "không có giờ 25:00"),
        ("28/11/2099 24h30", "không có giờ 24h30"),
        ("28/11/2099 17:00 hay gì đó", "không phải là ngày"),
        ("2099-12-01T17:00+07:00", "múi giờ"),
        (" ", "không phải là ngày"),
        ("x" * 5000, "không phải là ngày"),
    ],
)
def test_what_is_no_moment_is_one_sentence_and_changes_nothing(
    late_pair: Path, capsys: pytest.CaptureFixture[str], typed: str, word: str
) -> None:
    settings = (late_pair / "course.toml").read_bytes()
    for words in (["deadline", UNIT, typed], ["extend", UNIT, ONE, typed]):
        assert cli.run(words) == 1
        said = capsys.readouterr()
        assert said.out == ""
        assert word in said.err
        assert "ví dụ: 28/11/2026" in said.err
        assert len(said.err) < 300
        assert len(said.err.splitlines()) == 1
    assert (late_pair / "course.toml").read_bytes() == settings


def test_what_was_saved_when_and_what_it_replaced_is_told(late_pair: Path, capsys: pytest.CaptureFixture[str]) -> None:
    class_words, own_words = ["deadline", UNIT, "28/11/2099 17:00"], ["extend", UNIT, ONE, "29/11/2099"]
    told = []
    for words in (class_words, class_words, own_words, [*own_words[:3], "--cancel"], ["deadline", UNIT, "--cancel"]):
        assert cli.run(words) == 0
        told.append(capsys.readouterr().out.splitlines()[0])
    now = f" lúc {datetime.now().astimezone():%H:}"
    assert all(now in one for one in told)
    first, again, own, own_gone, gone = told
    assert "17:00 28-11-2099 (trước là " in first
    assert "(như trước)" in again
    assert "23:59 29-11-2099 (trước là 17:00 28-11-2099)" in own
    assert "(trước là 23:59 29-11-2099)" in own_gone
    assert "không còn hạn nộp (trước là 17:00 28-11-2099)" in gone
    assert cli.run(["deadline", UNIT, "28/11/2099"]) == 0
    assert "trước là" not in capsys.readouterr().out


@pytest.mark.parametrize(("typed", "meant"), [("bt9", ""), ("bt090", "bt90"), ("BT-90", "bt90"), ("bt_90", "bt90")])
@pytest.mark.parametrize("command", ["grade", "feedback", "report"])
def test_a_mistyped_unit_is_told_with_the_one_that_was_meant(
    small_course: Path, capsys: pytest.CaptureFixture[str], command: str, typed: str, meant: str
) -> None:
    assert cli.run([command, typed]) == 1
    said = capsys.readouterr().err
    assert f"Không có bài “{typed}”" in said
    assert f"ý anh/chị là {meant}" in said if meant else "bt90" in said


@pytest.mark.parametrize(
    "before",
    [
        "[deadlines]\nbt90 = 2026-11-25T09:30:00+07:00",
        "[deadlines]  # hạn nộp\nbt91 = 2026-11-20\nbt90 = 28/11/2026 17:00",
        '[deadlines]\nbt90 = "28/11/2026"',
        "[deadlines]\nbt90 = 0001-01-01",
        "[deadlines]",
    ],
)
def test_a_deadline_is_set_in_the_instructors_words_and_counts_at_once(
    late_pair: Path, before: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever stood in its line, also what could not be read; all else in ``course.toml`` stays."""
    edit(late_pair / "course.toml", "[deadlines]\nbt90 = 2026-11-25T09:30:00+07:00", before)
    others = [
        line for line in (late_pair / "course.toml").read_text(encoding="utf-8").splitlines() if "bt90" not in line
    ]
    assert cli.run(["deadline", UNIT, "28/11/2026 17:00"]) == 0
    told = capsys.readouterr().out
    assert "Hạn nộp bài bt90: 17:00 28-11-2026" in told
    assert "Bài nộp của 2 người được tính" in told
    written = (late_pair / "course.toml").read_text(encoding="utf-8").splitlines()
    assert "bt90 = 2026-11-28T17:00:00" in written
    assert [line for line in written if "bt90" not in line] == others
    assert list(reader.only_late(UNIT)) == []
    assert cli.run(["deadline", UNIT, "--cancel"]) == 0
    assert course.settings().deadline(UNIT) is None


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31T23:59:59"])
def test_a_year_without_local_time_is_no_deadline(
    small_course: Path, day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["deadline", UNIT, day], ["extend", UNIT, ONE, day]):
        assert cli.run(words) == 1
        said = capsys.readouterr().err
        assert day[:10] in said
        assert "Traceback" not in said
    edit(small_course / "course.toml", "[deadlines]", f"[deadlines]\nbt91 = {day}")
    with pytest.raises(KitError, match="bt91"):
        course.settings()


def test_a_deadline_that_is_over_is_set_and_told_as_that(late_pair: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for typed, over in (("1/1/2020 17:00", True), ("1/1/2020", True), ("1/1/2099 17:00", False)):
        assert cli.run(["deadline", UNIT, typed]) == 0
        assert ("Hạn này đã qua" in capsys.readouterr().out) == over
        assert f"bt90 = {typed[4:8]}" in (late_pair / "course.toml").read_text(encoding="utf-8")
    assert cli.run(["deadline", UNIT, "--cancel"]) == 0
    assert "đã qua" not in capsys.readouterr().out


def test_what_is_no_deadline_changes_nothing(late_pair: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = (late_pair / "course.toml").read_bytes()
    for words in ([UNIT, "mai"], [UNIT], ["bt9", "28/11/2026"], [UNIT, "28/11/2026", "--cancel"]):
        assert cli.run(["deadline", *words]) == 1
        assert "Traceback" not in capsys.readouterr().err
    edit(late_pair / "course.toml", "title", "tile")
    assert cli.run(["deadline", UNIT, "28/11/2026"]) == 1
    assert "tile" in (late_pair / "course.toml").read_text(encoding="utf-8")
    edit(late_pair / "course.toml", "tile", "title")
    assert (late_pair / "course.toml").read_bytes() == settings
