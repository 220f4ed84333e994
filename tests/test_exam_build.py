"""An exam is drawn once from blueprint and pool, and made again from its record; what they lack is said."""

from __future__ import annotations

import json
import re
from itertools import combinations
from pathlib import Path

import pytest
from kit.classroom import edit
from kit.exam import UNIT, item, pool, pool_file, problems_of, tree

from buuchinh.cli import run
from buuchinh.errors import KitError
from buuchinh.exam import blueprint, exam_builder, record
from buuchinh.exam import item_pool as closed
from buuchinh.exam.exam_checks import faults
from buuchinh.questions import question_bank


def test_the_exam_is_drawn_once_and_made_again_from_its_record(exam_course: Path) -> None:
    made = exam_builder.build(UNIT, forms=2, seed="hat-giong")
    assert (made.drawn, made.overlap, made.before) == (True, 0, 0)
    drawn = record.read(UNIT)
    assert set(drawn.forms) == {"a", "b"}
    assert not set(drawn.forms["a"]) & set(drawn.forms["b"])
    slots, items = blueprint.load(), {one.id: one.question for one in closed.load()}
    for form in drawn.forms.values():
        for slot, name in zip(slots, form, strict=True):
            assert slot.fits(items[name])
    file = question_bank.load(exam_course / "source" / UNIT / "forms" / "b.yml")
    assert [question.id for question in file.questions] == [f"thi1-q0{n}" for n in range(1, 9)]
    assert [question.points for question in file.questions] == [1, 1, 2, 2, 1.5, 1.5, 1, 1]
    assert [question.critical for question in file.questions] == [False, False, True, *[False] * 5]
    before = tree(exam_course / "source")
    again = exam_builder.build(UNIT, forms=2)
    assert (again.drawn, again.changed) == (False, ())
    assert tree(exam_course / "source") == before
    assert exam_builder.differences(UNIT) == []
    edit(exam_course / "source" / UNIT / "forms" / "a.yml", "làm gì trước", "làm gì sau")
    assert [problem.path for problem in exam_builder.differences(UNIT)] == ["source/thi1/forms/a.yml"]
    assert exam_builder.build(UNIT).changed == ("forms/a.yml",)
    assert tree(exam_course / "source") == before
    table = exam_course / "exam" / "blueprint.csv"
    kept = table.read_bytes()
    edit(table, "8;m6;apply;1;\n", "")
    assert exam_builder.build(UNIT).changed == ()  # what was drawn stays, whatever the next exam will be
    table.write_bytes(kept)
    other = exam_builder.build(UNIT, forms=2, seed="khac", redraw=True)
    assert other.drawn
    exam_builder.build(UNIT, forms=2, seed="hat-giong", redraw=True)
    assert tree(exam_course / "source") == before


def test_the_next_exam_takes_other_items_as_far_as_the_pool_goes(exam_course: Path) -> None:
    exam_builder.build("thi1", forms=1, seed="mot")
    made = exam_builder.build("thi2", forms=1, seed="hai")
    assert made.before == 0
    third = exam_builder.build("thi3", forms=1, seed="ba")
    used = [{name for form in record.read(unit).forms.values() for name in form} for unit in ("thi1", "thi2", "thi3")]
    assert third.before == len(used[2] & (used[0] | used[1])) == 2  # two critical items, five of m2-1


def test_build_says_how_many_families_forms_and_sittings_share_and_warns_of_too_many(
    exam_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["exam", "build", "thi1", "--forms", "2", "--seed", "mot"]) == 0
    said = capsys.readouterr().out
    assert "Hai đề chung nhiều nhất 0 họ câu; nên từ 1 trở xuống." in said
    assert "Chú ý" not in said
    assert run(["exam", "build", "thi2", "--forms", "3", "--seed", "hai"]) == 0
    said = capsys.readouterr().out
    assert "nhiều quá" in said, "fifteen items for two slots of eight, three forms and an earlier sitting"
    known = {one.id: one.family for one in closed.load()}

    def families(unit: str) -> list[set[str]]:
        return [{known[name] for name in form} for form in record.read(unit).forms.values()]

    most = max(len(one & other) for one in families("thi2") for other in families("thi1"))
    assert f"Một đề chung với một đề của thi1 nhiều nhất {most} họ câu; nên từ 2 trở xuống." in said
    shared = max(len(one & other) for one, other in combinations(families("thi2"), 2))
    assert f"Hai đề chung nhiều nhất {shared} họ câu" in said


