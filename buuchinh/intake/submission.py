"""Read submissions from the files in a folder: answers, notebook, unit, trainee code and time, as far as possible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from buuchinh import codes, course
from buuchinh.attempts import when
from buuchinh.intake import checkpoints, filetypes, salvage, split_units
from buuchinh.intake.check_receipt import differences, parse
from buuchinh.intake.file_groups import FileGroup
from buuchinh.intake.filenames import codes_in, units_in
from buuchinh.intake.notes import note
from buuchinh.intake.split_units import UnitFiles
from buuchinh.questions import question_remarks
from buuchinh.questions.answers import cell_hash, moment
from buuchinh.questions.question_remarks import QuestionRemark
from buuchinh.questions.submission_receipt import Receipt

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Submission:
    """One submission as it arrived, as far as it could be read; values that it does not state are None.

    ``origin`` is the submission's displayed path. ``code`` is the trainee's code, in canonical form if valid, or else
    as written. ``code_in_files`` is False if only the path names a code, and no file does. ``answers`` maps question
    IDs to entries as in ``answers.json``. ``files`` maps file names to contents, ``notes`` describes damaged or missing
    content, and ``remarks`` contains the trainee's remarks on questions, sanitised.
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
    remarks: tuple[QuestionRemark, ...] = ()
    code_in_files: bool = False

    @property
    def earliest(self) -> datetime:
        """The earliest possible time of the submission."""
        return when.possible_hand_in_from(self.unit or "", self.version, receipt=self.receipt is not None)


def split(group: FileGroup) -> Iterator[Submission]:
    """Yield the submissions in one folder: one per exercise if the folder has answers, or else one per notebook."""
    if len(group.named("short_test")) == len(group.files) and not group.notes:
        return
    if several := split_units.parts(group):
        yield from (_read(part.group, part) for part in several if not checkpoints.finished(part.origin))
        return
    notebooks = group.named("notebook")
    known = {name for name in notebooks if checkpoints.finished(f"{group.where}/{name}")}
    if any(group.named(kind) for kind in ("answers", "journal", "receipt")) or len(notebooks) <= 1:
        if group.files and not known and not checkpoints.finished(group.where) and not _is_practice(group):
            yield _read(group)
        return
    for name in notebooks:
        if name not in known:
            yield _read(group.only(name))


def _is_practice(group: FileGroup) -> bool:
    """Return whether a group contains only answers to lessons and short tests, which are stored beside the exercises.

    The units declared in the files decide, and not the path, because a folder may be called "L01" after a class.
    """
    if not group.files or group.notes or group.named("notebook") or group.named("receipt"):
        return False
    heads = [salvage.answers(split_units.opened(group, name))[0] for name in group.named("answers")]
    answers = [_entries(head.get("answers")) for head in heads]
    answers += [_entries(salvage.journal(split_units.opened(group, name))) for name in group.named("journal")]
    units = {unit for head in heads if (unit := split_units.word(head.get("unit")))}
    units |= {course.unit_of(name) for entries in answers for name in entries}
    return all(map(filetypes.is_practice, units or {PurePosixPath(group.where).name}))


def _read(group: FileGroup, part: UnitFiles | None = None) -> Submission:
    """Read one submission from ``group``, which is a whole folder or the ``part`` of it for one exercise."""
    notes = list(group.notes)
    answers, heads = _answers(group, notes)
    receipt = _receipt(group, notes)
    if receipt:
        heads.append(receipt.to_json())
    declared_units = Counter(unit for head in heads if (unit := split_units.declared_unit(head)))
    name, notebook = _notebook(group, declared_units, answers, notes)
    if not name and _had_notebook(receipt):
        notes.append(note("intake.submission.notebook_missing"))
    about = _head_of(notebook)
    path = [*PurePosixPath(group.where).parts, *([name] if name else [])]
    unit = part.unit if part and part.unit else _unit_of([*heads, about], units_in(path), notes)
    if split_units.declared_unit(about) not in {unit, None}:
        notebook = None
    if notebook:
        answers = _entries(salvage.widgets(notebook["metadata"])) | answers
    if not group.named("answers"):
        notes.append(note("intake.submission.answers_found" if answers else "intake.submission.no_answers"))
    within = [code for head in heads if (code := split_units.word(head.get("code")))]
    named_codes = _named_codes(within, codes_in(path), part)
    return Submission(
        origin=_origin(group, path, part),
        unit=unit,
        version=_version_of([*heads, about], unit),
        code=next(iter(named_codes), None),
        other_codes=tuple(named_codes[1:]),
        code_in_files=bool(within),
        at=when.handed_in_at(receipt.at if receipt else None, last_answer(answers), group.times.values()),
        answers=answers,
        notebook=notebook,
        receipt=receipt,
        files=group.files,
        notes=tuple(notes),
        remarks=tuple(remark for head in heads for remark in question_remarks.read(head.get("remarks")))[
            : question_remarks.MOST
        ],
    )


def _had_notebook(receipt: Receipt | None) -> bool:
    """Return whether a notebook was submitted according to the receipt, or True if ``receipt`` is None."""
    return receipt is None or f"{receipt.unit}.ipynb" in receipt.sha256


def _head_of(notebook: dict[str, Any] | None) -> dict[str, Any]:
    """Return the kit's metadata in a notebook or, if it declares no exercise, the exercise of most of its cells."""
    about = notebook["metadata"].get("buuchinh") if notebook else None
    if isinstance(about, dict) and split_units.declared_unit(about):
        return about
    return {"unit": split_units.unit_in(notebook)}


