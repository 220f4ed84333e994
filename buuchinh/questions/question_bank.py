"""Read and validate question files, and report all problems with line numbers."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from buuchinh import course, disk_cache, yaml_lines
from buuchinh.errors import KitError, Problem
from buuchinh.files import read_json
from buuchinh.messages import say, section
from buuchinh.parsed import once_a_run, parsed
from buuchinh.questions import variants
from buuchinh.questions.authored import AuthoredQuestion, QuestionFile, asked_as
from buuchinh.questions.dated_keys import FOLDERS
from buuchinh.questions.exam_forms import ONLY, FormSheet
from buuchinh.questions.keys import SHAPES
from buuchinh.questions.model import Question, QuestionSheet
from buuchinh.yaml_lines import line_of

_JSON_VERSION = 1
"""The format version of a question file's JSON form; stored files of any other version are ignored."""


def load(path: Path) -> QuestionFile:
    """Return the questions of an author's file; raise ``KitError`` with every problem and its line number."""
    return parsed(_validated, path)


def written(path: Path) -> Any:
    """Return an author's file as a YAML tree; raise ``KitError`` if the file is not valid YAML.

    Mappings and sequences in the tree are immutable and know their line numbers (``yaml_lines.parse``), so ``line_of``
    can locate problems. If the JSON form of the file (``as_json``) was made from the same bytes, it is read instead,
    either from beside the file or from the disk cache.
    """
    return parsed(_tree, path)


