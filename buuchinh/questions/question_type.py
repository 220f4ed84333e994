"""The base class of question types: class attributes for traits, methods for what other rooms ask of a type.

Each folder of ``types/`` has a subclass and one ``TYPE`` of it. Another room never asks which type a question is; it
asks for a trait or calls a method. Where most types do nothing, so does the method here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from buuchinh.questions import answer_lines, reading_load
from buuchinh.questions.scored import Score, is_empty

if TYPE_CHECKING:
    from buuchinh.questions.answer_lines import AnswerLine
    from buuchinh.questions.arrangement import Arrangement
    from buuchinh.questions.asked import Asked
    from buuchinh.questions.offers import Offer
    from buuchinh.questions.reading_load import ReadingLoad

Remarks = Sequence[Mapping[str, Any]]
"""Remarks of a score in JSON form (``Remark.as_json``)."""


class QuestionType:
    """One type of question."""

    name: ClassVar[str]
    """The name of the folder, and the value of the field ``type`` in a question."""
    place: ClassVar[int]
    """Where the type stands in lists that people see, smallest first; equal places go by name."""

    public: ClassVar[type[Asked]]
    """The pydantic model that goes out: it has no field for a key."""
    authored: ClassVar[type[Asked]]
    """The author's model, with keys and notes."""
    field: ClassVar[type[Asked] | None] = None
    """The author's model of a field within a form; None where the type may not be one."""

    scored: ClassVar[bool] = True
    """Whether there are points."""
    short: ClassVar[bool] = False
    """Whether it is answered in a minute, so that follow-up packs hold it."""
    may_stand_in_exam: ClassVar[bool] = False
    """Whether a machine alone scores it and it is answered without code."""
    has_options: ClassVar[bool] = False
    """Whether the answer is one option or several."""
    typed: ClassVar[bool] = False
    """Whether the answer is typed."""
    from_code: ClassVar[bool] = False
    """Whether it is answered by ``values`` that code hands in."""

    inner: ClassVar[str | None] = None
    """The field that holds questions of their own (``fields`` of a form)."""
    authors_fields: ClassVar[frozenset[str]] = frozenset()
    """Fields that never go out."""
    filled_in: ClassVar[frozenset[str]] = frozenset()
    """Fields that no author writes, since reading the file makes them."""
    read_fields: ClassVar[frozenset[str]] = frozenset()
    """Fields whose words a trainee reads, beside stem, title, text and feedback."""

    @property
    def may_stand_in_form(self) -> bool:
        """Whether a form may have a field of this type."""
        return self.field is not None

    def score(self, question: Any, answer: Any, day: date) -> Score:
        """Return the score by the key in force on ``day``, with what the key rests on; never raises.

        A type without keys of its own overrides this; all others override ``score_by_key``.
        """
        key = question.key_on(day)
        if key is None:
            return Score(0.0, "no_key")
        earned = Score(0.0, "missing") if is_empty(answer) else self.score_by_key(question, key, answer)
        return replace(earned, provisions=key.provisions, sources=key.sources)

    def score_by_key(self, question: Any, key: Any, answer: Any) -> Score:
        """Return the score of an answer that is not empty by ``key``; what cannot be scored gets 0 and a reason."""
        raise NotImplementedError

    def rearrange(self, question: dict[str, Any], arrangement: Arrangement) -> None:
        """Put ``question`` (JSON form, keys included) into the order and under the ids that go out, in place."""

    def left_open(self, question: Any, answer: Any) -> bool:
        """Return whether an answer to a public question lacks a part that is asked for."""
        return False

    def static_html(self, question: Mapping[str, Any], words: Mapping[str, Any]) -> str:
        """Return HTML of what a public question (JSON form) offers, to be read where no script runs.

        ``words`` are the sentences of the front end.
        """
        return ""

    def render_answer(self, question: Any, answer: Any, remarks: Remarks, parts: Mapping[str, Any]) -> list[AnswerLine]:
        """Return the lines that show an answer again; ``remarks`` and ``parts`` are those of its score, in JSON form.

        By default: what was written, with each remark on the whole of it.
        """
        return answer_lines.of_written(answer, remarks)

    def stem_for_judges(self, question: Any) -> str:
        """Return the stem for a standard setting, whose sheet has no pictures."""
        return str(question.stem)

    def render_for_judges(self, question: Any) -> str:
        """Return what a question offers, as lines of a cell in the sheet of a standard setting."""
        return ""

    def render_key_for_judges(self, question: Any, key: Any) -> Iterable[str]:
        """Return what is right by ``key``, one text for each thing."""
        return ()

    def offers(self, question: Any, key: Any) -> Iterable[Offer]:
        """Return the groups of options with those that are right, for the rules of ``check``."""
        return ()

    def reading(self, question: Any, key: Any) -> ReadingLoad:
        """Return what is read of a question; with the feedback unless ``key`` is None."""
        return reading_load.of_one(question, key)

    def files(self, question: Any) -> Iterable[str]:
        """Return the files that a question shows, as its author names them."""
        return ()

    def by_hand(self, question: Any) -> bool:
        """Return whether a person grades it."""
        return False

    def is_task(self, question: Any) -> bool:
        """Return whether a person grades it together with the cells around it."""
        return False

    def needs_story(self, question: Any) -> bool:
        """Return whether it has to tell a story before it can ask, so its stem may be long."""
        return False
