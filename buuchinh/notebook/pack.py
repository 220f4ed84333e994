"""Pack a trainee's work on an exercise into one zip file for submission, with a receipt.

Small and important files come first, so a truncated zip file still has them. If the code that computed a submitted
value is no longer in the notebook (because it was changed, deleted or not saved), this is reported before anything is
packed; the value is then included only on request.
"""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.exchange import hand_in, places
from buuchinh.files import write_bytes
from buuchinh.messages import say
from buuchinh.notebook import deliveries
from buuchinh.notebook.exercise_progress import question_states
from buuchinh.notebook.question_numbers import numbers
from buuchinh.notebook.workspace import record_of, saved_cells, sheet_of
from buuchinh.questions import question_bank
from buuchinh.questions.answers import Record, is_given
from buuchinh.questions.model import QuestionSheet
from buuchinh.questions.practice import assessment
from buuchinh.questions.question_remarks import MOST, QuestionRemark
from buuchinh.questions.submission_receipt import FORMAT, Receipt

_OLDEST_IN_ZIP = (1980, 1, 1, 0, 0, 0)
"""Earliest time that a zip file can store; a computer with a flat clock battery starts in 1970."""


@dataclass(frozen=True)
class PackedSubmission:
    """A submission on the trainee's disk: the zip file's path, and the receipt."""

    path: Path
    receipt: Receipt


def build(folder: Path, unit: str, code: str, at: datetime | None = None) -> PackedSubmission:
    """Pack the work in ``folder`` into one zip file with a receipt, and return the zip's path and the receipt.

    ``at`` is the time of submission, by default now. Raise ``KitError`` if the notebook or the questions are missing.
    """
    at = (at or datetime.now(UTC)).astimezone().replace(microsecond=0)
    notebook = folder / f"{unit}.ipynb"
    if not notebook.is_file():
        raise KitError(say("intake.submission.no_notebook", unit=unit), path=notebook.name)
    sheet = _sheet(folder, unit, code)
    entries = Record(folder, unit, sheet.version, code).answers()
    answers: dict[str, Any] = {
        "format": FORMAT,
        "unit": unit,
        "version": sheet.version,
        "code": code,
        "answers": entries,
    }
    if remarks := _remarks(folder.parent):
        answers["remarks"] = [remark.as_json() for remark in remarks]
    files = {course.ANSWERS: _json(answers)} | _short_tests(folder.parent) | {notebook.name: notebook.read_bytes()}
    answered = {name for name, entry in entries.items() if is_given(entry)}
    receipt = Receipt.issue(sheet, code, at, answered, files)
    files = {course.ANSWERS: files[course.ANSWERS], course.RECEIPT: _json(receipt.to_json())} | files
    path = folder / course.HANDED_IN / f"{unit}_{code}_{at:%Y%m%d-%H%M%S}.zip"
    write_bytes(path, _zipped(files, at))
    return PackedSubmission(path, receipt)


def otherwise_run(unit: str) -> list[str] | None:
    """Return the ids of questions whose value was submitted by a cell that is no longer in the notebook on disk.

    The page saves the notebook before it packs the submission, so such a cell was usually changed after it ran; saving
    again helps only if the page could not save. Return None if the notebook is damaged.
    """
    sheet = sheet_of(unit)
    record = record_of(unit, sheet.version)
    cells = saved_cells(record.folder / f"{unit}.ipynb")
    if cells is None:
        return None
    return [
        question_id
        for question_id, entry in record.answers().items()
        if entry.get("origin") == "code" and entry.get("cell") and entry["cell"] not in cells
    ]


