"""Write or compare the course's derived files, each of which is generated from a single source.

``exercises/`` is derived too, but its releases have versions and a gradebook, so this module only compares it.
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
    """Map the path of each derived file, relative to the course, to a function that returns the file's content."""
    package: dict[str, Callable[[], str]] = {}
    if (course.root() / "buuchinh").is_dir():
        package[bundle_files.PACKAGE_LIST] = bundle_files.package_list
    for name in payloads.FILES:
        if (course.root() / name).parent.is_dir():
            package[name] = partial(payloads.declarations, name)
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
    """Rewrite every derived file that is out of date and return the paths of those that changed."""
    changed = front_end.derive()  # first: the package list includes these files
    for name, make in derived().items():
        path, text = course.root() / name, make()
        if _stored(path) != text:
            write_text(path, text)
            changed.append(path)
    return changed


@snapshot_mode()
def differences() -> list[Problem]:
    """Return a problem for each derived file that is out of date, including those in ``exercises/``; write nothing."""
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
    """Return a file's text with its line endings unchanged, or None if the file does not exist or is not UTF-8."""
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
