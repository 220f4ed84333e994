from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from kit import golden_inside as inside
from kit.classroom import UNIT, edit
from kit.handin import answers, code_of, hand_in
from kit.printing import printed_pages, smallest_letters

from buuchinh import cli, personal_data
from buuchinh import course as course_of_today
from buuchinh.classroom import given_points, gradebook
from buuchinh.errors import KitError
from buuchinh.grading import grade_class
from buuchinh.messages import section
from buuchinh.questions import scoring, types
from buuchinh.release import release, versions
from buuchinh.results import class_report, feedback_pages, legal_grounds, objectives, results

ROOT = Path(__file__).parents[1]

HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'


def set_by_hand(code, points, comment=""):
    with gradebook.opened() as book:
        book.find_grade("bt90-q3", UNIT, UNIT, code).manual_score = points
        book.find_comment("bt90-q3", UNIT, UNIT, code).manual_comment = comment
        book.db.commit()


def page_of(code):
    feedback_pages.write(UNIT, only=code)
    return feedback_pages.place(UNIT, code).read_text(encoding="utf-8")


def words_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<body>")[2]).split())


def test_it_tells_what_was_chosen_and_no_other_option(course):
    good, bad = code_of(1), code_of(2)
    hand_in(course, good, answers())
    hand_in(course, bad, answers(right=False))
    grade_class.grade(UNIT)
    right, wrong = page_of(good), page_of(bad)
    assert "Dừng nhận và báo trưởng bưu cục" in right
    assert "CANARY đúng" in right
    assert "CANARY an toàn" in right
    for other in ("Lau khô", "CANARY sai", "CANARY không nên", "CANARY vi phạm", "Nhận luôn"):
        assert other not in right
        assert other in wrong
    for secret in ("CANARY rubric", "CANARY mẫu", "CANARY intent", "CANARY-seed", "73.25", "73,25", "canary-a"):
        assert secret not in right + wrong
    assert "CANARY đúng" not in wrong
    assert "8.817.223" not in page_of_wrong_value(course)


def page_of_wrong_value(course):
    code = code_of(3)
    hand_in(course, code, answers(value=7), 'submit("bt90-q4", 7)')
    grade_class.grade(UNIT)
    page = page_of(code)
    assert "CANARY trái" in page
    return page


def test_it_is_one_page_that_loads_and_runs_nothing(course):
    code = code_of(1)
    hand_in(course, code, answers() | {"bt90-q3": HOSTILE}, text=HOSTILE)
    grade_class.grade(UNIT)
    set_by_hand(code, 1, HOSTILE)
    page = page_of(code)
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r"(src|href)\s*=(?!\"#can-cu-\d+\")", page.replace("&lt;img src=x", ""))
    assert "default-src 'none'" in page


def test_with_all_points_nobody_is_told_to_look_at_what_has_not_all(course):
    whole, part = code_of(1), code_of(2)
    for code in (whole, part):
        hand_in(course, code, answers())
    grade_class.grade(UNIT)
    set_by_hand(whole, most_by_hand(whole))
    set_by_hand(part, most_by_hand(part) - 0.5)
    said = {code: words_of(page_of(code)) for code in (whole, part)}
    assert "Anh/chị được trọn số điểm. Mức đạt là 80 %." in said[whole]
    assert "chưa trọn điểm" not in said[whole]
    assert "Hãy xem lại những câu chưa trọn điểm." in said[part]


def most_by_hand(code):
    (one,) = results.standings(UNIT, code)
    return next(item.most for item in one.items if item.id == "bt90-q3")


def test_pass_fail_and_waiting(course):
    code = code_of(1)
    hand_in(course, code, answers())
    grade_class.grade(UNIT)
    assert "Chờ chấm tay 11 /14 điểm" in words_of(page_of(code))
    set_by_hand(code, 0.25, "Thiếu giờ báo.")
    words = words_of(page_of(code))
    assert "Đạt 11,25 /14 điểm (80,4 %)" in words
    assert "Thiếu giờ báo." in words
    set_by_hand(code, 0)
    assert "Chưa đạt 11 /14 điểm" in words_of(page_of(code))


