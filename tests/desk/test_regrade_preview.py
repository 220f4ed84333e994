"""The preview of a corrected key: who moves, which versions it reaches, and that nothing is applied once it is old."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from kit.classroom import UNIT, edit
from kit.handin import RIGHT_VALUE, answers, code_of, hand_in
from kit.regrading import BAD, GOOD, OLD, correct_the_key, handed_in, release_again, two_versions

from buuchinh import cli
from buuchinh.desk.comparisons import changed_keys
from buuchinh.desk.comparisons.changed_keys import ChangedKeys
from buuchinh.desk.screens import accept_preview, regrade_preview
from buuchinh.errors import KitError
from buuchinh.grading import grade_class
from buuchinh.personal_data.names import Names
from buuchinh.release import propagate_correction, release
from buuchinh.results import feedback_pages, regrade
from buuchinh.results.results import standings

pytestmark = pytest.mark.journey


@pytest.fixture
def klass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a class of three with a corrected key that is not yet applied."""
    root = two_versions(tmp_path, monkeypatch)
    monkeypatch.chdir(root)
    correct_the_key(root)
    return root


def results() -> dict[str, tuple[float, str]]:
    return {one.code: (one.earned, one.verdict) for one in standings(UNIT)}


def test_who_goes_down_comes_first_then_who_goes_up(klass: Path) -> None:
    (klass / "lop.csv").write_text(f"Mã;Họ tên\n{GOOD};Nguyễn Thị A\n", encoding="utf-8")
    found = regrade_preview.payload(UNIT, Names.read())
    assert found["title"] == "Sửa đáp án câu 1 bài tập 90: 2 người xuống mức, 1 người lên mức"
    assert [one["count"] for one in found["counts"]] == [2, 1, 0, 0]
    assert [(one["code"], one["name"], one["before"], one["after"], one["sign"]) for one in found["moves"]] == [
        (GOOD, "Nguyễn Thị A", "9/9", "5/9", "↓"),
        (OLD, "", "9/9", "5/9", "↓"),
        (BAD, "", "5/9", "9/9", "↑"),
    ]
    assert found["moves"][0]["text"] == "Chưa đạt (cần 7,2)"
    (question,) = found["questions"]
    assert (question["before"], question["after"]) == (
        ["Dừng nhận và báo trưởng bưu cục"],
        ["Lau khô rồi chuyển tiếp"],
    )
    assert found["button"] == "Ghi và chấm lại 3 bài"
    assert found["after"].startswith("Chưa làm phản hồi cho ai trong 3 người này")
    feedback_pages.write(UNIT, only=GOOD)
    assert regrade_preview.payload(UNIT, Names.read())["after"].startswith("Làm lại phản hồi cho 1 người")
    assert results()[GOOD] == (9, "pass")


def test_a_version_that_differs_on_purpose_is_offered_and_not_chosen(klass: Path) -> None:
    found = regrade_preview.payload(UNIT, Names())
    assert [(one["id"], one["chosen"]) for one in found["versions"]] == [("1.0.0", True)]
    assert found["only"] == []
    left_out = regrade_preview.payload(UNIT, Names(), [])
    assert (left_out["only"], [one["code"] for one in left_out["moves"]]) == (["1.1.0"], [GOOD, BAD])
    release_again(klass, "1.2.0", "Đổi ở bản mới.")  # from now on the older versions differ from it on purpose
    edit(klass / "source" / UNIT / "questions.yml", "CANARY-2010/29.3", "CANARY-2010/29.4")
    found = regrade_preview.payload(UNIT, Names())
    assert [(one["id"], one["chosen"]) for one in found["versions"]] == [("1.1.0", False), ("1.0.0", False)]
    assert all("bt90-q1" in one["about"] for one in found["versions"])
    assert found["only"] == ["1.2.0"]


def new_hand_in(root: Path) -> None:
    handed_in(root, BAD, "1.1.0", right=True)
    grade_class.grade(UNIT)


def new_hand_in_not_graded(root: Path) -> None:
    handed_in(root, code_of(4), "1.1.0", right=True)


