"""Count how often the learning path of counter staff covers each sentence of the source article.

A sentence marked ``staff`` in its table must be taught in at least one unfolded lesson cell and in at least ``LEAST``
graded items. Items in the exam pool are confidential, so they are counted but never named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from buuchinh import course
from buuchinh.authoring.mentions import cells
from buuchinh.exam import blueprint, exam_groups, item_pool
from buuchinh.messages import say
from buuchinh.questions import question_bank
from buuchinh.questions.authored import asked_as

LEAST = 2
"""Minimum number of graded items for a sentence that the staff's path must cover."""
TAG = "nguon-"
"""Prefix of a cell tag that names a sentence, as in ``nguon-s03``."""


@dataclass(frozen=True)
class StaffCoverage:
    """The coverage of one sentence on the staff's path.

    ``screens`` lists a lesson (``l05``) once for each unfolded cell that teaches the sentence, and ``exercises`` lists
    the ids of graded items. ``pool`` is the number of items that the staff's exam may draw. ``needed`` says whether the
    sentence must be covered.
    """

    screens: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()
    pool: int = 0
    needed: bool = False

    def lacks(self) -> list[str]:
        """Return phrases that name what a needed sentence has too little of, or an empty list if it is covered."""
        if not self.needed:
            return []
        graded = len(self.exercises) + self.pool
        lacking = [] if self.screens else [say("authoring.coverage.lacks_screen")]
        return lacking + ([say("authoring.coverage.lacks_items", count=graded, least=LEAST)] if graded < LEAST else [])


def staff_coverage(needed: Iterable[str]) -> dict[str, StaffCoverage]:
    """Map the id of each sentence that is on the staff's path or in ``needed`` to the sentence's coverage.

    Raise ``KitError`` if a file cannot be read.
    """
    path = course.settings().paths.get("staff", ())
    screens: dict[str, list[str]] = {}
    for lesson in course.lessons():
        name = f"l{course.lesson_number(lesson)}"
        if name in path:
            for cell in cells(lesson):
                for tag in cell.tags:
                    if cell.core and tag.startswith(TAG):
                        screens.setdefault(tag.removeprefix(TAG), []).append(name)
    exercises: dict[str, dict[str, None]] = {}
    for unit in filter(course.is_exercise, path):
        source = course.source_folder(unit) / course.QUESTIONS
        for question in question_bank.load(source).questions if source.is_file() else ():
            for sentence in () if question.retired else question.teaches:
                exercises.setdefault(sentence, {})[asked_as(question)] = None
    drawn = _pool()
    must = set(needed)
    return {
        sentence: StaffCoverage(
            screens=tuple(screens.get(sentence, ())),
            exercises=tuple(exercises.get(sentence, ())),
            pool=drawn[sentence],
            needed=sentence in must,
        )
        for sentence in sorted({*screens, *exercises, *drawn, *must})
    }


def _pool() -> Counter[str]:
    """Return, for each sentence, the number of items that the staff's exam may draw; variants count as one item."""
    staff = next(group for group in exam_groups.GROUPS if group.id == "staff")
    if staff not in blueprint.written():
        return Counter()
    slots = blueprint.load(staff)
    eligible = {
        (sentence, item.family)
        for item in item_pool.load()
        if not item.question.retired and any(slot.fits(item.question) for slot in slots)
        for sentence in item.question.teaches
    }
    return Counter(sentence for sentence, _ in eligible)