def test_two_variants_of_one_family_are_shared_as_one(exam_course: Path) -> None:
    path = exam_course / "exam" / "pool" / "x06.yml"
    one = item("x06-q01", "m6-3", "apply").replace(
        "    intent", "    variants:\n      - {id: v1, ca: sáng}\n      - {id: v2, ca: chiều}\n    intent"
    )
    other = item("x06-q02", "m6-3", "apply")
    path.write_text(pool_file("x06", [one.replace("ca trực số 01", "ca {ca}"), other]), encoding="utf-8")
    made = exam_builder.build(UNIT, forms=2, seed="hat-giong")
    assert made.overlap < made.families, "the variants differ, the options are the same"


def test_all_that_the_pool_lacks_is_said_at_once(exam_course: Path) -> None:
    short = {name: [one for one in items if "critical: true" not in one] for name, items in pool().items()}
    short["x06"] = short["x06"][:1]
    for name, items in short.items():
        (exam_course / "exam" / "pool" / f"{name}.yml").write_text(pool_file(name, items), encoding="utf-8")
    with pytest.raises(KitError) as error:
        exam_builder.build(UNIT)
    assert [problem.line for problem in error.value.problems] == [4, 8]
    assert "cần 1 câu mục tiêu m2-2, mức apply, bắt buộc đúng; có 0" in problems_of(error)
    assert "cần 2 câu mục tiêu m6, mức apply; có 1: x06-q01" in problems_of(error)
    assert not (exam_course / "source").exists()


def test_slots_that_compete_for_the_same_items_are_said(exam_course: Path) -> None:
    table = "slot,objectives,bloom,points,critical\n1,m6-3,apply,1,\n2,m6,apply,1,\n3,m6-3 m2-1,apply,1,\n"
    (exam_course / "exam" / "blueprint.csv").write_text(table, encoding="utf-8")
    (exam_course / "exam" / "pool" / "x06.yml").write_text(pool_file("x06", pool()["x06"][:2]), encoding="utf-8")
    with pytest.raises(KitError, match="vị trí 3 còn trống"):
        exam_builder.build(UNIT)


def test_every_fault_of_blueprint_and_pool_is_said_with_its_line(exam_course: Path) -> None:
    table = "slot,objectives,bloom,points,critical\nmột,m2-1,apply,1,\n2,m9-9,lười,0,có lẽ\n"
    (exam_course / "exam" / "blueprint.csv").write_text(table, encoding="utf-8")
    with pytest.raises(KitError) as error:
        blueprint.load()
    assert [problem.line for problem in error.value.problems] == [2, 3, 3, 3, 3]
    bad = item("x02-q01", "m2-1", "apply").replace("x02-q01\n", "q01\n", 1).replace("    objective: m2-1\n", "")
    text = pool_file("x03", [bad]).replace("as_of: 2026-11-25\n", "")
    (exam_course / "exam" / "pool" / "x02.yml").write_text(text, encoding="utf-8")
    with pytest.raises(KitError) as error:
        closed.load()
    for word in ("x03", "as_of", "x02-q01", "objective"):
        assert word in problems_of(error)


def test_an_item_in_the_words_of_a_practice_question_is_named(exam_course: Path) -> None:
    known = question_bank.load(exam_course / "datasets" / "questions" / "l02.yml").questions[0]
    text = item("x02-q01", "m2-1", "apply")
    copied = re.sub(r"stem: .*", f"stem: {json.dumps(known.stem, ensure_ascii=False)}", text)
    (exam_course / "exam" / "pool" / "x02.yml").write_text(pool_file("x02", [copied]), encoding="utf-8")
    found = list(closed.resembling([known], closed.load()))
    assert [("x02-q01" in problem.message, known.id in problem.message) for problem in found] == [(True, True)]


def test_check_warns_of_what_the_pool_lacks_until_the_course_is_complete(exam_course: Path) -> None:
    settings = re.sub(r"(?m)^complete = .*\n", "", (exam_course / "course.toml").read_text(encoding="utf-8"))
    assert faults() == []
    edit(exam_course / "exam" / "pool" / "x02.yml", "critical: true", "critical: false")
    for complete, level in (("false", "warning"), ("true", "error")):
        (exam_course / "course.toml").write_text(f"complete = {complete}\n{settings}", encoding="utf-8")
        assert {problem.level for problem in faults()} == {level}
    edit(exam_course / "exam" / "blueprint.csv", "m2-1", "m2-77")
    assert "m2-77" in str(faults()[0])


def test_the_exam_commands_speak_vietnamese(exam_course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["exam", "build", UNIT, "--forms", "2", "--seed", "hat-giong"]) == 0
    assert "2 đề, mỗi đề 8 câu" in capsys.readouterr().out
    assert run(["exam", "build", UNIT]) == 0
    assert "không có gì thay đổi" in capsys.readouterr().out
    assert run(["exam", "build", "bt02"]) == 1
    assert "thi1" in capsys.readouterr().err
    assert run(["exam"]) == 0
