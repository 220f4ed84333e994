"""Families of the pool: one variant a form, others for other forms; retired items stay where they were drawn."""

from __future__ import annotations

from pathlib import Path

from kit.classroom import edit
from kit.exam import UNIT, item, pool_file

from buuchinh.exam import exam_builder, record
from buuchinh.exam import item_pool as closed
from buuchinh.questions import question_bank

_RIGHT = "correct: canary-{name}-a"


def family(name: str, objective: str, bloom: str) -> str:
    """Return an item with three stems, under each of which another option is right."""
    stems = "".join(
        f"      - {{id: v{n}, luc: lúc {n} giờ, dung: canary-{name}-{right}}}\n" for n, right in enumerate("abc", 1)
    )
    written = item(name, objective, bloom).replace(_RIGHT.format(name=name), 'correct: "{dung}"')
    return written.replace(", làm gì trước?", ", {luc}, làm gì trước?").replace(
        "    stem:", f"    variants:\n{stems}    stem:"
    )


def with_families(course: Path) -> None:
    """Make the items of one objective families of three."""
    items = [family(f"x06-q0{n}", "m6-3", "apply") for n in range(1, 3)]
    (course / "exam" / "pool" / "x06.yml").write_text(pool_file("x06", items), encoding="utf-8")


def drawn_of(unit: str, prefix: str) -> dict[str, list[str]]:
    return {
        form: [name for name in names if name.startswith(prefix)] for form, names in record.read(unit).forms.items()
    }


def test_a_form_has_one_of_a_family_and_two_forms_have_different_ones(exam_course: Path) -> None:
    with_families(exam_course)
    made = exam_builder.build(UNIT, forms=2, seed="gia-dinh")
    of_forms = drawn_of(UNIT, "x06")
    families = {one.id: one.family for one in closed.load()}
    for names in of_forms.values():
        assert sorted(families[name] for name in names) == ["x06-q01", "x06-q02"], "each family once"
    assert not set(of_forms["a"]) & set(of_forms["b"])
    assert made.overlap == 0
    asked = [question_bank.load(exam_course / "source" / UNIT / "forms" / f"{form}.yml").questions for form in "ab"]
    assert len({question.stem for form in asked for question in form[-2:]}) == 4


def test_a_slot_takes_only_those_of_a_family_that_fit_it(exam_course: Path) -> None:
    """Where one stem is about danger and another is not, the first alone is critical."""
    with_families(exam_course)
    path = exam_course / "exam" / "pool" / "x06.yml"
    text = path.read_text(encoding="utf-8").replace("critical: false", 'critical: "{liet}"')
    for number in (1, 2, 3):
        text = text.replace(f"{{id: v{number}, ", f"{{id: v{number}, liet: {'true' if number == 1 else 'false'}, ")
    path.write_text(text, encoding="utf-8")
    exam_builder.build(UNIT, forms=2, seed="liet")
    critical = {one.id for one in closed.load() if one.question.critical}
    assert {"x06-q01-v1", "x06-q02-v1"} <= critical
    for names in drawn_of(UNIT, "x06").values():
        assert not critical & set(names), "the slots of this objective ask for none that is critical"


def test_the_next_exam_takes_the_variants_that_were_not_asked(exam_course: Path) -> None:
    with_families(exam_course)
    exam_builder.build("thi1", forms=2, seed="mot")
    exam_builder.build("thi2", forms=1, seed="hai")
    earlier = {name for names in drawn_of("thi1", "x06").values() for name in names}
    assert len(earlier) == 4
    assert not earlier & set(drawn_of("thi2", "x06")["a"])


def test_what_is_retired_stays_in_earlier_exams_and_enters_no_new_one(exam_course: Path) -> None:
    exam_builder.build("thi1", forms=1, seed="mot")
    gone = next(name for name in drawn_of("thi1", "x02")["a"] if name in {"x02-q08", "x02-q09", "x02-q10", "x02-q11"})
    edit(exam_course / "exam" / "pool" / "x02.yml", f"- id: {gone}\n", f"- id: {gone}\n    retired: true\n")
    assert exam_builder.differences("thi1") == []
    for number in range(2, 6):
        exam_builder.build(f"thi{number}", forms=2, seed=str(number))
        assert all(gone not in names for names in record.read(f"thi{number}").forms.values())
    assert "retired" not in (exam_course / "source" / "thi1" / "forms" / "a.yml").read_text(encoding="utf-8")


def test_a_second_sitting_takes_families_that_its_people_have_not_met(exam_course: Path) -> None:
    """Whoever sat before knows the options of a family, whichever of its stems they met."""
    items = [family(f"x06-q0{n}", "m6-3", "apply") for n in range(1, 5)]
    (exam_course / "exam" / "pool" / "x06.yml").write_text(pool_file("x06", items), encoding="utf-8")
    families = {one.id: one.family for one in closed.load()}
    exam_builder.build(UNIT, forms=1, seed="mot")
    for seed in "abcdef":
        exam_builder.build("thi2", forms=1, seed=seed, redraw=True)
        met, now = ({families[name] for name in drawn_of(unit, "x06")["a"]} for unit in (UNIT, "thi2"))
        assert len(now) == 2
        assert not met & now