def test_an_objective_of_which_something_waits_is_told_as_waiting_and_never_as_wrong(course):
    hand_in(course, code_of(1), answers(right=False))
    grade_class.grade(UNIT)
    (one,) = results.standings(UNIT)
    whole, part = (
        replace(one, items=tuple(replace(item, earned=None if item.id in waits else 0.0) for item in one.items))
        for waits in ({item.id for item in one.items}, {"bt90-q3"})
    )
    assert [(row["word"], row["points"]) for row in objectives.by_objective(whole)] == [("Chờ xem", "…/14 điểm")]
    assert [(row["word"], row["points"]) for row in objectives.by_objective(part)] == [("Chờ xem", "0/14 điểm")]
    nothing = replace(one, items=tuple(replace(item, earned=0.0) for item in one.items))
    assert [row["word"] for row in objectives.by_objective(nothing)] == ["Chưa đúng"]


def test_every_rule_of_part_points_is_of_a_type_that_there_is():
    rules = section("results.feedback.partly")
    assert rules.keys() == {one.name for one in types.every() if one.in_parts}
    assert all(rule.startswith("Cách tính điểm ") and rule.endswith(".") for rule in rules.values())


def test_a_critical_question_must_be_right_whatever_the_total(course):
    edit(course / "source" / UNIT / "questions.yml", "points: 2\n    start", "points: 2\n    critical: true\n    start")
    edit(course / "source" / UNIT / "questions.yml", "version: 1.0.0", "version: 1.1.0")
    release.release(UNIT)
    code = code_of(1)
    given = answers() | {"bt90-q2": answers(right=False)["bt90-q2"]}
    path = hand_in(course, code, given) / "answers.json"
    edit(path, '"version": "1.0.0"', '"version": "1.1.0"')
    grade_class.grade(UNIT)
    set_by_hand(code, 3)
    (standing,) = results.standings(UNIT)
    assert standing.share > 0.8
    assert standing.verdict == "fail"
    assert "Chưa đúng: câu 2." in words_of(page_of(code))


def test_a_pass_mark_that_is_changed_later_changes_no_verdict(course):
    code = code_of(1)
    hand_in(course, code, answers())
    grade_class.grade(UNIT)
    set_by_hand(code, 3)
    before = page_of(code), [path.read_bytes() for path in class_report.write(UNIT)[:3]]
    settings = (course / "course.toml").read_text(encoding="utf-8")
    (course / "course.toml").write_text(re.sub("(?m)^pass_mark = .*", "pass_mark = 1.0", settings), encoding="utf-8")
    assert [one.state for one in grade_class.grade(UNIT)] == ["unchanged"]
    assert [one.verdict for one in results.standings(UNIT)] == ["pass"]
    assert (page_of(code), [path.read_bytes() for path in class_report.write(UNIT)[:3]]) == before


def test_objectives_are_those_of_the_course_also_of_a_second_one_in_one_process(course, tmp_path, monkeypatch):
    shutil.copytree(ROOT / "datasets", course / "datasets", dirs_exist_ok=True)
    released = course / "source" / UNIT / "releases" / "1.0.0" / "questions.yml"
    edit(released, "    points: 4\n", "    points: 4\n    objective: m2-1\n")
    hand_in(course, code_of(1), answers(right=False))
    grade_class.grade(UNIT)
    title = "Đối chiếu văn bản mà báo cáo năm 2023 nêu tên"
    assert title in page_of(code_of(1))
    other = tmp_path / "other"
    shutil.copytree(course, other)
    edit(other / "datasets" / "questions" / "objectives.csv", title, "MỤC TIÊU KHÁC")
    monkeypatch.setenv("BUUCHINH_COURSE", str(other))
    page = page_of(code_of(1))
    assert "MỤC TIÊU KHÁC" in page
    assert title not in page


