"""What trainees say of questions, as it was kept with their hand-ins: for the author, by question, without names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_json
from buuchinh.messages import say
from buuchinh.questions import question_remarks
from buuchinh.questions.question_remarks import QuestionRemark
from buuchinh.text import visible


def kept() -> list[QuestionRemark]:
    """Return the last line of each person on each question, of all hand-ins that were taken, as it stands now."""
    last: dict[tuple[str, str], QuestionRemark] = {}
    for path in sorted((course.root() / course.ATTEMPTS).glob(f"*/*/*/{course.COLLECTED}")):
        try:
            told = read_json(path)
        except (KitError, OSError):
            continue
        code = path.parent.parent.name
        for one in question_remarks.read(told.get("remarks") if isinstance(told, Mapping) else None):
            earlier = last.get((code, one.question))
            if earlier is None or earlier.at <= one.at:
                last[code, one.question] = one
    return question_remarks.active_remarks(last.values())


def lines(said: Iterable[QuestionRemark]) -> list[str]:
    """Return a heading for each question, those with the most remarks first, and what was said of it."""
    by_question: dict[str, list[QuestionRemark]] = {}
    for one in said:
        by_question.setdefault(one.question, []).append(one)
    found = []
    for question, those in sorted(by_question.items(), key=lambda item: (-len(item[1]), item[0])):
        found.append(say("intake.remarks.question", id=question, count=len(those)))
        texts = dict.fromkeys(one.text for one in sorted(those, key=lambda one: one.at))
        found += [f"  {visible(text)}" for text in texts]
    return found
