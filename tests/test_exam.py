"""An exam from blueprint to feedback: forms drawn once, picked by the code, graded without the hand-in's word."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import zipfile
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
from kit.classroom import CANARY, edit
from kit.exam import answers_of, item, make_exam_course, pool, pool_file
from openpyxl import load_workbook

from buuchinh import codes, course
from buuchinh.classroom import gradebook
from buuchinh.cli import run
from buuchinh.errors import KitError
from buuchinh.exam import angoff, blueprint, build, cut_scores, draw, judges, record
from buuchinh.exam import pool as closed
from buuchinh.exam.faults import faults
from buuchinh.grading import grade_class
from buuchinh.intake import collect, submission
from buuchinh.notebook import desk
from buuchinh.questions import bank, test_forms
from buuchinh.questions.answers import Record
from buuchinh.release import bundle, release, source, versions
from buuchinh.results import feedback, report, results

UNIT = "thi1"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = make_exam_course(tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(made))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    monkeypatch.chdir(made)
    return made


def code_of(number: int) -> str:
    return codes.make(f"GL{number:04d}")


def said(error: pytest.ExceptionInfo[KitError]) -> str:
    return "\n".join(map(str, error.value.problems))


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# The draw


def shared(every: list[list[str]]) -> int:
    return sum(len(set(one) & set(other)) for one, other in combinations(every, 2))


@pytest.mark.parametrize("seed", range(40))
def test_a_draw_fits_and_shares_as_little_as_any_draw_can(seed: int) -> None:
    chance = random.Random(seed)
    items = [f"i{n}" for n in range(chance.randint(3, 5))]
    fitting = [sorted(chance.sample(items, chance.randint(2, len(items)))) for _ in range(chance.randint(2, 3))]
    count = chance.randint(2, 3)
    used = {one: chance.randint(0, 2) for one in items}
    if draw.unfilled(fitting):
        pytest.skip("this pool is too small for one form")
    worth, expected = [1.0] * len(fitting), {one: chance.random() for one in items}
    made = draw.draw(fitting, count, str(seed), used=used, worth=worth, expected=expected)
    for form in made:
        assert len(set(form)) == len(form)
        assert all(one in row for one, row in zip(form, fitting, strict=True))

    def cost(every: Any) -> int:
        return shared(list(map(list, every))) + sum(used[one] for form in every for one in form)

    possible = [form for form in product(*fitting) if len(set(form)) == len(form)]
    assert cost(made) == min(map(cost, product(possible, repeat=count)))


def test_forms_are_made_equally_hard_and_the_seed_decides() -> None:
    chance = random.Random(1)
    items = [f"i{n:02d}" for n in range(100)]
    fitting = [sorted(chance.sample(items, 12)) for _ in range(30)]
    expected = {one: chance.uniform(0.4, 0.9) for one in items}
    options: dict[str, Any] = {"used": {}, "worth": [1.0] * 30, "expected": expected}
    made = draw.draw(fitting, 3, "a", **options)
    assert draw.overlap(made) == 0
    shares = [draw.mean_expected(form, [1.0] * 30, expected) for form in made]
    assert max(shares) - min(shares) < 0.005
    assert made == draw.draw(fitting, 3, "a", **options)
    assert made != draw.draw(fitting, 3, "b", **options)


# Building


def test_the_exam_is_drawn_once_and_made_again_from_its_record(root: Path) -> None:
    made = build.build(UNIT, forms=2, seed="hat-giong")
    assert (made.drawn, made.overlap, made.before) == (True, 0, 0)
    drawn = record.read(UNIT)
    assert set(drawn.forms) == {"a", "b"}
    assert not set(drawn.forms["a"]) & set(drawn.forms["b"])
    slots, items = blueprint.load(), {one.id: one.question for one in closed.load()}
    for form in drawn.forms.values():
        for slot, name in zip(slots, form, strict=True):
            assert slot.fits(items[name].objective, items[name].bloom, critical=items[name].critical)
    file = bank.load(root / "source" / UNIT / "forms" / "b.yml")
    assert [question.id for question in file.questions] == [f"thi1-q0{n}" for n in range(1, 9)]
    assert [question.points for question in file.questions] == [1, 1, 2, 2, 1.5, 1.5, 1, 1]
    assert [question.critical for question in file.questions] == [False, False, True, *[False] * 5]
    before = tree(root / "source")
    again = build.build(UNIT, forms=2)
    assert (again.drawn, again.changed) == (False, ())
    assert tree(root / "source") == before
    assert build.differences(UNIT) == []
    edit(root / "source" / UNIT / "forms" / "a.yml", "làm gì trước", "làm gì sau")
    assert [problem.path for problem in build.differences(UNIT)] == ["source/thi1/forms/a.yml"]
    assert build.build(UNIT).changed == ("forms/a.yml",)
    assert tree(root / "source") == before
    table = root / "exam" / "blueprint.csv"
    kept = table.read_bytes()
    edit(table, "8;m6;apply;1;\n", "")
    assert build.build(UNIT).changed == ()  # what was drawn stays, whatever the next exam will be
    table.write_bytes(kept)
    other = build.build(UNIT, forms=2, seed="khac", redraw=True)
    assert other.drawn
    build.build(UNIT, forms=2, seed="hat-giong", redraw=True)
    assert tree(root / "source") == before


def test_the_next_exam_takes_other_items_as_far_as_the_pool_goes(root: Path) -> None:
    build.build("thi1", forms=1, seed="mot")
    made = build.build("thi2", forms=1, seed="hai")
    assert made.before == 0
    third = build.build("thi3", forms=1, seed="ba")
    used = [{name for form in record.read(unit).forms.values() for name in form} for unit in ("thi1", "thi2", "thi3")]
    assert third.before == len(used[2] & (used[0] | used[1])) == 2  # two critical items, five of m2-1


def test_all_that_the_pool_lacks_is_said_at_once(root: Path) -> None:
    short = {name: [one for one in items if "critical: true" not in one] for name, items in pool().items()}
    short["x06"] = short["x06"][:1]
    for name, items in short.items():
        (root / "exam" / "pool" / f"{name}.yml").write_text(pool_file(name, items), encoding="utf-8")
    with pytest.raises(KitError) as error:
        build.build(UNIT)
    assert [problem.line for problem in error.value.problems] == [4, 8]
    assert "cần 1 câu mục tiêu m2-2, mức apply, điểm liệt; có 0" in said(error)
    assert "cần 2 câu mục tiêu m6, mức apply; có 1: x06-q01" in said(error)
    assert not (root / "source").exists()


def test_slots_that_compete_for_the_same_items_are_said(root: Path) -> None:
    table = "slot,objectives,bloom,points,critical\n1,m6-3,apply,1,\n2,m6,apply,1,\n3,m6-3 m2-1,apply,1,\n"
    (root / "exam" / "blueprint.csv").write_text(table, encoding="utf-8")
    (root / "exam" / "pool" / "x06.yml").write_text(pool_file("x06", pool()["x06"][:2]), encoding="utf-8")
    with pytest.raises(KitError, match="vị trí 3 còn trống"):
        build.build(UNIT)


def test_every_fault_of_blueprint_and_pool_is_said_with_its_line(root: Path) -> None:
    table = "slot,objectives,bloom,points,critical\nmột,m2-1,apply,1,\n2,m9-9,lười,0,có lẽ\n"
    (root / "exam" / "blueprint.csv").write_text(table, encoding="utf-8")
    with pytest.raises(KitError) as error:
        blueprint.load()
    assert [problem.line for problem in error.value.problems] == [2, 3, 3, 3, 3]
    bad = item("x02-q01", "m2-1", "apply").replace("x02-q01\n", "q01\n", 1).replace("    objective: m2-1\n", "")
    text = pool_file("x03", [bad]).replace("as_of: 2026-11-25\n", "")
    (root / "exam" / "pool" / "x02.yml").write_text(text, encoding="utf-8")
    with pytest.raises(KitError) as error:
        closed.load()
    for word in ("x03", "as_of", "x02-q01", "objective"):
        assert word in said(error)


def test_an_item_in_the_words_of_a_practice_question_is_named(root: Path) -> None:
    known = bank.load(root / "datasets" / "questions" / "l02.yml").questions[0]
    text = item("x02-q01", "m2-1", "apply")
    copied = re.sub(r"stem: .*", f"stem: {json.dumps(known.stem, ensure_ascii=False)}", text)
    (root / "exam" / "pool" / "x02.yml").write_text(pool_file("x02", [copied]), encoding="utf-8")
    found = list(closed.resembling([known], closed.load()))
    assert [("x02-q01" in problem.message, known.id in problem.message) for problem in found] == [(True, True)]


def test_check_warns_of_what_the_pool_lacks_until_the_course_is_complete(root: Path) -> None:
    settings = re.sub(r"(?m)^complete = .*\n", "", (root / "course.toml").read_text(encoding="utf-8"))
    assert faults() == []
    edit(root / "exam" / "pool" / "x02.yml", "critical: true", "critical: false")
    for complete, level in (("false", "warning"), ("true", "error")):
        (root / "course.toml").write_text(f"complete = {complete}\n{settings}", encoding="utf-8")
        assert {problem.level for problem in faults()} == {level}
    edit(root / "exam" / "blueprint.csv", "m2-1", "m2-77")
    assert "m2-77" in str(faults()[0])


def test_forms_that_are_not_one_exam_are_not_released(root: Path) -> None:
    build.build(UNIT, forms=2)
    assert source.validate(UNIT) == []
    edit(root / "source" / UNIT / "forms" / "b.yml", "points: 1.5", "points: 9")
    edit(root / "source" / UNIT / "forms" / "b.yml", "version: 1.0.0", "version: 2.0.0")
    said_of = [(problem.path, problem.message) for problem in source.validate(UNIT)]
    assert {path for path, _ in said_of} == {"source/thi1/forms/b.yml"}
    assert len(said_of) == 2


# Release, and what leaves the house


def test_no_key_no_pool_and_no_name_of_an_item_leaves(root: Path) -> None:
    for folder in ("lessons", "buuchinh"):
        shutil.copytree(Path(__file__).parents[1] / folder, root / folder)
    build.build(UNIT, forms=2)
    release.release(UNIT)
    out = tree(root / "exercises")
    assert set(out) == {"thi1/thi1.ipynb", "thi1/questions.json"}
    carried = bundle.make(root / "dist").archive
    with zipfile.ZipFile(carried) as archive:
        out |= {name: archive.read(name) for name in archive.namelist()}
    assert any(name.endswith("exercises/thi1/questions.json") for name in out)
    asked = {name for form in record.read(UNIT).forms.values() for name in form}
    kept_back = {one.id for one in closed.load()} - asked
    assert kept_back
    for name, data in out.items():
        text = data.decode("utf-8", "replace")
        if "/buuchinh/" in name or "/datasets/" in name:
            assert CANARY not in text
            continue
        assert CANARY.lower() not in text.lower(), name
        assert not re.search(r"\b88\d{5}\b", text), name
        assert "canary" not in text.lower()
        assert not [one for one in kept_back if f"riêng {one} " in text], name
    sheet = bank.load_public(root / "exercises" / UNIT / "questions.json")
    assert sheet.has_forms
    assert set(sheet.forms) == {"a", "b"}
    notebook = out["thi1/thi1.ipynb"].decode("utf-8")
    assert "Tình huống riêng" not in notebook


def test_plain_nbgrader_releases_the_same_and_lists_no_pool(root: Path) -> None:
    build.build(UNIT, forms=2)
    release.release(UNIT)
    first = tree(root / "exercises")
    assert release.check() == []
    shutil.rmtree(root / "exercises")
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", UNIT]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, env=os.environ, check=False)
    assert done.returncode == 0, done.stderr
    assert tree(root / "exercises") == first
    with gradebook.opened() as book:
        assert [one.name for one in book.assignments] == [UNIT]
        assert book.find_assignment(UNIT).max_score == 11


def test_a_released_exam_is_not_drawn_again_and_a_mended_key_needs_correct(root: Path) -> None:
    build.build(UNIT, forms=2, seed="hat-giong")
    release.release(UNIT)
    with pytest.raises(KitError, match="thi2"):
        build.build(UNIT, redraw=True)
    name = record.read(UNIT).forms["a"][0]
    pool_path = root / "exam" / "pool" / "x02.yml"
    edit(pool_path, f"{CANARY} đúng {name}", f"{CANARY} đúng hơn {name}")
    assert build.build(UNIT).changed == ("forms/a.yml",)
    with pytest.raises(KitError, match="--correct"):
        release.release(UNIT)
    assert release.release(UNIT, correct=True).corrected
    assert "đúng hơn" in str(versions.released(UNIT, form="a").questions)
    edit(pool_path, f"Tình huống riêng {name} ", f"Tình huống {name} viết lại ")
    build.build(UNIT)
    with pytest.raises(KitError, match=r"forms/exam\.toml"):
        release.release(UNIT)
    edit(root / "source" / UNIT / "forms" / "exam.toml", '"1.0.0"', '"1.1.0"')
    build.build(UNIT)
    release.release(UNIT)
    assert versions.versions(UNIT) == ["1.0.0", "1.1.0"]
    assert "viết lại" not in str(versions.released(UNIT, "1.0.0", "a").questions)


# Sitting it


@pytest.fixture(scope="module")
def released_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a course whose exam of two forms is released, with a class of eight; tests take copies."""
    made = make_exam_course(tmp_path_factory.mktemp("released"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(made))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        build.build(UNIT, forms=2, seed="hat-giong")
        release.release(UNIT)
        with gradebook.opened() as book:
            for number in range(1, 9):
                book.add_student(code_of(number))
    return made


@pytest.fixture
def out(released_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = shutil.copytree(released_course, tmp_path / "course")
    monkeypatch.setenv("BUUCHINH_COURSE", str(made))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    monkeypatch.chdir(made)
    return made


def sit(root: Path, code: str, answers: dict[str, Any], at: Path) -> Path:
    """Do the exam in the folder of ``code`` and put the zip that the button makes into ``at``."""
    folder = root / "bai-lam" / code / UNIT
    shutil.copytree(root / "exercises" / UNIT, folder)
    kept = Record(folder, UNIT, "1.0.0", code)
    for name, answer in answers.items():
        kept.put(name, answer)
    at.mkdir(exist_ok=True)
    return Path(shutil.copy(submission.build(folder, UNIT, code), at))


def form_of(code: str) -> str:
    return test_forms.pick(UNIT, ("a", "b"), code)


def words_of(code: str) -> str:
    page = feedback.place(UNIT, code).read_text(encoding="utf-8")
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<body>")[2]).split())


def test_the_code_picks_the_form_at_the_desk_as_at_the_graders(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picked = {}
    for number in range(1, 9):
        code = code_of(number)
        course.set_current_code(code)
        place = desk.lay_out(UNIT)
        monkeypatch.chdir(place.parent)
        seen = desk.sheet_of(UNIT)
        assert seen == bank.load_public(out / "exercises" / UNIT / "questions.json").of(code)
        graded = versions.released_for(UNIT, "1.0.0", code)
        assert [getattr(one, "stem", "") for one in seen.questions] == [one.stem for one in graded.questions.questions]
        assert graded.form == form_of(code) == form_of(code.lower().replace("-", " "))
        picked[code] = graded.form
        monkeypatch.chdir(out)
    assert set(picked.values()) == {"a", "b"}
    counts = [test_forms.pick("thi1", "abcd", code_of(number)) for number in range(2000)]
    assert all(abs(counts.count(form) - 500) < 80 for form in "abcd")
    again = [test_forms.pick("thi2", "abcd", code_of(number)) for number in range(2000)]
    assert 0.2 < sum(one == other for one, other in zip(counts, again, strict=True)) / 2000 < 0.3
    course.set_current_code(code_of(2))  # somebody else sits down; the open notebook stays its owner's
    monkeypatch.chdir(out / "bai-lam" / code_of(1) / UNIT)
    assert desk.sheet_of(UNIT) == bank.load_sheet(out / "exercises" / UNIT / "questions.json", code_of(1))


def test_without_a_code_the_exam_does_not_open(out: Path) -> None:
    for call in (desk.sheet_of, desk.lay_out):
        with pytest.raises(KitError, match="Nhập mã ở trang bắt đầu"):
            call(UNIT)
    assert not (out / "bai-lam" / "khach").exists()


def test_a_class_over_two_forms_is_graded_like_plain_nbgrader(out: Path) -> None:
    wrong = {1: (), 2: ("thi1-q04", "thi1-q07"), 3: ("thi1-q03",), 4: ("thi1-q01", "thi1-q04", "thi1-q08")}
    usb = out / "usb"
    for number in range(1, 9):
        code = code_of(number)
        sit(out, code, answers_of(versions.released_for(UNIT, None, code), wrong=wrong[(number - 1) % 4 + 1]), usb)
    assert {form_of(code_of(number)) for number in range(1, 9)} == {"a", "b"}
    assert {line.outcome for line in collect.collect(usb)} == {"taken"}
    marks = {result.code: result for result in grade_class.grade(UNIT)}
    assert {result.state for result in marks.values()} == {"graded"}
    assert [marks[code_of(number)].points for number in (1, 5)] == [11, 11]
    assert marks[code_of(2)].points == 8
    ours = {one.code: one.earned for one in results.standings(UNIT)}
    shutil.rmtree(out / "autograded")
    command = [sys.executable, "-m", "nbgrader", "autograde", UNIT, "--force"]
    done = subprocess.run(command, cwd=out, capture_output=True, text=True, env=os.environ, check=False)
    assert done.returncode == 0, done.stderr
    with gradebook.opened() as book:
        theirs = {one.student_id: one.score for one in book.find_assignment(UNIT).submissions}
    assert theirs == ours
    assert CANARY not in "".join(path.read_text(encoding="utf-8") for path in (out / "autograded").rglob("*.ipynb"))
    feedback.write(UNIT)
    _feedback_tells_objectives_alone(out)
    _report_tells_form_by_form()


def _feedback_tells_objectives_alone(out: Path) -> None:
    passed, missed, critical, far = (words_of(code_of(number)) for number in (1, 2, 3, 4))
    assert "Đạt 11 /11" in passed
    assert "Nên đọc lại" not in passed
    assert "Chưa đạt 8 /11" in missed
    assert "Nên đọc lại" in missed
    assert "(bài 2)" in missed
    assert "(bài 6)" in missed
    assert "Chưa đạt 9 /11" in critical
    assert "Câu điểm liệt phải đúng" in critical
    assert "Chưa đúng ở mục tiêu: Quyết định" in critical
    assert "Chưa đạt" in far
    for path in (out / "feedback").rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        for secret in (CANARY, "Tình huống riêng", "Việc a", "thi1-q", "x02-", "canary", "LBC-2010"):
            assert secret not in page, (path, secret)
        assert "<article" not in page


def _report_tells_form_by_form() -> None:
    persons, questions, *_ = report.write(UNIT)
    rows = list(csv.DictReader(io.StringIO(persons.read_text(encoding="utf-8-sig"))))
    assert {row["Mã học viên"]: row["Đề"] for row in rows[1:]} == {
        code_of(number): form_of(code_of(number)).upper() for number in range(1, 9)
    }
    told = list(csv.DictReader(io.StringIO(questions.read_text(encoding="utf-8-sig"))))
    drawn = record.read(UNIT).forms
    assert [(row["Đề"], row["Câu trong kho"]) for row in told] == [
        (form.upper(), name) for form in ("a", "b") for name in drawn[form]
    ]
    by_form = {form: sum(form_of(code_of(number)) == form for number in range(1, 9)) for form in ("a", "b")}
    assert {(row["Đề"], int(row["Số bài"])) for row in told} == {(form.upper(), n) for form, n in by_form.items()}


def test_a_hand_in_made_with_another_code_gains_nothing_and_is_said(out: Path) -> None:
    own, other = code_of(1), next(code_of(n) for n in range(2, 9) if form_of(code_of(n)) != form_of(code_of(1)))
    sit(out, own, answers_of(versions.released_for(UNIT, None, other)), out / "usb")
    collect.collect(out / "usb")
    (result,) = grade_class.grade(UNIT)
    assert result.points == 0
    assert f"đề {form_of(own).upper()}" in " ".join(result.notes)
    assert "thi1-q01" in " ".join(result.notes)


def test_a_mended_key_grades_the_form_anew(out: Path) -> None:
    code = code_of(1)
    released = versions.released_for(UNIT, None, code)
    sit(out, code, answers_of(released, wrong=("thi1-q04",)), out / "usb")
    collect.collect(out / "usb")
    assert grade_class.grade(UNIT)[0].points == 9
    assert grade_class.grade(UNIT)[0].state == "unchanged"
    name = record.read(UNIT).forms[released.form][3]
    given = answers_of(released, wrong=("thi1-q04",))["thi1-q04"]
    chosen = next(one.text[5] for one in released.obscured["thi1-q04"].options if one.id == given)
    edit(out / "exam" / "pool" / "x02.yml", f"correct: canary-{name}-a", f"correct: canary-{name}-{chosen}")
    build.build(UNIT)
    with pytest.raises(KitError, match="--reason"):
        release.release(UNIT, correct=True)
    release.release(UNIT, correct=True, reason="Gõ nhầm đáp án trong kho.")
    assert grade_class.grade(UNIT)[0].points == 11


# The standard


def filled(root: Path, sheet: Path, columns: dict[str, list[Any]], name: str) -> Path:
    """Fill columns of the sheet and save it under ``name`` as Excel or as the CSV that Excel makes in Vietnam."""
    book = load_workbook(sheet)
    page = book.worksheets[0]
    head = [cell.value for cell in page[1]]
    for title, values in columns.items():
        for line, value in enumerate(values, 2):
            page.cell(line, head.index(title) + 1, value)
    path = root / "da-cham" / name
    path.parent.mkdir(exist_ok=True)
    if path.suffix == ".xlsx":
        book.save(path)
        return path
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in page.values:
        writer.writerow([str(value).replace(".", ",") if isinstance(value, float) else value for value in row])
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
    return path


def test_judges_sheets_come_back_from_excel_and_csv(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build.build(UNIT, forms=1, seed="hat-giong")
    assert run(["exam", "angoff", UNIT]) == 0
    sheet = root / "exam" / "angoff" / "phieu_thi1.xlsx"
    page = load_workbook(sheet).worksheets[0]
    assert [rule.showErrorMessage for rule in page.data_validations.dataValidation] == [True]
    items = [row[0] for row in list(page.values)[1:]]
    assert items == sorted(record.read(UNIT).forms["a"])
    excel = {f"Người {n} (%)": [50 + 5 * n] * 8 for n in (1, 2, 3)}
    filled(root, sheet, excel, "nhom.xlsx")
    filled(root, sheet, {"Người 1 (%)": [72.5] * 8, "Người 2 (%)": [0.9] * 7 + [0.1]}, "them.csv")
    assert run(["exam", "angoff", UNIT, "--read", str(root / "da-cham")]) == 0
    told = capsys.readouterr().out
    points = dict(zip(record.read(UNIT).forms["a"], [1, 1, 2, 2, 1.5, 1.5, 1, 1], strict=True))
    last = 0.9 - 0.8 * points[items[-1]] / 11
    own = [0.55, 0.6, 0.65, 0.725, last]
    mean = sum(own) / 5
    se = (sum((one - mean) ** 2 for one in own) / 4) ** 0.5 / 5**0.5
    found = cut_scores.standard(UNIT, "a", "1.0.0")
    assert found
    assert found.judges == 5
    assert [found.cut, found.se] == pytest.approx([mean, se], abs=1e-4)
    assert f"{100 * mean:.1f}".replace(".", ",") in told
    assert told.index(items[-1]) < told.index(items[0])
    assert not cut_scores.near(0.8 - se * 1.01, 0.8, found)
    assert cut_scores.near(0.8 - se * 0.99, 0.8, found)
    assert not cut_scores.near(0.8, 0.8, found)


def test_every_fault_of_a_judges_sheet_is_said_at_once(root: Path) -> None:
    build.build(UNIT, forms=1, seed="hat-giong")
    run(["exam", "angoff", UNIT])
    sheet = root / "exam" / "angoff" / "phieu_thi1.xlsx"
    items = sorted(record.read(UNIT).forms["a"])
    path = filled(root, sheet, {"Người 1 (%)": [50] * 6 + [None, "cao"], "Người 2 (%)": [60] * 7 + [0.6]}, "x.xlsx")
    with pytest.raises(KitError) as error:
        judges.read([path], items)
    assert [problem.line for problem in error.value.problems] == [8, 9, 9]
    with pytest.raises(KitError, match="Chưa có cột"):
        judges.read([sheet], items)


def test_few_judges_set_no_standard(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build.build(UNIT, forms=1, seed="hat-giong")
    run(["exam", "angoff", UNIT])
    path = filled(root, root / "exam" / "angoff" / "phieu_thi1.xlsx", {"Người 1 (%)": [50] * 8}, "x.csv")
    assert run(["exam", "angoff", UNIT, "--read", str(path)]) == 0
    assert "Dưới 5 người" in capsys.readouterr().out
    assert cut_scores.standards() == []


def test_the_cut_is_the_weighted_mean_and_its_error_that_of_the_judges() -> None:
    ratings = {"A": {"x": 0.6, "y": 0.9}, "B": {"x": 0.8, "y": 0.7}}
    found = angoff.cut(ratings, {"x": 1, "y": 2})
    assert found.by_judge == {"A": pytest.approx(0.8), "B": pytest.approx(2.2 / 3)}
    assert found.cut == pytest.approx((0.8 + 2.2 / 3) / 2)
    assert found.se == pytest.approx(abs(0.8 - 2.2 / 3) / 2)
    assert [one.item for one in angoff.spreads(ratings, ["x", "y"])] == ["x", "y"]


def test_a_near_miss_is_named_in_feedback(out: Path) -> None:
    code = code_of(2)
    released = versions.released_for(UNIT, None, code)
    sit(out, code, answers_of(released, wrong=("thi1-q04", "thi1-q07")), out / "usb")
    collect.collect(out / "usb")
    grade_class.grade(UNIT)
    feedback.write(UNIT)
    assert "sai số chuẩn" not in words_of(code)
    cut_scores.keep([cut_scores.Standard(UNIT, released.form, "1.0.0", 6, 0.78, 0.08)])
    feedback.write(UNIT)
    assert "không quá một sai số chuẩn (±8 %)" in words_of(code)
    assert "Chưa đạt 8 /11" in words_of(code)
    assert "trong một sai số chuẩn" in report.write(UNIT)[0].read_text(encoding="utf-8-sig")


def test_the_exam_commands_speak_vietnamese(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["exam", "build", UNIT, "--forms", "2", "--seed", "hat-giong"]) == 0
    assert "2 đề, mỗi đề 8 câu" in capsys.readouterr().out
    assert run(["exam", "build", UNIT]) == 0
    assert "không có gì thay đổi" in capsys.readouterr().out
    assert run(["exam", "build", "bt02"]) == 1
    assert "thi1" in capsys.readouterr().err
    assert run(["exam"]) == 0
