"""Build an exam from a blueprint and the item pool: its test forms, record and notebook.

A test form is one version of the exam, with one item for each slot of the blueprint. ``build`` draws the items only
once. Called again, it makes the same forms from the record and the current pool, so a corrected answer key reaches the
exam without a new draw.
"""

from __future__ import annotations

import io
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from string import ascii_lowercase
from typing import Any

from buuchinh import course
from buuchinh.classroom.turn import turn
from buuchinh.errors import KitError, Problem
from buuchinh.exam import DEFAULT_FORMS, blueprint, draw, exam_groups, families, item_pool, record
from buuchinh.exam.blueprint import Slot
from buuchinh.exam.item_pool import PoolItem
from buuchinh.exam.notebook import notebook
from buuchinh.exam.record import About, ExamDraw
from buuchinh.files import write_bytes
from buuchinh.messages import say
from buuchinh.questions import question_bank, types
from buuchinh.release import versions

SHARED, AGAIN = 5 / 30, 8 / 30
"""Largest shares of a form's families that the form should have in common with other forms.

``SHARED`` applies to the forms of the same exam, ``AGAIN`` to the forms of an earlier sitting.
"""
_SAT, _SAT_SIBLING = 3, 1
"""Uses counted for an item in a form of an earlier sitting, and for each other variant of its family.

They count because the same people may sit this exam and would recognise the items.
"""
_OF_THE_POOL = ("variant_of", "retired", "exam_for", "voice", "taught", "decision")
"""Fields that apply only to an item in the pool; the decision of a slot is recorded with the draw."""
_FIRST = (
    *("id", "type", "title", "objective", "bloom", "difficulty", "points", "critical", "decision", "as_of"),
    *("intent", "stem"),
)
"""The order in which a form lists an item's fields, for its authors; the answer keys come last."""


@dataclass(frozen=True)
class Built:
    """The result of one run; ``changed`` names the files that were written or removed.

    ``overlap`` is the largest number of items that two forms of this exam share, ``before`` the number of its items
    that are in other exams, and ``expected`` maps each form to the share of points that its authors expect. ``again``
    maps each earlier sitting to the smallest and largest number of items that its participants meet again. ``families``
    is the largest number of families that two forms share; ``families_again`` compares with the forms of each earlier
    sitting.
    """

    unit: str
    drawn: bool
    changed: tuple[str, ...]
    overlap: int
    before: int
    expected: Mapping[str, float]
    again: Mapping[str, tuple[int, int]]
    families: int
    families_again: Mapping[str, int]


@turn()
def build(unit: str, *, forms: int = DEFAULT_FORMS, seed: str | None = None, redraw: bool = False) -> Built:
    """Draw the exam ``unit`` (such as ``thi1`` or ``thinv1``) if it has not been drawn yet, and write its files.

    ``seed`` makes the draw repeatable; without it, a random seed is recorded. ``redraw`` discards an earlier draw,
    which is refused once the exam has been released. Raise ``KitError`` with everything that the pool lacks for the
    blueprint.
    """
    number, group = exam_groups.number(unit), exam_groups.group_of_exam(unit)
    if number is None or not 1 <= forms <= len(ascii_lowercase):
        exams = ", ".join(one for one in course.graded_units() if not course.is_exercise(one))
        way_out = say("exam.bad_name_way_out", known=exams) if exams else ""
        raise KitError(say("exam.bad_name", unit=unit), way_out)
    if redraw and versions.versions(unit):
        raise KitError(say("exam.is_out", unit=unit), say("exam.is_out_way_out"), path=f"source/{unit}")
    items = item_pool.load()
    fresh = redraw or not record.exists(unit)
    if fresh:
        slots = blueprint.load(group)
        about = About(
            title=say("exam.title_of_group", number=number, group=group.words)
            if group
            else say("exam.title", number=number),
            version="1.0.0",
            seed=f"{unit}-{seed or secrets.token_hex(8)}",
        )
        forms_drawn = _drawn(unit, slots, items, forms, about.seed)
        points, decisions = zip(*((slot.points, slot.decision or "") for slot in slots), strict=True)
        drawn = ExamDraw(unit, about, forms_drawn, points, decisions)
    else:
        drawn = record.read(unit)
    files = _files(drawn, items)
    if fresh:
        record.write(drawn)
    changed = _write_changed(unit, files)
    expected = _expected(items)
    everything, earlier = list(drawn.forms.values()), record.usage_counts(unit)
    before = {other: list(record.read(other).forms.values()) for other in _sittings(unit)}
    family = {item.id: item.family for item in items}

    def of_families(forms: Iterable[Sequence[str]]) -> list[list[str]]:
        return [[family.get(name, name) for name in form] for form in forms]

    return Built(
        unit,
        fresh,
        tuple(changed),
        draw.overlap(everything),
        len({item for form in everything for item in form} & earlier.keys()),
        {form: draw.mean_expected(names, drawn.points, expected) for form, names in drawn.forms.items()},
        {other: _met_again(everything, forms) for other, forms in before.items()},
        draw.overlap(of_families(everything)),
        {other: _met_again(of_families(everything), of_families(forms))[1] for other, forms in before.items()},
    )


