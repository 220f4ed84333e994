"""Derived files of the course: one file, one source, one command.

``exercises/`` is derived too, but a release has versions and a gradebook, so it is only compared here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path

from pydantic import BaseModel

from buuchinh import course, disk_cache
from buuchinh.authoring import annex, course_tools, coverage, front_end, lengths, paths, payloads
from buuchinh.campaign import campaign_sheet as campaign_page
from buuchinh.campaign import sheet_texts as campaign_texts
from buuchinh.classroom.gradebook import CONFIG
from buuchinh.emergency_card import wall_card
from buuchinh.errors import Problem
from buuchinh.exam import exam_builder as building
from buuchinh.exam import record as exams
from buuchinh.files import write_text
from buuchinh.messages import say
from buuchinh.parsed import snapshot_mode
from buuchinh.questions import variants
from buuchinh.questions.authored import QuestionFile
from buuchinh.questions.model import QuestionSheet
from buuchinh.release import bundle_files, release

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def derived() -> dict[str, Callable[[], str]]:
    """Return a function for the text of each derived file, by its path within the course."""
    package: dict[str, Callable[[], str]] = {}
    if (course.root() / "buuchinh").is_dir():
        package[bundle_files.PACKAGE_LIST] = bundle_files.package_list
    if (course.root() / payloads.FILE).parent.is_dir():
        package[payloads.FILE] = payloads.declarations
    return package | {
        "datasets/questions/schema/author.schema.json": lambda: _schema(QuestionFile),
        "datasets/questions/schema/public.schema.json": lambda: _schema(QuestionSheet),
        coverage.PAGE: coverage.page,
        paths.PAGE: paths.page,
        lengths.TABLE: lengths.table,
        annex.PAGE: annex.page,
        wall_card.PAGE: wall_card.page,
        wall_card.STICKER_PAGE: wall_card.sticker_page,
        **course_tools.derived(),
        **{
            campaign_page.page_path(sheet.sheet.id): partial(campaign_page.page, sheet)
            for sheet in campaign_texts.sheets()
        },
    }


def derive() -> list[Path]:
    """Write every derived file that differs from its source; return the files that changed."""
    changed = front_end.derive()  # first: the package list includes these files
    for name, make in derived().items():
        path, text = course.root() / name, make()
        if _stored(path) != text:
            write_text(path, text)
            changed.append(path)
    return changed


@snapshot_mode()
def differences() -> list[Problem]:
    """Return every derived file that differs from its source, ``exercises/`` included; write nothing."""
    problems = [
        Problem(name, 0, say("authoring.derive.differs"), say("authoring.derive.way_out"))
        for name, make in derived().items()
        if _stored(course.root() / name) != make()
    ]
    problems += front_end.differences()
    for unit in exams.units():
        problems += building.differences(unit)
    files = [
        course.root() / CONFIG,
        *(path for step in (course.SOURCE, course.EXERCISES) for path in disk_cache.within(course.root() / step)),
    ]
    return problems + disk_cache.problems("release", files, release.check, version("nbgrader"))


def _stored(path: Path) -> str | None:
    """Return a file's text with its line endings unchanged, None where there is no readable file."""
    try:
        return path.read_bytes().decode("utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return None


def _schema(model: type[BaseModel]) -> str:
    schema = {"$schema": _DRAFT, **model.model_json_schema(by_alias=True)}
    for name, part in schema["$defs"].items() if model is QuestionFile else ():
        if name.endswith("Question"):  # an author writes variants once; the model sees the questions they become
            part["properties"][variants.FIELD] = {"type": "array", "items": {"type": "object"}, "minItems": 2}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
