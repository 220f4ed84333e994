"""A hand-in: built from a trainee's folder with a receipt, read back from whatever arrives."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from buuchinh import codes, course
from buuchinh.errors import KitError, Problem
from buuchinh.files import write_bytes
from buuchinh.grading import incoming, rescue
from buuchinh.grading.incoming import Found
from buuchinh.grading.receipt import FORMAT, RECEIPT, Receipt, parse
from buuchinh.messages import say
from buuchinh.questions import bank
from buuchinh.questions.model import QuestionSheet
from buuchinh.questions.record import JOURNAL, SNAPSHOT, Record

_UNIT = re.compile(r"bt\d{2}|thi\d{1,2}")
_ASKED = re.compile(r"""\b(?:ask|submit)\(\s*["'](bt\d{2}|thi\d{1,2})-""")
_OLDEST_IN_ZIP = (1980, 1, 1, 0, 0, 0)
"""A computer whose battery is flat believes that it is 1970, which a zip cannot hold."""
_CODE_LIKE = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[0-9A-Za-z.\-]+")
_VERSION = re.compile(r"\d+\.\d+\.\d+")


@dataclass(frozen=True)
class HandIn:
    """What arrived, as far as it could be read; ``None`` where it does not say.

    ``code`` is canonical if it is a code, else as it was written. ``answers`` are entries
    as in ``answers.json``. ``notes`` tell a person what was damaged or missing.
    """

    origin: str
    unit: str | None
    version: str | None
    code: str | None
    other_codes: tuple[str, ...]
    at: datetime | None
    answers: Mapping[str, dict[str, Any]]
    notebook: dict[str, Any] | None
    receipt: Receipt | None
    files: Mapping[str, bytes]
    notes: tuple[str, ...]


def build(folder: Path, unit: str, code: str, at: datetime | None = None) -> Path:
    """Pack the work in ``folder`` into one zip with its receipt, and return the zip's path.

    Raises ``KitError`` where the notebook or the questions are not there.
    """
    at = (at or datetime.now(UTC)).astimezone().replace(microsecond=0)
    path = folder / f"{unit}.ipynb"
    if not path.is_file():
        raise KitError([Problem(path.name, 0, say("handin.no_notebook", unit=unit))])
    sheet = _sheet(folder, unit, code)
    entries = Record(folder, unit, sheet.version, code).answers()
    answers = {"format": FORMAT, "unit": unit, "version": sheet.version, "code": code, "answers": entries}
    files = {path.name: path.read_bytes(), SNAPSHOT: _json(answers)}
    given = {name for name, entry in entries.items() if entry.get("answer") not in (None, "", [], {})}
    receipt = Receipt.issue(sheet, code, at, given, files)
    files[RECEIPT] = _json(receipt.to_json())
    target = folder / course.HANDED_IN / f"{unit}_{code}_{at:%Y%m%d-%H%M%S}.zip"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, date_time=max(at.timetuple()[:6], _OLDEST_IN_ZIP))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    write_bytes(target, packed.getvalue())
    return target


def receipt(path: Path) -> Receipt:
    """Return the receipt of a zip; ``KitError`` where there is none."""
    found = read(path).receipt
    if found is None:
        raise KitError([Problem(path.name, 0, say("handin.no_receipt"))])
    return found


def read(path: Path) -> HandIn:
    """Read the one hand-in in ``path``; ``KitError`` where there is none, or more than one."""
    found = read_all(path)
    if len(found) != 1:
        raise KitError([Problem(path.name, 0, say("handin.not_one", count=len(found)))])
    return found[0]


def read_all(path: Path) -> list[HandIn]:
    """Read every hand-in in a zip, a folder or a notebook; ``KitError`` where there is none to read."""
    found = [handin for group in incoming.read(path) for handin in split(group)]
    if not found:
        raise KitError([Problem(path.name, 0, say("handin.not_a_handin"))])
    return found


def split(group: Found) -> list[HandIn]:
    """Tell apart the hand-ins in one folder: with an answer file it is one, else each notebook is one."""
    notebooks = sorted(name for name in group.files if name.lower().endswith(".ipynb"))
    if incoming.PARTS & group.files.keys() or len(notebooks) <= 1:
        return [_read(group, group.files)] if group.files else []
    return [_read(group, {name: group.files[name]}) for name in notebooks]


