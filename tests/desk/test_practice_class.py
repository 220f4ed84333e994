"""The class to practise on: made whole by its command, marked, kept out of a real class, removed without a trace."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from kit.classroom import UNIT, edit
from kit.course import ROOT, copy_course
from kit.desk import brought, work
from kit.handin import code_of
from kit.use_course import use_course

from buuchinh import cli, course, personal_data
from buuchinh.attempts import reader
from buuchinh.classroom import assigned_roles, gradebook
from buuchinh.errors import KitError
from buuchinh.grading import equal_work, grade_class
from buuchinh.intake.collect import collect
from buuchinh.lab import launch
from buuchinh.personal_data import backup_contents
from buuchinh.personal_data.names import Names
from buuchinh.practice_class import practice_folder
from buuchinh.practice_class.class_data import FILE, made_up_class
from buuchinh.release import bundle, bundle_files, instructor_bundle_files
from buuchinh.results import attendance, regrade, sittings
from buuchinh.results.results import standings

EXERCISE, FIRST, SECOND = "bt05", "thinv2", "thinv3"


def demo(root: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``buuchinh demo`` as an instructor does, in the course's folder."""
    return subprocess.run(
        [sys.executable, "-m", "buuchinh", "demo", *words],
        cwd=root, env={**os.environ, "BUUCHINH_COURSE": str(root), "PYTHONUTF8": "1", **environment},
        capture_output=True, text=True, encoding="utf-8", timeout=600, check=False,
    )  # fmt: skip


def paths_below(folder: Path) -> set[str]:
    """Return all paths in a folder but for caches and compiled files, which hold nothing of anybody."""
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    return {path for path in found if "__pycache__" not in path and not path.startswith(".buuchinh-cache")}


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the course as a clone holds it, with nobody's class in it."""
    return copy_course(tmp_path_factory.mktemp("lop thu") / "khoa học")


@pytest.fixture(scope="module")
def before(real: Path) -> set[str]:
    return paths_below(real)


