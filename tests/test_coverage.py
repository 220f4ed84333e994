"""Coverage of the source: its sentences verbatim, what teaches each, and what is still missing."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest
from kit.authoring import edit, own_course

from buuchinh import cli, datasets
from buuchinh.authoring import check, coverage

SOURCE = "2db3b10bd041d660b78b4eb39f9b41afab3fc7e681eaa4dedf50b140048a2da2"
"""SHA-256 of the article's text, its paragraphs joined by single spaces."""


course = pytest.fixture(own_course)


def tag(course, *tags: str) -> None:
    path = course / "lessons" / "90-thu.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][0]["metadata"]["tags"] = list(tags)
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


def teach(course, sentences: str) -> None:
    edit(course / "datasets" / "questions" / "l90.yml", "    bloom:", f"    teaches: [{sentences}]\n    bloom:")


def test_the_sentences_are_the_source_letter_by_letter():
    rows = datasets.read("coverage/sentences").rows
    text = " ".join(row["text"] for row in rows)
    assert hashlib.sha256(text.encode("utf-8")).hexdigest() == SOURCE
    assert [row["id"] for row in rows] == [f"s{number:02}" for number in range(1, len(rows) + 1)]
    paragraphs = [row["paragraph"] for row in rows]
    assert paragraphs == sorted(paragraphs)


def test_what_teaches_a_sentence_is_found_in_lessons_and_questions(course):
    tag(course, "giao-dien", "nguon-s05")
    teach(course, "s05, s08")
    found = {one.id: one for one in coverage.coverage()}
    assert (found["s05"].lessons, found["s05"].practice) == (("90-thu.ipynb",), ("l90-q01",))
    assert found["s05"].lacks() == ["câu chấm điểm"]
    assert (found["s08"].lessons, found["s08"].practice) == ((), ("l90-q01",))
    page = coverage.page()
    assert "- Câu luyện tập: `l90-q01`" in page
    assert "(../lessons/90-thu.ipynb)" in page
    assert "60 kg thuốc nổ" in page


def test_a_question_with_variants_counts_once(course):
    path = course / "datasets" / "questions" / "l90.yml"
    teach(course, "s05")
    variants = "    variants:\n      - {id: v1, ai: Khách}\n      - {id: v2, ai: Người gửi}\n"
    edit(path, "    stem: Khách", variants + '    stem: "{ai}')
    edit(path, "Anh/chị làm gì?", 'Anh/chị làm gì?"')
    assert next(one.practice for one in coverage.coverage() if one.id == "s05") == ("l90-q01",)


def test_a_sentence_that_is_not_taught_is_a_warning_while_the_course_grows_and_then_an_error(course):
    def levels():
        return {one.level for one in check.check() if one.path == "datasets/coverage/sentences.csv"}

    assert levels() == {"warning"}
    edit(course / "course.toml", "complete = false", "complete = true")
    assert levels() == {"error"}
    assert cli.run(["check"]) == 1


def test_a_sentence_that_the_source_does_not_have_is_an_error_where_it_is_named(course):
    tag(course, "nguon-s77")
    teach(course, "s88")
    said = [str(one) for one in check.check() if one.level == "error"]
    assert len(said) == 2, said
    assert any(one.startswith("datasets/questions/l90.yml") and "s88" in one for one in said)
    assert any(one.startswith("lessons/90-thu.ipynb, ô 1") and "s77" in one for one in said)


def test_no_trainee_is_given_what_a_question_teaches(course):
    from buuchinh.questions import publish, question_bank
    from buuchinh.questions.browser.payload import practice

    teach(course, "s05")
    file = question_bank.load(course / "datasets" / "questions" / "l90.yml")
    shown = practice(file.questions[0], date(2026, 11, 25))
    assert "teaches" not in json.dumps(shown)
    assert "teaches" not in publish.sheet(file).model_dump_json()


def of_staff(sentence: str) -> coverage.SentenceCoverage:
    return next(one for one in coverage.coverage() if one.id == sentence)


def fold_lesson(course) -> None:
    path = course / "lessons" / "90-thu.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    heading: dict[str, object] = {"cell_type": "markdown", "id": "phan-them", "source": "# Phần thêm"}
    heading["metadata"] = {"jp-MarkdownHeadingCollapsed": True}
    notebook["cells"] = [heading, *notebook["cells"]]
    notebook["cells"][1]["source"] = "Lời của phần thêm."
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


def test_a_sentence_the_staff_must_meet_needs_an_open_screen_and_two_graded_items_of_their_path(course):
    needed = {row["id"] for row in datasets.read("coverage/sentences").rows if row["staff"]}
    assert needed == {"s03", "s04", "s08", "s10"}
    edit(course / "course.toml", "staff = [", 'staff = ["l90", ')
    tag(course, "nguon-s04")
    assert of_staff("s04").staff.screens == ("l90",)
    assert of_staff("s04").staff.lacks() == ["câu chấm điểm trên đường của nhân viên (có 0, cần 2)"]
    assert of_staff("s05").staff.lacks() == []
    said = [str(one) for one in check.check() if "[sentence-staff]" in str(one)]
    assert any("s04" in one and "có 0, cần 2" in one for one in said)
    assert any("s03" in one and "màn mở sẵn" in one for one in said)
    fold_lesson(course)
    assert of_staff("s04").staff.screens == ()


def test_the_courses_own_table_names_no_item_of_the_pool():
    page = coverage.page()
    table = [line for line in page.splitlines() if line.startswith("| s")]
    assert len(table) == len(datasets.read("coverage/sentences").rows)
    assert not [one.id for one in coverage.coverage() if one.staff.lacks()]
    assert "`x0" not in page


def test_what_the_staff_need_not_read_of_the_news_stands_in_lessons_1_and_6():
    for sentence in ("s01", "s02", "s05"):
        found = of_staff(sentence)
        assert not found.staff.screens, "folded away in the staff's lessons"
        assert {"01-boi-canh.ipynb", "06-thong-ke-vu-viec.ipynb"} <= set(found.lessons)


def test_of_an_item_of_the_pool_only_what_the_staffs_exam_may_draw_counts(monkeypatch):
    from dataclasses import replace

    from buuchinh.exam import blueprint, exam_groups, item_pool

    slots = blueprint.load(exam_groups.GROUPS[0])
    drawn = next(
        one for one in item_pool.load() if not one.question.retired and any(s.fits(one.question) for s in slots)
    )

    def counted(**told: object) -> int:
        question = drawn.question.model_copy(update={"teaches": ("s02",), **told})
        monkeypatch.setattr(item_pool, "load", lambda: [replace(drawn, question=question)])
        return of_staff("s02").staff.pool

    assert counted() == 1
    assert counted(retired=True) == counted(exam_for=("officer",)) == 0
