"""Define ``text`` questions, whose written answers are compared automatically or graded manually."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from buuchinh.messages import say
from buuchinh.questions import moodle_question as moodle
from buuchinh.questions.markup import bullets, paragraphs
from buuchinh.questions.moodle_question import MoodleQuestion, NotForMoodle
from buuchinh.questions.question_type import QuestionType
from buuchinh.questions.types.text import model
from buuchinh.questions.types.text.score import score
from buuchinh.text import fold, format_number


class TextType(QuestionType):
    """The type of questions that are answered in writing."""

    name = "text"
    place = 70
    public = model.TextEntry
    authored = model.TextQuestion
    field = model.TextField
    typed = True
    score_by_key = staticmethod(score)

    def by_hand(self, question: model.TextEntry) -> bool:
        """Whether the author requires manual grading."""
        return question.manual

    def is_task(self, question: model.TextEntry) -> bool:
        """Whether the author requires manual grading together with the notebook cells around the question."""
        return question.task

    def needs_story(self, question: model.TextEntry) -> bool:
        """Whether the answer is graded manually, in which case the stem may describe a case at length."""
        return question.manual

    def moodle(self, question: model.TextField, key: model.TextKey) -> MoodleQuestion:
        """Return an essay with the rubric for its graders or, where wordings are compared, a short answer."""
        if question.task:
            raise NotForMoodle(say("lms.moodle.task"))
        return _essay(question, key) if question.manual else _short_answer(question, key)


def _essay(question: model.TextField, key: model.TextKey) -> MoodleQuestion:
    lines = [f"{line.text} ({say('lms.moodle.points', points=format_number(line.points))})" for line in key.lines]
    model_answer = f"{say('lms.moodle.model_answer')}\n{key.model_answer}" if key.model_answer else ""
    graders = paragraphs(key.rubric or "") + bullets(lines) + paragraphs(model_answer)
    settings = {"responseformat": "editor", "responserequired": 1, "attachments": 0, "attachmentsrequired": 0}
    parts = [moodle.value(name, setting) for name, setting in settings.items()]
    parts += [moodle.value("responsefieldlines", max(5, question.lines)), moodle.html("graderinfo", graders)]
    return MoodleQuestion("essay", (*parts, moodle.html("responsetemplate", "")))


def _short_answer(question: model.TextField, key: model.TextKey) -> MoodleQuestion:
    """Return a short answer; Moodle compares letter by letter, so each wording stands with and without its marks."""
    assert key.feedback
    wordings = dict.fromkeys(_spellings(question, key.correct), (100, key.feedback.right))
    for slip in key.mistakes:
        wordings |= {text: (0, slip.feedback) for text in _spellings(question, [slip.text]) if text not in wordings}
    answers = [
        moodle.answer(moodle.plain("answer", text.replace("*", r"\*")), *earned) for text, earned in wordings.items()
    ]
    answers.append(moodle.answer(moodle.plain("answer", "*"), 0, key.feedback.wrong))
    lost = () if question.marks else (say("lms.moodle.half_marked"),)
    parts = (moodle.value("usecase", 0), *answers)
    explained = moodle.remarks({escape(key.correct[0]): key.feedback.right})
    return MoodleQuestion("shortanswer", parts, explained, lost=lost)


def _spellings(question: model.TextField, texts: Iterable[str]) -> list[str]:
    """Return the wordings that Moodle is to accept, each once."""
    return list(dict.fromkeys(text for one in texts for text in ((one,) if question.marks else (one, fold(one)))))


TYPE = TextType()
