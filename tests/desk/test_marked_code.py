"""What a person sees of code: source, outputs of the second run, pictures by an address of their own."""

from __future__ import annotations

import json
import shutil
import urllib.request
from pathlib import Path

import pytest
from kit.classroom import UNIT
from kit.course import missing
from kit.desk_client import Client
from kit.marking import CODES, by_formgrader, no_code, released_with_lines, row, served
from kit.task import TASK
from kit.use_course import use_course

from buuchinh.classroom import gradebook
from buuchinh.desk.marking import marked_work, overview, question_page, queue, save_mark
from buuchinh.desk.marking.save_mark import Mark, Seen
from buuchinh.execution import sandbox
from buuchinh.execution.execution_report import SLOW
from buuchinh.grading import grade_class
from buuchinh.intake import collect
from buuchinh.messages import say
from buuchinh.questions.answers import Record

pytestmark = pytest.mark.journey

CODE, IDLE, FAILED = CODES[:3]
WORDS = "Bảng mô phỏng có <b>12</b> vụ; chưa biết vì sao."
DRAWN = """\
import matplotlib.pyplot as plt
print("một bảng của tôi", 6 * 7)
plt.bar(["a", "b"], [1, 2])
plt.show()"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a course with a task: one draws, one writes no code, one's code fails."""
    if sandbox.missing():
        missing(f"bubblewrap: {sandbox.missing()}")
    made = released_with_lines(tmp_path_factory.mktemp("ma"), task=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(made))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        with gradebook.opened() as book:
            for code in (CODE, IDLE, FAILED):
                book.update_or_create_student(code)
        for code, program in ((CODE, DRAWN), (IDLE, None), (FAILED, "1 / 0")):
            worked(made, code, program)
        grade_class.grade(UNIT)
    return made


@pytest.fixture
def course(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = tmp_path / "course"
    shutil.copytree(root, copy)
    return use_course(copy, monkeypatch)


def worked(root: Path, code: str, program: str | None, words: str = WORDS) -> None:
    folder = root / "bai-lam" / code / UNIT
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root / "exercises" / UNIT, folder)
    Record(folder, UNIT, "1.0.0", code).put(TASK, words)
    if program is not None:
        path = folder / f"{UNIT}.ipynb"
        notebook = json.loads(path.read_text(encoding="utf-8"))
        next(one for one in notebook["cells"] if one["id"] == f"{TASK}-lam")["source"] = program
        path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
    collect.collect(root / "bai-lam")


def answer(code: str) -> queue.Answer:
    return next(one for one in queue.read(UNIT, TASK) if one.code == code)


def test_code_its_outputs_and_its_picture_are_shown_as_they_ran(course: Path) -> None:
    drawn, idle, failed = (answer(code).work for code in (CODE, IDLE, FAILED))
    assert drawn.text == WORDS
    assert drawn.code is not None
    assert drawn.code.source == DRAWN
    kinds = [one.kind for one in drawn.code.outputs]
    assert "picture" in kinds
    assert "một bảng của tôi 42" in "".join(one.text for one in drawn.code.outputs)
    assert drawn.code.rerun == "ran"
    assert (idle.text, idle.code, idle.empty_cell) == (WORDS, None, True)
    assert failed.code is not None
    assert failed.code.rerun == "raised"
    assert "ZeroDivisionError" in "".join(one.text for one in failed.code.outputs if one.kind == "error")


def test_a_cell_that_was_stopped_is_told_in_words() -> None:
    cell = {"source": "while True: pass", "outputs": [{"output_type": "error", "ename": SLOW, "evalue": ""}]}
    work = marked_work.code_of([cell], "ran")
    assert work.rerun == "stopped"
    assert [(one.kind, one.text) for one in work.outputs] == [("error", say("desk.marking.took_too_long"))]


def test_an_error_without_words_ends_in_its_name() -> None:
    cell = {"source": "raise KeyError", "outputs": [{"output_type": "error", "ename": "KeyError", "evalue": ""}]}
    work = marked_work.code_of([cell], "ran")
    assert (work.rerun, work.outputs[0].text) == ("raised", "KeyError")


def test_a_picture_has_an_address_that_names_nobody(course: Path) -> None:
    found = question_page.of(UNIT, TASK)
    assert no_code(json.dumps(found, ensure_ascii=False))
    person = next(one for one in found["people"] if one["id"] == answer(CODE).hidden)
    assert person["code"]
    number = [one["kind"] for one in person["code"]["outputs"]].index("picture")
    with served(course) as address:
        for path, status in ((f"{person['id']}/{number}", 200), (f"{person['id']}/99", 404), (f"{'0' * 16}/0", 404)):
            request = urllib.request.Request(f"{address}giang-vien/cham/{UNIT}/{TASK}/hinh/{path}")
            request.add_header("Authorization", "token thu")
            opener = urllib.request.build_opener(_Statuses())
            with opener.open(request) as reply:
                assert reply.status == status
                if status == 200:
                    assert reply.read().startswith(b"\x89PNG")
                    assert reply.headers["Content-Type"] == "image/png"


class _Statuses(urllib.request.HTTPErrorProcessor):
    """Take every status for an answer."""

    def http_response(self, request, response):
        return response


def test_a_task_keeps_its_points_while_words_and_code_are_the_same(course: Path) -> None:
    now = answer(CODE)
    save_mark.save(UNIT, TASK, CODE, Mark("4,5", comment="Thiếu mẫu số."), Seen(None, "", now.fingerprint))
    assert row(CODE, TASK) == (4.5, False, "Thiếu mẫu số.")
    grade_class.grade(UNIT, again=True)
    assert row(CODE, TASK)[:2] == (4.5, False)
    assert not answer(CODE).scored.waits
    worked(course, CODE, DRAWN + "\n# thêm")
    grade_class.grade(UNIT)
    assert row(CODE, TASK)[:2] == (4.5, True)
    assert answer(CODE).scored.waits
    by_formgrader(CODE, 4.5, question=TASK)
    worked(course, CODE, DRAWN + "\n# thêm", words="Viết lại.")
    grade_class.grade(UNIT)
    assert row(CODE, TASK)[:2] == (4.5, True)


def test_a_question_without_lines_has_points_to_type_and_its_paragraph(course: Path) -> None:
    (sheet,) = question_page.of(UNIT, TASK)["sheets"]
    assert (sheet["lines"], sheet["most"]) == ([], 6)
    assert "CANARY rubric" in sheet["advice"]


def test_marking_begins_with_the_questions_and_how_many_answers_wait_in_each(course: Path) -> None:
    by_formgrader(CODE, 1.0, question="bt90-q3")
    (unit,) = overview.payload()
    assert unit["name"].startswith("Bài 90. ")
    told = {one["question"]: one for one in unit["questions"]}
    assert told[TASK]["state"] == f"còn {told[TASK]['waiting']} câu trả lời"
    assert told[TASK]["waiting"] > 0
    with served(course) as address:
        page = Client(address).ask("giang-vien/cham")[1].decode()
        assert all(f'href="/giang-vien/cham/{UNIT}/{name}"' in page for name in told)
        assert told[TASK]["state"] in page
        assert told[TASK]["title"] in page
        waiting = sum(one["waiting"] for one in told.values())
        assert f"Còn {waiting} câu trả lời chờ chấm. Con số cạnh chữ Chấm tay ở đầu trang thì đếm bài" in page
        assert no_code(page)