def _sittings(unit: str) -> list[str]:
    """Return the other drawn exams of the same group, which count as sittings of the same exam."""
    group = exam_groups.group_of_exam(unit)
    return [other for other in record.units() if other != unit and exam_groups.group_of_exam(other) == group]


def _met_again(forms: Iterable[Sequence[str]], earlier: Iterable[Sequence[str]]) -> tuple[int, int]:
    """Return the smallest and largest number of items that a form in ``forms`` shares with one in ``earlier``."""
    shared = [len(set(form) & set(before)) for form, before in product(forms, list(earlier))]
    return min(shared), max(shared)


def _used(unit: str, items: Sequence[PoolItem]) -> Mapping[str, int]:
    """Return how often each item is used in other exams; other sittings of the same exam weigh more."""
    counts = Counter(record.usage_counts(unit))
    family = {item.id: item.family for item in items}
    for sitting in _sittings(unit):
        for name in (name for form in record.read(sitting).forms.values() for name in form):
            counts[name] += _SAT - 1 - _SAT_SIBLING
            siblings = [other for other in family if name in family and family[other] == family[name]]
            counts.update(dict.fromkeys(siblings, _SAT_SIBLING))
    return counts


def lacks(slots: Sequence[Slot], items: Sequence[PoolItem]) -> list[Problem]:
    """Return a problem for everything that the pool lacks for the blueprint, or an empty list if a form can be made.

    First come the kinds of slot with fewer fitting items than slots; then, if kinds compete for the same items, the
    slots that would stay empty.
    """
    problems: list[Problem] = []
    short: set[int] = set()
    for words in dict.fromkeys(slot.words for slot in slots):
        alike = [slot for slot in slots if slot.words == words]
        fitting = _fitting(alike[0], items)
        if len(fitting) < len(alike):
            matches = f": {', '.join(fitting)}" if fitting else ""
            values = {"wanted": words, "need": len(alike), "have": len(fitting), "there": matches}
            problems.append(
                Problem(alike[0].table, alike[0].line, say("exam.lacks", **values), say("exam.lacks_way_out"))
            )
            short |= {slot.number for slot in alike}
    others = [slot for slot in slots if slot.number not in short]
    for place in draw.unfilled([_fitting(slot, items) for slot in others]):
        slot = others[place]
        words = say("exam.competes", slot=slot.number, wanted=slot.words)
        problems.append(Problem(slot.table, slot.line, words, say("exam.lacks_way_out")))
    return problems


def differences(unit: str) -> list[Problem]:
    """Return a problem for each file of a drawn exam that differs from what its record and the pool produce."""
    try:
        files = _files(record.read(unit), item_pool.load())
    except KitError as error:
        return error.problems
    source = course.source_folder(unit)
    return [
        Problem(question_bank.shown(source / name), 0, say("exam.differs"), say("exam.build_it", unit=unit))
        for name, make in files.items()
        if not (source / name).is_file() or (source / name).read_bytes() != make
    ]


def _fits(slot: Slot, item: PoolItem) -> bool:
    return slot.fits(item.question)


def _fitting(slot: Slot, items: Sequence[PoolItem]) -> list[str]:
    """Return the families that fit ``slot``; an item without variants is a family of its own."""
    return list(dict.fromkeys(item.family for item in items if not item.question.retired and _fits(slot, item)))


def _expected(items: Sequence[PoolItem]) -> dict[str, float]:
    return {item.id: item.question.difficulty for item in items}


