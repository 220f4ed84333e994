"""Of a refused file the desk asks whose it is only where that is in doubt; else it offers to ask for the file again."""

from __future__ import annotations

import itertools
import json
import time
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from kit.classroom import UNIT
from kit.desk import TEN, brought, work
from kit.desk_class import ABSENT, LATE, OTHER, REFUSED, THERE
from kit.job_runner import until

from buuchinh import personal_data
from buuchinh.attempts import reader
from buuchinh.desk.arrivals import decisions, inbox
from buuchinh.desk.class_state.read_class import ClassReader
from buuchinh.desk.naming import unit_names
from buuchinh.desk.screens.desk_view import Desk
from buuchinh.desk.server import desk_calls
from buuchinh.desk_payloads.desk_dialogs import Decisions, RefusedFile
from buuchinh.intake import collect
from buuchinh.jobs import job_state
from buuchinh.notebook import pack as packing
from buuchinh.personal_data.names import Names
from buuchinh.questions.answers import Record
from buuchinh.results import attendance

NUMBERS = itertools.count()


def test_a_broken_file_of_a_known_person_is_asked_for_again(mixed: Path) -> None:
    stick = mixed / "usb-2"
    stick.mkdir()
    with zipfile.ZipFile(stick / f"{UNIT}_{ABSENT}.zip", "w") as broken:
        broken.writestr(f"{UNIT}/answers.json", "")
    assert [line.code for line in collect.collect(stick)] == [ABSENT]
    found = decisions.of_class(ClassReader().read(), Names.read())["refused"]
    (one,) = [row for row in found if ABSENT in row["who"]]
    assert (one["owners"], one["choose"], one["ask_whom"]) == ([], False, "")
    assert ABSENT in one["ask"]


def word_file(course: Path) -> Path:
    """Lay a Word file that has the name of the person who handed in nothing, and take it in."""
    stick = course / "usb-2"
    stick.mkdir()
    (stick / f"{UNIT} Nguyen Thi E.docx").write_bytes(b"PK\x03\x04 Word")
    collect.collect(stick)
    return stick


def test_the_request_has_no_guess_and_says_where_either_kind_of_trainee_finds_the_file(mixed: Path) -> None:
    word_file(mixed)
    found = decisions.of_class(ClassReader().read(), Names.read())["refused"]
    (one,) = [row for row in found if row["file"].endswith(".docx")]
    assert "có phải người ấy gửi?" in one["reason"]
    for text in (one["ask"], one["ask_whom"]):
        assert "hôm trước" not in text
        assert "người ấy" not in text
        assert "tệp Word" in text
        assert "Downloads" in text
        assert "“da-nop”" in text


def test_a_file_that_was_asked_for_waits_and_is_settled_when_who_was_asked_hands_in(mixed: Path) -> None:
    word_file(mixed)
    desk = Desk()
    (one,) = [row for row in desk.decisions("")["refused"] if row["file"].endswith(".docx")]
    assert (one["likely"], one["asked"]) == (ABSENT, "")
    for row in desk.decisions("")["refused"]:
        desk_calls.CALLS["xin-lai"](desk, {"refusal": row["id"], "code": ABSENT if row == one else ""})
    (again,) = [row for row in desk.decisions("")["refused"] if row["file"].endswith(".docx")]
    assert again["asked"].startswith(f"Đã xin lại {ABSENT} ")
    panel = desk.desk()["now"]
    assert panel["first"]
    assert panel["first"]["action"]["kind"] != "decisions" or panel["first"]["id"].startswith("late")
    (task,) = [task for task in panel["then"] if task["id"].startswith("asked:")]
    assert task["sentence"] == "3 tệp chưa nhận được, đã xin lại"
    assert "hôm nay" in task["detail"]
    work(mixed, ABSENT)
    brought(mixed, ABSENT, TEN)
    assert not [row for row in desk.decisions("")["refused"] if row["file"].endswith(".docx")]
    assert len(desk.decisions("")["refused"]) == 2, "nobody else has handed in since"


