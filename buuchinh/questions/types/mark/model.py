"""Data models for ``mark`` questions, whose document has paragraphs that may contain passages to mark."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from buuchinh.messages import say
from buuchinh.questions.arrangement import Arrangement, rename_choice_keys
from buuchinh.questions.asked import Asked, Option, Text, distinct
from buuchinh.questions.dated_keys import Keyed, Notes
from buuchinh.questions.types.multiple.model import MultipleKey, keys_fit

FEWEST, MOST = 3, 16
"""The minimum and maximum number of passages in a document."""


class Passage(Option):
    """Words of the document that can be marked. ``id`` is stable; the text may be reworded."""


Paragraph = Text | Annotated[tuple[Text | Passage, ...], Field(min_length=1, max_length=20)]


class Mark(Asked):
    """Passages of a short document to mark. Answer: a list of their ids.

    A paragraph is plain text, or a list of plain text and passages in reading order.
    """

    type: Literal["mark"]
    heading: Text | None = Field(default=None, description="The heading of the document itself.")
    document: tuple[Paragraph, ...] = Field(min_length=1, max_length=20)
    all_or_nothing: bool = False

    @property
    def options(self) -> tuple[Passage, ...]:
        """The passages in reading order."""
        pieces = (piece for paragraph in self.document if not isinstance(paragraph, str) for piece in paragraph)
        return tuple(piece for piece in pieces if isinstance(piece, Passage))

    @model_validator(mode="after")
    def _passages_differ(self) -> Self:
        distinct(self.options)
        if not FEWEST <= len(self.options) <= MOST:
            raise ValueError(say("questions.mark.passages", least=FEWEST, most=MOST, count=len(self.options)))
        return self


class MarkQuestion(Mark, Keyed[MultipleKey], Notes):
    """A ``mark`` question with its keys: the passages that must be marked, and feedback on each passage."""

    @model_validator(mode="after")
    def _keys_fit(self) -> Self:
        keys_fit(self.options, self.keys)
        return self


def rearrange(question: dict[str, Any], arrangement: Arrangement) -> None:
    """Replace passage ids by published ones, including those in the keys; passages keep the document's order."""

    def renamed(piece: Any) -> Any:
        return piece if isinstance(piece, str) else piece | {"id": arrangement.id("document", piece["id"])}

    question["document"] = [
        paragraph if isinstance(paragraph, str) else [renamed(piece) for piece in paragraph]
        for paragraph in question["document"]
    ]
    rename_choice_keys(question["keys"], arrangement, "document")
