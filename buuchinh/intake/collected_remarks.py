"""List trainees' remarks on questions for the course author: grouped by question, without names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.files import read_json
from buuchinh.messages import say
from buuchinh.questions import question_remarks
from buuchinh.questions.question_remarks import QuestionRemark
from buuchinh.text import visible


def latest() -> list[QuestionRemark]:
    """Return each trainee's latest remark on each question from all imported submissions, except withdrawn remarks."""
    last: dict[tuple[str, str], QuestionRemark] = {}
    for path in sorted((course.root() / course.ATTEMPTS).glob(f"*/*/*/{course.COLLECTED}")):
        try:
            collected = read_json(path)
        except (KitError, OSError):
            continue
        code = path.parent.parent.name
        for remark in question_remarks.read(collected.get("remarks") if isinstance(collected, Mapping) else None):
            earlier = last.get((code, remark.question))
            if earlier is None or earlier.at <= remark.at:
                last[code, remark.question] = remark
    return question_remarks.active_remarks(last.values())


def lines(remarks: Iterable[QuestionRemark]) -> list[str]:
    """Return the lines of a report: a heading for each question, followed by the remarks on it.

    The question with the most remarks comes first.
    """
    by_question: dict[str, list[QuestionRemark]] = {}
    for remark in remarks:
        by_question.setdefault(remark.question, []).append(remark)
    report = []
    for question, of_question in sorted(by_question.items(), key=lambda item: (-len(item[1]), item[0])):
        report.append(say("intake.remarks.question", id=question, count=len(of_question)))
        texts = dict.fromkeys(remark.text for remark in sorted(of_question, key=lambda remark: remark.at))
        report += [f"  {visible(text)}" for text in texts]
    return report
