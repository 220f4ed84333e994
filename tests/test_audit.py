from __future__ import annotations

import csv
import json
import re
from datetime import date

import pytest
from kit.authoring import ROOT, edit, notebook, own_course

from buuchinh import cli
from buuchinh.authoring.audit import audit
from buuchinh.authoring.use_status import SOON
from buuchinh.course import read_day

DAY = date(2026, 11, 25)


course = pytest.fixture(own_course)


def concerns(day: date = DAY, where: str = "question"):
    return {(one.kind, one.ref) for one in audit(day).concerns if one.where == where}


def cite(course, *refs: str, key: str = ""):
    path = course / "datasets" / "questions" / "l90.yml"
    edit(path, "provisions: [LBC-2010/29.3]", f"provisions: [{', '.join(refs)}]{key}")


def review(course, day: str):
    path = course / "course.toml"
    path.write_text(
        re.sub(r"reviewed_on = \S+", f"reviewed_on = {day}", path.read_text(encoding="utf-8")), encoding="utf-8"
    )


def test_the_course_itself_rests_on_nothing_that_lapsed(monkeypatch):
    monkeypatch.setenv("BUUCHINH_COURSE", str(ROOT))
    outcome = audit(read_day("reviewed"))
    assert [one for one in outcome.concerns if one.fails] == []


def test_a_planted_lapsed_provision_is_found_with_its_successor_and_place(course, capsys):
    line = edit(course / "datasets" / "questions" / "l90.yml", "LBC-2010/29.3", "ND15-2020/9.1")
    assert cli.run(["audit", "--date", "25-11-2026", "--json"]) == 1
    outcome = json.loads(capsys.readouterr().out)
    (found,) = [one for one in outcome["concerns"] if one["fails"]]
    assert (found["kind"], found["name"], found["ref"]) == ("lapsed", "l90-q01", "ND15-2020/9.1")
    assert (found["path"], found["line"]) == ("datasets/questions/l90.yml", line)
    assert "174/2026" in found["detail"]
    assert outcome["fails"]
    assert outcome["date"] == "2026-11-25"
    assert cli.run(["audit", "--date", "2026-06-30"]) == 0
    assert "sắp hết hiệu lực" in capsys.readouterr().out


def test_a_lesson_that_links_to_lapsed_law_is_found_and_dated_history_is_not(course, capsys):
    lesson = course / "lessons" / "90-thu.ipynb"
    edit(lesson, "#LBC-2010/29.3", "#ND15-2020/9.1")
    assert cli.run(["audit", "--date", "2026-11-25"]) == 1
    said = capsys.readouterr().out
    assert "ND15-2020/9.1" in said
    assert "lessons/90-thu.ipynb" in said
    edit(lesson, "#ND15-2020/9.1", "#ND15-2020/9.1@2026-06-30")
    assert cli.run(["audit", "--date", "2026-11-25"]) == 0


def test_a_key_whose_days_are_over_is_history(course):
    second = """
      - correct: moi
        from: 2026-07-01
        provisions: [LBC-2010/29.3]
        feedback: {moi: Đúng., nhan: Chưa.}
"""
    path = course / "datasets" / "questions" / "l90.yml"
    edit(path, "from: 2024-01-01", "from: 2024-01-01\n        to: 2026-07-01")
    edit(path, "LBC-2010/29.3", "ND15-2020/9.1")
    path.write_text(path.read_text(encoding="utf-8").rstrip() + second, encoding="utf-8")
    assert concerns() == set()
    assert ("lapses_soon", "ND15-2020/9.1") in concerns(date(2026, 6, 1))
    (soon,) = [one for one in audit(date(2026, 6, 1)).concerns if one.kind == "lapses_soon" and one.where == "question"]
    assert f"01-07-2026, trong vòng {SOON.days} ngày" in soon.detail


def test_a_question_about_another_day_is_judged_by_that_day(course):
    path = course / "datasets" / "questions" / "l90.yml"
    edit(path, "    bloom: apply", "    as_of: 2025-01-01\n    bloom: apply")
    cite(course, "ND15-2020/9.1")
    assert concerns() == set()


