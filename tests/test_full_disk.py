"""A disk that fills at any write of any command: a sentence, no traceback, nothing lost, and the next run goes on."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from kit.commands import CODES, COMMANDS, MAY_REFUSE, faults, graded_class, scores, start

from buuchinh.classroom import gradebook

if sys.platform == "win32":
    pytest.skip("no limits of this kind on Windows", allow_module_level=True)

from kit.full_disk import counting, filling

pytestmark = pytest.mark.journey
_PLACES = 2
"""Places a command at which the disk fills: the first and the last; ``make long`` takes all."""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        return graded_class(tmp_path_factory.mktemp("graded"), patch)


def fresh(graded: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(graded, root)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    monkeypatch.chdir(root)


def files_begun(name: str) -> int:
    told, telling = os.pipe()
    code, said = start(COMMANDS[name], counting(telling)).ended()
    os.close(telling)
    assert code in {0, 1}, said
    with os.fdopen(told, "rb") as pipe:
        return len(pipe.read())


def hold(name: str, places: list[int], graded: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    originals = {path.name for path in (graded / "usb").iterdir()}
    for place in places:
        fresh(graded, root, monkeypatch)
        _, said = start(COMMANDS[name], filling(place)).ended()
        assert "Traceback" not in said, (place, said)
        assert faults(root) == [], place
        assert {path.name for path in (root / "usb").iterdir()} == originals
        kept = set(CODES) - ({CODES[0]} if name == "forget" else set())
        assert kept <= set(gradebook.students()), place
        code, said = start(COMMANDS[name]).ended()  # and with room again
        assert code in ({0, 1} if name in MAY_REFUSE else {0}), (place, said)
        assert all(points == 6 for points in scores().values()), place


@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_that_fills_is_a_sentence_and_loses_nothing(
    name: str, graded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh(graded, tmp_path / "course", monkeypatch)
    begun = files_begun(name)
    places = sorted({1 + round(step * (begun - 1) / (_PLACES - 1)) for step in range(_PLACES)}) if begun else []
    hold(name, places, graded, tmp_path / "course", monkeypatch)


@pytest.mark.long
@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_that_fills_at_every_write(
    name: str, graded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh(graded, tmp_path / "course", monkeypatch)
    hold(name, list(range(1, files_begun(name) + 1)), graded, tmp_path / "course", monkeypatch)
