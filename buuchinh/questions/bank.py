"""Reads files of questions, and says everything that is wrong with one at once, with the line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from buuchinh import course
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_json
from buuchinh.messages import say, section
from buuchinh.questions import pictures, variants
from buuchinh.questions.authored import AuthoredQuestion, QuestionFile, asked_as
from buuchinh.questions.model import Question, QuestionSheet
from buuchinh.questions.test_forms import ONLY, FormSheet


def load(path: Path) -> QuestionFile:
    """Read an author's file; raises ``KitError`` with every fault and its line."""
    return _load(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=64)
def _load(path: Path, _changed: int) -> QuestionFile:
    return read(_read_yaml(path), path)


def read(data: Any, path: Path) -> QuestionFile:
    """Read what a YAML file holds, as if it stood at ``path``; raises ``KitError`` with every fault and its line."""
    expanded, origins, faults = variants.expand(data)
    problems = [Problem(shown(path), line_of(data, fault.steps), fault.message) for fault in faults]
    try:
        file = QuestionFile.model_validate(expanded, context={pictures.FOLDERS: _picture_folders(path)})
    except ValidationError as error:
        for fault in error.errors():
            steps = as_written(origins, fault["loc"])
            problems.append(Problem(shown(path), line_of(data, steps), _where(data, steps) + _word(fault)))
        raise KitError(list(dict.fromkeys(problems))) from error
    if problems:
        raise KitError(problems)
    return file


def as_written(origins: Sequence[int], steps: Sequence[int | str]) -> tuple[int | str, ...]:
    """Return steps to a question that was read as steps in the file, where several variants are written as one."""
    match list(steps):
        case ["questions", int(number), *rest] if number < len(origins):
            return ("questions", origins[number], *rest)
        case _:
            return tuple(steps)


def _picture_folders(path: Path) -> tuple[Path, ...]:
    """Where pictures of a file's questions lie: beside it, or among the lessons for questions to practise with."""
    return path.parent, course.root() / "lessons"


def load_sheet(path: Path, code: str | None = None) -> QuestionSheet:
    """Read the public questions of an exercise, or of the form of an exam that belongs to ``code``.

    Raises ``KitError`` where the file is not what was released, and for an exam without a code.
    """
    return load_public(path).of(code)


def load_public(path: Path) -> FormSheet:
    """Read the public file of an exercise or an exam; ``KitError`` where it is not what was released.

    An exam's file has ``forms``, an exercise's has ``questions`` alone: both are read for ever.
    """
    data = read_json(path)
    try:
        if isinstance(data, dict) and "forms" in data:
            return FormSheet.model_validate(data)
        return FormSheet.joined({ONLY: QuestionSheet.model_validate(data)})
    except ValidationError as error:
        faults = error.errors()
        raise KitError(
            [Problem(shown(path), 0, ".".join(map(str, fault["loc"])) + ": " + _word(fault)) for fault in faults]
        ) from error


def practice_files() -> list[Path]:
    """Return the files of questions to practise with, keys included."""
    return sorted((course.root() / "datasets" / "questions").glob("*.yml"))


def practice(question_id: str, code: str | None = None) -> tuple[QuestionFile, AuthoredQuestion]:
    """Return a question to practise with, and its file; ``KitError`` where there is none of that id.

    Where a question has variants, its own id gives the one that belongs to ``code``.
    """
    for path in practice_files():
        if question_id.startswith(f"{path.stem}-"):
            file = load(path)
            found = [question for question in file.questions if question_id in {question.id, asked_as(question)}]
            if found:
                return file, variants.pick(found, file.seed, file.version, question_id, code or "")
    raise KitError(say("questions.no_such_question", id=question_id))


def asked(sheet: QuestionSheet, question_id: str) -> Question:
    """Return a question of an exercise; ``KitError`` where there is none of that id."""
    for question in sheet.questions:
        if question.id == question_id:
            return question
    raise KitError(say("questions.no_such_question", id=question_id))


def shown(path: Path) -> str:
    """Return a path as it is told to a person: within the course, with forward slashes."""
    try:
        return path.resolve().relative_to(course.root().resolve()).as_posix()
    except (ValueError, KitError):
        return path.name


def _read_yaml(path: Path) -> Any:
    try:
        return YAML(typ="rt").load(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise KitError([Problem(shown(path), 0, say("files.missing"))]) from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        reason = (error.problem or "").splitlines()[0] if error.problem else ""
        raise KitError(
            [Problem(shown(path), line, say("questions.not_yaml", reason=reason), say("questions.not_yaml_way_out"))]
        ) from error
    except (YAMLError, UnicodeDecodeError) as error:
        raise KitError(
            [Problem(shown(path), 0, say("questions.not_yaml", reason=""), say("questions.not_yaml_way_out"))]
        ) from error


def line_of(data: Any, steps: Sequence[int | str]) -> int:
    """Return the line (from 1) of the deepest of ``steps`` that the file really has, 0 for none.

    Steps that only pydantic knows, the tags of a union, are passed over.
    """
    line = 0
    for step in steps:
        try:
            place = data.lc.data[step]
            data = data[step]
        except (AttributeError, KeyError, IndexError, TypeError):
            continue
        line = place[0] + 1
    return line


def _where(data: Any, steps: Sequence[int | str]) -> str:
    """Name the question, and the field within it, that a fault is in."""
    name = ""
    if len(steps) > 1 and steps[0] == "questions" and isinstance(steps[1], int):
        found = data["questions"][steps[1]]
        name = str(found.get("id", steps[1] + 1)) if isinstance(found, Mapping) else str(steps[1] + 1)
        steps = steps[3:]
    field = ".".join(map(str, steps))
    return f"{' '.join(filter(None, (name, field)))}: " if name or field else ""


def _word(fault: ErrorDetails) -> str:
    """Say a fault in Vietnamese; what our own validators said is already."""
    if fault["type"] == "value_error":
        return fault["msg"].removeprefix("Value error, ")
    words: dict[str, str] = section("questions")["faults"]
    template = words.get(fault["type"], words["other"])
    return template.format_map({"kind": fault["type"], **fault.get("ctx", {}), "input": str(fault["input"])[:60]})
