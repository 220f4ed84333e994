"""What the buttons of the class list's page do, through the functions that answer them."""

from __future__ import annotations

import os
import signal
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from kit.classroom import UNIT
from kit.desk import TEN
from kit.desk_class import ABSENT, EXTENDED, LATE, PEOPLE

from buuchinh import course as the_course
from buuchinh import personal_data, spreadsheet
from buuchinh.attempts import trainee_deadline
from buuchinh.classroom import gradebook, leavers, roster
from buuchinh.desk.arrivals import inbox
from buuchinh.desk.class_list import blank_list, code_slips, details
from buuchinh.desk.naming import projection
from buuchinh.desk.other_classes import class_folders
from buuchinh.desk.screens.desk_view import Desk
from buuchinh.desk.server.list_calls import CALLS
from buuchinh.desk_payloads.desk_screens import CallReply, ListRow
from buuchinh.errors import KitError
from buuchinh.jobs import job_state
from buuchinh.lab import running

pytestmark = pytest.mark.journey


def call(name: str, **given: Any) -> CallReply:
    return CALLS[name](Desk(), given)


def ended_job(name: str) -> job_state.Job:
    for _ in range(600):
        if job_state.read(name).finished:
            break
        time.sleep(0.1)
    return job_state.read(name)


def rows() -> dict[str, ListRow]:
    return {row["code"]: row for row in details.payload(Desk().state())["rows"]}


def test_somebody_leaves_and_comes_back(mixed: Path) -> None:
    assert call("roi-lop", code=ABSENT)["command"] == f"buuchinh leave {ABSENT}"
    assert rows()[ABSENT]["left"].startswith("đã rời lớp")
    assert ABSENT in rows(), "who left is still in the list"
    assert ABSENT not in {one.code for one in code_slips.payload()}
    assert call("tro-lai", code=ABSENT)["command"] == f"buuchinh leave {ABSENT} --back"
    assert leavers.left() == {}
    with pytest.raises(KitError):
        call("tro-lai", code=ABSENT)


def test_extra_time_and_deadlines_are_taken_back(mixed: Path) -> None:
    assert "ngày 25-11" in rows()[EXTENDED]["own"]
    sheet = details.person(Desk().state(), EXTENDED)
    assert [one["unit"] for one in sheet["units"] if one["own"]] == [UNIT]
    done = call("thoi-gia-han", unit=UNIT, code=EXTENDED)
    assert done["command"] == f"buuchinh extend {UNIT} {EXTENDED} --cancel"
    assert rows()[EXTENDED]["own"] == ""
    assert call("bo-han", unit=UNIT)["command"] == f"buuchinh deadline {UNIT} --cancel"
    assert the_course.settings().deadline(UNIT) is None
    with pytest.raises(KitError):
        call("bo-han", unit="../x")


def test_nobody_is_erased_without_the_code_typed(mixed: Path) -> None:
    places = details.to_be_erased(LATE)["places"]
    assert "sổ điểm: 1 chỗ" in places
    assert "gradebook" not in " ".join(places)
    for typed in ("", "có", ABSENT, None, 7):
        with pytest.raises(KitError):
            call("xoa-han", code=LATE, typed=typed)
    assert LATE in gradebook.students()
    done = call("xoa-han", code=LATE, typed=LATE.lower())
    assert done["command"] == f"buuchinh forget {LATE} --yes"
    assert LATE not in gradebook.students()
    assert LATE not in rows()
    assert done["lines"]
    assert "buuchinh " not in " ".join(done["lines"]), "no command has to be typed"
    with pytest.raises(KitError):
        details.person(Desk().state(), LATE)


def test_a_restoration_is_told_before_it_is_done(mixed: Path) -> None:
    made = personal_data.backup()
    with gradebook.opened() as book:
        book.update_or_create_student("HV-0077-K")
    settings = mixed / "course.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n# moi-them\n", encoding="utf-8")
    extra = mixed / "nop-bai" / UNIT / ABSENT / "20261201-100000-abc"
    extra.mkdir(parents=True)
    (extra / "collected.json").write_text("{}", encoding="utf-8")
    told = " ".join(details.to_be_replaced(made.path.name)["lines"])
    assert "có 6 người; bây giờ có 7 người" in told
    assert "1 người vào lớp sau lúc ấy không còn trong sổ điểm: HV-0077-K." in told
    assert "1 lần nộp bài thu sau lúc ấy không còn" in told
    assert "1 tệp của khóa học trở về bản cũ: course.toml." in told
    assert "HV-0077-K" in gradebook.students(), "nothing is replaced yet"
    job = call("khoi-phuc", file=made.path.name)
    assert job["command"] == f"buuchinh restore backup/{made.path.name} --yes"
    assert ended_job(job["job"]).state == "done"
    assert "HV-0077-K" not in gradebook.students()
    assert not extra.exists()
    assert "moi-them" not in settings.read_text(encoding="utf-8")


