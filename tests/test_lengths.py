"""How long a slow reader takes: what counts, what is folded away, and the page that tells it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from kit.authoring import ROOT, edit, make_course
from kit.question import authored

from buuchinh.authoring import lengths, paths
from buuchinh.authoring.check import check, notes
from buuchinh.notebooks import FOLD, asked_in_core, in_core
from buuchinh.questions import question_bank, types
from buuchinh.questions.authored import AuthoredQuestion, asked_as
from buuchinh.questions.reading_load import words


def markdown(text: str, **meta: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": text[:20], "metadata": meta, "source": text}


def code(text: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": text[:20],
        "metadata": {},
        "source": text,
        "outputs": [],
        "execution_count": None,
    }


def folded(text: str) -> dict[str, Any]:
    return markdown(text, **{FOLD: True})


@pytest.fixture
def lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    course = make_course(tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(course))
    return course / "lessons" / "90-thu.ipynb"


def write(path: Path, *cells: dict[str, Any]) -> None:
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")


def test_a_fold_hides_what_follows_until_a_heading_as_high(lesson: Path) -> None:
    cells = [
        markdown("# Bài"),
        folded("## Thêm"),
        markdown("một"),
        markdown("### Sâu hơn"),
        code('ask("l90-q01")'),
        markdown("## Tiếp"),
        code('ask("l90-q02")'),
    ]
    assert list(in_core(cells)) == [True, True, False, False, False, True, True]
    write(lesson, *cells)
    assert asked_in_core(lesson) == ("l90-q02",)


def test_a_sign_of_code_is_no_heading() -> None:
    cells = [folded("## Thêm"), markdown("```\n# không phải đề mục\n```"), markdown("# Bài")]
    assert list(in_core(cells)) == [True, False, True]


def test_only_what_stands_open_counts(lesson: Path) -> None:
    write(lesson, markdown("# Bài thử\n\nMột [hai](#LBC-2010/29.3) ba.\n\n![bốn năm](hinh/a.svg)"))
    assert lengths.lesson(lesson) == lengths.Length(5, 0)
    write(lesson, markdown("# Bài thử\n\n<details><summary>Thêm</summary>\n\nmột hai ba\n\n</details>"))
    assert lengths.lesson(lesson) == lengths.Length(3, 0)
    write(lesson, markdown("# Bài thử"), folded("## Thêm"), markdown("một hai ba"), code('ask("l90-q01")'))
    assert lengths.lesson(lesson) == lengths.Length(3, 0)


def test_a_question_counts_with_the_feedback_of_what_is_right_and_of_one_that_is_not(lesson: Path) -> None:
    write(lesson, code('ask("l90-q01")'))
    stem, options = "Khách không cho xem gói. Anh/chị làm gì?", "Mời khách mở gói Nhận luôn"
    right = "Đúng. Khách mở, anh/chị nhìn, rồi cùng dán lại trước khi nhận."
    wrong = "Nhận luôn thì nhanh. Không ai biết trong gói có gì, mời khách mở."
    assert lengths.lesson(lesson) == lengths.Length(words((stem, options, right, wrong)), 1)


def test_minutes_are_words_and_decisions() -> None:
    assert lengths.Length(320, 3).minutes == pytest.approx(2 + 66 / 60)


@pytest.mark.parametrize("name", types.names())
def test_every_type_tells_what_is_read(name: str) -> None:
    question = authored(f"t-{name}")
    keys = [part.keys[-1] for part, _ in types.parts(question) if getattr(part, "keys", ())]
    kind = types.type_of(question)
    bare = kind.reading(question, None)
    assert words(bare.asked) > 0
    assert bare.feedback == ()
    assert bare.decisions >= 1
    if keys and not kind.by_hand(question):
        assert words(kind.reading(question, keys[-1]).feedback) > 0


def test_the_page_lists_each_step_of_each_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))
    page = paths.page()
    assert page.count("\n## ") == 3
    for step in ("l05", "bt05", "l04", "bt04"):
        assert page.count(f"| `{step}` |") == 3
    assert page.count("| `thi") == 3, "each group has its exam"
    assert page.count("| `kt2` |") == 3
    assert page.count("| `l07` |") == 2
    assert page.count("| `l06` |") == 1


def test_the_short_tests_of_a_path_are_counted_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))
    steps = lengths.path("staff")
    assert "kt2" in dict(steps), "it is listed"
    others = sum((length.minutes for name, length in steps if name != "kt2"), 0.0)
    assert lengths.total(steps).minutes == pytest.approx(others)


def opened(number: str) -> tuple[list[str], tuple[str, ...]]:
    """Return the texts that stand open in a lesson of the course, and the questions."""
    (path,) = (ROOT / "lessons").glob(f"{number}-*.ipynb")
    return list(lengths.shown(path)), asked_in_core(path)


@pytest.mark.parametrize(
    ("number", "example", "completion"),
    [
        ("02", "Ca mẫu: chị Thu", "l02-q13"),
        ("03", "Ca mẫu: nghe một người có kinh nghiệm", "l03-q11"),
        ("04", "Ca mẫu: chị Hạnh", "l04-q10"),
        ("05", "Ca mẫu đỏ: hai phút", "l05-q19"),
    ],
)
def test_a_worked_example_and_a_case_to_finish_stand_open_in_each_lesson_of_the_staff(
    number: str, example: str, completion: str
) -> None:
    texts, asked = opened(number)
    (text,) = (text for text in texts if example in text)
    assert text.startswith("## "), "a part of its own, on pages and in JupyterLab"
    assert completion in asked


@pytest.mark.parametrize("number", ["02", "03", "04", "05"])
def test_eight_things_of_its_content_are_asked_on_the_open_part_of_each_lesson_of_the_staff(number: str) -> None:
    _, asked = opened(number)
    written: dict[str, AuthoredQuestion] = {}
    for question in question_bank.load(ROOT / "datasets" / "questions" / f"l{number}.yml").questions:
        written.setdefault(asked_as(question), question)
    content = [written[name] for name in asked if written[name].type != "survey"]
    assert sum(len(getattr(question, "left", ())) or 1 for question in content) >= 8, "a pair is a thing that is asked"


def test_the_goods_of_every_week_stand_open() -> None:
    texts, asked = opened("03")
    assert any("Món của mỗi tuần" in text for text in texts)
    assert any("| Pin lithium |" in text for text in texts)
    assert {"l03-q09", "l03-q10", "l03-q11"} <= set(asked)


def test_the_news_and_its_figures_are_not_on_the_open_part_of_the_staffs_lessons() -> None:
    for number, figures in (("02", "l02-q26"), ("03", "l03-q32"), ("04", "l04-q31"), ("05", "l05-q29")):
        texts, asked = opened(number)
        assert figures not in asked
        assert not [text for text in texts if "11 vụ" in text or "Vì sao có khóa học này" in text]


def test_no_page_for_people_has_a_typed_length() -> None:
    typed = re.compile(r"Thời lượng|khoảng (\d+|mười) phút|\d+–\d+ phút\.")
    pages = [*(ROOT / "docs" / "instructor").glob("*.md"), ROOT / "README.md"]
    said = [(page.name, line) for page in pages for line in page.read_text(encoding="utf-8").splitlines()]
    for notebook in (*(ROOT / "lessons").glob("*.ipynb"), *(ROOT / "source").glob("bt*/bt*.ipynb")):
        for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                said += [(notebook.name, line) for line in "".join(cell["source"]).splitlines()]
    assert not [one for one in said if typed.search(one[1])]


@pytest.fixture
def staff(lesson: Path) -> Path:
    """A complete course whose staff learn one lesson and one exercise; returns the lesson."""
    course = lesson.parents[1]
    settings = course / "course.toml"
    text = settings.read_text(encoding="utf-8")
    head, _, rest = text.partition("[paths]\n")
    settings.write_text(f'{head}[paths]\nstaff = ["l90"]\n{rest[rest.index("# Hạn nộp theo giờ") :]}', encoding="utf-8")
    return lesson


def rules() -> list[str]:
    return [rule for rule, _ in paths.broken()]


def test_a_lesson_of_the_staff_that_is_too_long_is_named(staff: Path) -> None:
    write(staff, markdown("# Bài thử\n\n" + "từ " * 160 * 24))
    assert rules() == []
    write(staff, markdown("# Bài thử\n\n" + "từ " * 160 * 26))
    assert rules() == ["lesson-length"]
    write(staff, markdown("# Bài thử"), folded("## Thêm"), markdown("từ " * 160 * 26))
    assert rules() == []
    write(staff, markdown("# Bài thử\n\n" + "từ " * 160 * 171))
    assert rules() == ["lesson-length", "path-length"]


def test_a_path_that_is_too_long_names_a_file_to_shorten_and_the_place_of_the_limit(staff: Path) -> None:
    write(staff, markdown("# Bài thử\n\n" + "từ " * 160 * 171))
    faults = [problem for problem in check() if "phút, quá" in problem.message]
    assert [problem.path for problem in faults] == ["lessons/90-thu.ipynb"] * 2
    (whole,) = (problem for problem in faults if "[path-length]" in problem.message)
    assert "l90, 171,0 phút" in whole.message
    assert "11,0 phút" in whole.way_out
    for problem in faults:
        name, path = re.findall(r"Mức ấy là (\w+) trong (\S+)\.$", problem.way_out)[0]
        assert re.search(rf"^[\w, ]*\b{name}\b[\w, ]* = ", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)


def test_what_a_critical_item_asks_stands_open(staff: Path) -> None:
    course = staff.parents[1]
    folder = course / "source" / "bt90"
    folder.mkdir(parents=True)
    text = (course / "datasets" / "questions" / "l90.yml").read_text(encoding="utf-8")
    critical = text.replace("l90", "bt90").replace("    type: single\n", "    type: single\n    critical: true\n")
    (folder / "questions.yml").write_text(critical, encoding="utf-8")
    write(folder / "bt90.ipynb", markdown("# Bài tập"))
    edit(course / "course.toml", 'staff = ["l90"]', 'staff = ["l90", "bt90"]')
    write(staff, markdown("# Bài"), code('ask("l90-q01")'))
    assert rules() == []
    write(staff, markdown("# Bài"), folded("## Thêm"), code('ask("l90-q01")'))
    ((rule, said),) = paths.broken()
    assert rule == "critical-open"
    assert said["id"] == "bt90-q01"
    assert "m2-2" in said["lacks"]
    assert "LBC-2010/29.3" in said["lacks"]
    write(staff, markdown("# Bài\n\nXem [29.3](#LBC-2010/29.3)"), folded("## Thêm"), code('ask("l90-q01")'))
    ((_, said),) = paths.broken()
    assert "LBC-2010/29.3" not in said["lacks"], "an open cell names it"


def exercise(course: Path, text: str) -> None:
    """Write the exercise ``bt90`` of these questions and put it onto the path of the staff."""
    folder = course / "source" / "bt90"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "questions.yml").write_text(text.replace("l90", "bt90").replace("BÀI", "l90"), encoding="utf-8")
    write(folder / "bt90.ipynb", markdown("# Bài tập"))
    if '"bt90"' not in (course / "course.toml").read_text(encoding="utf-8"):
        edit(course / "course.toml", 'staff = ["l90"]', 'staff = ["l90", "bt90"]')


def test_what_teaches_a_graded_item_stands_open_on_the_path_of_whom_it_is_asked(staff: Path) -> None:
    course = staff.parents[1]
    plain = (course / "datasets" / "questions" / "l90.yml").read_text(encoding="utf-8")
    head, question = plain.split("questions:\n")
    taught = question.replace("    type: single\n", "    type: single\n    taught: [BÀI/mo]\n")
    cells = [markdown("mo"), folded("## Thêm"), markdown("gap")]
    write(staff, *cells)
    exercise(course, plain)
    assert rules() == []
    assert any("1 câu chấm điểm chưa ghi" in note and "bt90" in note for note in notes()), "a remark and no fault"
    exercise(course, head + "questions:\n" + taught)
    assert rules() == []
    assert not any("taught" in note for note in notes())
    exercise(course, head + "questions:\n" + taught + question.replace("l90-q01", "l90-q02"))
    assert rules() == ["taught-missing"]
    (found,) = (one for one in check() if "taught-missing" in one.message)
    assert found.path == "source/bt90/questions.yml"
    exercise(course, head + "questions:\n" + taught.replace("BÀI/mo", "BÀI/gap"))
    ((rule, said),) = paths.broken()
    assert (rule, said["id"], said["cell"], said["groups"]) == ("taught-open", "bt90-q01", "l90/gap", "nhân viên")
    exercise(course, head + "questions:\n" + taught.replace("BÀI/mo", "BÀI/khong-co"))
    assert rules() == ["taught-cell"]
    exercise(course, head + "questions:\n" + taught.replace("    type", "    retired: true\n    type"))
    assert rules() == []


def test_an_item_of_the_pool_is_taught_on_the_path_of_each_exam_that_may_draw_it(staff: Path) -> None:
    course = staff.parents[1]
    plain = (course / "datasets" / "questions" / "l90.yml").read_text(encoding="utf-8")
    item = plain.replace("l90", "x90").replace("    type: single\n", "    type: single\n    taught: [l90/mo]\n")
    item = item.replace("title: Bài thử\n", "title: Bài thử\nas_of: 2026-11-25\n")
    (course / "exam" / "pool").mkdir(parents=True)
    (course / "exam" / "pool" / "x90.yml").write_text(item, encoding="utf-8")
    write(staff, markdown("mo"))
    table = "slot,objectives,bloom,points,critical\n1,m2-2,apply,1,\n"
    (course / "exam" / "blueprint-staff.csv").write_text(table, encoding="utf-8")
    assert rules() == []
    (course / "exam" / "blueprint-head.csv").write_text(table, encoding="utf-8")
    ((rule, said),) = paths.broken()
    assert (rule, said["groups"]) == ("taught-open", "trưởng bưu cục"), "the lesson is not on their path"
    (course / "exam" / "pool" / "x90.yml").write_text(
        item.replace("    type", "    exam_for: [staff]\n    type"), encoding="utf-8"
    )
    assert rules() == []


def test_what_is_too_long_is_said_by_check(staff: Path) -> None:
    write(staff, markdown("# Bài thử\n\n" + "từ " * 160 * 26), code('ask("l90-q01")'))
    (found,) = (one for one in check() if "lesson-length" in one.message)
    assert found.level == "warning"
    edit(staff.parents[1] / "course.toml", "complete = false", "complete = true")
    (found,) = (one for one in check() if "lesson-length" in one.message)
    assert found.level == "error"
    assert "l90" in found.message