def hand_over(unit: str, *, anyway: bool = False) -> dict[str, Any]:
    """Pack the current trainee's submission, and return the receipt's values as the page shows them.

    If code changed after it ran, nothing is packed, and only advice (``to_run``) is returned; if ``anyway`` is True,
    the submission is packed all the same, and the receipt has a warning. On a hub, it is put into the exchange too. A
    damaged notebook is packed as it is, with a warning, since the answers are stored elsewhere. Raise ``KitError`` if
    there is no trainee code or no notebook.
    """
    sheet = sheet_of(unit)
    record = record_of(unit, sheet.version)
    code = record.code or course.current_code()
    if not code:
        raise KitError(say("notebook.hand_in.no_code"))
    changed = otherwise_run(unit)
    known = numbers(unit)
    numbers_text = ", ".join(str(known.get(name, name)) for name in changed or ())
    if changed and not anyway:
        return {"to_run": say("notebook.hand_in.to_run", numbers=numbers_text)}
    packed = build(record.folder, unit, code)
    delivered, refused = _put_into_exchange(unit, packed.path)
    receipt, questions = packed.receipt, question_states(sheet, record)
    return {
        "exercise": sheet.title,
        "code": receipt.code,
        "at": receipt.at.strftime("%H:%M:%S %d-%m-%Y"),
        "answered": sum(question["state"] == "whole" for question in questions),
        "total": len(questions),
        "unanswered": sorted(known.get(name, 0) for name in receipt.unanswered),
        "partly": [question["number"] for question in questions if question["state"] == "partly"],
        "check": receipt.check,
        "file": packed.path.name,
        "path": packed.path.relative_to(course.root()).as_posix(),
        "folder": packed.path.parent.relative_to(course.root()).as_posix(),
        "warning": " ".join(filter(None, (refused, _warning(changed, numbers_text)))),
        "in_exchange": delivered is not None,
        "delivered": delivered and delivered.isoformat(),
    }


def _put_into_exchange(unit: str, packed: Path) -> tuple[datetime | None, str]:
    """On a hub with an exchange, put the submission into it; return when that was done, or why not.

    The zip stays on the trainee's disk whatever happens, and may be sent in any other way.
    """
    exchange = places.of_hub()
    if exchange is None:
        return None, ""
    with zipfile.ZipFile(packed) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    try:
        hand_in.put(exchange, unit, files)
    except KitError as error:
        return None, str(error)
    at = datetime.now(UTC).astimezone().replace(microsecond=0)
    with suppress(OSError, KitError):  # the submission lies there, whether or not that can be written down
        deliveries.note(packed.parent.parent, packed.name, at)
    return at, ""


def _warning(changed: list[str] | None, numbers_text: str) -> str:
    if changed is None:
        return say("notebook.hand_in.damaged")
    return say("notebook.hand_in.not_run", numbers=numbers_text) if changed else ""


def _sheet(folder: Path, unit: str, code: str) -> QuestionSheet:
    """Return the questions that the trainee saw: from the file beside the notebook, or else the released ones."""
    beside = folder / course.SHEET
    return question_bank.load_sheet(beside if beside.is_file() else course.sheet_path(unit), code)


def _short_tests(person: Path) -> dict[str, bytes]:
    """Return the contents of the trainee's finished short tests, which every submission includes, by file name.

    Short tests are not graded. ``person`` is the trainee's folder.
    """
    return {
        f"{unit}.json": _json(finished)
        for unit in assessment.TESTS
        if (finished := assessment.read_finished(person / unit)) is not None
    }


def _remarks(person: Path) -> list[QuestionRemark]:
    """Return a trainee's latest remarks on questions of all units, oldest first, including withdrawn ones.

    At most ``MOST`` remarks are returned. ``person`` is the trainee's folder.
    """
    folders = sorted(path for path in person.iterdir() if path.is_dir() and not path.name.startswith("."))
    remarks = [remark for folder in folders for remark in Record(folder, folder.name, "", None).all_remarks().values()]
    return sorted(remarks, key=lambda remark: remark.at)[-MOST:]


def _zipped(files: dict[str, bytes], at: datetime) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, date_time=max(at.timetuple()[:6], _OLDEST_IN_ZIP))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return packed.getvalue()


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")
