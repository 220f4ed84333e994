"""Two exercises unpacked into one folder: each is taken as its own, and a file of neither is told."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from kit.classroom import UNIT

from buuchinh import cli, codes
from buuchinh.attempts import reader
from buuchinh.classroom import gradebook
from buuchinh.intake import collect
from buuchinh.notebook import pack
from buuchinh.questions.answers import Record
from buuchinh.release import release

ONE, TWO = (codes.make(f"GL{number:04d}") for number in (1, 2))
OTHER = "bt91"


@pytest.fixture
def stick(small_course: Path) -> Path:
    source = small_course / "source"
    (source / OTHER).mkdir()
    for kind in ("questions.yml", f"{UNIT}.ipynb"):
        text = (source / UNIT / kind).read_text(encoding="utf-8").replace(UNIT, OTHER)
        (source / OTHER / kind.replace(UNIT, OTHER)).write_text(text, encoding="utf-8")
    release.release(OTHER)
    assert {ONE, TWO} <= set(gradebook.students())
    folder = small_course.parent / "usb"
    folder.mkdir()
    return folder


def handed_in(course: Path, unit: str, code: str) -> dict[str, bytes]:
    folder = course / "bai-lam" / code / unit
    shutil.copytree(course / "exercises" / unit, folder)
    path = folder / f"{unit}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == f"{unit}-q4-lam":
            cell["source"] = f'submit("{unit}-q4", 11)'
    path.write_text(json.dumps(notebook), encoding="utf-8")
    record = Record(folder, unit, "1.0.0", code)
    record.put(f"{unit}-q3", f"Bài {unit} của {code}")
    with zipfile.ZipFile(pack.build(folder, unit, code, datetime.now().astimezone()).path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def unpacked(*hand_ins: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files as a system names them that unpacks one zip after the other into one folder."""
    files: dict[str, bytes] = {}
    for hand_in in hand_ins:
        for name, data in hand_in.items():
            files[name if name not in files else name.replace(".", " (1).")] = data
    return files


def lay(files: dict[str, bytes], folder: Path, *, zipped: bool = False) -> None:
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    if zipped:
        shutil.make_archive(str(folder), "zip", folder)
        shutil.rmtree(folder)


def answer(unit: str, code: str) -> object:
    found = reader.submitted(unit, code)
    assert found is not None
    return found.answers[f"{unit}-q3"]["answer"]


@pytest.mark.parametrize("zipped", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize("order", [(UNIT, OTHER), (OTHER, UNIT)], ids=" ".join)
def test_both_are_taken(small_course: Path, stick: Path, order: tuple[str, str], zipped: bool) -> None:
    lay(unpacked(*(handed_in(small_course, unit, ONE) for unit in order)), stick / "bai cua toi", zipped=zipped)
    lines = collect.collect(stick)
    assert [(line.unit, line.code, line.outcome, line.counts, line.notes) for line in lines] == [
        (unit, ONE, "taken", True, ()) for unit in (UNIT, OTHER)
    ]
    assert [answer(unit, ONE) for unit in (UNIT, OTHER)] == [f"Bài {unit} của {ONE}" for unit in (UNIT, OTHER)]
    assert {line.outcome for line in collect.collect(stick)} == {"known"}
    for unit in (UNIT, OTHER):
        (kept,) = (small_course / "nop-bai" / unit / ONE).iterdir()
        assert len(list(kept.iterdir())) == 4


def test_each_of_two_persons_has_her_own(small_course: Path, stick: Path) -> None:
    lay(unpacked(handed_in(small_course, UNIT, ONE), handed_in(small_course, OTHER, TWO)), stick / "chung")
    lines = collect.collect(stick)
    assert [(line.unit, line.code, line.outcome) for line in lines] == [(UNIT, ONE, "taken"), (OTHER, TWO, "taken")]


def test_a_notebook_of_another_exercise_beside_a_hand_in_is_taken_too(small_course: Path, stick: Path) -> None:
    beside = {f"{OTHER}.ipynb": handed_in(small_course, OTHER, ONE)[f"{OTHER}.ipynb"]}
    lay(handed_in(small_course, UNIT, ONE) | beside, stick / "bai cua toi")
    lines = collect.collect(stick)
    assert [(line.unit, line.code, line.outcome) for line in lines] == [(UNIT, ONE, "taken"), (OTHER, ONE, "taken")]


def test_a_file_of_neither_is_refused_in_a_sentence(
    small_course: Path, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = unpacked(*(handed_in(small_course, unit, ONE) for unit in (UNIT, OTHER)))
    lay(files | {"answers (2).json": b'{"format": 1, "an'}, stick / "bai cua toi")
    assert cli.run(["collect", str(stick)]) == 3
    shown = capsys.readouterr().out
    assert "không rõ tệp này thuộc bài nào: answers (2).json" in shown
    assert "thư mục riêng" in shown
    assert [answer(unit, ONE) for unit in (UNIT, OTHER)] == [f"Bài {unit} của {ONE}" for unit in (UNIT, OTHER)]