def new_key(root: Path) -> None:
    edit(root / "source" / UNIT / "questions.yml", "canary-stop: 73.25", "canary-stop: 99")


@pytest.mark.parametrize("meanwhile", [new_hand_in, new_hand_in_not_graded, new_key])
def test_what_changed_meanwhile_is_previewed_anew_and_nothing_is_applied(
    klass: Path, meanwhile: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    seen = regrade.preview(UNIT)
    regrade_preview.refuse_changed(UNIT, seen.fingerprint, Names(), ["1.0.0"])
    meanwhile(klass)
    kept = (klass / "source" / UNIT / "releases" / "1.1.0" / "questions.yml").read_bytes()
    before = results()
    with pytest.raises(KitError, match="vừa đổi"):
        regrade.apply(seen, "Gõ nhầm.")
    assert cli.run(["regrade", UNIT, "--yes", "--reason", "Gõ nhầm.", "--seen", seen.fingerprint]) == 1
    assert "vừa đổi" in capsys.readouterr().err
    with pytest.raises(regrade_preview.PreviewChanged) as changed:
        regrade_preview.refuse_changed(UNIT, seen.fingerprint, Names(), ["1.0.0"])
    assert changed.value.preview["fingerprint"] == regrade.fingerprint(UNIT) != seen.fingerprint
    assert results() == before
    assert (klass / "source" / UNIT / "releases" / "1.1.0" / "questions.yml").read_bytes() == kept


def test_a_correction_that_was_cut_off_while_it_was_written_still_holds(klass: Path) -> None:
    seen = regrade.preview(UNIT)
    release.release(UNIT, correct=True, reason="Gõ nhầm.")
    assert [one.version for one in regrade.preview(UNIT).plan.reached] == ["1.0.0"]
    assert regrade.fingerprint(UNIT) == seen.fingerprint
    regrade.apply(regrade.preview(UNIT), "Gõ nhầm.", expected=seen.fingerprint)
    assert results() == {GOOD: (5, "fail"), BAD: (9, "pass"), OLD: (5, "fail")}


def test_the_command_backs_up_before_it_writes(klass: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["regrade", UNIT]) == 0
    shown = capsys.readouterr().out
    seen = regrade.preview(UNIT).fingerprint
    assert seen in shown
    assert not list(klass.glob("backup/*.zip"))
    assert cli.run(["regrade", UNIT, "--yes", "--reason", "Gõ nhầm.", "--seen", seen, "--backup"]) == 0
    assert len(list(klass.glob("backup/*.zip"))) == 1
    assert results()[GOOD] == (5, "fail")


def test_a_corrected_key_is_a_thing_to_do_until_it_is_applied(klass: Path) -> None:
    watch = ChangedKeys()
    watch.look([UNIT])
    watch.wait()
    assert watch.known() == [UNIT]
    (task,) = changed_keys.tasks(watch.known())
    assert (task.action.kind, task.action.values) == ("regrade", {"unit": UNIT})
    regrade.apply(regrade.preview(UNIT), "Gõ nhầm.")
    watch.look([UNIT])
    watch.wait()
    assert watch.known() == []
    edit(klass / "source" / UNIT / "questions.yml", "points: 4", "points: 5")
    assert not propagate_correction.is_corrected(UNIT)  # an author is in the middle of a new version


def test_what_is_accepted_is_shown_with_its_points(course: Path) -> None:
    code = code_of(1)
    hand_in(course, code, answers(), "")
    grade_class.grade(UNIT)
    offered = accept_preview.payload(UNIT, code)
    assert offered
    (answer,) = offered["answers"]
    assert "8.817.223" in answer["words"]
    assert answer["points"] == "được 5/5 điểm"
    assert answer["rerun"] == "không ra giá trị"
    accept_preview.refuse_changed(UNIT, code, offered["seen"])
    hand_in(course, code, answers(value=RIGHT_VALUE + 1), "")
    grade_class.grade(UNIT)
    with pytest.raises(KitError, match="vừa đổi"):
        accept_preview.refuse_changed(UNIT, code, offered["seen"])
    other = accept_preview.payload(UNIT, code)
    assert other
    assert other["answers"][0]["points"] == "được 0/5 điểm"
