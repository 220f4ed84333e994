"""A class whose hand-ins are all good; ``tests/broken/`` breaks each in its own way, for a trainee of its own."""

from __future__ import annotations

import copy
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from buuchinh import codes, course
from buuchinh.classroom import gradebook
from buuchinh.notebook import pack
from buuchinh.questions.answers import Record, cell_hash
from buuchinh.questions.types.code.model import CodeQuestion
from buuchinh.release import release, versions
from buuchinh.release.source import WORK_CELL, by_hand
from kit.answering import right_answer
from kit.course import copy_course

AT = datetime.fromisoformat("2026-11-25T10:00:00+07:00")
LATER = datetime.fromisoformat("2026-11-25T11:00:00+07:00")
UNITS = ("bt02", "bt06")
TEXT = "Dừng nhận, không mở, báo trưởng bưu cục: tờ trình của tôi."
ALL_CODE = tuple(f"bt06-q{number}" for number in (1, 2, 33, 4, 5, 6, 37, 38, 39))
MODEL = codes.make("MAU0000")
"""The trainee whose work all others copy."""

Bring = Callable[["Good", Path], None]


@dataclass(frozen=True)
class Case:
    """One way in which a hand-in arrives broken, and what must become of it.

    ``state``: ``same`` (graded, nothing to say), ``mended`` (graded, ``says`` stands in a
    note), ``refused`` (``says`` stands in the reason or its way out). ``lost`` are the
    questions whose answers are in no file any more, ``waits`` those whose code is in none: a person
    gives their points.
    """

    name: str
    unit: str
    bring: Bring
    state: str
    says: str
    lost: frozenset[str] = frozenset()
    waits: frozenset[str] = frozenset()
    lines: int = 1


CASES: list[Case] = []


def case(
    unit: str,
    state: str = "same",
    says: str = "",
    *,
    lost: tuple[str, ...] = (),
    waits: tuple[str, ...] = (),
    lines: int = 1,
) -> Callable[[Bring], Bring]:
    """Register a function that lays a broken hand-in into a folder: ``function(good, folder)``."""

    def register(bring: Bring) -> Bring:
        name = bring.__name__.replace("_", " ")
        CASES.append(Case(name, unit, bring, state, says, frozenset(lost), frozenset(waits), lines))
        return bring

    return register


@dataclass(frozen=True)
class Good:
    """A hand-in as the button makes it, of one trainee, and another colleague's code."""

    unit: str
    code: str
    other: str
    folder: Path

    @property
    def name(self) -> str:
        return f"{self.unit}_{self.code}.zip"

    def zip(self, at: datetime = AT) -> bytes:
        return pack.build(self.folder, self.unit, self.code, at).path.read_bytes()

    def files(self) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.zip())) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def notebook(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.files()[f"{self.unit}.ipynb"])
        return found

    def record(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.files()["answers.json"])
        return found


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8")


def with_notebook(
    good: Good, desk: Path, change: Callable[[dict[str, dict[str, Any]], list[dict[str, Any]]], None]
) -> None:
    """Lay the zip with a notebook whose cells (by grade_id, and as a list) were changed."""
    notebook = good.notebook()
    cells = notebook["cells"]
    change({cell["metadata"]["nbgrader"]["grade_id"]: cell for cell in cells}, cells)
    lay(good, desk, **{f"{good.unit}.ipynb": dumped(notebook)})


def with_answers(good: Good, desk: Path, change: Callable[[dict[str, Any]], None]) -> None:
    record = good.record()
    change(record["answers"])
    lay(good, desk, **{"answers.json": dumped(record)})


def lay(good: Good, desk: Path, /, **changed: bytes | None) -> None:
    """Lay the zip with some files changed; None leaves a file out."""
    files = {name: data for name, data in {**good.files(), **changed}.items() if data is not None}
    (desk / good.name).write_bytes(packed(files))


def source_of(cell: dict[str, Any]) -> str:
    return cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])


@dataclass
class Course:
    """The course with ``bt02`` and ``bt06`` released and one good hand-in of each to copy."""

    root: Path
    stick: Path
    made: int = 0
    students: list[str] = field(default_factory=list)

    @classmethod
    def make(cls, folder: Path) -> Course:
        root = copy_course(folder / "course")
        for unit in UNITS:
            release.release(unit)
        made = cls(root, folder / "usb")
        for unit in UNITS:
            made._model(unit)
        return made

    def enrol(self) -> None:
        with gradebook.opened() as book:
            for code in self.students:
                book.update_or_create_student(code)

    def good(self, unit: str) -> Good:
        """Make the work of one more trainee, whose code is enrolled with the others and is asked what the model was."""
        code, other = next(self._alike(unit))
        self.students += [code, other]
        folder = self.root / course.WORK / code / unit
        shutil.copytree(self.root / course.WORK / MODEL / unit, folder)
        for name in ("answers.json", "answers.jsonl"):
            text = (folder / name).read_text(encoding="utf-8").replace(MODEL, code)
            (folder / name).write_text(text, encoding="utf-8")
        return Good(unit, code, other, folder)

    def _alike(self, unit: str) -> Iterator[tuple[str, str]]:
        """Yield two codes after another whose form is the one that the model answered."""
        while True:
            self.made += 1
            two = codes.make(f"GL{self.made:04d}"), codes.make(f"GL{self.made + 5000:04d}")
            if {versions.released_for(unit, None, code).form for code in two} == {versions.released(unit).form}:
                yield two

    def _model(self, unit: str) -> None:
        folder = self.root / course.WORK / MODEL / unit
        shutil.copytree(self.root / "exercises" / unit, folder)
        solved = solutions(self.root, unit)
        notebook = json.loads((folder / f"{unit}.ipynb").read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
            if name in solved:
                cell["source"] = solved[name]
        (folder / f"{unit}.ipynb").write_bytes(dumped(notebook))
        record = Record(folder, unit, versions.latest(unit), MODEL)
        for name, question in versions.released(unit).obscured.items():
            if isinstance(question, CodeQuestion):
                record.put(
                    name, right_answer(question, AT.date()), origin="code", cell=cell_hash(solved[name + WORK_CELL])
                )
            elif by_hand(question):
                record.put(name, TEXT)
            else:
                record.put(name, copy.deepcopy(right_answer(question, AT.date())))
        old = (folder / "answers.jsonl").read_text(encoding="utf-8").splitlines()
        lines = [json.dumps(json.loads(line) | {"at": AT.isoformat()}, ensure_ascii=False) for line in old]
        (folder / "answers.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        snap = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
        for entry in snap["answers"].values():
            entry["at"] = AT.isoformat()
        (folder / "answers.json").write_bytes(dumped(snap))


def solutions(root: Path, unit: str) -> dict[str, str]:
    """Return the author's own code for each open cell, as a trainee would have written it."""
    notebook = json.loads((root / "source" / unit / f"{unit}.ipynb").read_text(encoding="utf-8"))
    found = {}
    for cell in notebook["cells"]:
        text = source_of(cell)
        if cell["cell_type"] == "code" and "### BEGIN SOLUTION" in text:
            inner = text.partition("### BEGIN SOLUTION")[2].partition("### END SOLUTION")[0]
            found[cell["metadata"]["nbgrader"]["grade_id"]] = inner.strip()
    return found