def as_json(path: Path) -> bytes:
    """Return the JSON form of an author's file, which is stored at ``json_path(path)`` to avoid parsing YAML.

    Raise ``KitError`` if the file is not valid, or ``ValueError`` if JSON cannot represent it.
    """
    load(path)
    stored = yaml_lines.to_json(written(path))
    if stored is None:
        raise ValueError(f"{path.name}: not for JSON")
    entry = {"version": _JSON_VERSION, "sha256": _digest(path.read_bytes()), **stored}
    return json.dumps(entry, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")


def json_path(path: Path) -> Path:
    """Return the path at which the JSON form of an author's file is stored, next to the file itself."""
    return path.with_name(f"{path.name}.json")


def read(data: Any, path: Path) -> QuestionFile:
    """Validate ``data``, the YAML tree read from ``path``, as questions; raise ``KitError`` with all problems."""
    expanded, origins, faults = variants.expand(data)
    problems = [Problem(shown(path), line_of(data, fault.steps), fault.message) for fault in faults]
    try:
        file = QuestionFile.model_validate(expanded, context={FOLDERS: _picture_folders(path)})
    except ValidationError as error:
        for fault in error.errors():
            steps = as_written(origins, [step for step in fault["loc"] if step not in SHAPES])
            problems.append(Problem(shown(path), line_of(data, steps), _where(data, steps) + _word(fault)))
        raise KitError(list(dict.fromkeys(problems))) from error
    if problems:
        raise KitError(problems)
    return file


def as_written(origins: Sequence[int], steps: Sequence[int | str]) -> tuple[int | str, ...]:
    """Translate ``steps``, a path in the data after variants were expanded, into the path in the author's file.

    After expansion, each variant is a question of its own; ``origins`` holds the position in the file of each question.
    """
    match list(steps):
        case ["questions", int(number), *rest] if number < len(origins):
            return ("questions", origins[number], *rest)
        case _:
            return tuple(steps)


def _picture_folders(path: Path) -> tuple[Path, ...]:
    """Return the folders that are searched for a file's pictures: the file's own folder, then the lessons' folder."""
    return path.parent, course.root() / course.LESSONS


def load_sheet(path: Path, code: str | None = None) -> QuestionSheet:
    """Return the published questions of an exercise, or of the exam form that ``code`` selects.

    Raise ``KitError`` if the file is not valid, or if an exam is requested without a code.
    """
    return load_public(path).of(code)


def load_public(path: Path) -> FormSheet:
    """Return the published questions of an exercise or exam; raise ``KitError`` if the file is not valid.

    An exam's file has ``forms``, whereas an exercise's file has only ``questions``; both formats remain supported.
    """
    return parsed(_published, path)


def _published(path: Path) -> FormSheet:
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
    """Return the paths of all files with practice questions; these files include answer keys."""
    return course.bank_paths()


def practice(question_id: str, code: str | None = None) -> tuple[QuestionFile, AuthoredQuestion]:
    """Return a practice question as the pair ``(file, question)``; raise ``KitError`` if no question has this id.

    If the question has variants, the original question's id returns the variant that ``code`` selects.
    """
    for path in practice_files():
        if question_id.startswith(f"{path.stem}-"):
            file = load(path)
            matches = [question for question in file.questions if question_id in {question.id, asked_as(question)}]
            if matches:
                return file, variants.pick(matches, file.seed, file.version, question_id, code or "")
    raise KitError(say("questions.no_such_question", id=question_id))


def asked(sheet: QuestionSheet, question_id: str) -> Question:
    """Return a question of an exercise; raise ``KitError`` if no question has this id."""
    for question in sheet.questions:
        if question.id == question_id:
            return question
    raise KitError(say("questions.no_such_question", id=question_id))


@once_a_run
def shown(path: Path) -> str:
    """Return ``path`` for display: relative to the course folder and with forward slashes."""
    try:
        return path.resolve().relative_to(course.root().resolve()).as_posix()
    except (ValueError, KitError):
        return path.name


def _validated(path: Path) -> QuestionFile:
    return read(_tree(path), path)  # not ``written``, whose tree would stay beside the questions, as large as they are


def _tree(path: Path) -> Any:
    """Return a file's YAML tree from its JSON form if that is current; otherwise parse the YAML and cache the tree."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise KitError(say("files.missing"), path=shown(path)) from error
    digest, place = _digest(data), shown(path)
    name = f"yaml-{place.replace('/', '-')}" if "/" in place else ""  # a file outside the course is not cached
    for stored in (_beside(path, digest), disk_cache.read_named(name, digest) if name else None):
        if stored is not None:
            with contextlib.suppress(ValueError):
                return yaml_lines.from_json(stored)
    tree = _read_yaml(data, path)
    if name and (tree_json := yaml_lines.to_json(tree)) is not None:
        disk_cache.write_named(name, digest, tree_json)
    return tree


def _beside(path: Path, digest: str) -> Any:
    """Return the tree stored next to ``path``, or None if it is missing or outdated."""
    try:
        entry = json.loads(json_path(path).read_bytes())
        return entry if entry["version"] == _JSON_VERSION and entry["sha256"] == digest else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _read_yaml(data: bytes, path: Path) -> Any:
    way_out = say("questions.not_yaml_way_out")
    try:
        return yaml_lines.parse(io.TextIOWrapper(io.BytesIO(data), "utf-8-sig").read())
    except UnicodeDecodeError as error:
        raise KitError(say("questions.not_yaml", reason=""), way_out, path=shown(path)) from error
    except yaml_lines.NotYaml as error:
        raise KitError(
            say("questions.not_yaml", reason=error.reason), way_out, path=shown(path), line=error.line
        ) from error


def _where(data: Any, steps: Sequence[int | str]) -> str:
    """Return a prefix for an error message that names the question and field in which the error occurred."""
    name = ""
    if len(steps) > 1 and steps[0] == "questions" and isinstance(steps[1], int):
        question = data["questions"][steps[1]]
        name = str(question.get("id", steps[1] + 1)) if isinstance(question, Mapping) else str(steps[1] + 1)
        steps = steps[3:]
    field = ".".join(map(str, steps))
    return f"{' '.join(filter(None, (name, field)))}: " if name or field else ""


def _word(fault: ErrorDetails) -> str:
    """Return a validation error's message in Vietnamese; messages of the project's own validators already are."""
    if fault["type"] == "value_error":
        return fault["msg"].removeprefix("Value error, ")
    words: dict[str, str] = section("questions")["faults"]
    template = words.get(fault["type"], words["other"])
    return template.format_map({"kind": fault["type"], **fault.get("ctx", {}), "input": str(fault["input"])[:60]})