def test_other_exercises_of_a_backup_come_only_with_a_yes(mixed: Path) -> None:
    made = personal_data.backup()
    assert details.to_be_replaced(made.path.name)["exercises"] == ""
    notebook = mixed / "exercises" / UNIT / f"{UNIT}.ipynb"
    old = notebook.read_bytes()
    notebook.write_bytes(old + b"\n")
    assert f"1 tệp, trong exercises/{UNIT}." in details.to_be_replaced(made.path.name)["exercises"]
    ended = ended_job(call("khoi-phuc", file=made.path.name)["job"])
    assert ended.state == "failed"
    assert "--exercises" in ended.problems[0]["way_out"]
    assert notebook.read_bytes() == old + b"\n"
    job = call("khoi-phuc", file=made.path.name, exercises=True)
    assert job["command"] == f"buuchinh restore backup/{made.path.name} --yes --exercises"
    assert ended_job(job["job"]).state == "done"
    assert notebook.read_bytes() == old


@pytest.mark.parametrize("file", ["../course.toml", "khong-co.zip", "/etc/passwd", "course.toml", ""])
def test_only_a_backup_of_the_class_is_restored(mixed: Path, file: str) -> None:
    with pytest.raises(KitError):
        call("khoi-phuc", file=file)
    with pytest.raises(KitError):
        details.to_be_replaced(file)


def test_a_backup_from_a_stick_is_taken_in_if_it_is_one(mixed: Path) -> None:
    made = personal_data.backup()
    data = made.path.read_bytes()
    made.path.unlink()
    for number, (name, content) in enumerate((("anh.zip", b"PK\x05\x06" + 18 * b"\0"), ("ban.zip", data))):
        batch = f"20261201-08000{number}-abcdef"
        inbox.append(batch, name, 0, len(content), content)
        given = {"batch": batch, "files": [{"name": name, "size": len(content)}]}
        if name == "anh.zip":
            with pytest.raises(KitError, match="bản sao lưu"):
                call("nhan-ban-sao", **given)
        else:
            assert call("nhan-ban-sao", **given) == {"file": "ban.zip"}
    assert [one["file"] for one in details.backups()] == ["ban.zip"]
    assert inbox.batches() == []


def test_the_page_has_no_name_while_it_is_projected(mixed: Path) -> None:
    projection.switch(to=True)
    shown = str(details.payload(Desk().state())) + str(code_slips.payload())
    assert "Nguyễn" not in shown
    assert "Bưu cục A" in shown


def test_an_empty_list_is_one_that_can_be_read_once_it_is_filled(course: Path) -> None:
    place = course / "mau.xlsx"
    place.write_bytes(blank_list.content())
    with pytest.raises(KitError, match="trống"):
        roster.load(place)
    (_, headers), *_ = spreadsheet.rows(place)
    filled = [headers, ["1", "Lê Mai", "Bưu cục 1", "Bưu tá", "01-02-1990"]]
    place.write_bytes(spreadsheet.as_workbook([spreadsheet.Sheet("", "Danh sách", filled)]))
    read = roster.load(place)
    assert (read.roles, len(read.codes)) == (("Bưu tá",), 1)
    assert roster.doubts(read) == []


def test_only_the_folder_of_another_class_is_opened(mixed: Path, tmp_path: Path) -> None:
    (tmp_path / "khong-phai").mkdir()
    for folder in ("", "khong-phai", str(tmp_path / "khong-co"), "/etc", str(mixed), "\0"):
        with pytest.raises(KitError):
            call("lop-khac", folder=folder or " ")
    assert class_folders.beside() == []


@pytest.mark.skipif(os.name == "nt", reason="ends the server by a signal")
def test_another_class_is_opened_beside_this_one(
    mixed: Path, released_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    from jupyter_server.serverapp import list_running_servers

    other = tmp_path / "lop-11"
    shutil.copytree(released_course, other)
    monkeypatch.setenv("BROWSER", "true")
    monkeypatch.setenv("BUUCHINH_DB_URL", "sqlite:////nowhere/else.db")
    assert class_folders.beside() == [other]
    assert "lop-11" in call("lop-khac", folder=str(other))["text"]
    call("lop-khac", folder=str(other))
    for _ in range(600):
        if running.instructors_address(other):
            break
        time.sleep(0.2)
    found = [one["pid"] for one in list_running_servers() if Path(one["root_dir"]).resolve() == other.resolve()]
    for pid in found:
        os.kill(pid, signal.SIGTERM)
    assert len(found) == 1, "a second press opens nothing more"


def test_everybody_and_all_deadlines_are_on_the_page(mixed: Path) -> None:
    trainee_deadline.give(UNIT, ABSENT, TEN + timedelta(days=2))
    page = details.payload(Desk().state())
    assert [row["code"] for row in page["rows"]] == sorted(PEOPLE)
    assert page["rows"][0]["role"]
    assert next(one for one in page["units"] if one["unit"] == UNIT)["deadline"] == "10:30 ngày 25-11"
    assert page["folder"] == str(mixed)
    assert page["waiting"] is None