def _origin(group: FileGroup, path: list[str], part: UnitFiles | None) -> str:
    """Return the submission's displayed path: its folder, or its notebook if the folder has no answer file."""
    if part:
        return part.origin
    has_notebook = bool(group.named("notebook"))
    return "/".join(path) if has_notebook and not group.named("answers") and len(path) > 1 else group.where


def _version_of(heads: list[dict[str, Any]], unit: str | None) -> str | None:
    """Return the first valid version in those file headers ``heads`` that name either this exercise or no exercise."""
    for head in heads:
        version = split_units.word(head.get("version"))
        if version and course.is_version(version) and split_units.word(head.get("unit")) in {unit, None}:
            return version
    return None


def _named_codes(within: list[str], by_path: list[str], part: UnitFiles | None) -> list[str]:
    """Return the distinct codes in the files and the path or, if there are none, the whole folder's code."""
    written = [*within, *by_path]
    if not written and part and part.code:
        written = [part.code]
    return list(dict.fromkeys(map(_canonical, written)))


def _unit_of(heads: list[dict[str, Any]], by_name: list[str], notes: list[str]) -> str | None:
    """Return the unit that most file headers declare, or else the nearest unit in the names of files and folders."""
    units = [unit for head in heads if (unit := split_units.declared_unit(head))]
    unit = max(units, key=units.count) if units else next(iter(by_name), None)
    others = {*units, *by_name} - {unit}
    if others:
        notes.append(note("intake.submission.other_unit", unit=unit, others=", ".join(sorted(filter(None, others)))))
    return unit


def _answers(group: FileGroup, notes: list[str]) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """Return the latest answer to each question from all answer files and journals, and the answer files' headers."""
    answers: dict[str, dict[str, Any]] = {}
    heads = []
    for name in group.named("answers"):
        head, answer_notes = salvage.answers(split_units.opened(group, name))
        notes += answer_notes
        heads.append(head)
    if any(
        split_units.word(head.get("code")) for head in heads
    ):  # answers without a code do not replace those with one
        named = [head for head in heads if head.get("code", "damaged")]
        if len(named) < len(heads):
            notes.append(note("intake.submission.nobodys_answers", count=len(heads) - len(named)))
        heads = named
    for head in heads:
        answers = _later(answers, _entries(head.get("answers")))
    if len(heads) > 1:
        notes.append(note("intake.submission.several_answers", count=len(heads)))
    for name in group.named("journal"):
        answers = _later(answers, _entries(salvage.journal(split_units.opened(group, name))))
    return answers, heads


def _later(answers: dict[str, dict[str, Any]], others: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the later answer to each question; ``others`` takes precedence if neither answer states a time."""

    def later(name: str) -> bool:
        return name not in answers or (moment(answers[name]) or _NEVER) <= (moment(others[name]) or _NEVER)

    return answers | {name: entry for name, entry in others.items() if later(name)}


def _receipt(group: FileGroup, notes: list[str]) -> Receipt | None:
    """Return the receipt that matches the files best, or None if there is no readable receipt."""
    receipts = [receipt for name in group.named("receipt") if (receipt := parse(split_units.opened(group, name)))]
    if not receipts:
        notes.append(note("intake.submission.receipt_lost" if group.named("receipt") else "intake.submission.no_slip"))
        return None
    best = min(receipts, key=lambda receipt: len(differences(receipt, group.files)))
    notes += differences(best, group.files)
    return best


def _entries(raw: Any) -> dict[str, dict[str, Any]]:
    """Return answers in the format of ``answers.json``, turning a bare value into an entry with only ``answer``."""
    if not isinstance(raw, dict):
        return {}
    return {
        name: entry if isinstance(entry, dict) and "answer" in entry else {"answer": entry}
        for name, entry in raw.items()
    }


def _notebook(
    group: FileGroup, declared_units: Counter[str], answers: Mapping[str, dict[str, Any]], notes: list[str]
) -> tuple[str | None, dict[str, Any] | None]:
    """Return the name and content of the most plausible notebook, or (None, None) if the group has no notebook.

    The notebook with the most cells that produced the answers is preferred, then a notebook named after a declared
    unit, then the notebook with the most released cells.
    """
    names = group.named("notebook")
    if not names:
        return None, None
    read = {name: salvage.notebook(split_units.opened(group, name)) for name in names}
    hashes = {str(entry["cell"]) for entry in answers.values() if "cell" in entry}

    def rank(name: str) -> tuple[int, bool, int]:
        notebook = read[name][0]
        if notebook is None:
            return -1, False, -1
        gave = len(hashes & {cell_hash(cell["source"]) for cell in notebook["cells"]})
        known = sum("nbgrader" in cell["metadata"] for cell in notebook["cells"])
        return gave, any(name.lower() == f"{unit}.ipynb" for unit in declared_units), known

    best = max(names, key=rank)
    notebook, notebook_notes = read[best]
    notes += notebook_notes
    if len(names) > 1:
        notes.append(note("intake.submission.several_notebooks", name=best, count=len(names)))
    return best, notebook


def _canonical(code: str) -> str:
    return codes.normalise(code) if codes.valid(code) else code


def last_answer(entries: Mapping[str, dict[str, Any]]) -> datetime | None:
    """Return the time of the latest answer in ``entries``, or None if no answer states a time."""
    return max((time for entry in entries.values() if (time := moment(entry))), default=None)