def test_a_file_of_an_unknown_unit_waits_for_an_instructor_and_says_what_came_since(mixed: Path) -> None:
    stick = mixed / "usb-2"
    stick.mkdir()
    (stick / "Nguyen Thi E.docx").write_bytes(b"PK\x03\x04 Word")
    collect.collect(stick)
    desk = Desk()
    (one,) = [row for row in desk.decisions("")["refused"] if row["file"].endswith(".docx")]
    mark = desk_calls.CALLS["xin-lai"](desk, {"refusal": one["id"], "code": ABSENT})["text"]
    assert mark.startswith(f"Đã xin lại {ABSENT} ")
    work(mixed, ABSENT)
    brought(mixed, ABSENT, TEN)
    *others, row = desk.decisions("")["refused"]
    assert row["file"].endswith(".docx"), "what was asked for stands behind what waits for a decision"
    assert row["asked"] == f"{mark} Từ đó có nhận {unit_names.spoken(UNIT)} của người ấy."
    assert not any(other["asked"] for other in others)
    desk_calls.CALLS["giai-quyet"](desk, {"refusal": one["id"]})
    assert not [row for row in desk.decisions("")["refused"] if row["file"].endswith(".docx")]


def test_what_came_before_the_asking_settles_nothing(mixed: Path) -> None:
    work(mixed, ABSENT)
    brought(mixed, ABSENT, TEN)
    word_file(mixed)
    time.sleep(1.1)  # moments are stored in whole seconds
    desk = Desk()
    (one,) = [row for row in desk.decisions("")["refused"] if row["file"].endswith(".docx")]
    desk_calls.CALLS["xin-lai"](desk, {"refusal": one["id"], "code": ABSENT})
    (again,) = [row for row in desk.decisions("")["refused"] if row["file"].endswith(".docx")]
    assert again["asked"].endswith(".")
    assert "Từ đó" not in again["asked"]


def test_a_refusal_stored_by_an_older_version_keeps_its_guess_out_of_the_request(mixed: Path) -> None:
    word_file(mixed)
    desk = Desk()

    def row() -> RefusedFile:
        (one,) = [row for row in desk.decisions("")["refused"] if row["file"].endswith(".docx")]
        return one

    new = row()
    path = mixed / "nop-bai" / "khong-nhan" / new["id"] / "collected.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    assert "người ấy" not in stored["reason"]
    stored["reason"] += " " + stored.pop("hint")
    path.write_text(json.dumps(stored), encoding="utf-8")
    desk = Desk()
    assert row() == new


def other_work(course: Path, code: str, at: datetime, **answers: Any) -> Path:
    """Pack a second work on the exercise under ``code``, each of its answers saved at another moment than before."""
    folder = work(course, f"{code}-2")
    record = json.loads((folder / "answers.json").read_text(encoding="utf-8")) | {"code": code}
    for number, (name, entry) in enumerate(record["answers"].items()):
        moment = at + timedelta(minutes=number - 10)
        entry |= {"answer": answers.get(name.replace("-", "_"), entry["answer"]), "at": moment.isoformat()}
    (folder / "answers.json").write_text(json.dumps(record), encoding="utf-8")
    (folder / "answers.jsonl").unlink()
    return packing.build(folder, UNIT, code, at).path


WORDS = "Tôi để kiện ra xa rồi gọi bảo vệ."
THEIRS: dict[str, Any] = {"bt90_q3": WORDS, "bt90_q4": {"tong": 11}}


def test_two_works_under_one_code_are_not_mixed_before_an_instructor_has_said_whose_they_are(mixed: Path) -> None:
    collect.collect(other_work(mixed, THERE, TEN - timedelta(hours=1), **THEIRS))
    (one,) = [row for row in Desk().decisions("")["refused"] if "Hai bài khác nhau" in row["reason"]]
    assert one["reason"].endswith("Của một người hay hai người?")
    assert [owner["code"] for owner in one["owners"]] == [THERE]
    assert one["owners"][0]["text"] == "Một người: gộp hai bài"
    assert one["choose"], "or of somebody else, who can be chosen"
    counts = reader.submitted(UNIT, THERE)
    assert counts is not None
    assert counts.answers["bt90-q3"]["answer"] != WORDS
    assert not counts.merged
    assert any("Hai bài khác nhau" in refusal.reason for refusal in attendance.unresolved_refusals())