def _drawn(
    unit: str, slots: Sequence[Slot], items: Sequence[PoolItem], forms: int, seed: str
) -> dict[str, tuple[str, ...]]:
    problems = lacks(slots, items)
    if problems:
        raise KitError(problems)
    fitting = [_fitting(slot, items) for slot in slots]
    worth, used = [slot.points for slot in slots], _used(unit, items)
    of_families: dict[str, list[int]] = {}
    for item in items:
        if not item.question.retired:
            of_families.setdefault(item.family, []).append(used.get(item.id, 0))
    expected = {item.family: item.question.difficulty for item in items}
    made = families.members(
        draw.draw(fitting, forms, seed, used=used, variants=of_families, worth=worth, expected=expected),
        items,
        used,
        seed,
        [{item.id for item in items if _fits(slot, item)} for slot in slots],
    )
    return {name: tuple(form) for name, form in zip(ascii_lowercase, made, strict=False)}


def _files(drawn: ExamDraw, items: Sequence[PoolItem]) -> dict[str, bytes]:
    """Map the path of each exam file in the source folder, except the record, to its content."""
    by_id = {item.id: item for item in items}
    missing = sorted({name for form in drawn.forms.values() for name in form} - by_id.keys())
    place = question_bank.shown(record.folder(drawn.unit) / record.SLOTS)
    if missing:
        way_out = say("exam.item_gone_way_out")
        raise KitError([Problem(place, 0, say("exam.item_gone", id=name), way_out) for name in missing])
    files: dict[str, bytes] = {}
    for form, names in drawn.forms.items():
        chosen = [by_id[name] for name in names]
        files[f"{course.FORMS}/{form}.yml"] = _form(drawn, form, chosen)
        for item in chosen:
            for name in types.type_of(item.question).files(item.question):
                files[f"{course.FORMS}/{name}"] = _picture(item, name)
    pass_mark = versions.pass_mark_for(drawn.unit, drawn.about.version)
    files[f"{drawn.unit}.ipynb"] = notebook(drawn.unit, drawn.about.title, drawn.by_slot, pass_mark)
    return files


def _picture(item: PoolItem, name: str) -> bytes:
    return next(
        path.read_bytes() for path in (item.path.parent / name, course.root() / course.LESSONS / name) if path.is_file()
    )


def _form(drawn: ExamDraw, form: str, items: Sequence[PoolItem]) -> bytes:
    """Return one form as a YAML question file, in which each item has its slot's id and weight."""
    day = max(item.as_of for item in items)
    questions = []
    for slot, (item, (points, decision)) in enumerate(zip(items, drawn.by_slot, strict=True), 1):
        plain: dict[str, Any] = item.question.model_dump(
            mode="json",
            by_alias=True,
            exclude_defaults=True,
            exclude={*_OF_THE_POOL, *types.type_of(item.question).filled_in},
        )
        plain |= {"id": record.question_id(drawn.unit, slot), "points": _short(points)}
        if decision:
            plain["decision"] = decision
        if item.as_of != day:
            plain["as_of"] = item.as_of
        ordered = [*_FIRST, *(name for name in plain if name not in {*_FIRST, "keys"}), "keys"]
        questions.append({name: plain[name] for name in ordered if name in plain})
    head = {
        "unit": drawn.unit,
        "version": drawn.about.version,
        "title": drawn.about.title,
        "seed": f"{drawn.about.seed}-{form}",
        "as_of": day,
    }
    out = io.StringIO()
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width = 150
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(head | {"questions": questions}, out)
    return f"{say('exam.form_note', unit=drawn.unit)}\n{out.getvalue()}".encode()


def _short(number: float) -> float | int:
    return int(number) if number == int(number) else number


def _write_changed(unit: str, files: Mapping[str, bytes]) -> list[str]:
    """Write the files that differ, remove leftovers of an earlier draw, and return the names of all files changed."""
    source = course.source_folder(unit)
    changed = []
    for name, data in files.items():
        if not (source / name).is_file() or (source / name).read_bytes() != data:
            write_bytes(source / name, data)
            changed.append(name)
    for path in sorted(record.folder(unit).rglob("*")):
        name = path.relative_to(source).as_posix()
        if path.suffix in {".yml", ".svg"} and name not in files:
            path.unlink()
            changed.append(name)
    return changed
