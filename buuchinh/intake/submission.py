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
from buuchinh.intake import filetypes, salvage, walk
from buuchinh.intake.notes import note
from buuchinh.intake.receipt import FORMAT, RECEIPT, Receipt, parse
from buuchinh.intake.walk import Found
from buuchinh.messages import say
from buuchinh.questions import bank
from buuchinh.questions.answers import SNAPSHOT, Record, cell_hash
from buuchinh.questions.model import QuestionSheet
from buuchinh.questions.practice import assessment

_ASKED = re.compile(r"""\b(?:ask|submit)\(\s*["'](bt\d{2}|thi\d{1,2})-""")
_OLDEST_IN_ZIP = (1980, 1, 1, 0, 0, 0)
"""A computer whose battery is flat believes that it is 1970, which a zip cannot hold."""
_VERSION = re.compile(r"\d+\.\d+\.\d+")
_NEVER = datetime.min.replace(tzinfo=UTC)


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
        raise KitError([Problem(path.name, 0, say("intake.submission.no_notebook", unit=unit))])
    sheet = _sheet(folder, unit, code)
    entries = Record(folder, unit, sheet.version, code).answers()
    answers = {"format": FORMAT, "unit": unit, "version": sheet.version, "code": code, "answers": entries}
    files = {path.name: path.read_bytes(), SNAPSHOT: _json(answers)} | _short_tests(folder.parent)
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


def _short_tests(person: Path) -> dict[str, bytes]:
    """Return the short tests that a trainee has finished: they come along with any hand-in, ungraded."""
    return {
        f"{unit}.json": _json(found)
        for unit in assessment.TESTS
        if (found := assessment.read_finished(person / unit)) is not None
    }


def receipt(path: Path) -> Receipt:
    """Return the receipt of a zip; ``KitError`` where there is none."""
    found = read(path).receipt
    if found is None:
        raise KitError([Problem(path.name, 0, say("intake.submission.no_receipt"))])
    return found


def read(path: Path) -> HandIn:
    """Read the one hand-in in ``path``; ``KitError`` where there is none, or more than one."""
    found = read_all(path)
    if len(found) != 1:
        raise KitError([Problem(path.name, 0, say("intake.submission.not_one", count=len(found)))])
    return found[0]


def read_all(path: Path) -> list[HandIn]:
    """Read every hand-in in a zip, a folder or a notebook; ``KitError`` where there is none to read."""
    if not path.exists():
        raise KitError([Problem(path.name, 0, say("files.missing"))])
    problems = []
    found: list[HandIn] = []
    for thing in walk.walk(path):
        for one in walk.open_zip(thing, thing.name) if isinstance(thing, Path) else [thing]:
            if isinstance(one, Found):
                found += split(one)
                problems += [] if one.files else [Problem(path.name, 0, said) for said in one.notes]
            else:
                problems.append(one.problem)
    if not found:
        raise KitError(problems or [Problem(path.name, 0, say("intake.submission.not_a_handin"))])
    return found


def split(group: Found) -> list[HandIn]:
    """Tell apart the hand-ins in one folder: with an answer file it is one, else each notebook is one."""
    if len(group.named("short_test")) == len(group.files) and not group.notes:
        return []
    if _practice(group):
        return []
    parts = any(group.named(kind) for kind in ("answers", "journal", "receipt"))
    notebooks = group.named("notebook")
    if parts or len(notebooks) <= 1:
        return [_read(group)] if group.files else []
    return [_read(group.only([name])) for name in notebooks]


def _practice(group: Found) -> bool:
    """Whether these are answers to lessons and tests, as lie beside the exercises in a trainee's folder.

    What the answers say of themselves decides: a folder may be called "L01" after a class.
    """
    if not group.files or group.notes or group.named("notebook") or group.named("receipt"):
        return False
    heads = [salvage.answers(group.files[name])[0] for name in group.named("answers")]
    given = [_entries(head.get("answers")) for head in heads]
    given += [_entries(salvage.journal(group.files[name])) for name in group.named("journal")]
    units = {unit for head in heads if (unit := _word(head.get("unit")))}
    units |= {name.partition("-")[0] for answers in given for name in answers}
    return all(map(filetypes.practice, units or {PurePosixPath(group.where).name}))