def test_what_is_said_to_be_one_persons_is_joined_and_not_asked_about_again(mixed: Path) -> None:
    path = other_work(mixed, THERE, TEN + timedelta(minutes=20), **THEIRS)
    collect.collect(path)
    collect.collect(path, owner=THERE)
    counts = reader.submitted(UNIT, THERE)
    assert counts is not None
    assert counts.answers["bt90-q3"]["answer"] == WORDS
    assert not [row for row in Desk().decisions("")["refused"] if "Hai bài khác nhau" in row["reason"]]
    assert [line.outcome for line in collect.collect(path)] == ["known"]


def test_of_two_works_the_one_of_somebody_else_is_taken_as_theirs(mixed: Path) -> None:
    path = other_work(mixed, THERE, TEN + timedelta(minutes=20), **THEIRS)
    collect.collect(path)
    collect.collect(path, owner=ABSENT)
    for code, same in ((ABSENT, True), (THERE, False)):
        counts = reader.submitted(UNIT, code)
        assert counts is not None
        assert (counts.answers["bt90-q3"]["answer"] == WORDS) is same
    assert not [row for row in Desk().decisions("")["refused"] if "Hai bài khác nhau" in row["reason"]]


def test_who_did_an_exercise_twice_and_mostly_agrees_is_not_asked_about_it(mixed: Path) -> None:
    (line,) = collect.collect(other_work(mixed, THERE, TEN + timedelta(minutes=20), bt90_q3=WORDS))
    assert (line.outcome, line.counts) == ("taken", True)


def test_who_goes_on_with_a_work_is_not_asked_about_it(mixed: Path) -> None:
    record = Record(mixed / "bai-lam" / THERE / UNIT, UNIT, "1.0.0", THERE)
    record.put("bt90-q3", WORDS)
    (line,) = brought(mixed, THERE, TEN + timedelta(minutes=20))
    assert (line.outcome, line.counts) == ("taken", True)


def test_forgetting_who_was_asked_keeps_a_file_that_may_be_anybodys(mixed: Path) -> None:
    stick = mixed / "usb-2"
    stick.mkdir()
    (stick / f"{UNIT} bai lam.docx").write_bytes(b"PK\x03\x04 Word")
    collect.collect(stick)
    desk = Desk()
    (one,) = [row for row in desk.decisions("")["refused"] if row["file"].endswith(".docx")]
    desk_calls.CALLS["xin-lai"](desk, {"refusal": one["id"], "code": ABSENT})
    work(mixed, ABSENT)
    personal_data.forget(ABSENT)
    (row,) = [row for row in Desk().decisions("")["refused"] if row["file"].endswith(".docx")]
    assert row["asked"].startswith("Đã xin lại lúc ")
    (folder,) = (mixed / "nop-bai" / "khong-nhan").glob(row["id"])
    assert ABSENT not in "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.json"))


def test_a_file_that_names_two_people_is_asked_about(mixed: Path) -> None:
    folder = mixed / "usb-2" / THERE
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / f"{UNIT}_{ABSENT}.zip", "w") as both:
        both.writestr(f"{UNIT}/answers.json", '{"bt90-q1": "a"}')
    collect.collect(mixed / "usb-2")
    found = decisions.of_class(ClassReader().read(), Names.read())["refused"]
    owners = [{owner["code"] for owner in row["owners"]} for row in found]
    assert {ABSENT, THERE} in owners


def taken_in(files: dict[str, bytes]) -> Decisions:
    """Bring files as a browser does, and return the dialog after they were taken in."""
    batch = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}-{next(NUMBERS):06x}"
    for name, data in files.items():
        inbox.append(batch, name, 0, len(data), data)
    sizes = [{"name": name, "size": len(data)} for name, data in files.items()]
    job = desk_calls.CALLS["thu"](Desk(), {"batch": batch, "files": sizes})["job"]
    assert until(lambda: job_state.read(job).finished)
    return Desk().decisions(job)