def test_what_lapses_within_ninety_days_has_no_successor_or_was_never_read_is_told(course):
    cite(course, "NQ20-2026/7.1", "KHPH77-2022")
    assert concerns(date(2026, 11, 30)) == {("unknown", "KHPH77-2022"), ("unverified", "KHPH77-2022")}
    soon = concerns(date(2026, 12, 1))
    assert {("lapses_soon", "NQ20-2026/7.1"), ("no_successor", "NQ20-2026/7.1")} <= soon
    assert ("lapsed", "NQ20-2026/7.1") in concerns(date(2027, 3, 1))


def test_words_that_a_provision_gets_are_told_before_their_day_and_after_it_until_the_law_is_reviewed(course, capsys):
    ref = "L42-2024/31.2.b"  # its second text is from 1 July 2026
    cite(course, ref)
    review(course, "2026-06-01")
    assert ("reworded_soon", ref) in concerns(date(2026, 6, 15))
    assert not concerns(date(2026, 6, 15)) & {("lapses_soon", ref), ("reworded", ref)}
    cli.run(["audit", "--date", "2026-06-15"])
    assert f"sắp đổi lời văn | {ref}" in capsys.readouterr().out
    assert not audit(date(2026, 6, 30)).fails
    assert ("reworded", ref) in concerns(date(2026, 7, 1))
    assert audit(date(2026, 7, 1)).fails
    review(course, "2026-07-01")
    assert not audit(date(2026, 7, 1)).fails
    review(course, "2026-06-01")
    edit(course / "datasets" / "questions" / "l90.yml", ref, f"{ref}@2026-06-30")
    assert not audit(date(2026, 7, 1)).fails


def test_a_drawing_that_names_a_number_out_of_service_is_found(course):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><text>Ra ngoài, gọi 113</text><text>113.2</text></svg>'
    (course / "lessons" / "hinh").mkdir()
    (course / "lessons" / "hinh" / "91-goi.svg").write_text(drawing, encoding="utf-8")
    numbers = course / "datasets" / "law" / "emergency-numbers.csv"
    with numbers.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    for row in rows:
        if row[head.index("number")] == "113":
            row[head.index("to")] = "2026-12-01"
    with numbers.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])
    found = {(one.kind, one.path, one.fails) for one in audit(date(2026, 12, 1)).concerns if "91-goi" in one.path}
    assert found == {("lapsed", "lessons/hinh/91-goi.svg", True)}


def test_a_text_that_was_not_compared_with_what_amended_it_is_told_as_unverified(course):
    cite(course, "BLTTHS-2015/197.2", "L42-2024/60.1")
    assert concerns() == {("unverified", "BLTTHS-2015/197.2")}
    (found,) = [one for one in audit(DAY).concerns if one.where == "question"]
    assert "Luật sửa đổi Bộ luật Tố tụng hình sự" in found.detail


def test_a_question_whose_only_key_has_ended_has_none(course):
    edit(course / "datasets" / "questions" / "l90.yml", "from: 2024-01-01", "from: 2024-01-01\n        to: 2026-12-31")
    assert ("key_ends", "l90-q01") in concerns()
    assert ("no_key", "l90-q01") in concerns(date(2026, 12, 31))
    assert audit(date(2026, 12, 31)).fails


def test_a_figure_that_was_not_read_at_its_source_is_told(course):
    edit(course / "lessons" / "90-thu.ipynb", "from buuchinh import ask", 'figure(\\"post-items-2024\\")')
    assert concerns(where="lesson") == {("unverified", "post-items-2024")}