@pytest.fixture(scope="module")
def made(real: Path, before: set[str]) -> Path:
    """Return the class to practise on, made once where the environment names the gradebook of a real class."""
    of_a_class = real.parent / "real.db"
    slip = made_up_class().slip  # an author has changed a key since, and has not applied it yet
    edit(real / "source" / EXERCISE / "questions.yml", slip.right, slip.wrong)
    done = demo(real, BUUCHINH_DB_URL=f"sqlite:///{of_a_class}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "6/6" in done.stdout
    assert "24 người bịa" in done.stdout
    assert not of_a_class.exists()
    return real.with_name("khoa học-lop-thu")


@pytest.fixture
def practice(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Take the class to practise on for the course in use."""
    return use_course(made, monkeypatch)


@pytest.mark.journey
def test_the_class_has_each_state_that_an_instructor_meets(practice: Path) -> None:
    people = gradebook.students()
    assert len(people) == 24
    assert Counter(assigned_roles.all_of(people).values()) == {
        "clerk": 8, "courier": 5, "sorter": 4, "head": 3, "officer": 4
    }  # fmt: skip
    where = attendance.of_unit(EXERCISE)
    late, refused = list(where.late), list(where.refused)
    assert len(list(practice.glob("usb-dot-1/**/*.zip"))) == 12, "half of the class has handed in"
    assert len(reader.submitted_codes(EXERCISE)) == 9
    assert grade_class.ungraded(EXERCISE) == []
    assert [Names.read().shown(code).split(" ", 1)[1] for code in (*late, *refused)] == [
        "Bùi Thử Táo, Bưu cục Vườn Thử 2",
        "Đặng Thử Đào, Bưu cục Vườn Thử 2",
    ]
    reasons = [json.loads(path.read_bytes())["reason"] for path in practice.glob("nop-bai/khong-nhan/*/collected.json")]
    assert len(reasons) == 2
    assert any("hai mã" in reason for reason in reasons), "one handed in under another person's code"
    assert len(where.waiting) == 7
    texts = [
        json.loads((reader.submitted_folder(EXERCISE, code) / course.ANSWERS).read_bytes())["answers"]["bt05-q14"]
        for code in where.waiting
    ]
    assert len({entry["answer"] for entry in texts}) == 7
    (alike,) = equal_work.find(EXERCISE)
    assert set(alike.kinds) == {"texts"}


@pytest.mark.journey
def test_a_correction_moves_people_up_and_down(practice: Path) -> None:
    moves = [move for move in regrade.preview(EXERCISE).moves if move.moved]
    assert len(moves) == 9
    assert Counter(move.crosses for move in moves) == {None: 6, "down": 2, "up": 1}


@pytest.mark.journey
def test_an_exam_has_a_second_sitting_for_those_who_failed(practice: Path) -> None:
    assert Counter(one.verdict for one in standings(FIRST)) == {"pass": 11, "fail": 4}
    assert len(sittings.to_sit_again(SECOND)) == 4
    assert reader.submitted_codes(SECOND) == []
    deadline = course.settings().deadline
    ends = [deadline(unit) for unit in (FIRST, EXERCISE, SECOND)]
    assert ends == sorted(filter(None, ends)), "one is over, one has just ended, one is to come"


@pytest.mark.journey
def test_the_class_says_on_each_screen_that_it_is_made_up(practice: Path) -> None:
    assert course.is_practice_class()
    real = practice.with_name("khoa học")
    assert not course.is_practice_class(real)
    assert course.settings().title.startswith("LỚP THỬ")
    assert not course.settings().leader.named
    assert all(" Thử " in one.name for one in Names.read())


@pytest.mark.journey
def test_its_gradebook_is_its_own_whatever_the_environment_names(
    practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUUCHINH_DB_URL", "sqlite:////nobody/real.db")
    assert gradebook.file() == practice / "gradebook.db"
    assert launch.environment(practice, instructor=True)["BUUCHINH_COURSE"] == str(practice)


@pytest.mark.journey
def test_no_bundle_is_made_of_it(practice: Path, tmp_path: Path) -> None:
    with pytest.raises(KitError, match="lớp thử"):
        bundle.make(tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.journey
def test_the_real_class_does_not_notice_it_and_keeps_nothing_of_it(
    made: Path, real: Path, before: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert paths_below(real) == before
    monkeypatch.setenv("BUUCHINH_COURSE", str(real))
    assert not [path for path in backup_contents.members().values() if path.is_relative_to(made)]
    again = demo(real)
    assert "đã có sẵn" in again.stdout
    assert "1/6" not in again.stdout
    assert demo(made).returncode == 0
    inside = demo(made, "--again")
    assert inside.returncode == 1
    assert "lớp thật" in inside.stderr
    gone = demo(made, "--remove")
    assert gone.returncode == 0, gone.stderr
    assert not made.exists()
    assert {path.name for path in real.parent.iterdir()} == {"khoa học"}
    assert paths_below(real) == before
    assert "Không có lớp thử" in demo(real, "--remove").stdout


def marked(folder: Path, names: Path | None = None) -> Path:
    """Make a folder with the mark of a class to practise on; ``names`` is the folder that the mark names."""
    folder.mkdir(parents=True, exist_ok=True)
    practice_folder.mark(folder, folder.parent, ready=True)
    if names:
        content = json.loads((folder / course.PRACTICE_MARK).read_bytes()) | {"folder": str(names)}
        (folder / course.PRACTICE_MARK).write_text(json.dumps(content), encoding="utf-8")
    return folder


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the class to practise on of a small course would lie."""
    root = tmp_path / "khoa"
    root.mkdir()
    shutil.copy(ROOT / "course.toml", root)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    assert practice_folder.place() == tmp_path / "khoa-lop-thu"
    return tmp_path / "khoa-lop-thu"


def test_only_what_was_made_here_is_removed(place: Path) -> None:
    assert practice_folder.remove() is False
    beside = place.with_name("khoa-lop-thu-2")
    beside.mkdir()
    (marked(place) / "nop-bai").mkdir()
    (place / "nop-bai" / "duong-dan").symlink_to(beside, target_is_directory=True)
    (beside / "cua-toi.txt").write_text("của tôi", encoding="utf-8")
    assert practice_folder.remove() is True
    assert {path.name for path in place.parent.iterdir()} == {"khoa", "khoa-lop-thu-2"}
    assert (beside / "cua-toi.txt").is_file()


@pytest.mark.parametrize("what", ["a class", "a copied mark", "a link", "a file", "a spoilt mark"])
def test_what_was_not_made_here_stays(place: Path, what: str) -> None:
    elsewhere = place.with_name("lop-that")
    marked(elsewhere)
    if what == "a class":
        place.mkdir()
    elif what == "a copied mark":
        marked(place, names=elsewhere)
    elif what == "a link":
        place.symlink_to(elsewhere, target_is_directory=True)
    elif what == "a file":
        place.write_text("", encoding="utf-8")
    else:
        place.mkdir()
        (place / course.PRACTICE_MARK).write_text("{", encoding="utf-8")
    for words in (["demo", "--remove"], ["demo"], ["demo", "--again"]):
        assert cli.run(words) == 1
    assert os.path.lexists(place)
    assert (elsewhere / course.PRACTICE_MARK).is_file()


def test_a_class_that_was_not_finished_is_not_taken_for_one_that_is_ready(place: Path) -> None:
    marked(place)
    assert practice_folder.is_ready(place)
    practice_folder.mark(place, place.parent, ready=False)
    assert not practice_folder.is_ready(place)
    with practice_folder.being_made(place), pytest.raises(KitError, match="đang được làm"):
        practice_folder.remove()
    assert practice_folder.remove() is True


def test_where_the_course_has_no_keys_the_command_says_so(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["demo"]) == 1
    assert "đáp án" in capsys.readouterr().err
    assert not place.exists()


def test_a_real_class_collects_nothing_of_a_class_to_practise_on(course: Path, tmp_path: Path) -> None:
    code = code_of(1)
    work(course, code)
    assert [decision.outcome for decision in brought(course, code)] == ["taken"]
    stick = tmp_path / "Tài liệu"
    practice = marked(stick / "khoa-lop-thu")
    (practice / "usb-dot-2").mkdir()
    for path in (course / "bai-lam" / code / UNIT / "da-nop").glob("*.zip"):
        shutil.copy(path, practice / "usb-dot-2")
    assert collect(stick) == []
    for folder in (practice, practice / "usb-dot-2", *practice.glob("usb-dot-2/*.zip")):
        with pytest.raises(KitError, match="lớp thử"):
            collect(folder)


def test_a_backup_leaves_out_a_class_to_practise_on_that_was_moved_into_the_course(course: Path) -> None:
    moved = marked(course / "khoa-lop-thu")
    for folder in (course, moved):
        (folder / "lop-co-ma.csv").write_text("Mã;Họ tên\n", encoding="utf-8")
    assert backup_contents.class_lists() == [course / "lop-co-ma.csv"]


def test_a_backup_is_restored_only_into_a_class_of_its_kind(small_course: Path) -> None:
    real = personal_data.backup().path
    practice_folder.mark(small_course, small_course, ready=True)
    with pytest.raises(KitError, match="lớp thật, còn đây là lớp thử"):
        personal_data.restore(real)
    practice = personal_data.backup().path
    (small_course / course.PRACTICE_MARK).unlink()
    with pytest.raises(KitError, match="lớp thử, còn đây là lớp thật"):
        personal_data.restore(practice)
    assert personal_data.restore(real).files


def test_trainees_get_no_text_of_it_and_instructors_get_all(course_copy: Path) -> None:
    name = f"buuchinh/practice_class/{FILE.name}"
    assert name not in bundle_files.list_files().paths
    assert name in instructor_bundle_files.list_instructor_files().paths


def test_its_texts_are_varied_and_call_nobody_guilty() -> None:
    made_up = made_up_class()
    assert len(made_up.people) == 24
    written = [made_up.texts[one.text] for one in made_up.people if one.text]
    assert len(written) == len(set(written)) == len(made_up.texts) == 7
    assert 20 < min(len(text.split()) for text in written) < 30 < max(len(text.split()) for text in written)
    assert not [text for text in written if any(word in text.lower() for word in ("tội", "phạm", "giấu", "súng"))]