@pytest.mark.journey
def test_the_sums_of_what_was_taken_in_add_up_also_when_a_settled_file_comes_again(mixed: Path) -> None:
    work(mixed, ABSENT)
    good = packing.build(mixed / "bai-lam" / ABSENT / UNIT, UNIT, ABSENT, TEN).path
    stray = {"anh bai lam.docx": b"PK\x03\x04 Word"}
    files = {good.name: good.read_bytes(), f"{UNIT}_{OTHER}.zip": b"PK\x03\x04 hong", f"{UNIT}_{LATE}.rar": b"Rar!\x1a"}
    assert taken_in(stray)["title"] == "Đã đọc 1 tệp bài: 1 chưa nhận"
    found = taken_in(files)
    assert found["title"] == "Đã đọc 3 tệp bài: 1 nhận và sửa giúp, 2 chưa nhận"
    one = next(row for row in found["refused"] if OTHER in row["who"])
    desk_calls.CALLS["giai-quyet"](Desk(), {"refusal": one["id"]})
    assert Desk().decisions(job_state.all_jobs()[0].id)["title"] == (
        "Đã đọc 3 tệp bài: 1 nhận và sửa giúp, 1 chưa nhận, 1 anh/chị đã quyết"
    )
    again = taken_in(files)
    assert again["title"] == "Đã đọc 3 tệp bài: 1 đã có từ trước, 2 đã hỏi anh/chị từ lần trước"
    assert again["refused"] == [], "what was settled is asked about no more"


@pytest.mark.journey
def test_what_is_to_be_graded_follows_what_was_decided(mixed: Path) -> None:
    folder = work(mixed, ABSENT)
    first = packing.build(folder, UNIT, ABSENT, TEN).path
    files = {first.name: first.read_bytes()}
    Record(folder, UNIT, "1.0.0", ABSENT).put("bt90-q1", "canary-b")
    second = packing.build(folder, UNIT, ABSENT, TEN + timedelta(minutes=5)).path
    files[second.name] = second.read_bytes()
    theirs = packing.build(work(mixed, OTHER), UNIT, OTHER, TEN).path
    files[f"{REFUSED}/{theirs.name}"] = theirs.read_bytes()
    found = taken_in(files)
    assert (found["count"], found["units"]) == (1, [UNIT])
    assert "1 tệp là bài nộp lại" in found["known"]
    collected = job_state.all_jobs()[0].id
    (one,) = found["refused"]
    job = desk_calls.CALLS["cua-ai"](Desk(), {"refusal": one["id"], "code": OTHER})["job"]
    assert until(lambda: job_state.read(job).finished)
    assert Desk().decisions(collected)["count"] == 2


@pytest.mark.journey
def test_a_photo_is_asked_for_from_whoever_sent_it_or_is_no_submission(mixed: Path) -> None:
    found = taken_in({"IMG_2034.jpg": b"\xff\xd8\xff anh"})
    (one,) = found["refused"]
    assert "tệp ảnh" in one["reason"]
    assert "hỏi lại người ấy" in one["reason"]
    assert one["ask_whom"].startswith("Anh/chị {code}: ")
    assert one["stray"]
    stray: dict[str, Any] = {**one["stray"]}
    job = job_state.all_jobs()[0].id
    assert desk_calls.CALLS["khong-phai-bai"](Desk(), stray)["text"].startswith("Đã ghi là không phải bài nộp")
    after = Desk().decisions(job)
    assert (after["title"], after["refused"]) == ("Đã đọc 1 tệp bài: 1 anh/chị đã quyết", [])
    with pytest.raises(inbox.Refused, match="không còn trong hộp thư"):
        desk_calls.CALLS["khong-phai-bai"](Desk(), {**stray, "file": "hop-thu/../../course.toml"})