def test_what_was_not_right_stands_first_and_open_and_what_was_right_is_folded(course):
    code = code_of(1)
    hand_in(course, code, answers() | {"bt90-q2": answers(right=False)["bt90-q2"]})
    grade_class.grade(UNIT)
    page = page_of(code)
    found = re.findall(r'<details class="card question (\w+)"( open)?>\s*<summary>\s*<h3>Câu (\d)', page)
    assert found == [("wrong", " open", "2"), ("open", " open", "3"), ("right", "", "1"), ("right", "", "4")]
    set_by_hand(code, 3, "Rất rõ.")  # what a person wrote is not hidden
    assert '<details class="card question right" open>' in page_of(code)


def test_what_waits_for_a_person_is_told_as_waiting_on_the_screen_and_on_paper(course):
    code = code_of(1)
    hand_in(course, code, answers())
    grade_class.grade(UNIT)
    screen, paper = page_of(code).split('<section class="sheet"')
    assert "Câu 3 Chờ xem …/3 điểm" in words_of(screen)
    assert "…/3 điểm Chờ xem. Chờ người phụ trách lớp chấm." in words_of("<body>" + paper)
    assert "Chưa đúng" not in screen + paper


def test_a_written_answer_that_lacks_points_and_has_no_comment_says_how_it_was_marked_and_tells_no_key(course):
    code = code_of(1)
    hand_in(course, code, answers())
    grade_class.grade(UNIT)
    how = section("results.feedback")["by_person"]
    assert how not in words_of(page_of(code)), "it waits"
    for points in (0, 1.5):
        set_by_hand(code, points)
        page = page_of(code)
        screen, paper = page.split('<section class="sheet"')
        inside_question = screen.partition("<h3>Câu 3")[2].partition("</details>")[0]
        assert how in inside_question
        assert re.search("Căn cứ: .*CANARY-source", inside_question), "the grounds stand there as in every question"
        assert how in paper
        assert "CANARY rubric" not in page
        assert "CANARY mẫu" not in page
    set_by_hand(code, 1.5, "Thiếu nơi.")
    assert how not in page_of(code)
    set_by_hand(code, 3)
    assert how not in page_of(code)


def test_a_lesson_to_read_again_is_a_link_where_the_courses_pages_have_an_address(course):
    shutil.copytree(ROOT / "datasets", course / "datasets", dirs_exist_ok=True)
    released = course / "source" / UNIT / "releases" / "1.0.0" / "questions.yml"
    edit(released, "    points: 4\n", "    points: 4\n    objective: m2-1\n")
    code = code_of(1)
    hand_in(course, code, answers(right=False))
    grade_class.grade(UNIT)
    assert "<a href" not in page_of(code).partition("Căn cứ")[0]
    edit(course / "course.toml", 'url = ""', 'url = "https://hoc.example.vn/"')
    assert '<a href="https://hoc.example.vn/#/bai-2">Đối chiếu văn bản' in page_of(code)


def test_a_provision_by_the_text_of_a_day_stands_behind_its_document_as_all_others_do():
    cited = legal_grounds.numbered([{"provisions": ["BLHS-2015/251.1@2025-06-20", "BLHS-2015/251.1"], "sources": []}])
    of_day, of_today = cited.values()
    assert (of_day.document, of_day.place) == (f"{of_today.document}, bản áp dụng ngày 20-06-2025", of_today.place)
    assert of_day.words == f"{of_today.place} {of_day.document}"
    assert all(document for document, _, _ in legal_grounds.by_document(cited.values()))


