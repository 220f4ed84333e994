"""Assign the files in a folder to exercises, since two exercises unpacked into one folder are two submissions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from buuchinh import codes, course
from buuchinh.intake import checkpoints, filetypes, salvage
from buuchinh.intake.check_receipt import parse
from buuchinh.intake.file_groups import FileGroup
from buuchinh.intake.filenames import units_in
from buuchinh.intake.notes import note
from buuchinh.notebooks import grade_id, ids_in_text


@dataclass(frozen=True)
class UnitFiles:
    """The files of one exercise.

    ``unit`` is None if no file names the exercise. ``origin`` is the displayed path. ``code`` is the trainee's code if
    the folder names exactly one, or else None; it is needed because notebooks do not name a code.
    """

    unit: str | None
    origin: str
    group: FileGroup
    code: str | None


def parts(group: FileGroup) -> list[UnitFiles]:
    """Return the files of each exercise if a folder with answers contains several exercises, or else an empty list.

    A folder that has no two files of the same kind is always one submission, whatever its files declare.
    """
    if all(len(group.named(kind)) < 2 for kind in ("answers", "journal", "receipt", "notebook")):
        return []
    heads = dict(_heads(group))
    units = {name: _unit_of(head) for name, head in heads.items()}
    declared = {unit for unit in units.values() if unit and course.graded(unit)}
    notebooks = group.named("notebook")
    if not declared:
        return []
    units |= {name: _unit_of_notebook(group, name) for name in notebooks}
    work = {unit for name, unit in units.items() if group.kinds[name] != "receipt"}
    work_units = sorted(unit for unit in work if unit and course.graded(unit))
    if len(work_units) < 2:
        return []
    named = {code for head in heads.values() if (code := word(head.get("code")))}
    named = {codes.normalise(code) if codes.valid(code) else code for code in named}
    code = next(iter(named)) if len(named) == 1 else None
    parts = []
    for unit in work_units:
        own = [name for name in group.files if (units.get(name) or "") == unit]
        if unit == work_units[0]:  # practice is included with the first exercise
            own += [name for name in group.files if name not in units or filetypes.is_practice(units[name] or "")]
        parts.append(UnitFiles(unit, _origin(group, own), group.only(*own), code))
    unassigned = [name for name in group.files if not any(name in part.group.files for part in parts)]
    if unassigned:
        left = group.only(*unassigned)
        left.notes.append(
            note("intake.submission.whose_unit", names=", ".join(unassigned), units=", ".join(work_units))
        )
        parts.append(UnitFiles(None, _origin(group, unassigned), left, None))
    return parts


def word(value: Any) -> str | None:
    """Return a non-empty string, stripped and truncated to 80 characters, or None for any other value."""
    return value.strip()[:80] if isinstance(value, str) and value.strip() else None


def declared_unit(head: Mapping[str, Any]) -> str | None:
    """Return the graded exercise that the file header ``head`` declares, or None if it declares none."""
    unit = word(head.get("unit"))
    return unit if unit and course.graded(unit) else None


def unit_in(notebook: Mapping[str, Any] | None) -> str | None:
    """Return the exercise to which most of the notebook's cells belong, or None if they belong to none."""
    cells = notebook["cells"] if notebook else []
    ids = [name for cell in cells if (name := grade_id(cell))]
    ids += [name for cell in cells for name in ids_in_text(cell["source"], "ask", "submit")]
    return _most(filter(course.graded, map(course.unit_of, ids)))


def opened(group: FileGroup, name: str) -> bytes:
    """Report the checkpoint for parsing the file ``name``, and return the file's content."""
    checkpoints.begin("parse", f"{group.where}/{name}")
    return group.files[name]


def _heads(group: FileGroup) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name in group.named("answers"):
        yield name, salvage.answers(opened(group, name))[0]
    for name in group.named("journal"):
        yield name, {"answers": salvage.journal(opened(group, name))}
    for name in group.named("receipt"):
        receipt = parse(opened(group, name))
        yield name, receipt.to_json() if receipt else {}


def _unit_of(head: Mapping[str, Any]) -> str | None:
    """Return the unit of the file with the header ``head``.

    That is the exercise that the header declares, or else the exercise to which most of its questions belong, or else
    the ungraded unit that it declares, or else the unit to which most of its questions belong.
    """
    answers = head.get("answers")
    ids = [course.unit_of(str(name)) for name in answers] if isinstance(answers, dict) else []
    return declared_unit(head) or _most(filter(course.graded, ids)) or word(head.get("unit")) or _most(ids)


def _unit_of_notebook(group: FileGroup, name: str) -> str | None:
    """Return the exercise of a notebook, as determined by its metadata, or else its cells, or else its file name."""
    notebook, _ = salvage.notebook(opened(group, name))
    about = notebook["metadata"].get("buuchinh") if notebook else None
    declared = declared_unit(about) if isinstance(about, dict) else None
    return declared or unit_in(notebook) or next(iter(units_in([name])), None)


def _most(units: Iterable[str]) -> str | None:
    counts = Counter(units)
    return counts.most_common(1)[0][0] if counts else None


def _origin(group: FileGroup, names: list[str]) -> str:
    """Return the path that identifies a part of a folder: its notebook's or, if it has none, its first file's."""
    best = next((name for name in group.named("notebook") if name in names), names[0])
    return f"{group.where}/{best}"
