"""Define test forms: an exam is released in several fixed forms, and a trainee's code selects one of them.

All forms ask under the same question ids (``thi1-q01`` …), so one notebook and one gradebook assignment serve all of
them; only the item behind an id differs. Nothing is drawn at random during the exam. An exercise without variants has a
single form, named ``""``, which everybody gets, so published questions always have the same structure.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from buuchinh import course
from buuchinh.codes import normalise
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.parsed import FrozenDict
from buuchinh.questions.asked import Id, Strict, Text, unique
from buuchinh.questions.model import Question, QuestionSheet

ONLY = ""
"""The name of the single form of an exercise; its published file has ``questions`` instead of ``forms``."""
FormId = Annotated[str, StringConstraints(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*)?$", max_length=64)]


class FormSheet(Strict):
    """The published questions of an exercise or an exam, by test form, without any answer key.

    ``forms`` is ``{"": (…)}`` for an exercise without variants and ``{"a": (…), "b": (…)}`` for an exam.
    """

    unit: Id
    version: course.Version
    title: Text
    forms: Annotated[dict[FormId, tuple[Question, ...]], Field(min_length=1), AfterValidator(FrozenDict)]

    @model_validator(mode="after")
    def _ask_under_the_same_ids(self) -> Self:
        ids = {tuple(question.id for question in questions) for questions in self.forms.values()}
        if len(ids) > 1:
            raise ValueError(say("questions.forms.ids_differ"))
        unique("id", ids.pop())
        return self

    @classmethod
    def joined(cls, sheets: Mapping[str, QuestionSheet]) -> Self:
        """Combine the published questions of all forms, which must have the same unit, version and title."""
        first = next(iter(sheets.values()))
        forms = {form: sheet.questions for form, sheet in sheets.items()}
        return cls(unit=first.unit, version=first.version, title=first.title, forms=forms)

    @property
    def has_forms(self) -> bool:
        """Whether different trainees may get different questions, as in an exam."""
        return ONLY not in self.forms

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the questions in order, which are the same in every form."""
        return tuple(question.id for question in next(iter(self.forms.values())))

    def sheet(self, form: str) -> QuestionSheet:
        """Return the questions of one form."""
        return QuestionSheet(unit=self.unit, version=self.version, title=self.title, questions=self.forms[form])

    def of(self, code: str | None) -> QuestionSheet:
        """Return the questions for the trainee with this code; raise ``KitError`` if ``code`` is None but is needed.

        Only an exam with several test forms needs a code.
        """
        if not self.has_forms:
            return self.sheet(ONLY)
        if code is None:
            raise KitError(
                say("questions.forms.needs_code", title=self.title), say("questions.forms.needs_code_way_out")
            )
        return self.sheet(pick(self.unit, self.forms, code))


def pick(unit: str, forms: Iterable[str], code: str) -> str:
    """Return the form that ``code`` selects among ``forms`` in ``unit``; the result is the same on every machine.

    The form is selected by a keyed hash (HMAC-SHA-256) of the canonical code. The unit serves as the key, so the next
    attempt, which is another unit, selects anew. The key is not secret, since a trainee's machine selects the form
    without a network. The grader repeats the selection from the code on the roster and ignores what the submission
    claims.
    """
    names = sorted(forms)
    digest = hmac.new(unit.encode("utf-8"), normalise(code).encode("utf-8"), hashlib.sha256).digest()
    return names[int.from_bytes(digest[:8], "big") % len(names)]