def test_of_a_question_with_code_each_value_shows_whether_it_is_right(course):
    source = course / "source" / UNIT / "questions.yml"
    edit(source, "version: 1.0.0", "version: 1.1.0")
    edit(source, "kind: integer}\n", "kind: integer}\n      - {id: hieu, label: Hiệu, kind: integer}\n")
    edit(source, "correct: {tong: 8817223}", "correct: {tong: 8817223, hieu: 7}")
    release.release(UNIT, reason="Thêm một giá trị")
    code = code_of(1)
    given = {"tong": 8817223, "hieu": 8}
    path = hand_in(course, code, answers() | {"bt90-q4": given}, 'submit("bt90-q4", tong=8817223, hieu=8)')
    edit(path / "answers.json", '"version": "1.0.0"', '"version": "1.1.0"')
    grade_class.grade(UNIT)
    words = words_of(page_of(code))
    assert "Tổng 8.817.223 ✓ Đúng." in words
    assert "Hiệu 8 ✗ Chưa đúng." in words


def test_a_word_that_its_author_took_apart_is_told_in_its_parts(course):
    source = course / "source" / UNIT / "questions.yml"
    edit(source, "version: 1.0.0", "version: 1.1.0")
    parts = "{believed: Nhận luôn cho nhanh., why: Gói ấy có mùi hắc., do: Dừng nhận.}"
    edit(source, "canary-b: CANARY sai", f"canary-b: {parts}")
    release.release(UNIT, reason="Tách lời")
    assert "mùi hắc" not in (course / "exercises" / UNIT / "questions.json").read_text(encoding="utf-8")
    code = code_of(1)
    edit(hand_in(course, code, answers(right=False)) / "answers.json", '"version": "1.0.0"', '"version": "1.1.0"')
    grade_class.grade(UNIT)
    told = "Anh/chị nghĩ: Nhận luôn cho nhanh. Vì sao: Gói ấy có mùi hắc. Lần tới làm thế này: Dừng nhận."
    assert told in words_of(page_of(code))


def test_it_names_the_hour_at_which_a_person_gave_points_as_long_as_they_count(course, monkeypatch):
    code = code_of(1)
    hand_in(course, code, answers())
    grade_class.grade(UNIT)
    assert "người phụ trách lớp)" not in words_of(page_of(code))
    clock = SimpleNamespace(
        now=lambda: datetime(2026, 11, 28, 16, 5).astimezone(), fromisoformat=datetime.fromisoformat
    )
    monkeypatch.setattr(given_points, "datetime", clock)
    set_by_hand(code, 2.5)
    assert re.search(r"Chấm lúc [^()]* \(máy\), 16:05 28-11-2026 \(người phụ trách lớp\)", words_of(page_of(code)))
    set_by_hand(code, None)
    assert "(người phụ trách lớp)" not in words_of(page_of(code))
    given_points.place(UNIT, code).write_text("{", encoding="utf-8")
    assert "(người phụ trách lớp)" not in words_of(page_of(code))


def test_the_file_of_the_class_is_by_code_and_with_names_by_unit_and_given_name(course, capsys):
    people = {1: "Nguyễn Thị Hoa;Pleiku", 2: "Trần Văn Ánh;Pleiku", 3: f"{HOSTILE} Đỗ Bình;Chư Sê", 4: ";"}
    lines = "".join(f"{code_of(number)};{person}\n" for number, person in people.items())
    (course / "lop-co-ma.csv").write_text(f"Mã;Họ tên;Đơn vị\n{lines}", encoding="utf-8-sig")
    for number in people:
        hand_in(course, code_of(number), answers())
    grade_class.grade(UNIT)

    def told() -> tuple[str, list[str]]:
        page = feedback_pages.of_class(UNIT).read_text(encoding="utf-8")
        return page, re.findall(r'<section class="sheet" aria-label="([^"]*)"', page)

    assert cli.run(["feedback", UNIT]) == 0
    assert f"feedback/phan-hoi_{UNIT}_ca-lop.html" in capsys.readouterr().out
    page, codes = told()
    assert codes == [code_of(number) for number in (1, 2, 3, 4)]
    assert "Hoa" not in page + page_of(code_of(1))
    assert cli.run(["feedback", UNIT, "--names"]) == 0
    page, codes = told()
    assert codes == [code_of(number) for number in (3, 2, 1, 4)]
    assert "Nguyễn Thị Hoa" in page
    assert "Họ tên Nguyễn Thị Hoa Đơn vị Pleiku" in words_of(feedback_pages.place(UNIT, code_of(1)).read_text("utf-8"))
    assert "<script" not in page
    assert not re.search(r"(src|href)\s*=", page.replace("&lt;img src=x", ""))


