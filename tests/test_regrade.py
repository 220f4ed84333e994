"""A released key is corrected: who moves is told first, nothing is written before --yes, and feedback says why."""

from __future__ import annotations

import csv
import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from kit.classroom import UNIT, edit, make_course
from kit.handin import answers, code_of, first_step, hand_in
from kit.regrading import BAD, GOOD, OLD, correct_the_key, release_again, two_versions

from buuchinh import cli
from buuchinh.classroom import gradebook
from buuchinh.desk.screens import regrade_preview
from buuchinh.errors import KitError
from buuchinh.grading import grade_class, outcomes
from buuchinh.personal_data.names import Names
from buuchinh.questions import question_bank
from buuchinh.release import corrections, keys_in_yaml, propagate_correction, release
from buuchinh.results import class_report, feedback_pages, point_changes, regrade, solution_pack
from buuchinh.results.results import Standing, standings

ROOT = Path(__file__).parents[1]


@pytest.fixture
def klass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the class of ``kit.regrading``: by the released key GOOD and OLD pass with 9 of 9 and BAD fails with 5."""
    root = two_versions(tmp_path, monkeypatch)
    assert result() == {GOOD: (9, "pass"), BAD: (5, "fail"), OLD: (9, "pass")}
    return root


def result() -> dict[str, tuple[float, str]]:
    return {one.code: (one.earned, one.verdict) for one in standings(UNIT)}


def rows(root: Path) -> list[tuple[str, str, str, str]]:
    path = root / "datasets" / "questions" / "corrections.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        names = ("question", "from_version", "to_version", "reason")
        return [tuple(row[name] for name in names) for row in csv.DictReader(file)]  # type: ignore[misc]


def everything(root: Path) -> dict[str, str]:
    """Return a hash of each file of the course, but for what a lock leaves; the gradebook by its rows."""
    caches = ("gradebook.db", ".", "__pycache__")
    files = (path for path in root.rglob("*") if path.is_file())
    files = (path for path in files if not any(part.startswith(caches) for part in path.relative_to(root).parts))
    found = {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)}
    return found | {"gradebook": repr(gradebook.rows("SELECT * FROM grade ORDER BY id"))}


@pytest.mark.parametrize("command", [["regrade", UNIT], ["release", UNIT, "--correct"]])
def test_it_says_who_moves_and_writes_nothing_before_yes(
    klass: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    correct_the_key(klass)
    before = everything(klass)
    capsys.readouterr()
    assert cli.run([*command, "--reason", "Gõ nhầm."]) == 0
    out = capsys.readouterr().out
    assert "bt90-q1: sửa đáp án ở bản 1.1.0, 1.0.0." in out
    lines = [line.strip() for line in out.splitlines() if "trên 9 điểm" in line]
    assert lines == [
        f"{GOOD}: 9 → 5 trên 9 điểm. Đạt → Chưa đạt.",
        f"{OLD}: 9 → 5 trên 9 điểm. Đạt → Chưa đạt.",
        f"{BAD}: 5 → 9 trên 9 điểm. Chưa đạt → Đạt.",
    ]
    assert f"Kết quả xuống, 2 người: {GOOD}, {OLD}." in out
    assert f"Kết quả lên, 1 người: {BAD}." in out
    assert "Chưa ghi gì" in out
    assert everything(klass) == before
    assert cli.run([*command, "--yes"]) == 1
    assert "lý do" in capsys.readouterr().err
    assert everything(klass) == before


def test_it_reaches_all_versions_that_ask_it_and_feedback_and_report_say_why(
    klass: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = klass / "source" / UNIT / "releases" / "1.0.0" / "questions.yml"
    edit(old, "unit: bt90", "# Ghi chú của tác giả\nunit: bt90")
    lines = old.read_text(encoding="utf-8").splitlines()
    correct_the_key(klass)
    assert cli.run(["regrade", UNIT, "--reason", "Gõ nhầm đáp án.", "--yes"]) == 0
    assert result() == {GOOD: (5, "fail"), BAD: (9, "pass"), OLD: (5, "fail")}
    now = old.read_text(encoding="utf-8").splitlines()
    assert [line.strip() for line in lines if line not in now] == ["- correct: canary-a"]
    assert [line.strip() for line in now if line not in lines] == ["- correct: canary-b"]
    assert rows(klass) == [
        ("bt90-q1", "1.1.0", "1.1.0", "Gõ nhầm đáp án."),
        ("bt90-q1", "1.0.0", "1.0.0", "Gõ nhầm đáp án."),
    ]
    assert corrections.check() == []
    feedback_pages.write(UNIT)
    for code, told in ((GOOD, "đổi từ 9 thành 5 điểm"), (BAD, "đổi từ 5 thành 9 điểm"), (OLD, "đổi từ 9 thành 5 điểm")):
        page = feedback_pages.place(UNIT, code).read_text(encoding="utf-8")
        assert told in page
        assert "đáp án của câu 1 được sửa. Lý do: Gõ nhầm đáp án." in page
        assert ("từ Chưa đạt thành Đạt" if code == BAD else "từ Đạt thành Chưa đạt") in page
    persons = class_report.write(UNIT)[0].read_text(encoding="utf-8-sig")
    assert persons.count("Lý do: Gõ nhầm đáp án.") == 3
    assert cli.run(["regrade", UNIT, "--reason", "Lại.", "--yes"]) == 1
    assert "giống mọi bản đã phát hành" in capsys.readouterr().err


def test_solutions_that_were_made_are_made_anew_with_the_corrected_key(
    klass: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(klass / "course.toml", "[deadlines]", f"[deadlines]\n{UNIT} = 2026-01-02T17:00:00+07:00")
    before = solution_pack.make(UNIT).read_text(encoding="utf-8")
    assert solution_pack.renew(UNIT) is None
    correct_the_key(klass)
    preview = regrade_preview.payload(UNIT, Names.read(), ())
    assert "gửi lại cả lớp" in preview["after"]
    assert cli.run(["regrade", UNIT, "--reason", "Gõ nhầm đáp án.", "--yes"]) == 0
    assert f"Đã làm lại loi-giai-{UNIT}.json" in capsys.readouterr().out
    after = solution_pack.place(UNIT).read_text(encoding="utf-8")
    assert after != before
    assert solution_pack.make(UNIT).read_text(encoding="utf-8") == after
    for damaged in ("[]", "{", ""):
        solution_pack.place(UNIT).write_text(damaged, encoding="utf-8")
        assert solution_pack.renew(UNIT) == solution_pack.place(UNIT)
        assert solution_pack.place(UNIT).read_text(encoding="utf-8") == after


def test_it_reaches_less_where_it_is_told_so(klass: Path, capsys: pytest.CaptureFixture[str]) -> None:
    correct_the_key(klass)
    assert cli.run(["regrade", UNIT, "--version", "1.0.0"]) == 1
    assert "1.1.0" in capsys.readouterr().err
    assert cli.run(["regrade", UNIT, "--version", "1.1.0", "--reason", "Chỉ bản mới.", "--yes"]) == 0
    assert result() == {GOOD: (5, "fail"), BAD: (9, "pass"), OLD: (9, "pass")}
    assert corrections.check() == []
    # told later to reach all, it takes the version that was left out
    assert [(one.question, one.version) for one in propagate_correction.plan(UNIT).reached] == [("bt90-q1", "1.0.0")]


def test_a_version_that_asks_something_else_keeps_its_key_and_that_is_said(
    klass: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = klass / "source" / UNIT / "questions.yml"
    edit(source, "anh/chị làm gì trước?", "anh/chị báo ai trước?")
    edit(source, "provisions: [CANARY-2010/7.1]", "provisions: [CANARY-2010/8.1]")
    release_again(klass, "1.2.0", reason="Câu mới.")
    correct_the_key(klass)
    capsys.readouterr()
    assert cli.run(["regrade", UNIT]) == 0
    out = capsys.readouterr().out
    assert "bt90-q1: sửa đáp án ở bản 1.2.0." in out
    assert "bt90-q1: bản 1.1.0, 1.0.0 hỏi khác, giữ đáp án cũ." in out
    assert "Đổi điểm: 0 người; không đổi: 3 người." in out


@pytest.mark.parametrize(("module", "step"), [(release, "release"), (propagate_correction, "write_text")])
def test_what_was_stopped_half_way_tells_no_tale_and_ends_the_same(
    klass: Path, monkeypatch: pytest.MonkeyPatch, module: object, step: str
) -> None:
    correct_the_key(klass)
    with monkeypatch.context() as patch:

        def stop(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        patch.setattr(module, step, stop)
        with pytest.raises(KeyboardInterrupt):
            regrade.apply(regrade.preview(UNIT), "Gõ nhầm.")
    feedback_pages.write(UNIT)
    assert "Điểm đã đổi" not in feedback_pages.place(UNIT, GOOD).read_text(encoding="utf-8")
    regrade.apply(regrade.preview(UNIT), "Gõ nhầm.")
    feedback_pages.write(UNIT)
    assert (
        feedback_pages.place(UNIT, GOOD).read_text(encoding="utf-8").count("Điểm đã đổi") == 2
    )  # on the screen, on paper
    assert result()[GOOD] == (5, "fail")
    assert sorted(rows(klass)) == [("bt90-q1", one, one, "Gõ nhầm.") for one in ("1.0.0", "1.1.0")]


def test_points_that_a_person_gave_stay_and_end_the_story(klass: Path) -> None:
    with gradebook.opened() as book:
        book.find_grade("bt90-q1", UNIT, UNIT, GOOD).manual_score = 3.5
        book.db.commit()
    correct_the_key(klass)
    moves = {move.code: move for move in regrade.preview(UNIT).moves}
    assert not moves[GOOD].moved
    assert moves[BAD].moved
    regrade.apply(regrade.preview(UNIT), "Gõ nhầm.")
    assert result()[GOOD] == (8.5, "pass")
    assert "Điểm đã đổi" not in feedback_pages.page(next(one for one in standings(UNIT) if one.code == GOOD))
    with gradebook.opened() as book:
        book.find_grade("bt90-q1", UNIT, UNIT, BAD).manual_score = 1
        book.db.commit()
    assert "Điểm đã đổi" not in feedback_pages.page(next(one for one in standings(UNIT) if one.code == BAD))


def test_damaged_notes_of_what_moved_are_told_and_not_written_over(
    klass: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    correct_the_key(klass)
    notes = point_changes.place(UNIT, GOOD)
    notes.write_text('{"format": 1, "changes": [{"on": "2026-11-25"', encoding="utf-8")
    damaged = notes.read_bytes()
    capsys.readouterr()
    assert cli.run(["regrade", UNIT, "--reason", "Gõ nhầm.", "--yes"]) == 1
    assert notes.name in capsys.readouterr().err
    assert rows(klass) == []
    assert result()[GOOD] == (9, "pass")
    with pytest.raises(KitError, match=notes.name):
        feedback_pages.write(UNIT)
    assert feedback_pages.place(UNIT, BAD).exists()
    persons = list(csv.DictReader(class_report.write(UNIT)[0].read_text(encoding="utf-8-sig").splitlines()))
    assert [notes.name in row["Ghi chú"] for row in persons if row["Mã học viên"] in {GOOD, BAD}] == [True, False]
    assert notes.read_bytes() == damaged


def test_points_that_change_places_between_two_questions_are_told_to_both(
    klass: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = klass / "source" / UNIT / "questions.yml"
    edit(source, "points: 2", "points: 4")
    release_again(klass, "1.2.0", reason="Câu 2 bốn điểm.")
    code = code_of(4)
    given = answers(right=True) | {"bt90-q2": first_step("Nhận")}
    given.pop("bt90-q4")
    edit(hand_in(klass, code, given) / "answers.json", '"version": "1.0.0"', '"version": "1.2.0"')
    grade_class.grade(UNIT)
    for old, new in (
        ("correct: canary-a", "correct: canary-b"),
        ("canary-stop: 73.25, canary-go: 0", "canary-stop: 0, canary-go: 73.25"),
        ("canary-safe: {kind: safe,", "canary-safe: {kind: violation, back_to: canary-start,"),
        ("canary-bad: {kind: violation, back_to: canary-start,", "canary-bad: {kind: safe,"),
    ):
        edit(source, old, new)
    capsys.readouterr()
    assert cli.run(["regrade", UNIT, "--version", "1.2.0"]) == 0
    out = capsys.readouterr().out
    assert f"{code}: 4 → 4 trên 11 điểm. Tổng không đổi, điểm từng câu đổi: bt90-q1 4 → 0; bt90-q2 0 → 4." in out
    assert "Đổi điểm: 1 người" in out
    assert cli.run(["regrade", UNIT, "--version", "1.2.0", "--reason", "Hai câu ngược.", "--yes"]) == 0
    feedback_pages.write(UNIT, only=code)
    page = feedback_pages.place(UNIT, code).read_text(encoding="utf-8")
    assert (
        "đáp án của câu 1, 2 được sửa: điểm chuyển giữa các câu ấy, tổng vẫn là 4 điểm. Lý do: Hai câu ngược." in page
    )


def test_a_text_that_a_person_marked_stays_marked_and_the_lines_tell_whole_points(
    klass: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    grade_class.grade(UNIT, again=True)
    with gradebook.opened() as book:
        for code in (GOOD, BAD, OLD):  # as formgrader does when points are typed
            book.find_grade("bt90-q3", UNIT, UNIT, code).needs_manual_grade = False
        book.db.commit()
    path = klass / "submitted" / OLD / UNIT / f"{UNIT}.ipynb"
    edit(path, "Dừng nhận, báo ngay.", "Một câu khác.")
    correct_the_key(klass)
    capsys.readouterr()
    assert cli.run(["regrade", UNIT, "--reason", "Gõ nhầm.", "--yes"]) == 0
    said = capsys.readouterr().out
    assert f"{GOOD}: 5/9 điểm, Chưa đạt" in said
    assert f"{BAD}: 9/9 điểm, Đạt\n" in said
    assert "chờ chấm tay" not in said
    with gradebook.opened() as book:
        flags = {code: book.find_grade("bt90-q3", UNIT, UNIT, code).needs_manual_grade for code in (GOOD, BAD, OLD)}
    assert flags == {GOOD: False, BAD: False, OLD: True}
    grade_class.grade(UNIT, again=True)
    with gradebook.opened() as book:
        assert book.find_grade("bt90-q3", UNIT, UNIT, OLD).needs_manual_grade  # nobody has looked at it since


def standing_of(code: str) -> Standing:
    return next(one for one in standings(UNIT) if one.code == code)


def test_points_that_change_places_and_fail_a_critical_question_are_a_move_down(klass: Path) -> None:
    before = standing_of(GOOD)
    first, second, *others = before.items
    items = (replace(first, critical=True, earned=0.0), replace(second, earned=6.0), *others)
    move = regrade.Move(before, replace(before, items=items))
    assert move.before.earned == move.after.earned
    assert (move.moved, move.crosses) == (True, "down")
    assert not regrade.Move(before, before).moved


def test_what_ran_too_long_keeps_its_nought_and_its_reason(klass: Path) -> None:
    outcome = outcomes.read(UNIT, BAD)
    assert outcome
    outcome["questions"][0]["score"]["reason"] = "slow"
    outcomes.write(UNIT, BAD, outcome)
    correct_the_key(klass)
    (move,) = (move for move in regrade.preview(UNIT).moves if move.code == BAD)
    assert (move.after.items[0].score["reason"], move.after.items[0].earned) == ("slow", 0)
    assert not move.moved


def test_what_a_person_added_to_the_machines_points_stays_beside_them(klass: Path) -> None:
    with gradebook.opened() as book:
        book.find_grade("bt90-q1", UNIT, UNIT, GOOD).extra_credit = 0.5
        book.db.commit()
    correct_the_key(klass)
    seen = regrade.preview(UNIT)
    assert {move.code: move.after.earned for move in seen.moves} == {GOOD: 5.5, BAD: 9, OLD: 5}
    regrade.apply(seen, "Gõ nhầm.")
    assert result()[GOOD] == (5.5, "fail")


def test_a_correction_is_not_told_of_another_hand_in_with_the_same_points(klass: Path) -> None:
    correct_the_key(klass)
    regrade.apply(regrade.preview(UNIT), "Gõ nhầm.")
    assert "Điểm đã đổi" in feedback_pages.page(standing_of(GOOD))
    later = klass / "submitted" / GOOD / UNIT / "collected.json"
    later.write_text('{"at": "2026-11-26T08:00:00+07:00", "notes": []}', encoding="utf-8")
    grade_class.grade(UNIT)
    assert result()[GOOD] == (5, "fail")
    assert "Điểm đã đổi" not in feedback_pages.page(standing_of(GOOD))


def test_an_exercise_with_a_day_of_its_own_is_rescored_by_that_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_course(tmp_path, code=False)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    source = root / "source" / UNIT / "questions.yml"
    edit(source, "seed: CANARY-seed\n", "seed: CANARY-seed\nas_of: 2026-11-25\n")
    key = """\
      - correct: canary-a
        provisions: [CANARY-2010/7.1]
        feedback: {canary-a: CANARY đúng, canary-b: CANARY sai}