def _read(group: Found) -> HandIn:
    notes = list(group.notes)
    answers, heads = _answers(group, notes)
    slip = _receipt(group, notes)
    told = Counter(unit for head in [*heads, *([slip.to_json()] if slip else [])] if (unit := _unit(head)))
    name, notebook = _notebook(group, told, answers, notes)
    about = notebook["metadata"].get("buuchinh") if notebook else None
    about = about if isinstance(about, dict) else {}
    about = about if _unit(about) else {"unit": _unit_in(notebook)}
    path = [*PurePosixPath(group.where).parts, *([name] if name else [])]
    heads += [slip.to_json()] if slip else []
    by_name = filetypes.units_in(path)
    units = [unit for head in (*heads, about) if (unit := _unit(head))]
    unit = max(units, key=units.count) if units else next(iter(by_name), None)
    others = {*units, *by_name} - {unit}
    if others:
        notes.append(note("intake.submission.other_unit", unit=unit, others=", ".join(sorted(filter(None, others)))))
    if notebook and _unit(about) not in {unit, None}:
        notebook = None
    if notebook:
        answers = _entries(salvage.widgets(notebook["metadata"])) | answers
    if not group.named("answers"):
        notes.append(note("intake.submission.answers_found" if answers else "intake.submission.no_answers"))
    versions = [_word(head.get("version")) for head in (*heads, about) if _word(head.get("unit")) in {unit, None}]
    said_codes = [one for head in heads if (one := _word(head.get("code")))] + filetypes.codes_in(path)
    codes_found = list(dict.fromkeys(_canonical(one) for one in said_codes))
    return HandIn(
        origin=group.where if not name or group.named("answers") or len(path) == 1 else "/".join(path),
        unit=unit,
        version=next((one for one in versions if one and _VERSION.fullmatch(one)), None),
        code=codes_found[0] if codes_found else None,
        other_codes=tuple(codes_found[1:]),
        at=slip.at if slip else last_answer(answers) or max(group.times.values(), default=None),
        answers=answers,
        notebook=notebook,
        receipt=slip,
        files=group.files,
        notes=tuple(notes),
    )


def _answers(group: Found, notes: list[str]) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """Return the last answer to each question from all files that hold answers, and what these say of themselves."""
    found: dict[str, dict[str, Any]] = {}
    heads = []
    names = group.named("answers")
    for name in names:
        head, said = salvage.answers(group.files[name])
        notes += said
        heads.append(head)
        found = _later(found, _entries(head.get("answers")))
    if len(names) > 1:
        notes.append(note("intake.submission.several_answers", count=len(names)))
    for name in group.named("journal"):
        found = _later(found, _entries(salvage.journal(group.files[name])))
    return found, heads


def _later(one: dict[str, dict[str, Any]], other: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return both with the later answer to each question; where neither says when, ``other`` counts."""

    def later(name: str) -> bool:
        return name not in one or (_time(one[name]) or _NEVER) <= (_time(other[name]) or _NEVER)

    return one | {name: entry for name, entry in other.items() if later(name)}


def _receipt(group: Found, notes: list[str]) -> Receipt | None:
    """Return the receipt, of several the one that fits the files best."""
    read = [slip for name in group.named("receipt") if (slip := parse(group.files[name]))]
    if not read:
        notes.append(note("intake.submission.receipt_lost" if group.named("receipt") else "intake.submission.no_slip"))
        return None
    best = min(read, key=lambda slip: len(slip.doubts(group.files)))
    notes += best.doubts(group.files)
    return best


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


def _notebook(
    group: Found, told: Counter[str], answers: Mapping[str, dict[str, Any]], notes: list[str]
) -> tuple[str | None, dict[str, Any] | None]:
    """Choose the notebook whose cells gave the answers, else the one with the right name, else with the most cells."""
    names = group.named("notebook")
    if not names:
        notes.append(note("intake.submission.notebook_missing"))
        return None, None
    read = {name: salvage.notebook(group.files[name]) for name in names}
    hashes = {str(entry["cell"]) for entry in answers.values() if "cell" in entry}

    def rank(name: str) -> tuple[int, bool, int]:
        notebook = read[name][0]
        if notebook is None:
            return -1, False, -1
        gave = len(hashes & {cell_hash(cell["source"]) for cell in notebook["cells"]})
        known = sum("nbgrader" in cell["metadata"] for cell in notebook["cells"])
        return gave, any(name.lower() == f"{unit}.ipynb" for unit in told), known

    best = max(names, key=rank)
    notebook, said = read[best]
    notes += said
    if len(names) > 1:
        notes.append(note("intake.submission.several_notebooks", name=best, count=len(names)))
    return best, notebook


def _word(value: Any) -> str | None:
    return value.strip()[:80] if isinstance(value, str) and value.strip() else None


def _canonical(code: str) -> str:
    return codes.normalise(code) if codes.valid(code) else code


def _unit(head: Mapping[str, Any]) -> str | None:
    found = _word(head.get("unit"))
    return found if found and filetypes.UNIT.fullmatch(found) else None


def _unit_in(notebook: dict[str, Any] | None) -> str | None:
    """Return the exercise that most cells of a notebook belong to."""
    cells = notebook["cells"] if notebook else []
    marks = [cell["metadata"].get("nbgrader") for cell in cells]
    names = [str(mark.get("grade_id")).partition("-")[0] for mark in marks if isinstance(mark, dict)]
    asked = [found for cell in cells for found in _ASKED.findall(cell["source"])]
    counted = Counter(name for name in [*names, *asked] if filetypes.UNIT.fullmatch(name))
    return str(counted.most_common(1)[0][0]) if counted else None


def _time(entry: Mapping[str, Any]) -> datetime | None:
    try:
        return datetime.fromisoformat(str(entry.get("at"))).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def last_answer(entries: Mapping[str, dict[str, Any]]) -> datetime | None:
    """Return when the last of these answers was given, None where no answer says."""
    return max((time for entry in entries.values() if (time := _time(entry))), default=None)
