"""Forms: one exam in several fixed versions, built and released before anybody sits it; a trainee's code picks one.

All forms ask under the same ids (``thi1-q01`` …), so that one notebook and one gradebook serve
them all; what stands behind an id differs. Nothing is drawn when the exam is sat.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from buuchinh.codes import normalise
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say
from buuchinh.questions.model import Id, Question, QuestionSheet, Strict, Text, unique


class FormSheet(Strict):
    """The public file of an exam: the questions of each form, without any key."""

    unit: Id
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    title: Text
    forms: dict[Id, tuple[Question, ...]] = Field(min_length=1)

    @model_validator(mode="after")
    def _ask_under_the_same_ids(self) -> Self:
        asked = {tuple(question.id for question in questions) for questions in self.forms.values()}
        if len(asked) > 1:
            raise ValueError(say("questions.forms.ids_differ"))
        unique("id", asked.pop())
        return self

    def sheet(self, form: str) -> QuestionSheet:
        """Return the questions of one form."""
        return QuestionSheet(unit=self.unit, version=self.version, title=self.title, questions=self.forms[form])

    def of(self, code: str | None) -> QuestionSheet:
        """Return the questions of the form that belongs to ``code``; ``KitError`` where there is no code yet."""
        if code is None:
            raise KitError(
                [
                    Problem(
                        "",
                        0,
                        say("questions.forms.needs_code", title=self.title),
                        say("questions.forms.needs_code_way_out"),
                    )
                ]
            )
        return self.sheet(pick(self.unit, self.forms, code))


def pick(unit: str, forms: Iterable[str], code: str) -> str:
    """Return the one of ``forms`` that belongs to ``code`` in ``unit``: the same on every machine.

    A keyed hash (HMAC-SHA-256) of the canonical code. Its key is the unit, so that the next
    attempt picks anew; it is no secret, since a trainee's machine picks without a network. The
    grader picks again, from the code of the class list, and never believes a hand-in.
    """
    names = sorted(forms)
    digest = hmac.new(unit.encode("utf-8"), normalise(code).encode("utf-8"), hashlib.sha256).digest()
    return names[int.from_bytes(digest[:8], "big") % len(names)]
