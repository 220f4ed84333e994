"""Define ``numeric`` questions, which are answered with a number typed in Vietnamese notation."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from html import escape
from xml.etree import ElementTree as ET

from buuchinh.messages import say
from buuchinh.questions import moodle_question as moodle
from buuchinh.questions.keys import Feedback
from buuchinh.questions.moodle_question import MoodleQuestion
from buuchinh.questions.question_type import QuestionType
from buuchinh.questions.types.numeric import model
from buuchinh.questions.types.numeric.score import score
from buuchinh.text import format_number


class NumericType(QuestionType):
    """The type of questions that are answered with a number, with or without a unit of measure."""

    name = "numeric"
    place = 40
    public = model.Numeric
    authored = model.NumericQuestion
    field = model.NumericField
    short = True
    may_stand_in_exam = True
    typed = True
    score_by_key = staticmethod(score)

    def render_for_judges(self, question: model.NumericField) -> str:
        """Return the unit of measure, or "" if the number has none."""
        return question.unit or ""

    def render_key_for_judges(self, question: model.NumericField, key: model.NumericKey) -> Iterator[str]:
        """Yield the right number as plain text."""
        yield format_number(key.correct)

    def moodle(self, question: model.NumericField, key: model.NumericKey) -> MoodleQuestion:
        """Return a numerical question; any other number than the right one and the known slips gets the general words.

        Moodle takes the first answer that fits, so the order is that of scoring here.
        """
        tolerance = key.tolerance * abs(key.correct) if key.relative else key.tolerance
        parts = [_number(_digits(key.correct), 100, tolerance, key.feedback.right)]
        parts += [_number(_digits(slip.value), 0, slip.tolerance, slip.feedback) for slip in key.mistakes]
        parts.append(_number("*", 0, 0, key.feedback.wrong))
        units = [unit for unit in (question.unit, *question.units) if unit]
        if units:
            known = ET.Element("units")
            for name in dict.fromkeys(units):
                unit = ET.SubElement(known, "unit")
                unit.extend([moodle.value("multiplier", 1), moodle.value("unit_name", name)])
            parts.append(known)
        showing = 0 if units else 3
        parts += [moodle.value("unitgradingtype", 0), moodle.value("showunits", showing), moodle.value("unitsleft", 0)]
        below = f"<p>{escape(say('lms.moodle.unit', unit=question.unit))}</p>" if question.unit else ""
        right = f"{format_number(key.correct)} {escape(question.unit or '')}".strip()
        explained = moodle.remarks({right: key.feedback.right})
        ranged = question.minimum is not None or question.maximum is not None
        lost = (say("lms.moodle.range"),) if ranged else ()
        return MoodleQuestion("numerical", tuple(parts), explained, below, lost)


def _number(text: str, fraction: int, tolerance: float, feedback: Feedback) -> ET.Element:
    element = moodle.answer(moodle.plain("answer", text), fraction, feedback)
    element.append(moodle.value("tolerance", _digits(tolerance)))
    return element


def _digits(number: float) -> str:
    """Return a number with a decimal point and without an exponent."""
    text = f"{Decimal(repr(number)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


TYPE = NumericType()
