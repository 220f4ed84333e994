"""Apply lint rules to questions, lessons and the course; each rule has an id and a stated reason.

A question waives a rule with ``lint_ok: {rule-id: reason}``. A lesson cell waives it with the comment ``<!-- lint_ok:
rule-id: reason -->``.

Messages and reasons are in ``messages/vi/authoring.toml``; the words and patterns that rules look for are in
``words.toml`` beside this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Literal

from buuchinh import course
from buuchinh.authoring.coverage import SentenceCoverage
from buuchinh.authoring.lint import (
    bank_rules,
    basis,
    drawing_rules,
    duties,
    feedback_rules,
    language,
    people,
    quotations,
    scenario_rules,
    spelling,
    template_rules,
    text_cell_rules,
    tries,
    whole_course,
    whole_lesson,
    wording_rules,
)
from buuchinh.authoring.lint.item import Item, ItemFault, items
from buuchinh.authoring.lint.text_cell_rules import faults as cell_faults
from buuchinh.authoring.lint.whole_lesson import Lesson
from buuchinh.authoring.lint.wordlists import words as word_list
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say, section
from buuchinh.questions.authored import QuestionFile, asked_as


def vague_verbs() -> list[str]:
    """Return the verbs that a learning objective must not use because they name nothing observable."""
    return word_list("vague-verb", "verbs")


ITEM_RULES = {
    **wording_rules.RULES,
    **feedback_rules.RULES,
    **language.RULES,
    **spelling.RULES,
    **people.RULES,
    **scenario_rules.RULES,
    **basis.RULES,
    **duties.RULES,
    **quotations.RULES,
    **drawing_rules.RULES,
    **template_rules.RULES,
}

__all__ = [
    "ITEM_RULES",
    "Item",
    "Lesson",
    "bank_faults",
    "cell_faults",
    "course_faults",
    "coverage_faults",
    "exercise_faults",
    "item_faults",
    "items",
    "lesson_faults",
    "path_faults",
    "reasons",
    "sheet_faults",
    "tries",
    "vague_verbs",
]


def reasons() -> dict[str, str]:
    """Map the id of every rule to its reason, in the order of the messages file."""
    return {
        name: words["why"]
        for name, words in section("authoring.lint").items()
        if isinstance(words, dict) and "why" in words
    }


def item_faults(items: Iterable[Item]) -> Iterator[Problem]:
    """Yield a problem for each rule that a question breaks without waiving it.

    A fault shared by several variants is reported only for the first. Waivers of unknown rules, and of rules that no
    variant breaks, are reported too.
    """
    reported: set[tuple[object, ...]] = set()
    answered: dict[str, tuple[Item, set[str]]] = {}
    for item in items:
        _, needed = answered.setdefault(asked_as(item.question), (item, set()))
        for rule, fault in _broken(item):
            if rule in item.question.lint_ok:
                needed.add(rule)
                continue
            breach = (asked_as(item.question), rule, fault.steps, tuple(fault.values.values()))
            if breach not in reported:
                reported.add(breach)
                words = say(
                    "authoring.lint.in_item",
                    id=item.id,
                    words=say(f"authoring.lint.{rule}.says", **fault.values),
                    rule=rule,
                )
                way_out = f"{say(f'authoring.lint.{rule}.way_out')} {say('authoring.lint.answer', rule=rule)}"
                yield Problem(item.path, item.line(fault.steps), words, way_out, level=fault.level)
    for name, (item, needed) in answered.items():
        for rule in item.question.lint_ok.keys() - needed:
            line = item.line((*item.place, "lint_ok", rule))
            if rule in ITEM_RULES:
                yield Problem(item.path, line, f"{name}: {say('authoring.lint.needless', rule=rule)}", level="warning")
            else:
                yield Problem(item.path, line, f"{name}: {say('authoring.lint.unknown_rule', rule=rule)}")


def _broken(item: Item) -> Iterator[tuple[str, ItemFault]]:
    for rule, check in ITEM_RULES.items():
        with suppress(KitError):  # datasets.check reports an unreadable table
            yield from ((rule, fault) for fault in check(item))


def lesson_faults(lesson: Lesson) -> Iterator[Problem]:
    """Yield a problem for each rule on whole lessons that ``lesson`` breaks without waiving it."""
    answered_anywhere = {rule for cell in lesson.texts() for rule in text_cell_rules.answered(cell)}
    for fault in whole_lesson.faults(lesson):
        if fault.cell is None:
            if fault.rule not in answered_anywhere:
                yield _of_the_whole("lessons", fault.rule, name=lesson.path.name, **fault.values)
        elif not text_cell_rules.answered(fault.cell).get(fault.rule):
            words = say(f"authoring.lint.{fault.rule}.says", **fault.values)
            answer = "answer_in_cell" if fault.cell.kind == "markdown" else "answer_in_code"
            way_out = (
                f"{say(f'authoring.lint.{fault.rule}.way_out')} {say(f'authoring.lint.{answer}', rule=fault.rule)}"
            )
            message = say("authoring.lint.in_lesson", words=words, rule=fault.rule)
            yield Problem(fault.cell.place(1), 0, message, way_out)


def course_faults(all_lessons: Sequence[Lesson], items: Sequence[Item], exercises: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each broken rule on the whole course; ``exercises`` names the units that have a source."""
    for fault in whole_course.faults(all_lessons, items, exercises):
        yield _of_the_whole(fault.path, fault.rule, **fault.values)


