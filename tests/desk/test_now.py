"""What an instructor should do now: the rules in their order, over plain data."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from kit.handin import code_of

from buuchinh.attempts.refusals import Refusal
from buuchinh.desk.arrivals.inbox import Batch
from buuchinh.desk.class_state.read_class import Cell, ClassState, State, Trainee, Unit
from buuchinh.desk.screens import class_table
from buuchinh.desk.tasks import now
from buuchinh.desk.tasks.now import Facts
from buuchinh.jobs.job_state import Job
from buuchinh.personal_data.names import Names

NOW = datetime.fromisoformat("2026-11-29T10:00:00+07:00")
ONE, TWO, THREE = (code_of(number) for number in range(1, 4))
DAY = timedelta(days=1)


def unit(name: str, deadline: datetime | None = NOW - DAY, **more: Any) -> Unit:
    return Unit(name, deadline, deadline, given_out=True, **more)


def classroom(**states: tuple[State, ...]) -> ClassState:
    """Return a class of three; ``bt02=("new", "passed", …)`` gives each person's state in a unit."""
    people = tuple(Trainee(code, None) for code in (ONE, TWO, THREE))
    cells = {
        (name, person.code): Cell(state, 1, 2, by_hand=True)
        for name, row in states.items()
        for person, state in zip(people, row, strict=True)
    }
    return ClassState(people, tuple(unit(name) for name in states), cells)


def kinds(facts: Facts) -> list[str]:
    first, then = now.now(facts)
    return [task.id for task in (first, *then) if task]


def refusal(name: str = "20261128-100000-abcdef12") -> Refusal:
    return Refusal("", "usb/bt02.zip", NOW, "Tệp hỏng.", "bt02", Path(name))


def job(state: str, at: datetime = NOW, **more: Any) -> Job:
    return Job("20261129-090000-abcdef", "grade", {"unit": "bt02"}, "buuchinh grade bt02", state, at, **more)  # type: ignore[arg-type]


@pytest.fixture
def busy() -> Facts:
    """Return a class in which every rule holds, each in a unit of its own."""
    state = classroom(
        bt01=("waiting", "waiting", "passed"),
        bt02=("new", "new", "not_expected"),
        bt03=("look", "passed", "passed"),
        bt04=("waiting", "not_expected", "not_expected"),
        bt05=("passed", "failed", "not_expected"),
        bt06=("nothing", "not_expected", "not_expected"),
        bt07=("nothing", "not_expected", "not_expected"),
    )
    graded = tuple(replace(one, graded_at=NOW - DAY) for one in state.units)
    packed = replace(graded[-1], packed=2, packed_at=NOW - DAY)
    extended = {("bt07", ONE): NOW + 2 * DAY}
    state = replace(state, refused=(refusal(),), units=(*graded[:-1], packed), extended=extended)
    batch = Batch("20261129-093000-abcdef", Path("hop-thu/20261129-093000-abcdef"), ("a.zip", "b.zip"), NOW)
    late = {("bt06", ONE): NOW - DAY}
    return Facts(state, NOW, (job("failed"),), (batch,), None, (("bt02-q1", "38/2020"),), late=late, drawn=("thinv4",))


def test_the_rules_stand_in_their_order(busy: Facts) -> None:
    found = [task.id.partition(":")[0] for rule in now.RULES for task in rule(busy)]
    expected = ["job", "refused", "late", "mark", "inbox", "new", "look", "mark", "send", "remind"]
    expected += ["time", "drawn", "backup", "law"]
    assert found == expected
    assert kinds(busy)[:5] == [
        "job:20261129-090000-abcdef",
        "refused:20261128-100000-abcdef12",
        "late:2026-11-28T10:00:00+07:00",
        "mark:bt01",
        "inbox:20261129-093000-abcdef",
    ]
    assert len(kinds(busy)) == len(expected), "none is left out"


def test_what_is_put_off_stands_behind_the_others_and_is_not_lost(busy: Facts) -> None:
    put_off = replace(busy, put_off=frozenset({"job:20261129-090000-abcdef", "mark:bt01"}))
    assert kinds(put_off)[:3] == [
        "refused:20261128-100000-abcdef12",
        "late:2026-11-28T10:00:00+07:00",
        "inbox:20261129-093000-abcdef",
    ]
    alone = Facts(classroom(bt02=("new", "passed", "passed")), NOW, put_off=frozenset({"new:bt02", "send:bt02"}))
    assert "new:bt02" in kinds(alone), "nothing can be hidden for good"


def test_where_nothing_waits_there_is_no_task() -> None:
    assert now.now(Facts(classroom(bt02=("not_expected", "not_given", "not_expected")), NOW)) == (None, ())


def test_marking_that_was_begun_is_gone_on_with() -> None:
    first, _ = now.now(Facts(classroom(bt02=("waiting", "waiting", "passed")), NOW))
    assert first is not None
    assert first.sentence == "2 bài tập 2 có câu viết đang chờ anh/chị chấm"
    assert first.button == "Chấm tiếp"
    first, _ = now.now(Facts(classroom(bt02=("waiting", "waiting", "waiting")), NOW))
    assert first is not None
    assert first.button == "Bắt đầu chấm"


