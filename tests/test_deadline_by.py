"""Which hour is held against the deadline, whose hand-in one is that bears two codes, and what a receipt says."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from kit.classroom import UNIT, edit
from kit.desk import TEN, brought, enrol, work
from kit.handin import code_of

from buuchinh import cli
from buuchinh.attempts import reader, trainee_deadline, typed_moment, when
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.intake import collect
from buuchinh.notebook import pack

ONE, TWO = code_of(1), code_of(2)


@pytest.fixture
def in_time(small_course: Path) -> Path:
    """Return the small course with a hand-in that says it was made half an hour before a deadline which has passed."""
    edit(small_course / "course.toml", "[deadlines]", "[deadlines]\nbt90 = 2026-11-25T10:30:00+07:00")
    work(small_course, ONE)
    return small_course


def test_by_the_receipt_it_is_in_time_and_one_sentence_says_how_many_came_after(in_time, capsys):
    (line,) = brought(in_time, ONE)
    assert line.counts
    assert not line.late
    assert line.at == TEN
    assert line.collected_at is not None
    assert line.collected_at > TEN
    assert line.after_deadline
    assert not any("sau hạn" in note for note in line.notes), line.notes
    work(in_time, TWO)
    second = pack.build(in_time / "bai-lam" / TWO / UNIT, UNIT, TWO, TEN).path
    shutil.copy(second, in_time / "bai-lam" / ONE / UNIT / "da-nop")
    enrol(TWO)
    assert cli.run(["collect", str(in_time / "bai-lam" / ONE / UNIT / "da-nop")]) == 0
    out = capsys.readouterr().out
    assert out.count("sau hạn") == 1
    assert "2 bài được thu sau hạn mà vẫn tính, theo giờ máy học viên ghi trên phiếu." in out
    kept = reader.submitted(UNIT, ONE)
    assert kept is not None
    assert not any("sau hạn" in note for note in kept.notes)


def test_by_the_hour_of_collecting_it_is_late_everywhere(in_time):
    edit(in_time / "course.toml", 'deadline_by = "receipt"', 'deadline_by = "collected"')
    (line,) = brought(in_time, ONE)
    assert line.late
    assert not line.counts
    assert list(reader.only_late(UNIT)) == [ONE]
    edit(in_time / "course.toml", 'deadline_by = "collected"', 'deadline_by = "receipt"')
    (line,) = brought(in_time, ONE)
    assert (line.outcome, line.counts) == ("known", True)


def test_what_was_taken_in_before_the_deadline_is_in_time_whatever_its_clock_says(in_time):
    soon = (datetime.now().astimezone() + timedelta(hours=1)).replace(microsecond=0)
    edit(in_time / "course.toml", "2026-11-25T10:30:00+07:00", soon.isoformat())
    edit(in_time / "course.toml", 'deadline_by = "receipt"', 'deadline_by = "collected"')
    (line,) = brought(in_time, ONE, TEN - timedelta(days=200))
    assert line.counts
    assert not any("hạn" in note for note in line.notes)
    counted = reader.submitted(UNIT, ONE)
    assert counted is not None
    assert not counted.late


def test_what_was_taken_in_before_the_deadline_is_in_time_though_its_clock_is_fast(in_time):
    now = datetime.now().astimezone().replace(microsecond=0)
    edit(in_time / "course.toml", "2026-11-25T10:30:00+07:00", (now + timedelta(minutes=5)).isoformat())
    (line,) = brought(in_time, ONE, now + timedelta(minutes=8))
    assert (line.counts, line.late) == (True, False)
    assert line.at == now + timedelta(minutes=8)
    counted = reader.submitted(UNIT, ONE)
    assert counted is not None
    assert not counted.late
    assert list(reader.only_late(UNIT)) == []


def test_an_unknown_hour_is_a_setting_that_is_wrong(in_time):
    edit(in_time / "course.toml", 'deadline_by = "receipt"', 'deadline_by = "moon"')
    with pytest.raises(KitError, match="deadline_by"):
        brought(in_time, ONE)


@pytest.fixture
def two_codes(small_course: Path, tmp_path: Path) -> Path:
    """Return a zip whose files name one trainee and whose name names another."""
    work(small_course, ONE)
    made = pack.build(small_course / "bai-lam" / ONE / UNIT, UNIT, ONE, TEN).path
    path = tmp_path / "usb" / made.name.replace(ONE, TWO)
    path.parent.mkdir()
    path.write_bytes(made.read_bytes())
    return path


def test_a_zip_that_names_two_is_kept_told_and_taken_by_one_command(two_codes, capsys):
    assert cli.run(["collect", str(two_codes.parent)]) == 3
    told = capsys.readouterr().out
    assert ONE in told
    assert TWO in told
    assert "--as" in told
    assert list((Path(gradebook.folder("submitted")).parent / "nop-bai" / "khong-nhan").glob("*/*.zip"))
    assert cli.run(["collect", str(two_codes), "--as", TWO.lower()]) == 0
    counted = reader.submitted(UNIT, TWO)
    assert counted is not None
    assert any("Giảng viên nhận" in note and ONE in note for note in counted.notes)
    assert reader.submitted(UNIT, ONE) is None
    assert cli.run(["collect", str(two_codes.parent)]) == 0
    assert "đã có, tính" in capsys.readouterr().out


def test_what_was_kept_as_refused_can_be_taken_too(two_codes):
    collect.collect(two_codes.parent)
    (kept,) = (Path(gradebook.folder("submitted")).parent / "nop-bai" / "khong-nhan").iterdir()
    (line,) = collect.collect(kept, None, TWO)
    assert (line.outcome, line.code, line.counts) == ("taken", TWO, True)


@pytest.mark.parametrize("owner", ["GL-9999-9", code_of(77)])
def test_it_is_taken_as_nobody_who_is_not_in_the_class(two_codes, owner):
    with pytest.raises(KitError, match="danh sách"):
        collect.collect(two_codes, None, owner)


def test_of_several_none_is_taken_as_somebodys(two_codes):
    (two_codes.parent / f"{UNIT}_2.zip").write_bytes(two_codes.read_bytes())
    with pytest.raises(KitError, match="đúng một bài"):
        collect.collect(two_codes.parent, None, TWO)


def test_a_receipt_that_names_somebody_outside_the_class_is_told(small_course, tmp_path):
    work(small_course, ONE)
    made = pack.build(small_course / "bai-lam" / ONE / UNIT, UNIT, ONE, TEN).path
    with zipfile.ZipFile(made) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    stranger = code_of(50)
    files["receipt.json"] = json.dumps(json.loads(files["receipt.json"]) | {"code": stranger}).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    path = tmp_path / made.name
    path.write_bytes(out.getvalue())
    (line,) = collect.collect(path)
    assert line.code == ONE
    assert any(stranger in note for note in line.notes), line.notes


def test_repair_shows_the_check_of_the_receipt_and_what_it_can_show(small_course, capsys):
    work(small_course, ONE)
    made = pack.build(small_course / "bai-lam" / ONE / UNIT, UNIT, ONE, TEN).path
    with zipfile.ZipFile(made) as archive:
        check = json.loads(archive.read("receipt.json"))["check"]
    capsys.readouterr()
    cli.run(["repair", str(made)])
    told = capsys.readouterr().out
    assert check in told
    assert "không chứng minh" in told


@pytest.mark.parametrize("deadline_by", ["receipt", "collected"])
def test_the_last_second_of_a_day_is_in_time_as_a_whole(in_time, deadline_by):
    edit(in_time / "course.toml", 'deadline_by = "receipt"', f'deadline_by = "{deadline_by}"')
    until = typed_moment.read("2026-11-25")
    at = until + timedelta(milliseconds=700)
    assert not trainee_deadline.missed(until, when.judged(at, at))
    assert trainee_deadline.missed(until, when.judged(at + timedelta(seconds=1), at + timedelta(seconds=1)))
