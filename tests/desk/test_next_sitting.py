"""A further sitting from the desk: drawn for whoever has not passed, read with its keys, released, never by mistake."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from kit.classroom import CANARY
from kit.exam import UNIT, answers_of, code_of, sit
from kit.job_runner import until

from buuchinh.desk.naming import projection
from buuchinh.desk.screens import drawn_exam
from buuchinh.desk.screens.desk_view import Desk
from buuchinh.desk.server import desk_calls
from buuchinh.errors import KitError
from buuchinh.exam import exam_builder, later_sittings, record
from buuchinh.grading import grade_class
from buuchinh.intake import collect
from buuchinh.jobs import job_state
from buuchinh.jobs.job_state import Job
from buuchinh.release import versions
from buuchinh.results import sittings

NEXT = "thi2"
PASSED, FAILED, ABSENT = code_of(1), code_of(2), code_of(3)


@pytest.fixture
def graded_class(released_exam: Path) -> Path:
    """Return a class in which one passed the only sitting, one failed it, and the others did not come."""
    for code, wrong in ((PASSED, ()), (FAILED, ("thi1-q03", "thi1-q04", "thi1-q07", "thi1-q08"))):
        released = versions.released_for(UNIT, None, code)
        sit(released_exam, code, answers_of(released, wrong=wrong), released_exam / "usb")
    collect.collect(released_exam / "usb")
    grade_class.grade(UNIT)
    return released_exam


def press(**given: Any) -> Job:
    """Press a button of the desk, and return its job once it has ended."""
    started = desk_calls.CALLS["viec"](Desk(), given)["job"]
    until(lambda: job_state.read(started).finished)
    return job_state.read(started)


def part(name: str, unit: str = UNIT) -> Any:
    return Desk().unit(unit)[name]  # type: ignore[literal-required]


def tasks() -> Iterator[str]:
    panel = Desk().desk()["now"]
    yield from (task["id"] for task in (panel["first"], *panel["then"]) if task)


def columns() -> dict[str, Any]:
    return {unit["id"]: unit["next"] for unit in Desk().desk()["table"]["units"]}


@pytest.mark.usefixtures("graded_class")
def test_a_next_sitting_is_offered_drawn_drawn_anew_and_released_once() -> None:
    assert f"sit:{UNIT}" in tasks()
    offered = part("next_sitting")
    assert offered["lines"][0].startswith("1 người chưa đạt.")
    assert offered["actions"][0]["values"] == {"action": "exam_build", "unit": NEXT}
    done = press(action="exam_build", unit=NEXT)
    assert (done.state, done.command) == ("done", "buuchinh exam build thi2 --forms 2")
    first = record.read(NEXT)
    press(action="exam_build", unit=NEXT)
    assert record.read(NEXT) == first, "a second press draws nothing"
    assert f"drawn:{NEXT}" in tasks()
    assert f"sit:{UNIT}" not in tasks()
    assert part("next_sitting")["actions"][0]["kind"] == "exam"
    assert NEXT not in columns()
    read = later_sittings.fingerprint(NEXT)
    assert press(action="exam_build", unit=NEXT, redraw=True).result["drawn"] is True
    assert record.read(NEXT).about.seed != first.about.seed
    with pytest.raises(KitError, match="rút lại từ lúc mở trang"):
        press(action="release", unit=NEXT, read=read)
    assert press(action="release", unit=NEXT, read=later_sittings.fingerprint(NEXT)).state == "done"
    assert columns()[NEXT] == {"text": "Đặt hạn", "tone": "press", "kind": "unit", "values": {"unit": NEXT}}
    assert not {f"drawn:{NEXT}", f"sit:{UNIT}", f"sit:{NEXT}"} & set(tasks())
    assert sittings.passed_before(NEXT) == {PASSED}
    for action in ("exam_build", "release"):
        with pytest.raises(KitError, match="đã phát hành"):
            press(action=action, unit=NEXT, redraw=True)
    assert part("next_sitting") == {"lines": [], "actions": [], "files": []}
    assert "chưa có hạn" in part("hand_out", NEXT)["lines"][0]


@pytest.mark.usefixtures("graded_class")
@pytest.mark.parametrize("unit", ["thi9", "thinv1", UNIT, "bt01", "nothing"])
@pytest.mark.parametrize("action", ["exam_build", "release"])
def test_no_other_exam_is_drawn_or_released_by_a_button(action: str, unit: str) -> None:
    with pytest.raises(KitError):
        press(action=action, unit=unit)
    assert record.units() == [UNIT]


def test_without_a_pool_one_sentence_says_whom_to_ask(graded_class: Path) -> None:
    shutil.rmtree(graded_class / "exam" / "pool")
    offered = part("next_sitting")
    assert not offered["actions"]
    assert "không có kho câu hỏi thi" in offered["lines"][0]
    with pytest.raises(KitError, match="exam/pool"):
        press(action="exam_build", unit=NEXT)


@pytest.mark.usefixtures("graded_class")
def test_all_questions_of_a_drawn_exam_are_read_with_their_right_answers() -> None:
    press(action="exam_build", unit=NEXT)
    for form in ("a", "b"):
        page = drawn_exam.payload(NEXT, form)
        assert [one["id"] for one in page["forms"] if one["here"]] == [form]
        assert len(page["questions"]) == 8
        for one in page["questions"]:
            assert any(choice["right"] for choice in one["choices"]) or one["answers"]
            assert CANARY in "".join(one["why"])
            assert one["basis"] or not one["choices"]
    with pytest.raises(KeyError):
        drawn_exam.payload(NEXT, "c")


def test_a_draw_that_was_killed_is_finished_and_not_released_before(graded_class: Path) -> None:
    press(action="exam_build", unit=NEXT)
    drawn = record.read(NEXT)
    (graded_class / "source" / NEXT / "forms" / "b.yml").unlink()
    (graded_class / "source" / NEXT / f"{NEXT}.ipynb").unlink()
    assert drawn_exam.payload(NEXT)["faults"]
    assert press(action="release", unit=NEXT, read=later_sittings.fingerprint(NEXT)).state == "failed"
    exam_builder.build(NEXT, forms=2)  # the same press once more is a double press for some seconds
    assert record.read(NEXT) == drawn
    assert not drawn_exam.payload(NEXT)["faults"]
    (graded_class / "source" / NEXT / "forms" / "exam.toml").unlink()  # killed before its record was whole
    assert later_sittings.unreleased() == []
    assert f"sit:{UNIT}" in tasks()


@pytest.mark.usefixtures("graded_class")
def test_who_passed_or_does_not_sit_it_is_not_counted_and_time_that_is_left_is_waited_for() -> None:
    exam_builder.build(NEXT, forms=2)
    assert part("next_sitting")["lines"][0].startswith("Đề bài thi lần 2 đã rút")
    desk_calls.CALLS["de-sau"](Desk(), {"task": f"drawn:{NEXT}"})
    assert list(tasks())[-1] == f"drawn:{NEXT}"
    later = datetime.now().astimezone().replace(year=2099)
    desk_calls.CALLS["han"](Desk(), {"unit": UNIT, "until": f"{later:%Y-%m-%d %H:%M}"})
    shutil.rmtree(record.folder(NEXT).parent)
    assert f"sit:{UNIT}" not in tasks(), "the sitting still runs"
    projection.switch(to=True)
    assert part("next_sitting")["lines"][0].startswith("1 người chưa đạt.")


def test_a_bundle_of_one_exam_is_asked_for_by_its_unit(graded_class: Path) -> None:
    offered = part("hand_out")
    assert offered["actions"][0]["values"] == {"action": "bundle", "unit": UNIT}
    assert "thư mục riêng" in offered["lines"][-1]
    job = press(action="bundle", unit=UNIT)
    assert job.command == "buuchinh bundle --only thi1"
    assert job.state == "failed", "this small course lacks most of what a bundle holds"
    assert press(action="bundle").command == "buuchinh bundle --without-exams"
    from buuchinh.release import bundle

    path = bundle.archive_of_units(UNIT)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"PK")
    assert part("hand_out")["files"][0]["path"] == f"dist/{path.name}"
    assert graded_class in path.parents
