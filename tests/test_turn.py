"""Commands over a class go one after the other, and the next one clears away what a killed one left."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
from kit.classroom import ROOT

from buuchinh import cli
from buuchinh.classroom.turn import turn


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "course.toml").write_text("", encoding="utf-8")
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(tmp_path))
    return tmp_path


def test_the_second_command_waits_and_says_so(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    order: list[str] = []

    @turn()
    def second() -> None:
        order.append("second")

    with turn():
        other = threading.Thread(target=second)
        other.start()
        other.join(2)
        assert other.is_alive()
        order.append("first")
    other.join(30)
    assert order == ["first", "second"]
    assert "chờ" in capsys.readouterr().err


def test_what_a_killed_command_left_goes_with_the_next_one_and_not_before(root: Path) -> None:
    left = [
        root / "so-cham/HV-0001-W/bt90/.outcome.json.ab1cd2_e",
        root / "feedback/HV-0001-W/bt90/.phan-hoi.html.ab1cd2_e",
        root / "nop-bai/bt90/HV-0001-W/.dang-ghi-ab1cd2_e/moi/bài.zip",
        root / "source/bt90/releases/1.0.0/.questions.yml.ab1cd2_e",  # the grader takes what lies there for a key
        root / "exercises/bt90/.questions.json.ab1cd2_e",
        root / "datasets/questions/.corrections.csv.ab1cd2_e",
        root / ".course.toml.ab1cd2_e",
    ]
    desk = root / "bai-lam/HV-0001-W/bt90/.answers.json.ab1cd2_e"  # a kernel may be writing it
    for path in (*left, desk):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    with turn():
        pass
    assert all(path.exists() for path in left)
    (root / "so-cham/.dang-chay").touch()
    with turn():
        assert not any(path.exists() for path in left)
    assert desk.exists()
    assert not (root / "so-cham/.dang-chay").exists()


def test_what_a_killed_command_left_goes_from_where_nbgrader_keeps_it_too(root: Path) -> None:
    settings = "c = get_config()\nc.CourseDirectory.feedback_directory = 'gui-lai'\n"
    settings += f"c.CourseDirectory.root = {str(root)!r}\n"
    (root / "nbgrader_config.py").write_text(settings, encoding="utf-8")
    left = root / "gui-lai/HV-0001-W/bt90/.phan-hoi.html.ab1cd2_e"
    left.parent.mkdir(parents=True)
    left.touch()
    (root / "so-cham").mkdir()
    (root / "so-cham/.dang-chay").touch()
    with turn():
        assert not left.exists()


@pytest.mark.parametrize("place", ["so-cham", "so-cham/.dang-cham"])
def test_where_the_lock_cannot_be_held_a_sentence_names_it(
    root: Path, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As in a folder that nobody may write in, which the account that runs these tests may."""
    (root / "source/bt90").mkdir(parents=True)
    taken = root / place
    taken.parent.mkdir(exist_ok=True)
    if place == "so-cham":
        taken.touch()
    else:
        taken.mkdir()
    assert cli.run(["grade", "bt90"]) == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert "so-cham" in said


def test_a_turn_within_a_turn_keeps_other_threads_waiting(root: Path) -> None:
    @turn()
    def second() -> None:
        pass

    with turn():
        with turn():
            pass
        other = threading.Thread(target=second)
        other.start()
        other.join(1)
        assert other.is_alive()
    other.join(30)
    assert not other.is_alive()
