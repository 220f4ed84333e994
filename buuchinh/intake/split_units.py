"""Which exercise the files of one folder belong to: two exercises unpacked into one folder are two submissions."""

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
class Part:
    """The files of one exercise, None where no file says which; ``origin`` is where they are, as it is shown.

    ``code`` is the only one that the whole folder names: a notebook names none.
    """

    unit: str | None
    origin: str
    group: FileGroup
    code: str | None


def parts(group: FileGroup) -> list[Part]:
    """Return the files of each exercise where a folder with answers has several, nothing where it has one.

    With no two files of a kind it is one hand-in, whatever its files say.
    """
    if all(len(group.named(kind)) < 2 for kind in ("answers", "journal", "receipt", "notebook")):
        return []
    heads = dict(_heads(group))
    units = {name: _unit_of(head) for name, head in heads.items()}
    said = {unit for unit in units.values() if unit and course.graded(unit)}
    notebooks = group.named("notebook")
    if not said:
        return []
    units |= {name: _unit_of_notebook(group, name) for name in notebooks}
    work = {unit for name, unit in units.items() if group.kinds[name] != "receipt"}
    found = sorted(unit for unit in work if unit and course.graded(unit))
    if len(found) < 2:
        return []
    named = {code for head in heads.values() if (code := word(head.get("code")))}
    named = {codes.normalise(code) if codes.valid(code) else code for code in named}
    code = next(iter(named)) if len(named) == 1 else None
    made = []
    for unit in found:
        own = [name for name in group.files if (units.get(name) or "") == unit]
        if unit == found[0]:  # practice rides along
            own += [name for name in group.files if name not in units or filetypes.is_practice(units[name] or "")]
        made.append(Part(unit, _origin(group, own), group.only(*own), code))
    rest = [name for name in group.files if not any(name in part.group.files for part in made)]
    if rest:
        left = group.only(*rest)
        left.notes.append(note("intake.submission.whose_unit", names=", ".join(rest), units=", ".join(found)))
        made.append(Part(None, _origin(group, rest), left, None))
    return made


def word(value: Any) -> str | None:
    """Return a text that says something, cut to a length that names have."""
    return value.strip()[:80] if isinstance(value, str) and value.strip() else None


def said_unit(head: Mapping[str, Any]) -> str | None:
    """Return the exercise that a file says of itself."""
    unit = word(head.get("unit"))
    return unit if unit and course.graded(unit) else None


def unit_in(notebook: Mapping[str, Any] | None) -> str | None:
    """Return the exercise that most cells of a notebook belong to."""
    cells = notebook["cells"] if notebook else []
    ids = [name for cell in cells if (name := grade_id(cell))]
    ids += [name for cell in cells for name in ids_in_text(cell["source"], "ask", "submit")]
    return _most(filter(course.graded, map(course.unit_of, ids)))


def opened(group: FileGroup, name: str) -> bytes:
    """Return a file that is parsed next; it is not among those that are named where that stopped before."""
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
    """Return the exercise that a file with answers names, else that of most of its questions, else its practice."""
    answers = head.get("answers")
    ids = [course.unit_of(str(name)) for name in answers] if isinstance(answers, dict) else []
    return said_unit(head) or _most(filter(course.graded, ids)) or word(head.get("unit")) or _most(ids)


def _unit_of_notebook(group: FileGroup, name: str) -> str | None:
    """Return the exercise that is in a notebook, where nothing says so the one in its name."""
    notebook, _ = salvage.notebook(opened(group, name))
    about = notebook["metadata"].get("buuchinh") if notebook else None
    said = said_unit(about) if isinstance(about, dict) else None
    return said or unit_in(notebook) or next(iter(units_in([name])), None)


def _most(units: Iterable[str]) -> str | None:
    counts = Counter(units)
    return counts.most_common(1)[0][0] if counts else None


def _origin(group: FileGroup, names: list[str]) -> str:
    """Return one file of a part, which no other part has: its notebook, if there is one."""
    best = next((name for name in group.named("notebook") if name in names), names[0])
    return f"{group.where}/{best}"
