"""Record every change to a released answer key, with the reason for the change.

``datasets/questions/corrections.csv`` has one row per question and change. A key consists of the right answers, their
period of validity and their legal basis; the wording of feedback may be improved without adding a row. An exam's test
forms are drawn anew for each version, so their keys are compared within one version only.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from buuchinh import course, datasets, law
from buuchinh.datasets.table import scan
from buuchinh.errors import KitError, Problem
from buuchinh.files import write_text
from buuchinh.messages import say
from buuchinh.questions import types
from buuchinh.questions.authored import AuthoredQuestion, QuestionFile
from buuchinh.questions.dated_keys import Keyed
from buuchinh.release import source, versions

TABLE = "questions/corrections"
_WORDS = {"feedback", "mistakes", "rubric", "lines", "model_answer"}


@dataclass(frozen=True)
class Change:
    """A change to one question's answer key; both versions are the same if a released version itself was corrected."""

    question: str
    from_version: str
    to_version: str


def changes(old: QuestionFile, new: QuestionFile) -> list[Change]:
    """Return a change for each question that is in both files but has different keys."""
    before = {question.id: _keys(question) for question in old.questions}
    return [
        Change(question.id, old.version, new.version)
        for question in new.questions
        if question.id in before and before[question.id] != _keys(question)
    ]


def of_forms(old: Mapping[str, QuestionFile], new: Mapping[str, QuestionFile]) -> list[Change]:
    """Return a change for each question whose key differs in any test form; no question is listed twice.

    ``old`` and ``new`` map test forms to question files.
    """
    changed = {change for form, file in new.items() for change in changes(earlier(old, form), file)}
    return sorted(changed, key=lambda change: change.question)


def earlier(old: Mapping[str, QuestionFile], form: str) -> QuestionFile:
    """Return the questions of ``form`` in an earlier version, or that version's first form if ``form`` is new."""
    return old.get(form) or next(iter(old.values()))


def same_key(one: AuthoredQuestion, other: AuthoredQuestion) -> bool:
    """Return whether two questions have the same key, regardless of the wording of their feedback."""
    return _keys(one) == _keys(other)


def between_versions(unit: str) -> list[Change]:
    """Return the key changes between consecutive released versions of ``unit`` that have no row in the table."""
    if versions.drawn(unit):
        return []
    released = [versions.released_forms(unit, version) for version in versions.versions(unit)]
    files = [{form: one.questions for form, one in forms.items()} for forms in released]
    return [change for before, after in pairwise(files) for change in unrecorded(of_forms(before, after))]


def unrecorded(changed: Iterable[Change]) -> list[Change]:
    """Return the changes that still need a row in the table.

    A version may be corrected more than once, so a correction within one version always needs a new row with a reason.
    """
    recorded = {Change(row["question"], row["from_version"], row["to_version"]) for row in _table().rows}
    return [change for change in changed if change not in recorded or change.from_version == change.to_version]


def record(changed: Iterable[Change], reason: str, provision: str = "") -> None:
    """Add a row for each change, dated today; repeating an interrupted run does not add a second row.

    ``provision`` is the id of the legal provision whose change is the cause, if any.
    """
    resource = _table().resource
    text = resource.path.read_bytes().decode("utf-8-sig") if resource.path.exists() else ""
    lines = io.StringIO(text if text.endswith("\n") or not text else text + "\n", newline="")
    lines.seek(0, io.SEEK_END)
    writer = csv.DictWriter(lines, [field.name for field in resource.fields], lineterminator="\n")
    if not text:
        writer.writeheader()
    recorded = list(csv.DictReader(io.StringIO(text, newline="")))
    for change in changed:
        row = {"on": course.today().isoformat(), "reason": reason, "provision": provision} | vars(change)
        if row not in recorded:
            writer.writerow(row)
    write_text(resource.path, lines.getvalue())


def check() -> list[Problem]:
    """Return a problem for each row with an unknown version or provision, and for each key change without a row."""
    table = _table()
    shown = table.resource.shown_path
    problems = [
        Problem(shown, row.line, message)
        for row in table.rows
        for message in _strange(row["question"], (row["from_version"], row["to_version"]), row["provision"] or "")
    ]
    for unit in source.units():
        missing = between_versions(unit)
        problems += [Problem(shown, 0, say("release.corrections.no_row", **vars(change))) for change in missing]
    return problems


def needed(changed: Iterable[Change]) -> list[Problem]:
    """Return a problem for each change, saying that the change needs a reason."""
    return [
        Problem(_table().resource.shown_path, 0, say("release.corrections.no_reason", **vars(change)), _way_out(change))
        for change in changed
    ]


def _table() -> datasets.Table:
    """Return the table of corrections, without rows if its file is missing.

    Faults in the table are reported by ``datasets.check``.
    """
    schema = datasets.resources()[TABLE]
    path = course.root().joinpath(course.DATASETS, *f"{TABLE}.csv".split("/"))
    return scan(schema if schema.path == path else replace(schema, path=path))


def _way_out(change: Change) -> str:
    command = "regrade" if change.from_version == change.to_version else "release"
    return say("release.corrections.way_out", unit=course.unit_of(change.question), command=command)


def _strange(question: str, of_versions: tuple[str, str], provision: str) -> Iterator[str]:
    unit = course.unit_of(question)
    released = versions.versions(unit) if unit in source.units() else []
    for version in dict.fromkeys(of_versions):
        if version not in released:
            yield say("release.corrections.no_version", question=question, version=version)
    if provision:
        try:
            law.periods(provision)
        except KitError as error:
            yield from (problem.message for problem in error.problems)


def _keys(question: AuthoredQuestion) -> list[Any]:
    parts = [part for part, _ in types.parts(question)]
    return [_bare(key.model_dump(mode="json")) for part in parts if isinstance(part, Keyed) for key in part.keys]


def _bare(key: Any) -> Any:
    """Return a key without the wording of its feedback."""
    if isinstance(key, dict):
        return {name: _bare(value) for name, value in key.items() if name not in _WORDS}
    return key
