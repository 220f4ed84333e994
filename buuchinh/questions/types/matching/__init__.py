"""Define ``matching`` questions, in which trainees pair each entry on the left with an entry on the right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from buuchinh.messages import say
from buuchinh.questions import moodle_question as moodle
from buuchinh.questions.answer_lines import AnswerLine, line_of, text_of
from buuchinh.questions.markup import bullets, inline
from buuchinh.questions.moodle_question import MoodleQuestion
from buuchinh.questions.question_type import QuestionType, Remarks
from buuchinh.questions.types.matching import model
from buuchinh.questions.types.matching.score import score


class MatchingType(QuestionType):
    """The type of questions in which each entry on the left is paired with an entry on the right."""

    name = "matching"
    place = 60
    public = model.Matching
    authored = model.MatchingQuestion
    in_parts = True
    field = model.MatchingField
    short = True
    may_stand_in_exam = True
    score_by_key = staticmethod(score)
    rearrange = staticmethod(model.rearrange)
    left_open = staticmethod(model.left_open)

    def static_html(self, question: Mapping[str, Any], words: Mapping[str, Any]) -> str:
        """Return both sides as HTML lists, the left one first."""
        return "".join(bullets(entry["text"] for entry in question[side]) for side in ("left", "right"))

    def render_answer(
        self, question: model.MatchingField, answer: Any, remarks: Remarks, parts: Mapping[str, Any]
    ) -> list[AnswerLine]:
        """Return a line for each chosen pair."""
        return [line_of(_pair(question, remark["on"], answer.get(remark["on"], "")), remark) for remark in remarks]

    def render_for_judges(self, question: model.MatchingField) -> str:
        """Return two lines of plain text: the entries on the left, then those on the right."""
        return "\n".join(" | ".join(entry.text for entry in side) for side in (question.left, question.right))

    def render_key_for_judges(self, question: model.MatchingField, key: model.MatchingKey) -> Iterator[str]:
        """Return each right pair as plain text."""
        return (_pair(question, left, right) for left, right in key.correct.items())

    def moodle(self, question: model.MatchingField, key: model.MatchingKey) -> MoodleQuestion:
        """Return a matching question; an entry on the right that serves nowhere is an answer to an empty question.

        Moodle has no feedback on a pair, so it goes into the general feedback.
        """
        parts = [moodle.value("shuffleanswers", "1")]
        pairs = [(inline(entry.text), text_of(question.right, key.correct[entry.id])) for entry in question.left]
        pairs += [("", entry.text) for entry in question.right if entry.id not in key.correct.values()]
        for left, right in pairs:
            parts.append(moodle.html("subquestion", left))
            parts[-1].append(moodle.plain("answer", right))
        remarks = {inline(_pair(question, entry.id, key.correct[entry.id])): entry.id for entry in question.left}
        explained = moodle.remarks({pair: key.feedback[left] for pair, left in remarks.items()})
        lost = (say("lms.moodle.wrong_places"),) if key.chosen else ()
        return MoodleQuestion("matching", tuple(parts), explained, lost=lost)


def _pair(question: model.MatchingField, left: str, right: str) -> str:
    return f"{text_of(question.left, left)} → {text_of(question.right, right)}"


TYPE = MatchingType()