def sheet_faults(text: str, shown: str) -> Iterator[Problem]:
    """Yield a problem for each rule that a printable sheet breaks; ``text`` is its HTML, ``shown`` its display path."""
    return map(_of_a_file, whole_course.sheet_faults(text, shown))


def exercise_faults(unit: str, file: QuestionFile) -> Iterator[Problem]:
    """Yield a problem for each rule on the order of cells that exercise ``unit`` breaks in its notebook."""
    return map(_of_a_file, whole_course.exercise_faults(unit, file))


def _of_a_file(fault: whole_course.CourseFault) -> Problem:
    words = say(f"authoring.lint.{fault.rule}.says", **fault.values)
    message = say("authoring.lint.in_lesson", words=words, rule=fault.rule)
    return Problem(fault.path, 0, message, say(f"authoring.lint.{fault.rule}.way_out"))


def bank_faults(all_items: Sequence[Item], objectives: Iterable[str]) -> list[Problem]:
    """Return a problem for each rule that the course's questions, taken together, break."""
    return [
        _of_the_whole("datasets/questions", fault.rule, **fault.values)
        for fault in bank_rules.faults(all_items, objectives)
    ]


def coverage_faults(sentences: Iterable[SentenceCoverage]) -> list[Problem]:
    """Return a problem for each sentence of the source article that is taught too little.

    Each sentence must be taught by a lesson, a graded question and a practice question; some sentences also have
    minimums on the learning path of counter staff.
    """
    return [
        _of_the_whole("datasets/coverage/sentences.csv", rule, id=sentence.id, lacks=", ".join(lacks))
        for sentence in sentences
        for rule, lacks in (("sentence-taught", sentence.lacks()), ("sentence-staff", sentence.staff.lacks()))
        if lacks
    ]


def path_faults(broken: Iterable[tuple[str, Mapping[str, str]]]) -> list[Problem]:
    """Return a problem for each of the ``broken`` rules on learning paths, given as ``(rule, values)``.

    The optional value ``file`` is the file that the problem names; the default is ``course.toml``.
    """
    return [_of_the_whole(values.get("file", course.SETTINGS), rule, **values) for rule, values in broken]


def _of_the_whole(path: str, rule: str, /, **values: object) -> Problem:
    """Return a problem with the whole course: an error if ``course.toml`` calls it complete, or else a warning."""
    words = say("authoring.lint.in_bank", words=say(f"authoring.lint.{rule}.says", **values), rule=rule)
    level: Literal["error", "warning"] = "error" if course.settings().complete else "warning"
    return Problem(path, 0, words, say(f"authoring.lint.{rule}.way_out", **values), level=level)
