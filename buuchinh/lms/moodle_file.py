"""Write a unit's questions or the closed pool as Moodle XML, from the authors' files, with keys and feedback.

The order is that of the files and nothing is dated by the clock, so the same questions give the same bytes. A family of
variants is a category of its own, from which a Moodle quiz draws one question.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html import escape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from buuchinh import course, statistics
from buuchinh.errors import KitError
from buuchinh.exam import item_pool
from buuchinh.files import PRIVATE, write_bytes
from buuchinh.law.citation_payload import citation
from buuchinh.lms import export_place
from buuchinh.messages import say
from buuchinh.questions import moodle_question as moodle
from buuchinh.questions import question_bank, types
from buuchinh.questions.authored import AuthoredQuestion, QuestionFile, asked_as
from buuchinh.questions.markup import bullets, paragraphs
from buuchinh.release import source, versions
from buuchinh.text import format_date, nfc, visible

POOL = "pool"
_ELSEWHERE = re.compile(
    r"\b(?:hình|bảng|biểu đồ|phần|mục|câu|đoạn)\s+(?:mức phạt\s+)?(?:ở trên|phía trên|ở mục|trước)"
    r"|\bvẫn câu chuyện|\bvừa làm\b",
    re.IGNORECASE,
)
"""Words by which a stem refers to what stands beside it in a lesson or in an earlier question."""


@dataclass
class MoodleExport:
    """The result of an export: the file, the number of questions in it, and the ids left out or reduced, by reason.

    ``retired`` is the number of questions left out because the course asks them no more.
    """

    path: Path
    count: int = 0
    retired: int = 0
    left_out: dict[str, list[str]] = field(default_factory=dict)
    lost: dict[str, list[str]] = field(default_factory=dict)


def units() -> list[str]:
    """Return the names of all that can be exported: the pool, the graded units and the files of practice questions."""
    return [POOL, *source.units(), *(path.stem for path in course.bank_paths())]


def write(unit: str, out: Path | None = None) -> MoodleExport:
    """Write the questions of ``unit``, or of the pool, to ``out`` or to ``moodle_<unit>.xml`` in the course's folder.

    Raise ``KitError`` if the unit is unknown, if its files have faults, if Moodle can hold none of its questions, if
    the file cannot stand at ``out``, or if this is a trainee's folder, which has no keys of graded questions.
    """
    if not (course.pool_paths() or source.units()):
        raise KitError(say("lms.moodle.no_keys"))
    unit = course.unit_named(unit, units())
    export = MoodleExport(out or course.moodle_path(unit))
    export_place.refuse_unfit(export.path, ".xml", _is_export)
    quiz = ET.Element("quiz")
    quiz.append(ET.Comment(f" {say('lms.moodle.comment', unit=unit)} "))
    for category, form, file in _question_files(unit):
        quiz.extend(list(_category(export, category, form, file)))
    if not export.count:
        raise KitError(say("lms.moodle.nothing", unit=unit))
    ET.indent(quiz)
    text = visible(nfc(ET.tostring(quiz, encoding="unicode")), lines=True)
    write_bytes(export.path, f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode(), mode=PRIVATE)
    return export


def _is_export(path: Path) -> bool:
    with path.open(encoding="utf-8", errors="replace") as file:
        return "<quiz>" in file.read(200)


def _question_files(unit: str) -> Iterator[tuple[str, str, QuestionFile]]:
    """Yield each file of questions with the category that it becomes and its test form ("" if it has none)."""
    if unit == POOL:
        item_pool.load()
        for path in course.pool_paths():
            yield f"{POOL}/{path.stem}", "", question_bank.load(path)
    elif unit in source.units():
        forms = versions.question_files(course.source_folder(unit))
        for form, path in forms.items():
            one = len(forms) == 1
            yield unit if one else f"{unit}/{unit}-{form}", "" if one else form, question_bank.load(path)
    else:
        yield unit, "", question_bank.load(course.bank_path(unit))


def _category(export: MoodleExport, path: str, form: str, file: QuestionFile) -> Iterator[ET.Element]:
    """Yield the elements of a file: its category, the questions without variants, then a category for each family."""
    alone: list[ET.Element] = []
    families: dict[str, list[ET.Element]] = {}
    for question in file.questions:
        element = _element(export, question, form, question.as_of or file.as_of or course.settings().reviewed_on)
        if element is not None:
            (families.setdefault(asked_as(question), []) if question.variant_of else alone).append(element)
    if alone:
        yield _heading(path, file.title)
        yield from alone
    for family, elements in families.items():
        yield _heading(f"{path}/{family}", say("lms.moodle.family", title=file.title))
        yield from elements


def _heading(path: str, info: str) -> ET.Element:
    element = ET.Element("question", type="category")
    element.append(moodle.plain("category", f"$course$/top/buuchinh/{path}"))
    element.append(moodle.html("info", escape(info)))
    return element


def _element(export: MoodleExport, question: AuthoredQuestion, form: str, day: date) -> ET.Element | None:
    """Return a question as Moodle reads it, or None if Moodle cannot hold it; ``export`` notes what is lost."""
    if question.retired:
        export.retired += 1
        return None
    name = f"{question.id}-{form}" if form else question.id
    try:
        made, key = _made(question, day)
    except moodle.NotForMoodle as refusal:
        export.left_out.setdefault(str(refusal), []).append(name)
        return None
    reasons = {"critical": question.critical, "elsewhere": _ELSEWHERE.search(question.stem)}
    for reason in (*made.lost, *(say(f"lms.moodle.{reason}") for reason, holds in reasons.items() if holds)):
        export.lost.setdefault(reason, []).append(name)
    export.count += 1
    element = ET.Element("question", type=made.qtype)
    element.append(moodle.plain("name", f"{name} {question.title or ''}".strip()))
    stem = moodle.html("questiontext", paragraphs(question.stem) + made.below_stem)
    for file, data in made.files:
        attached = ET.SubElement(stem, "file", name=file, path="/", encoding="base64")
        attached.text = base64.b64encode(data).decode("ascii")
    element.extend([stem, moodle.html("generalfeedback", made.explanation + _basis(key, day))])
    common = {"defaultgrade": f"{question.points:g}", "penalty": 0, "hidden": 0, "idnumber": name}
    element.extend([moodle.value(field, value) for field, value in common.items()])
    element.extend(made.parts)
    tags = ET.SubElement(element, "tags")
    tags.extend([moodle.plain("tag", tag) for tag in filter(None, (question.objective, *key.provisions))])
    return element


def _made(question: AuthoredQuestion, day: date) -> tuple[moodle.MoodleQuestion, Any]:
    """Return the question in Moodle's form and its key of ``day``; raise ``NotForMoodle`` if there is none."""
    key_on = getattr(question, "key_on", None)  # forms and surveys have no keys of their own
    key = key_on(day) if key_on else None
    if key_on and key is None:
        raise moodle.NotForMoodle(say("lms.moodle.no_key", day=format_date(day)))
    return types.type_of(question).moodle(question, key), key


def _basis(key: Any, day: date) -> str:
    """Return the provisions and sources of a key as HTML, with the day whose law they are."""
    cited = [citation(ref, day) for ref in key.provisions]
    lines = ["; ".join(filter(None, (one.cite, one.dates, one.confidence, one.state.rstrip(".")))) for one in cited]
    lines += [statistics.cited(ref) for ref in key.sources]
    return f"<p>{escape(say('lms.moodle.basis', day=format_date(day)))}</p>" + bullets(lines)