def test_the_file_of_the_class_goes_whole_with_whoever_is_forgotten(course):
    for number in (1, 2):
        hand_in(course, code_of(number), answers())
    grade_class.grade(UNIT)
    feedback_pages.write(UNIT)
    personal_data.forget(code_of(1))
    assert not feedback_pages.of_class(UNIT).exists()
    assert feedback_pages.place(UNIT, code_of(2)).exists()


def all_wrong(unit: str) -> results.Standing:
    """Return a result in which every question was answered wrongly."""
    released = versions.released_for(unit, None, code_of(1))
    day = released.questions.as_of or course_of_today.settings().reviewed_on
    items = []
    for question in released.obscured.values():
        wrong = next((answer for case, answer in inside.answers(question, day) if case == "wrong"), None)
        items.append(
            results.QuestionResult(
                id=question.id,
                earned=0.0,
                most=question.points or 0.0,
                manual=False,
                critical=question.critical,
                objective=question.objective,
                answer=wrong,
                score=scoring.score(question, wrong, day).as_json(),
                comment="",
            )
        )
    at = datetime(2026, 11, 25, 15).astimezone()
    return results.Standing(code_of(1), unit, released.version, tuple(items), (), at, at, False, 0.8)


@pytest.mark.browser
@pytest.mark.parametrize("unit", course_of_today.released_units())
def test_with_all_wrong_it_is_two_sheets_of_paper_at_most(browser, tmp_path, unit):
    standing = all_wrong(unit)
    path = tmp_path / "page.html"
    path.write_text(feedback_pages.page(standing), encoding="utf-8")
    tab = browser.new_page()
    tab.emulate_media(media="print")
    tab.goto(path.as_uri())
    assert printed_pages(tab.pdf(prefer_css_page_size=True)) <= 2
    assert smallest_letters(tab) >= 9
    tab.close()


def test_without_grades_it_says_what_to_do(course):
    with pytest.raises(KitError, match="buuchinh grade"):
        feedback_pages.write(UNIT)


@pytest.mark.browser
def test_it_fits_a_phone_in_light_and_dark(course, browser, tmp_path):
    from axe_playwright_python.sync_playwright import Axe

    code = code_of(1)
    hand_in(course, code, answers())
    grade_class.grade(UNIT)
    page_of(code)
    for scheme in ("light", "dark"):
        tab = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme=scheme)
        tab.goto(feedback_pages.place(UNIT, code).as_uri())
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390
        found = Axe().run(tab).response["violations"]
        assert not found, [(one["id"], one["nodes"][0]["html"]) for one in found]
        tab.close()


def test_a_number_that_no_float_holds_stops_nobodys_feedback(course):
    odd, good = code_of(1), code_of(2)
    huge = 10**350
    hand_in(course, odd, answers() | {"bt90-q1": huge, "bt90-q3": [huge]})
    hand_in(course, good, answers())
    grade_class.grade(UNIT)
    assert [path.parent.parent.name for path in feedback_pages.write(UNIT)] == [odd, good]
    assert "100.000.000.000" in feedback_pages.place(UNIT, odd).read_text(encoding="utf-8")


def test_a_page_that_cannot_be_written_is_told_once_all_others_are(course):
    one, two = code_of(1), code_of(2)
    for code in (one, two):
        hand_in(course, code, answers())
    grade_class.grade(UNIT)
    feedback_pages.place(UNIT, one).mkdir(parents=True)
    with pytest.raises(KitError) as caught:
        feedback_pages.write(UNIT)
    fault, others = caught.value.problems
    assert one in fault.path
    assert fault.way_out
    assert others.level == "warning"
    assert feedback_pages.place(UNIT, two).is_file()
