"""Two questions for one decision, of which one must be right: drawn, released, judged and told so."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from kit.classroom import edit
from kit.exam import BLUEPRINT, UNIT, answers_of, code_of, release_exam, sit, tree, words_of
from openpyxl import load_workbook

from buuchinh import cli
from buuchinh.authoring.check import check
from buuchinh.errors import KitError
from buuchinh.exam import blueprint, exam_builder, record
from buuchinh.exam import item_pool as closed
from buuchinh.grading import grade_class
from buuchinh.intake import collect
from buuchinh.learner.data import unit
from buuchinh.questions import question_bank
from buuchinh.release import source, versions
from buuchinh.results import class_report, feedback_pages, results

DECISION = "giu-kin"
TITLE = "Điều gì được nói, được cho xem, được chụp, với ai"
PAIR, ALONE = ("thi1-q03", "thi1-q04"), "thi1-q08"


@pytest.fixture
def decided(exam_course: Path) -> Path:
    """A course whose exam asks two questions about one decision and one that must be right by itself."""
    table = BLUEPRINT.replace("2;x", f"2;{DECISION}").replace("m2-2;apply;2;\n", f"m2-2;apply;2;{DECISION}\n")
    (exam_course / "exam" / "blueprint.csv").write_text(table.replace("8;m6;apply;1;", "8;m6;apply;1;x"), "utf-8-sig")
    path = exam_course / "exam" / "pool" / "x02.yml"
    about = re.sub(
        r"(objective: m2-2\n.*\n.*\n    critical: )\w+",
        rf"\g<1>true\n    decision: {DECISION}\n    taught: [l02/o]",
        path.read_text(encoding="utf-8"),
    )
    path.write_text(about, encoding="utf-8")
    path = path.with_name("x06.yml")
    path.write_text(path.read_text(encoding="utf-8").replace("critical: false", "critical: true", 3), encoding="utf-8")
    edit(exam_course / "course.toml", "pass_mark = 0.8", "pass_mark = 0.5")
    return exam_course


def test_a_slot_about_a_decision_takes_critical_items_about_it(decided: Path) -> None:
    exam_builder.build(UNIT, forms=2, seed="hat-giong")
    slots, items = blueprint.load(), {one.id: one.question for one in closed.load()}
    drawn = record.read(UNIT)
    assert drawn.decisions == ("", "", DECISION, DECISION, "", "", "", "")
    for form in drawn.forms.values():
        assert [items[name].decision for name in form[2:4]] == [DECISION] * 2
        assert all(slot.fits(items[name]) for slot, name in zip(slots, form, strict=True))
    text = (decided / "source" / UNIT / "forms" / "a.yml").read_text(encoding="utf-8")
    assert text.count(f"decision: {DECISION}") == 2
    assert "taught" not in text, "what is noted of an item in the pool changes no exam"
    edit(decided / "exam" / "pool" / "x02.yml", f"decision: {DECISION}", "decision: ai-duoc-mo")
    assert exam_builder.build(UNIT).changed == (), "the draw keeps the decisions of its slots"
    assert source.validate(UNIT) == []
    edit(decided / "source" / UNIT / "forms" / "b.yml", f"decision: {DECISION}", "decision: ai-duoc-mo")
    assert [problem.path for problem in source.validate(UNIT)] == ["source/thi1/forms/b.yml"]


def test_a_decision_that_is_in_no_table_is_named_in_blueprint_and_question(decided: Path) -> None:
    (decided / "exam" / "pool" / "x06.yml").unlink()
    edit(decided / "exam" / "pool" / "x02.yml", f"decision: {DECISION}", "decision: giu-kind")
    (problem,) = {(one.path, one.way_out) for one in check() if "giu-kind" in one.message}
    assert problem[0] == "exam/pool/x02.yml"
    assert DECISION in problem[1]
    edit(decided / "exam" / "blueprint.csv", f"2;{DECISION}", "2;giu-kind")
    with pytest.raises(KitError, match="giu-kind") as error:
        blueprint.load()
    assert DECISION in str(error.value.problems[0].way_out)


def test_the_pool_lacks_items_about_a_decision(decided: Path) -> None:
    path = decided / "exam" / "pool" / "x02.yml"
    path.write_text(path.read_text(encoding="utf-8").replace(f"decision: {DECISION}", "decision: ai-duoc-mo"), "utf-8")
    with pytest.raises(KitError, match=f"cần 2 câu mục tiêu m2-2, mức apply, bắt buộc đúng, quyết định {DECISION}"):
        exam_builder.build(UNIT, forms=2)


@pytest.mark.slow
def test_one_right_answer_of_two_settles_a_decision(decided: Path, capsys: pytest.CaptureFixture[str]) -> None:
    release_exam()
    given = {
        1: (),
        2: PAIR[:1],
        3: PAIR,
        4: (ALONE,),
        5: (*PAIR, ALONE),
        6: (*PAIR, "thi1-q01", "thi1-q05", "thi1-q06", "thi1-q07"),
    }
    for number, wrong in given.items():
        code = code_of(number)
        sit(decided, code, answers_of(versions.released_for(UNIT, None, code), wrong=wrong), decided / "usb")
    collect.collect(decided / "usb")
    assert cli.run(["grade", UNIT]) == 0
    assert f"chưa đúng câu nào về “{TITLE}”: 3, 4" in " ".join(capsys.readouterr().out.split())
    by_code = {one.code: one for one in results.standings(UNIT)}
    found = {number: by_code[code_of(number)] for number in given}
    assert [one.verdict for one in found.values()] == ["pass", "pass", "fail", "fail", "fail", "fail"]
    assert [[item.id for item in one.missed] for one in found.values()] == [
        [],
        [],
        [*PAIR],
        [ALONE],
        [*PAIR, ALONE],
        [*PAIR],
    ]
    feedback_pages.write(UNIT)
    said = {number: words_of(code_of(number)) for number in given}
    assert "bắt buộc đúng" not in said[2], "one wrong answer about a decision takes its points and nothing else"
    assert "Có quyết định mà cả hai câu đều chưa đúng." in said[3]
    assert f"Hai câu cho một quyết định, phải đúng ít nhất một. Chưa đúng câu nào ở: {TITLE}." in said[3]
    assert "Chưa đủ điểm: cần từ 50 % số điểm. Lại có quyết định mà cả hai câu đều chưa đúng." in said[6]
    assert "Câu bắt buộc đúng thì phải đúng" in said[4]
    assert "Hai câu cho một quyết định" not in said[4]
    assert "Câu bắt buộc đúng thì phải đúng" in said[5]
    assert "Hai câu cho một quyết định" in said[5]
    assert all(name not in page for page in said.values() for name in (DECISION, "thi1-q", "x02-"))
    persons, *_, book = class_report.write(UNIT)
    rows = {row["Mã học viên"]: row for row in csv.DictReader(io.StringIO(persons.read_text(encoding="utf-8-sig")))}
    assert rows[code_of(3)]["Câu bắt buộc đúng mà chưa đúng"] == ", ".join(PAIR)
    sheet = load_workbook(book).worksheets[0]
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert any("đúng ít nhất một trong hai câu của mỗi quyết định" in cell for cell in cells), "what is signed says so"
    assert f"chưa đúng câu nào về “{TITLE}”: 3, 4" in cells


def test_a_question_that_waits_can_still_settle_a_decision(decided: Path) -> None:
    release_exam()
    code = code_of(1)
    sit(decided, code, answers_of(versions.released_for(UNIT, None, code), wrong=PAIR), decided / "usb")
    collect.collect(decided / "usb")
    grade_class.grade(UNIT)
    (standing,) = results.standings(UNIT)

    def judged(first: float | None, second: float | None) -> results.Verdict:
        earned = dict(zip(PAIR, (first, second), strict=True))
        items = tuple(
            results.QuestionResult(**{**vars(item), "earned": earned.get(item.id, item.earned)})
            for item in standing.items
        )
        return results.Standing(**{**vars(standing), "items": items}).verdict

    assert judged(0, None) == "pending"
    assert judged(2, None) == "pass"
    assert judged(0, 0) == "fail"
    assert judged(None, None) == "pending"


def test_what_a_trainee_is_given_tells_the_rule_and_no_decision(decided: Path) -> None:
    release_exam()
    for name, data in tree(decided / "exercises").items():
        text = data.decode("utf-8")
        assert "decision" not in text, name
        assert DECISION not in text, name
    notebook = json.loads((decided / "exercises" / UNIT / f"{UNIT}.ipynb").read_text(encoding="utf-8"))
    intro = "".join(notebook["cells"][0]["source"])
    assert "hai câu cho một quyết định, phải đúng ít nhất một" in intro
    page, _ = unit.exercise(UNIT)
    assert "hai câu cho một quyết định, phải đúng ít nhất một" in json.dumps(page, ensure_ascii=False)
    assert DECISION not in json.dumps(page)
    sheet = question_bank.load_public(decided / "exercises" / UNIT / "questions.json")
    assert [question.critical for question in sheet.forms["a"]] == [False, False, True, True, *[False] * 3, True]


def test_an_exam_without_decisions_keeps_its_rule_and_its_words(decided: Path) -> None:
    table = decided / "exam" / "blueprint.csv"
    text = table.read_text(encoding="utf-8-sig")
    table.write_text(text.replace(f"2;{DECISION}", "2;x"), encoding="utf-8-sig")
    release_exam()
    intro = (decided / "exercises" / UNIT / f"{UNIT}.ipynb").read_text(encoding="utf-8")
    assert "và đúng mọi câu ghi **câu bắt buộc đúng**." in intro
    assert (
        (decided / "source" / UNIT / "forms" / "slots.csv")
        .read_text("utf-8")
        .startswith("form,slot,question,item,points\n")
    )
    code = code_of(1)
    sit(decided, code, answers_of(versions.released_for(UNIT, None, code), wrong=PAIR[:1]), decided / "usb")
    collect.collect(decided / "usb")
    grade_class.grade(UNIT)
    (standing,) = results.standings(UNIT)
    assert standing.verdict == "fail", "its items are about one decision in the pool, but its slots did not ask for it"
    assert [item.id for item in standing.missed] == [PAIR[0]]
