"""Define the base class of the question types answered by choosing options.

These types are ``single``, ``multiple``, ``picture`` and ``mark``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from buuchinh.messages import say
from buuchinh.questions import moodle_question as moodle
from buuchinh.questions import offers
from buuchinh.questions.answer_lines import AnswerLine, bulleted, of_chosen
from buuchinh.questions.arrangement import Arrangement, rename_choice_keys
from buuchinh.questions.markup import bullets, inline
from buuchinh.questions.moodle_question import MoodleQuestion
from buuchinh.questions.offers import Offer
from buuchinh.questions.question_type import QuestionType, Remarks


class ChoosingType(QuestionType):
    """A question type with ``options``; a key's ``correct`` is the id of the right option or a list of right ids."""

    short = True
    may_stand_in_exam = True
    has_options = True

    def rearrange(self, question: dict[str, Any], arrangement: Arrangement) -> None:
        """Put the options in published order and replace their ids by published ones, including the ids in the keys."""
        question["options"] = arrangement.ordered("options", question["options"])
        rename_choice_keys(question["keys"], arrangement, "options")

    def static_html(self, question: Mapping[str, Any], words: Mapping[str, Any]) -> str:
        """Return the options as an HTML list."""
        return bullets(option["text"] for option in question["options"])

    def render_answer(self, question: Any, answer: Any, remarks: Remarks, parts: Mapping[str, Any]) -> list[AnswerLine]:
        """Return a line for each chosen option."""
        return of_chosen(question.options, remarks)

    def render_for_judges(self, question: Any) -> str:
        """Return the options as a bulleted list in plain text."""
        return bulleted(question.options)

    def render_key_for_judges(self, question: Any, key: Any) -> Iterator[str]:
        """Return the text of each right option."""
        right = {key.correct} if isinstance(key.correct, str) else set(key.correct)
        return (option.text for option in question.options if option.id in right)

    def offers(self, question: Any, key: Any) -> Iterator[Offer]:
        """Yield a single offer that holds all options and tells which of them are right."""
        return offers.of_options(question, key)

    def moodle(self, question: Any, key: Any) -> MoodleQuestion:
        """Return a multiple-choice question; of several right options each earns its share, and a wrong one costs it.

        Moodle adds the shares and gives at least 0, as the kit does.
        """
        one = isinstance(key.correct, str)
        right = (key.correct,) if one else key.correct
        earns = moodle.share(len(right))
        costs = "0" if one else f"-{earns}"
        lost: tuple[str, ...] = ()
        if not one and question.all_or_nothing:
            costs, lost = "-100", (say("lms.moodle.all_or_nothing"),)
        parts = [
            moodle.value("single", "true" if one else "false"),
            moodle.value("shuffleanswers", "1"),
            moodle.value("answernumbering", "abc"),
        ]
        parts += [
            moodle.answer(
                moodle.html("answer", inline(option.text)),
                earns if option.id in right else costs,
                key.feedback[option.id],
            )
            for option in question.options
        ]
        explained = moodle.remarks(
            {inline(one.text): key.feedback[one.id] for one in question.options if one.id in right}
        )
        return MoodleQuestion("multichoice", tuple(parts), explained, lost=lost)
