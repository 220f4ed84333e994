"""``buuchinh repair`` shows what ``collect`` would do, in plain words, and changes nothing."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest
from kit.classroom import UNIT
from kit.handin import code_of
from test_collect import stick, tree, work

from buuchinh import cli
from buuchinh.errors import KitError
from buuchinh.intake import collect, inspect
from buuchinh.messages import section
from buuchinh.notebook import pack

PACKAGE = Path(inspect.__file__).parent
ONE = code_of(1)


@pytest.fixture
def course(small_course: Path) -> Path:
    return small_course


@pytest.fixture
def damaged(course: Path) -> Path:
    """Return a zip whose notebook is cut in the middle, on a stick."""
    folder = work(course, ONE)
    text = (folder / f"{UNIT}.ipynb").read_text(encoding="utf-8")
    (folder / f"{UNIT}.ipynb").write_text(text[: len(text) // 2], encoding="utf-8")
    path: Path = stick(course) / f"{UNIT}_{ONE}.zip"
    shutil.copy(pack.build(folder, UNIT, ONE).path, path)
    return path


def test_what_is_shown_is_what_collect_then_does(course: Path, damaged: Path) -> None:
    before = {name: data for name, data in tree(course.parent).items() if not name.endswith((".db-wal", ".db-shm"))}
    (inspection,) = inspect.inspect(damaged)
    after = {name: data for name, data in tree(course.parent).items() if not name.endswith((".db-wal", ".db-shm"))}
    assert after == before
    assert inspection.decision.outcome == "taken"
    (line,) = collect.collect(damaged.parent)
    assert (inspection.decision.unit, inspection.decision.code, inspection.decision.at) == (
        line.unit,
        line.code,
        line.at,
    )
    assert tuple(explained.note for explained in inspection.notes) == line.notes
    assert any("bị cắt" in explained.note and explained.does and explained.person for explained in inspection.notes)


def test_the_command_says_what_was_found_what_is_done_and_what_to_do(
    course: Path,
    damaged: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    good = stick(course) / "tot.zip"
    shutil.copy(pack.build(work(course, code_of(2)), UNIT, code_of(2)).path, good)
    (stick(course) / f"{UNIT}_{ONE}.rar").write_bytes(b"Rar!\x1a\x07\x00rest")
    assert cli.run(["repair", str(good)]) == 0
    assert "Không có gì phải sửa." in capsys.readouterr().out
    assert cli.run(["repair", str(stick(course))]) == 3
    out = capsys.readouterr().out
    for words in (
        "Thu bài: nhận.",
        "Thấy: Tệp bài bị hỏng hoặc bị cắt",
        "Máy làm: Đặt các ô còn nguyên",
        "Anh/chị làm: Giải nén",
    ):
        assert words in out
    assert "Đã xem 3 bài nộp: 1 nhận nguyên vẹn, 1 nhận sau khi sửa, 1 không nhận." in out
    assert damaged.exists()
    assert not (course / "nop-bai").exists()


def test_a_loose_notebook_and_a_folder_are_looked_at_too(course: Path, damaged: Path) -> None:
    folder = stick(course) / ONE / UNIT
    folder.mkdir(parents=True)
    with zipfile.ZipFile(damaged) as archive:
        archive.extractall(folder)
    (inspection,) = inspect.inspect(folder)
    assert (inspection.decision.outcome, inspection.decision.code) == ("taken", ONE)
    (inspection,) = inspect.inspect(folder / f"{UNIT}.ipynb")
    assert inspection.decision.outcome == "refused"
    assert "mã học viên" in inspection.decision.reason
    with pytest.raises(KitError):
        inspect.inspect(folder / "khong-co.zip")


def test_collect_tells_a_script_that_something_was_refused(
    course: Path,
    damaged: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.run(["collect", str(damaged.parent)]) == 0
    (damaged.parent / f"{UNIT}_{code_of(2)}.zip").write_bytes(b"PK\x03\x04 hong")
    capsys.readouterr()
    assert cli.run(["collect", str(damaged.parent)]) == 3
    (row,) = [line for line in capsys.readouterr().out.splitlines() if "không nhận |" in line]
    assert f"| {UNIT} | {code_of(2)} |" in row
    assert "da-nop" in row


def test_every_note_that_is_written_has_its_word_and_nothing_is_left_over() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.glob("*.py"))
    used = set(re.findall(r'\bnote\(\s*"intake\.([a-z_.]+)"', source))
    used |= set(re.findall(r'\bnote\(\s*"[a-z_.]+" if [^\n]* else "intake\.([a-z_.]+)"', source))
    words = section("intake.inspect")
    for part in ("does", "person"):
        known = {f"{room}.{key}" for room, keys in words[part].items() for key in keys}
        assert known <= used, known - used
        if part == "does":
            assert used <= known, used - known
    for room in ("submission", "collect"):
        for text in (*words["does"][room].values(), *words["person"][room].values()):
            assert text[0].isupper(), text
            assert text.endswith("."), text