"""
    later = key.replace("canary-a\n", "canary-b\n        from: 2027-01-01\n", 1)
    edit(source, key, key.replace("canary-a\n", "canary-a\n        to: 2027-01-01\n", 1) + later)
    release.release(UNIT)
    given = answers() | {"bt90-q2": first_step("Nhận")}
    given.pop("bt90-q4")
    hand_in(root, GOOD, given)
    grade_class.grade(UNIT)
    edit(root / "course.toml", "reviewed_on = 2026-11-25", "reviewed_on = 2027-06-01")
    edit(source, "canary-go: 0}", "canary-go: 36.625}")
    (move,) = regrade.preview(UNIT).moves
    assert list(map(str, move.shifted)) == ["('bt90-q2', 0.0, 1.0)"]
    regrade.apply(regrade.preview(UNIT), "Nửa điểm.")
    assert standing_of(GOOD).earned == move.after.earned == 5


def test_what_would_be_is_what_then_is(klass: Path) -> None:
    correct_the_key(klass)
    seen = regrade.preview(UNIT)
    regrade.apply(seen, "Gõ nhầm.")
    assert result() == {move.code: (move.after.earned, move.after.verdict) for move in seen.moves}


def test_a_version_that_is_not_out_and_what_readers_see_are_refused(klass: Path) -> None:
    source = klass / "source" / UNIT / "questions.yml"
    edit(source, "text: Lau khô", "text: Lau thật khô")
    with pytest.raises(KitError, match=r"version vẫn là 1\.1\.0"):
        regrade.preview(UNIT)
    edit(source, "version: 1.1.0", "version: 1.2.0")
    with pytest.raises(KitError, match=r"1\.2\.0 chưa phát hành"):
        regrade.preview(UNIT)
    with pytest.raises(KitError, match="bt90"):
        regrade.preview("bt9")


@pytest.mark.parametrize("path", sorted(ROOT.glob("source/bt*/questions.yml")), ids=lambda path: path.parent.name)
def test_keys_of_every_type_move_from_file_to_file(path: Path, tmp_path: Path) -> None:
    """A file takes its own keys back, and not one sign of it moves."""
    text = path.read_text(encoding="utf-8")
    shutil.copytree(path.parent, tmp_path / "copy", ignore=shutil.ignore_patterns("releases"))
    wide = tmp_path / "copy" / "questions.yml"
    names = {question.id for question in question_bank.load(path).questions}
    made = keys_in_yaml.replaced(wide, path, names)
    assert made is not None
    assert made[0] == text
    edit(wide, "version:", "# Lời của tác giả\nversion:")
    one = keys_in_yaml.replaced(wide, path, {min(names)})
    assert one is not None
    assert one[0] == wide.read_text(encoding="utf-8")
