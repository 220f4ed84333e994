"""Define the data models for ``code`` questions: published question, answer key and authored source."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from buuchinh.messages import say
from buuchinh.questions.asked import Asked, Strict, Text, unique
from buuchinh.questions.compare_values import is_kind, is_number
from buuchinh.questions.dated_keys import Keyed, Notes, known, same
from buuchinh.questions.keys import Feedback, Finite, Key, Verdict
from buuchinh.questions.patterns import Matching


class Value(Strict):
    """One value that a code exercise submits, with everything that can be checked without the key."""

    id: Annotated[str, StringConstraints(max_length=40), Matching(r"^[a-z][a-z0-9_]*$")]
    label: Text
    kind: Literal["number", "integer", "text", "list", "table"]
    minimum: float | None = None
    maximum: float | None = None
    columns: tuple[Text, ...] = Field(default=(), description="Column names of a table, in any order.")
    unit: Text | None = None
    yes_no: Literal[True] | None = Field(default=None, description="1 is shown as “có”, 0 as “chưa”.")


class Code(Asked):
    """Values computed in code. Answer: ``{value id: value}``; a table is ``{"columns": […], "rows": [[…]]}``."""

    type: Literal["code"]
    values: tuple[Value, ...] = Field(min_length=1, max_length=8)

    @model_validator(mode="after")
    def _values_differ(self) -> Self:
        unique("id", (value.id for value in self.values))
        return self


class CodeMistake(Strict):
    """A value that results from a typical slip in code, and the feedback on it."""

    value_id: str
    value: Any
    tolerance: Finite = 0
    feedback: Feedback


class CodeKey(Key):
    """The right value for each id; ``tolerance`` as in ``NumericKey``, for numbers inside lists and tables too."""

    correct: dict[str, Any]
    tolerance: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0
    relative: bool = False
    weights: dict[str, Annotated[float, Field(gt=0, allow_inf_nan=False)]] = {}
    row_order: bool = Field(default=False, description="The order of a table's rows counts.")
    feedback: Verdict
    mistakes: tuple[CodeMistake, ...] = ()


class CodeQuestion(Code, Keyed[CodeKey], Notes):
    """A ``code`` question, with its keys and its author's notes."""

    @model_validator(mode="after")
    def _keys_fit(self) -> Self:
        names = [value.id for value in self.values]
        for key in self.keys:
            same("correct", names, key.correct)
            known(names, [*key.weights, *(mistake.value_id for mistake in key.mistakes)])
            for value in self.values:
                slips = [slip.value for slip in key.mistakes if slip.value_id == value.id]
                for key_value in (key.correct[value.id], *slips):
                    _of_its_kind(value, key_value)
        return self


def _of_its_kind(value: Value, key_value: Any) -> None:
    """Raise ``ValueError`` if ``key_value`` is not of the kind required by ``value``, or has wrong columns or cells."""
    if not is_kind(value.kind, key_value):
        raise ValueError(say("questions.key_kind", id=value.id, kind=value.kind))
    if value.kind == "table" and value.columns and set(key_value["columns"]) != set(value.columns):
        raise ValueError(say("questions.key_columns", id=value.id, columns=", ".join(value.columns)))
    rows = key_value["rows"] if value.kind == "table" else [key_value] if value.kind == "list" else []
    if not all(cell is None or isinstance(cell, str | bool) or is_number(cell) for row in rows for cell in row):
        raise ValueError(say("questions.key_cell", id=value.id))
