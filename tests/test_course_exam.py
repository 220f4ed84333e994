"""The course's own blueprints, pool and exams: what the plan asks of them."""

from __future__ import annotations

from collections import Counter

import pytest

from buuchinh import course
from buuchinh.exam import blueprint, draw, exam_builder, exam_groups, item_pool, record
from buuchinh.exam.exam_checks import faults
from buuchinh.release import bundle_files, source, versions

EARLIER = ("thi1", "thinv1", "thinv2", "thitr1", "thicb1")
"""Exams that classes still have; each asks seven items that must be right."""
OF_GROUPS = {"thinv3": (3, 14), "thitr2": (3, 16), "thicb2": (4, 16)}
"""The exams of today, with their forms and the items of each form that are about a decision."""
SIZES = {"staff": (30, 30), "head": (32, 32), "officer": (36, 36)}
"""Slots and points of each group's blueprint."""
DECISIONS = {"staff": 7, "head": 8, "officer": 8}
"""Decisions of each group's blueprint, two slots each."""
LAW_AND_FIGURES = ("m1-1", "m1-2", "m1-3", "m2-1", "m2-6", "m3-4", "m3-5", "m3-6", "m6-")
"""What of the blueprints is the legal framework in use and honest figures."""
OFF_JOB = ("m1-1", "m1-2", "m1-3", "m2-1", "m2-6", "m3-4", "m3-6", "m6-2", "m6-3", "m6-6")
"""Sources, numbers of documents, halving of fines, percentages, code: no clerk's work."""


def test_thirty_slots_over_all_lessons_half_of_them_above_understanding() -> None:
    slots = blueprint.load()
    assert len(slots) == 30
    lessons = {objective.partition("-")[0] for slot in slots for objective in slot.objectives}
    assert lessons == {f"m{number}" for number in range(1, 9)}
    assert sum("remember" in slot.blooms for slot in slots) <= 30 / 4
    assert sum(not slot.blooms & {"remember", "understand"} for slot in slots) >= 15
    assert {slot.critical for slot in slots} == {True, False}


def test_ninety_items_are_enough_for_three_forms_that_share_little() -> None:
    items = item_pool.load()
    assert len(items) >= 90
    assert faults() == []
    assert not [path for path in bundle_files.list_files().paths if path.startswith("exam/")]
    assert len({one.id for one in items}) == len(items)


@pytest.mark.parametrize("group", exam_groups.GROUPS, ids=lambda group: group.id)
def test_each_group_has_a_blueprint_and_ninety_items_for_it(group: exam_groups.Group) -> None:
    slots = blueprint.load(group)
    assert (len(slots), sum(slot.points for slot in slots)) == SIZES[group.id]
    critical = Counter(slot.decision for slot in slots if slot.critical)
    assert (len(critical), {*critical.values()}) == (DECISIONS[group.id], {2})
    items = [one.question for one in item_pool.load() if not one.question.retired]
    eligible = [one for one in items if any(slot.fits(one) for slot in slots)]
    assert len(eligible) >= 90
    assert sum(one.bloom in {"apply", "analyse", "evaluate", "create"} for one in eligible) >= len(eligible) / 2
    assert not [one.id for one in eligible if one.type == "code"]


def test_staff_are_asked_in_the_order_of_their_path_and_nothing_of_lessons_off_it() -> None:
    slots = blueprint.load(exam_groups.GROUPS[0])
    path = [step.removeprefix("l0") for step in course.settings().paths["staff"] if step.startswith("l0")]
    lessons = [{objective[1] for objective in slot.objectives} for slot in slots]
    assert all(lesson <= {*path} for lesson in lessons)
    places = [min(path.index(number) for number in lesson) for lesson in lessons]
    assert places == sorted(places)


def test_staff_are_asked_little_law_and_figures_and_nothing_off_their_job_and_officers_much() -> None:
    points = {
        group.id: sum(
            slot.points
            for slot in blueprint.load(group)
            if all(name.startswith(LAW_AND_FIGURES) for name in slot.objectives)
        )
        for group in exam_groups.GROUPS
    }
    assert points["staff"] <= 3
    assert points["officer"] >= 12
    staff = blueprint.load(exam_groups.GROUPS[0])
    assert not [slot.number for slot in staff if slot.objectives & {*OFF_JOB}]
    assert not [slot.number for slot in staff if any(name.startswith("m6") for name in slot.objectives)], (
        "how to write of the news stands in lessons 1 and 6, which are not on the staff's path"
    )
    known = {one.id: one.question for one in item_pool.load()}
    asked = {item for form in record.read("thinv3").forms.values() for item in form}
    assert not [item for item in asked if known[item].exam_for and "staff" not in known[item].exam_for]


@pytest.mark.parametrize("unit", [*EARLIER, *OF_GROUPS])
def test_an_exam_is_drawn_released_and_as_its_record_says(unit: str) -> None:
    drawn = record.read(unit)
    assert exam_builder.differences(unit) == []
    assert source.validate(unit) == []
    forms = list(drawn.forms.values())
    count, asked = OF_GROUPS.get(unit, (3, 7))
    assert len(forms) == count
    assert all(len(set(form)) == len(drawn.points) for form in forms)
    assert draw.overlap(list(map(list, forms))) <= 3
    known = {one.id: one.question for one in item_pool.load()}
    for form in forms:
        assert sum(known[item].critical for item in form) == asked
    out = versions.released_forms(unit)
    assert set(out) == set(drawn.forms)
    assert all(len(released.questions.questions) == len(drawn.points) for released in out.values())
    first = next(iter(out.values()))
    assert sum(question.points for question in first.questions.questions) == sum(drawn.points)


@pytest.mark.parametrize("unit", OF_GROUPS)
def test_two_forms_share_few_families_and_none_that_an_earlier_sitting_asked(unit: str) -> None:
    drawn = record.read(unit)
    family = {one.id: one.family for one in item_pool.load()}
    forms = [[family[item] for item in form] for form in drawn.forms.values()]
    assert draw.overlap(forms) <= round(exam_builder.SHARED * len(drawn.points))
    earlier = [one for one in EARLIER if exam_groups.group_of_exam(one) == exam_groups.group_of_exam(unit)]
    asked = {family[item] for one in earlier for form in record.read(one).forms.values() for item in form}
    assert max(len(asked & set(form)) for form in forms) <= round(exam_builder.AGAIN * len(drawn.points))


def test_each_slot_of_the_officers_has_three_families_and_four_where_it_is_about_a_decision() -> None:
    items = [one for one in item_pool.load() if not one.question.retired]
    for slot in blueprint.load(exam_groups.GROUPS[2]):
        fitting = {one.family for one in items if slot.fits(one.question)}
        assert len(fitting) >= (4 if slot.decision else 3), (slot.number, fitting)


@pytest.mark.parametrize("unit", OF_GROUPS)
def test_each_decision_of_an_exam_has_two_items_of_its_own_that_are_critical_and_live(unit: str) -> None:
    drawn = record.read(unit)
    group = exam_groups.group_of_exam(unit)
    assert group
    decisions = Counter(one for one in drawn.decisions if one)
    assert (len(decisions), {*decisions.values()}) == (DECISIONS[group.id], {2})
    known = {one.id: one.question for one in item_pool.load()}
    for form in drawn.forms.values():
        for item, decision in zip(form, drawn.decisions, strict=True):
            assert not known[item].retired, item
            if decision:
                assert (known[item].critical, known[item].decision) == (True, decision), item
