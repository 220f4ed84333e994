"""The lines of a rubric: their sum is the question's points, and no trainee is given them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from kit.classroom import QUESTIONS, UNIT, edit, make_course
from kit.marking import RUBRIC

from buuchinh import yaml_lines
from buuchinh.errors import KitError
from buuchinh.questions import question_bank, types
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.types.text.model import TextKey, TextQuestion
from buuchinh.release import corrections, release, versions

ROOT = Path(__file__).parents[2]
EXERCISES = sorted((ROOT / "source").glob("bt0[1-8]"))


def manual(path: Path) -> list[AuthoredQuestion]:
    return [one for one in question_bank.load(path).questions if types.type_of(one).by_hand(one)]


def key_of(question: AuthoredQuestion) -> TextKey:
    assert isinstance(question, TextQuestion)
    (key,) = question.keys
    return key


def faults(lines: str, *, points: str = "3", manual: str = "true") -> list[str]:
    """Return what is said of the small exercise with these lines."""
    text = QUESTIONS.replace("rubric: CANARY rubric\n", f"rubric: CANARY rubric\n        lines: {lines}\n")
    text = text.replace("points: 3\n    manual: true", f"points: {points}\n    manual: {manual}")
    try:
        question_bank.read(yaml_lines.parse(text), Path("questions.yml"))
    except KitError as error:
        return [one.message for one in error.problems]
    return []


def test_lines_add_up_to_the_points_of_their_question() -> None:
    two = "[{id: a, points: 1.5, text: Nói nơi}, {id: b, points: 1.5, text: Nói giờ}]"
    assert faults(two) == []
    (said,) = faults(two, points="4")
    assert "cộng lại được 3 điểm, câu này có 4 điểm" in said


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        ("[{id: a, points: 1, text: Nơi}, {id: a, points: 2, text: Giờ}]", "trùng lines: a"),
        ("[{id: a, points: 0, text: Nơi}, {id: b, points: 3, text: Giờ}]", "lines"),
        (f"[{', '.join(f'{{id: y{n}, points: 0.3, text: Ý {n}}}' for n in range(10))}]", "lines"),
    ],
    ids=["twice", "without points", "more than nine"],
)
def test_lines_that_cannot_be_marked_are_refused(lines: str, word: str) -> None:
    said = faults(lines)
    assert said
    assert word in " ".join(said) or said[0]


def test_what_a_machine_scores_has_no_lines() -> None:
    text = QUESTIONS.replace("manual: true\n    lines: 4", "lines: 4").replace(
        "rubric: CANARY rubric\n",
        "correct: [Báo]\n        feedback: {right: CANARY, wrong: CANARY}\n"
        "        lines: [{id: a, points: 3, text: Nơi}]\n",
    )
    with pytest.raises(KitError, match="chỉ có ở câu chấm tay"):
        question_bank.read(yaml_lines.parse(text), Path("questions.yml"))


def test_the_nine_manual_questions_have_lines_and_advice() -> None:
    found = [one for folder in EXERCISES for one in manual(folder / "questions.yml")]
    assert len(found) == 9
    for one in found:
        key = key_of(one)
        assert key.lines, one.id
        assert key.rubric, one.id
        assert sum(line.points for line in key.lines) == one.points
        assert not re.search(r"\(\d\) .*;", key.rubric), "what has points of its own is a line"


def test_what_is_given_out_names_no_line() -> None:
    given = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "exercises").rglob("*")
        if path.suffix in {".json", ".ipynb"}
    )
    for folder in EXERCISES:
        for one in manual(folder / "questions.yml"):
            for line in key_of(one).lines:
                assert line.text not in given, line.id


@pytest.mark.parametrize("folder", EXERCISES, ids=lambda path: path.name)
def test_versions_from_2_0_0_have_lines_and_earlier_ones_their_paragraph(folder: Path) -> None:
    now = manual(folder / "questions.yml")
    released = folder / "releases"
    newest = max((path.name for path in released.iterdir() if path.is_dir()), key=versions.order)
    kept = {one.id: one for one in manual(released / newest / "questions.yml")}
    for one in now:
        assert key_of(kept[one.id]).lines == key_of(one).lines
    for earlier in released.iterdir():
        if earlier.is_dir() and earlier.name != newest:
            for one in manual(earlier / "questions.yml"):
                assert key_of(one).rubric
                assert bool(key_of(one).lines) == (versions.order(earlier.name) >= versions.order("2.0.0"))


@pytest.mark.journey
def test_lines_come_into_a_version_that_is_out_and_nothing_given_out_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_course(tmp_path, code=False)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    release.release(UNIT)
    given = {path: path.read_bytes() for path in (root / "exercises").rglob("*") if path.is_file()}
    edit(root / "source" / UNIT / "questions.yml", "rubric: CANARY rubric\n", RUBRIC)
    with pytest.raises(KitError):
        release.release(UNIT)
    made = release.release(UNIT, correct=True)
    assert not made.changed
    assert {path: path.read_bytes() for path in given} == given
    (question,) = manual(versions.folder(UNIT, "1.0.0") / "questions.yml")
    assert [line.id for line in key_of(question).lines] == ["viec", "noi", "gio"]
    assert corrections.between_versions(UNIT) == []