@pytest.mark.parametrize(
    ("row", "sent"),
    [
        (("passed", "failed", "not_expected"), True),
        (("passed", "waiting", "passed"), False),
        (("passed", "new", "passed"), False),
        (("passed", "refused", "passed"), False),
        (("passed", "look", "passed"), False),
        (("passed", "nothing", "passed"), True),
        (("nothing", "nothing", "late"), False),
    ],
)
def test_feedback_is_ready_when_all_is_graded(row: tuple[State, ...], sent: bool) -> None:
    state = classroom(bt02=row)
    assert bool(now.ready_to_send(state, state.units[0], NOW)) == sent


def test_feedback_waits_for_whoever_has_time_left() -> None:
    state = classroom(bt02=("passed", "nothing", "passed"))
    later = replace(state.units[0], last=NOW + DAY)
    assert now.ready_to_send(state, later, NOW) == []
    all_in = classroom(bt02=("passed", "passed", "passed"))
    assert now.ready_to_send(all_in, later, NOW) == [ONE, TWO, THREE]


def test_only_a_deadline_within_a_day_or_a_week_ago_is_reminded_of() -> None:
    state = classroom(bt02=("nothing", "nothing", "passed"))

    def reminded(deadline: datetime | None) -> bool:
        units = (replace(state.units[0], deadline=deadline, last=deadline),)
        return "remind:bt02" in kinds(Facts(replace(state, units=units), NOW))

    assert [reminded(at) for at in (NOW + 2 * DAY, NOW + DAY / 2, NOW - 3 * DAY, NOW - 8 * DAY, None)] == [
        False, True, True, False, False,
    ]  # fmt: skip


def test_a_reminder_names_how_many_more_the_filter_counts() -> None:
    def counted(*states: State) -> tuple[str, str, str]:
        state = classroom(bt02=states)
        first, then = now.now(Facts(state, NOW))
        task = next(task for task in (first, *then) if task and task.id == "remind:bt02")
        filters = class_table.payload(state, Names.read(), NOW)["filters"]
        return task.sentence, task.detail, filters[2]["text"]

    due = "quá hạn từ 10:00 hôm qua"
    assert counted("nothing", "nothing", "passed") == ("2 người chưa nộp bài tập 2", due, "Đến hạn thiếu bài 2")
    late = f"{due}; 1 người nữa đã nộp mà bài chưa tính"
    assert counted("nothing", "passed", "late")[1:] == (late, "Đến hạn thiếu bài 2")


def test_work_that_was_done_since_or_is_gone_on_with_did_not_fail() -> None:
    state = classroom(bt02=("not_expected",) * 3)
    failed = job("interrupted")
    assert kinds(Facts(state, NOW, (failed,))) == [f"job:{failed.id}"]
    assert kinds(Facts(state, NOW, (replace(job("done"), id="x"), failed))) == []
    assert kinds(Facts(state, NOW, (replace(failed, resumed_as="x"),))) == []
    assert kinds(Facts(state, NOW + 8 * DAY, (failed,))) == []


def test_a_backup_is_asked_for_when_there_is_none_when_it_is_old_and_when_points_are_newer() -> None:
    state = classroom(bt02=("not_expected",) * 3)
    graded = replace(state, units=(replace(state.units[0], graded_at=NOW - 10 * DAY),))

    def asked(made: datetime | None) -> bool:
        return kinds(Facts(graded, NOW, backup_at=made)) == ["backup"]

    assert [asked(at) for at in (None, NOW - 11 * DAY, NOW - 8 * DAY, NOW - DAY)] == [True, True, True, False]
    assert kinds(Facts(state, NOW)) == [], "a class without a point has nothing to lose"


def test_a_batch_that_was_taken_in_is_not_offered_again(busy: Facts) -> None:
    folder = "hop-thu/20261129-093000-abcdef"
    taken = replace(job("done"), action="collect", arguments={"folder": folder})
    assert not [one for one in kinds(replace(busy, jobs=(taken,))) if one.startswith("inbox")]


def test_feedback_is_not_offered_while_a_corrected_key_waits() -> None:
    graded = classroom(bt02=("passed", "passed", "passed"))
    offered = [
        [task.id for task in filter(None, (first, *then))]
        for first, then in map(now.now, (Facts(graded, NOW), Facts(graded, NOW, corrected=("bt02",))))
    ]
    assert ["send:bt02" in ids for ids in offered] == [True, False]
    to_mark = classroom(bt02=("waiting", "passed", "passed"))
    details = [
        first.detail
        for first, _ in map(now.now, (Facts(to_mark, NOW), Facts(to_mark, NOW, corrected=("bt02",))))
        if first
    ]
    assert ["Chấm xong là gửi được" in detail for detail in details] == [True, False]
