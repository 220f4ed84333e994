"""Define the base class of question types: class attributes describe traits, and methods implement behaviour.

Each folder in ``types/`` defines a subclass and one instance of it, named ``TYPE``. Other packages never test for a
particular type; they read a trait or call a method. The methods of the base class implement the behaviour of most
types.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from buuchinh.messages import say
from buuchinh.questions import answer_lines, reading_load
from buuchinh.questions.moodle_question import MoodleQuestion, NotForMoodle
from buuchinh.questions.scored import Score, is_empty

if TYPE_CHECKING:
    from buuchinh.questions.answer_lines import AnswerLine
    from buuchinh.questions.arrangement import Arrangement
    from buuchinh.questions.asked import Asked
    from buuchinh.questions.offers import Offer
    from buuchinh.questions.reading_load import ReadingLoad

Remarks = Sequence[Mapping[str, Any]]
"""The remarks of a score in JSON form (``Remark.as_json``)."""


class QuestionType:
    """The base class of question types; an instance describes one type and holds no question."""

    name: ClassVar[str]
    """The name of the type's folder, and the value of the field ``type`` in its questions."""
    place: ClassVar[int]
    """The position of the type in displayed lists, smallest first; ties are sorted by name."""

    public: ClassVar[type[Asked]]
    """The pydantic model of published questions, which has no field for a key."""
    authored: ClassVar[type[Asked]]
    """The pydantic model of authored questions, with keys and notes."""
    field: ClassVar[type[Asked] | None] = None
    """The pydantic model of an authored field within a form, or None if the type cannot be used in a form."""

    scored: ClassVar[bool] = True
    """Whether answers earn points."""
    short: ClassVar[bool] = False
    """Whether a question is answered in about a minute, and is therefore suitable for follow-up packs."""
    may_stand_in_exam: ClassVar[bool] = False
    """Whether questions are scored automatically and answered without code, and may therefore be used in exams."""
    has_options: ClassVar[bool] = False
    """Whether the answer is one option or several."""
    typed: ClassVar[bool] = False
    """Whether the answer is typed."""
    in_parts: ClassVar[bool] = False
    """Whether a part of the points can be earned where the machine scores."""
    from_code: ClassVar[bool] = False
    """Whether the answer consists of ``values`` that code submits."""

    inner: ClassVar[str | None] = None
    """The name of the field with nested questions (``fields`` of a form), or None if there are none."""
    authors_fields: ClassVar[frozenset[str]] = frozenset()
    """Fields of the type that are never published."""
    filled_in: ClassVar[frozenset[str]] = frozenset()
    """Fields that are filled in when the file is read, not written by authors."""
    read_fields: ClassVar[frozenset[str]] = frozenset()
    """Fields with text for trainees, besides stem, title, text and feedback."""

    @property
    def may_stand_in_form(self) -> bool:
        """Whether a form may have a field of this type."""
        return self.field is not None

    def score(self, question: Any, answer: Any, day: date, /) -> Score:
        """Return the score by the key in force on ``day``, with that key's provisions and sources; never raise.

        A type without keys of its own overrides this method; all other types override ``score_by_key``.
        """
        key = question.key_on(day)
        if key is None:
            return Score(0.0, "no_key")
        earned = Score(0.0, "missing") if is_empty(answer) else self.score_by_key(question, key, answer)
        return replace(earned, provisions=key.provisions, sources=key.sources)

    def score_by_key(self, question: Any, key: Any, answer: Any, /) -> Score:
        """Return the score of a non-empty answer by ``key``; an answer that cannot be scored gets 0 and a reason."""
        raise NotImplementedError

    def rearrange(self, question: dict[str, Any], arrangement: Arrangement) -> None:
        """Give ``question`` (in JSON form, with keys) its published option order and ids, in place."""

    def left_open(self, question: Any, answer: Any) -> bool:
        """Whether an answer to a published question is incomplete."""
        return False

    def static_html(self, question: Mapping[str, Any], words: Mapping[str, Any]) -> str:
        """Return the options of a published question (in JSON form) as static HTML, for display without scripts.

        ``words`` holds the front end's interface text.
        """
        return ""

    def render_answer(self, question: Any, answer: Any, remarks: Remarks, parts: Mapping[str, Any]) -> list[AnswerLine]:
        """Return the lines that show an answer; ``remarks`` and ``parts`` come from the JSON form of its score.

        By default, each remark gets a line that shows the written answer.
        """
        return answer_lines.of_written(answer, remarks)

    def stem_for_judges(self, question: Any) -> str:
        """Return the stem as plain text for a standard setting, whose judges use a spreadsheet without pictures."""
        return str(question.stem)

    def render_for_judges(self, question: Any) -> str:
        """Return the options as plain text for one spreadsheet cell, for the judges of a standard setting."""
        return ""

    def render_key_for_judges(self, question: Any, key: Any) -> Iterable[str]:
        """Return the text of each option that is right by ``key``."""
        return ()

    def offers(self, question: Any, key: Any) -> Iterable[Offer]:
        """Return the groups of options and which of them are right, as input for the rules of the ``check`` command."""
        return ()

    def reading(self, question: Any, key: Any) -> ReadingLoad:
        """Return the reading load of a question; if ``key`` is None, feedback is left out."""
        return reading_load.of_one(question, key)

    def moodle(self, question: Any, key: Any) -> MoodleQuestion:
        """Return the question as Moodle's question bank holds it; raise ``NotForMoodle`` if it cannot."""
        raise NotForMoodle(say("lms.moodle.no_type"))

    def files(self, question: Any) -> Iterable[str]:
        """Return the names of the files that a question uses, as its author wrote them."""
        return ()

    def by_hand(self, question: Any) -> bool:
        """Whether the question is graded manually."""
        return False

    def is_task(self, question: Any) -> bool:
        """Whether a question is graded manually together with the notebook cells around it."""
        return False

    def needs_story(self, question: Any) -> bool:
        """Whether the stem has to describe a case and may therefore be long."""
        return False