def test_what_is_outdated_in_the_2023_report_is_named(course):
    found = {
        one.name.split(" (")[0]: one
        for one in audit(DAY).concerns
        if one.where == "report" and one.kind != "unverified"
    }
    assert {"Bộ Thông tin và Truyền thông", "Sở Thông tin và Truyền thông", "Công an các địa phương"} <= set(found)
    assert "Bộ Khoa học và Công nghệ" in found["Bộ Thông tin và Truyền thông"].detail
    for ref in ("QCPH02-2021", "KHPH77-2022", "CV1143-2020"):
        (one,) = [one for one in found.values() if one.ref == ref]
        assert one.kind == "unknown"
        assert "CHƯA XÁC MINH" in one.detail
    assert any("bưu điện cấp huyện" in name for name in found)
    assert not any(one.fails for one in found.values())
    before = {one.ref for one in audit(date(2023, 8, 16)).concerns if one.where == "report" and one.kind == "lapsed"}
    assert before == set()


def test_days_are_read_as_people_write_them_and_others_are_refused(course, capsys):
    for day in ("2026-11-25", "25-11-2026", "25/11/2026", "reviewed"):
        assert cli.run(["audit", "--date", day, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["date"] == "2026-11-25"
    assert cli.run(["audit", "--date", "hôm kia"]) == 1
    assert "hôm kia" in capsys.readouterr().err


def test_a_course_that_does_not_check_is_refused_in_plain_words(course, capsys):
    (course / "lessons" / "90-thu.ipynb").write_text(notebook(("markdown", "[x](#LBC-2010/299.3)")), encoding="utf-8")
    assert cli.run(["audit", "--date", "reviewed"]) == 1
    assert "lessons/90-thu.ipynb, ô 1, dòng 1: Không có “LBC-2010/299.3”" in capsys.readouterr().err


def test_what_is_only_named_is_told_and_fails_nothing(course, capsys):
    words = "Trước kia theo Nghị định 15/2020/NĐ-CP. Nay xem [Điều 29 khoản 3](#LBC-2010/29.3)."
    chart = 'charts.law_timeline(["L73-2021", "LBC-2010"])'
    (course / "lessons" / "91-ten.ipynb").write_text(notebook(("markdown", words), ("code", chart)), encoding="utf-8")
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><title>Theo Luật 14/2017/QH14</title></svg>'
    (course / "lessons" / "hinh").mkdir()
    (course / "lessons" / "hinh" / "91-to-roi.svg").write_text(drawing, encoding="utf-8")
    questions = course / "datasets" / "questions" / "l90.yml"
    edit(questions, "Đúng. Khách mở", "Đúng, khác Nghị định 13/2023/NĐ-CP. Khách mở")
    named = {"text", "chart", "feedback"}
    found = {(one.where, one.kind, one.ref) for one in audit(DAY).concerns if one.where in named}
    assert found == {
        ("text", "lapsed", "ND15-2020"),
        ("chart", "lapsed", "L73-2021"),
        ("chart", "lapsed", "L14-2017"),
        ("feedback", "lapsed", "ND13-2023"),
    }
    assert cli.run(["audit", "--date", "reviewed"]) == 0
    said = capsys.readouterr().out
    assert "hết hiệu lực (chỉ nêu tên) | ND15-2020 | 91-ten (1)" in said
    assert "91-to-roi" in said


def test_exam_questions_and_graded_ones_are_judged_too(course):
    pool = course / "exam" / "pool"
    pool.mkdir(parents=True)
    text = (course / "datasets" / "questions" / "l90.yml").read_text(encoding="utf-8").replace("l90", "x90")
    (pool / "x90.yml").write_text(text.replace("LBC-2010/29.3", "ND15-2020/9.1"), encoding="utf-8")
    (found,) = [one for one in audit(DAY).concerns if one.fails]
    assert (found.name, found.path) == ("x90-q01", "exam/pool/x90.yml")


def test_what_is_wrong_is_told_with_its_place_and_the_rest_is_counted(course):
    cite(course, "ND15-2020/9.1", "KHPH77-2022")
    lines = audit(DAY).lines()
    assert lines[0].fails
    assert (lines[0].kind, list(lines[0].bases), list(lines[0].places)) == ("lapsed", ["ND15-2020/9.1"], ["l90-q01"])
    assert next(line.places for line in lines if line.bases.keys() == {"KHPH77-2022"})["l90"] == 1
    assert len(lines) < len(audit(DAY).concerns)