def _read(group: Found, files: Mapping[str, bytes]) -> HandIn:
    notes = list(group.notes)
    head, said = rescue.answers(files[SNAPSHOT]) if SNAPSHOT in files else ({}, [])
    notes += said
    entries = _entries(head.get("answers")) | (_entries(rescue.journal(files[JOURNAL])) if JOURNAL in files else {})
    slip = parse(files[RECEIPT]) if RECEIPT in files else None
    if slip:
        notes += slip.doubts(files)
    else:
        notes.append(say("handin.receipt_lost" if RECEIPT in files else "handin.no_slip"))
    name, notebook, said = _notebook(files, _word(head.get("unit")) or (slip.unit if slip else None))
    notes += said
    if SNAPSHOT not in files:
        notes.append(say("handin.answers_found" if entries else "handin.no_answers"))
    about = notebook["metadata"].get("buuchinh") if notebook else None
    about = about if isinstance(about, dict) else {}
    path = [*PurePosixPath(group.where).parts, *([name] if name else [])]
    said_codes = [one for one in (_word(head.get("code")), slip.code if slip else None) if one] + _codes_in(path)
    found_codes = list(dict.fromkeys(_canonical(one) for one in said_codes))
    units = [_word(head.get("unit")), slip.unit if slip else None, _word(about.get("unit")), _unit_in(notebook, path)]
    versions = [_word(head.get("version")), slip.version if slip else None, _word(about.get("version"))]
    return HandIn(
        origin=group.where if not name or SNAPSHOT in files or len(path) == 1 else "/".join(path),
        unit=next((one for one in units if one and _UNIT.fullmatch(one)), None),
        version=next((one for one in versions if one and _VERSION.fullmatch(one)), None),
        code=found_codes[0] if found_codes else None,
        other_codes=tuple(found_codes[1:]),
        at=slip.at if slip else last_answer(entries) or group.modified,
        answers=entries,
        notebook=notebook,
        receipt=slip,
        files=files,
        notes=tuple(notes),
    )


def _sheet(folder: Path, unit: str, code: str) -> QuestionSheet:
    """Return the questions that the trainee saw: those beside the notebook, else the released ones."""
    beside = folder / "questions.json"
    return bank.load_sheet(beside if beside.is_file() else course.root() / "exercises" / unit / "questions.json", code)


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")


def _entries(raw: Any) -> dict[str, dict[str, Any]]:
    """Return answers in the shape of ``answers.json``, a bare value included."""
    if not isinstance(raw, dict):
        return {}
    return {
        name: entry if isinstance(entry, dict) and "answer" in entry else {"answer": entry}
        for name, entry in raw.items()
    }


def _notebook(files: Mapping[str, bytes], unit: str | None) -> tuple[str | None, dict[str, Any] | None, list[str]]:
    """Choose the notebook of this hand-in: by its name, then by how many cells it has that nbgrader knows."""
    names = sorted(name for name in files if name.lower().endswith(".ipynb"))
    if not names:
        return None, None, [say("handin.notebook_missing")]
    read = {name: rescue.notebook(files[name]) for name in names}

    def rank(name: str) -> tuple[bool, int]:
        notebook = read[name][0]
        known = sum("nbgrader" in cell["metadata"] for cell in notebook["cells"]) if notebook else -1
        return (unit is not None and name.lower() == f"{unit}.ipynb", known)

    best = max(names, key=rank)
    notebook, notes = read[best]
    if len(names) > 1:
        notes = [*notes, say("handin.several_notebooks", name=best, count=len(names))]
    return best, notebook, notes


def _word(value: Any) -> str | None:
    return value.strip()[:80] if isinstance(value, str) and value.strip() else None


def _canonical(code: str) -> str:
    return codes.normalise(code) if codes.valid(code) else code


def _codes_in(path: list[str]) -> list[str]:
    """Return the codes in names of files and folders: ``bt02_GL-0123-Q_20261125-100000.zip``.

    One word in 36 has a fitting check character by chance: a code in a name needs a digit too.
    """
    words = [word for part in reversed(path) for word in re.split(r"[_\s()]+", PurePosixPath(part).stem)]
    return [word for word in words if _CODE_LIKE.fullmatch(word) and not _UNIT.fullmatch(word) and codes.valid(word)]


def _unit_in(notebook: dict[str, Any] | None, path: list[str]) -> str | None:
    marks = [cell["metadata"].get("nbgrader") for cell in notebook["cells"]] if notebook else []
    names = [str(mark.get("grade_id")).partition("-")[0] for mark in marks if isinstance(mark, dict)]
    asked = _ASKED.findall("\n".join(cell["source"] for cell in notebook["cells"])) if notebook else []
    counted = Counter(name for name in [*names, *asked] if _UNIT.fullmatch(name))
    if counted:
        return str(counted.most_common(1)[0][0])
    in_names = (found[0] for part in reversed(path) if (found := _UNIT.match(part.lower())))
    return next(in_names, None)


def last_answer(entries: Mapping[str, dict[str, Any]]) -> datetime | None:
    """Return when the last of these answers was given, None where no answer says."""
    times = []
    for entry in entries.values():
        try:
            times.append(datetime.fromisoformat(str(entry.get("at"))).astimezone())
        except (ValueError, OverflowError, OSError):
            continue
    return max(times, default=None)
