"""The course's own blueprint, pool and first exam: what the plan asks of them."""

from __future__ import annotations

from buuchinh.exam import blueprint, build, draw, pool, record
from buuchinh.exam.faults import faults
from buuchinh.release import carried, source, versions

UNIT = "thi1"


def test_thirty_slots_over_all_lessons_half_of_them_above_understanding() -> None:
    slots = blueprint.load()
    assert len(slots) == 30
    lessons = {objective.partition("-")[0] for slot in slots for objective in slot.objectives}
    assert lessons == {f"m{number}" for number in range(1, 9)}
    assert sum("remember" in slot.blooms for slot in slots) <= 30 / 4
    assert sum(not slot.blooms & {"remember", "understand"} for slot in slots) >= 15
    assert {slot.critical for slot in slots} == {True, False}


def test_ninety_items_are_enough_for_three_forms_that_share_little() -> None:
    items = pool.load()
    assert len(items) >= 90
    assert faults() == []
    assert not [path for path in carried.carried().paths if path.startswith("exam/")]
    assert len({one.id for one in items}) == len(items)


def test_the_first_exam_is_drawn_released_and_as_its_record_says() -> None:
    drawn = record.read(UNIT)
    assert build.differences(UNIT) == []
    assert source.validate(UNIT) == []
    forms = list(drawn.forms.values())
    assert len(forms) == 3
    assert all(len(set(form)) == 30 for form in forms)
    assert draw.overlap(list(map(list, forms))) <= 3
    known = {one.id: one.question for one in pool.load()}
    criticals = [[known[item].critical for item in form] for form in forms]
    assert criticals[0] == criticals[1] == criticals[2]
    assert sum(criticals[0]) >= 5
    out = versions.released_forms(UNIT)
    assert set(out) == set(drawn.forms)
    assert all(len(released.questions.questions) == 30 for released in out.values())
    first = next(iter(out.values()))
    assert sum(question.points for question in first.questions.questions) == sum(drawn.points)
