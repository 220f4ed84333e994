"""Find work in ``submitted/`` that is more alike than chance explains, and report it as a question for the instructor.

The kit draws no conclusion and changes no points. Unreadable submissions are skipped, since ``grade`` reports them.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from buuchinh import course, law
from buuchinh.attempts import reader
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.files import read_json
from buuchinh.grading import alike_words
from buuchinh.grading.alike import ComparedAnswer, Couple, Work
from buuchinh.messages import say
from buuchinh.notebooks import grade_id, read_notebook, source_of
from buuchinh.parsed import once, snapshot_mode
from buuchinh.personal_data.names import Names
from buuchinh.points import reaches
from buuchinh.questions import types
from buuchinh.questions.scoring import score
from buuchinh.release import versions
from buuchinh.release.source import WORK_CELL
from buuchinh.release.versions import Released
from buuchinh.text import fold

KINDS = ("wrong", "texts", "code")
_NO_ANSWER = frozenset({"missing", "malformed", "manual", "unscored", "no_key"})


@dataclass(frozen=True)
class Alike:
    """Two people with the same work; ``kinds`` maps each kind of evidence (``KINDS``) to the questions affected."""

    first: str
    second: str
    kinds: Mapping[str, tuple[str, ...]]


@snapshot_mode()  # the keys of a thousand people are in a few files
def find(unit: str) -> list[Alike]:
    """Return the pairs of people whose work on ``unit`` is more alike than chance explains, sorted by code."""
    from buuchinh.grading import alike_answers  # imports numpy, which other reports do not need

    works = [work for code in reader.submitted_codes(unit) if (work := _work(unit, code))]
    by_kind = {
        "wrong": alike_answers.wrong_answers(works),
        "texts": alike_words.texts(works, lambda: public_words(unit)),
        "code": alike_words.code(works),
    }
    pairs: dict[Couple, dict[str, tuple[str, ...]]] = {}
    for kind, found in by_kind.items():
        for pair, ids in found.items():
            pairs.setdefault(pair, {})[kind] = ids
    return [Alike(*pair, kinds) for pair, kinds in sorted(pairs.items())]


def sentences(unit: str) -> list[str]:
    """Return an introduction, which presents the findings as a question, and one sentence per group of people.

    The list is empty if there are no such groups.
    """
    found = groups(once(find, unit))
    people = Names.read() if found else Names()
    lines = [say("grading.alike.line", most=people.with_names(codes[:-1]), last=people.shown(codes[-1]),
                 evidence=_words(kinds)) for codes, kinds in found]  # fmt: skip
    return [say("grading.alike.head", unit=unit, count=len(found)), *lines] if found else []


def groups(pairs: Iterable[Alike]) -> list[tuple[list[str], Mapping[str, tuple[str, ...]]]]:
    """Merge pairs into groups of people with the same work, so that six people form one group rather than 15 pairs.

    Each group is a list of codes and a mapping from kinds of evidence to questions.
    """
    found: list[tuple[set[str], dict[str, tuple[str, ...]]]] = []
    for pair in pairs:
        people, kinds = {pair.first, pair.second}, dict(pair.kinds)
        for group in [one for one in found if one[0] & people]:
            found.remove(group)
            people |= group[0]
            kinds = {
                kind: tuple(dict.fromkeys((*group[1].get(kind, ()), *kinds.get(kind, ()))))
                for kind in KINDS
                if kind in group[1] or kind in kinds
            }
        found.append((people, kinds))
    return sorted(((sorted(people), kinds) for people, kinds in found), key=lambda group: group[0])


def _words(kinds: Mapping[str, tuple[str, ...]]) -> str:
    """Return a description of the matching work for the instructor to check."""
    return "; ".join(say(f"grading.alike.{kind}", count=len(ids), ids=", ".join(ids)) for kind, ids in kinds.items())


def _work(unit: str, code: str) -> Work | None:
    """Return a trainee's work in comparable form, or None if the submission cannot be read."""
    folder = reader.submitted_folder(unit, code)
    try:
        found = read_json(folder / course.ANSWERS)
        released = versions.released_for(unit, str(found["version"]), code)
        answers = {name: entry["answer"] for name, entry in found["answers"].items() if name in released.obscured}
        return Work(
            code,
            f"{released.version} {released.form}",
            dict(_compared_answers(released, answers)),
            {place: text for name, answer in answers.items() for place, text in long_texts(name, answer)},
            _cells(unit, code, released),
        )
    except (KitError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _compared_answers(released: Released, answers: Mapping[str, Any]) -> Iterator[tuple[str, ComparedAnswer]]:
    day = released.questions.as_of or course.settings().reviewed_on
    for name, answer in answers.items():
        question = released.obscured[name]
        scored = score(question, answer, day)
        if scored.reason not in _NO_ANSWER:
            several = types.type_of(question).has_options and isinstance(answer, list)
            compared = _same(sorted(answer, key=str) if several else answer)
            yield name, ComparedAnswer(compared, reaches(scored.fraction, 1))


def _same(answer: Any) -> str:
    """Return an answer as a string for comparison, which ignores differences in typing."""
    return fold(answer) if isinstance(answer, str) else fold(json.dumps(answer, ensure_ascii=False, sort_keys=True))


def long_texts(name: str, answer: Any) -> Iterator[tuple[str, str]]:
    """Yield a name and the text of each long prose answer; each field of a form is treated separately."""
    if isinstance(answer, dict):
        for part, inner in answer.items():
            yield from long_texts(f"{name} {part}", inner)
    elif isinstance(answer, str) and len(answer) >= alike_words.LONG:
        yield name, answer


def _cells(unit: str, code: str, released: Released) -> dict[str, str]:
    """Return the trainee's code for each question that is answered by code, without the lines that were released."""
    asked = {
        name + WORK_CELL: name for name, question in released.obscured.items() if types.type_of(question).from_code
    }
    if not asked:
        return {}
    notebook = read_notebook(gradebook.folder(course.SUBMITTED) / code / unit / f"{unit}.ipynb")
    released_lines = {line.strip() for cell in released.notebook["cells"] for line in source_of(cell).splitlines()}
    code_by_question = {}
    for cell in notebook["cells"]:
        if name := asked.get(grade_id(cell) or ""):
            own = [line for line in source_of(cell).splitlines() if line.strip() not in released_lines]
            code_by_question[name] = "\n".join(own) + "\n"
    return code_by_question


def public_words(unit: str) -> str:
    """Return all text available to every trainee: the exercise, the lessons and the register of law."""
    texts = [versions.released(unit, version).sheet.decode("utf-8") for version in versions.versions(unit)]
    with contextlib.suppress(KitError):
        texts += [item.title for item in law.all_documents().values()]
        texts += [f"{item.quote} {item.summary}" for periods in law.all_provisions().values() for item in periods]
    for path in (*course.lessons(), *sorted(course.exercise_folder(unit).glob("*.ipynb"))):
        with contextlib.suppress(KitError):
            texts += map(source_of, read_notebook(path)["cells"])
    return "\n".join(texts)
