"""Define ``ordering`` questions, in which trainees put items in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from buuchinh.messages import say
from buuchinh.questions import moodle_question as moodle
from buuchinh.questions.answer_lines import AnswerLine, bulleted, line_of, text_of
from buuchinh.questions.markup import bullets, inline
from buuchinh.questions.moodle_question import MoodleQuestion
from buuchinh.questions.question_type import QuestionType, Remarks
from buuchinh.questions.types.ordering import model
from buuchinh.questions.types.ordering.score import score


class OrderingType(QuestionType):
    """The type of questions whose items are to be put in order."""

    name = "ordering"
    place = 50
    public = model.Ordering
    authored = model.OrderingQuestion
    in_parts = True
    field = model.OrderingField
    short = True
    may_stand_in_exam = True
    score_by_key = staticmethod(score)
    rearrange = staticmethod(model.rearrange)

    def static_html(self, question: Mapping[str, Any], words: Mapping[str, Any]) -> str:
        """Return the items as an HTML list."""
        return bullets(item["text"] for item in question["items"])

    def render_answer(
        self, question: model.OrderingField, answer: Any, remarks: Remarks, parts: Mapping[str, Any]
    ) -> list[AnswerLine]:
        """Return a numbered line for each item, in the order of the answer."""
        items = (f"{place}. {text_of(question.items, remark['on'])}" for place, remark in enumerate(remarks, 1))
        return list(map(line_of, items, remarks))

    def render_for_judges(self, question: model.OrderingField) -> str:
        """Return the items as a bulleted list in plain text."""
        return bulleted(question.items)

    def render_key_for_judges(self, question: model.OrderingField, key: model.OrderingKey) -> Iterator[str]:
        """Return the items in their right order, each as a numbered line of plain text."""
        return (f"{place}. {text_of(question.items, item_id)}" for place, item_id in enumerate(key.correct, 1))

    def moodle(self, question: model.OrderingField, key: model.OrderingKey) -> MoodleQuestion:
        """Return an ordering question (in Moodle since 4.4), in which an answer's fraction is its place.

        Moodle too gives the share of items in their right place. It has no feedback on an item here.
        """
        settings = {
            "layouttype": "VERTICAL",
            "selecttype": "ALL",
            "selectcount": 0,
            "gradingtype": "ABSOLUTE_POSITION",
            "showgrading": "SHOW",
            "numberingstyle": "none",
        }
        texts = {item_id: inline(text_of(question.items, item_id)) for item_id in key.correct}
        parts = [moodle.value(name, setting) for name, setting in settings.items()]
        parts += [moodle.answer(moodle.html("answer", text), place) for place, text in enumerate(texts.values(), 1)]
        explained = moodle.remarks({text: key.feedback[item_id] for item_id, text in texts.items()}, ordered=True)
        lost = (say("lms.moodle.wrong_places"),) if key.early or key.late else ()
        return MoodleQuestion("ordering", tuple(parts), explained, lost=lost)


TYPE = OrderingType()
