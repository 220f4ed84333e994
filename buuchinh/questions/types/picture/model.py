"""Define the data models for ``picture`` questions, whose options are regions of a drawing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import Field, ValidationInfo, model_validator

from buuchinh.questions.asked import Text
from buuchinh.questions.dated_keys import FOLDERS, Keyed, Notes
from buuchinh.questions.types.multiple.model import MultipleKey, Several, keys_fit
from buuchinh.questions.types.picture import drawing


class Picture(Several):
    """A question with several regions of a drawing as options; each is named in words too.

    ``svg`` is the drawing itself (``drawing.py`` says what it may contain), and ``alt`` describes neutrally what it
    shows.
    """

    type: Literal["picture"]
    svg: str
    alt: Text

    @model_validator(mode="after")
    def _regions_are_drawn(self) -> Self:
        faults = drawing.faults(self.svg, (option.id for option in self.options))
        if faults:
            raise ValueError("; ".join(faults))
        return self


class PictureQuestion(Picture, Keyed[MultipleKey], Notes):
    """A ``picture`` question with its keys. The author names the file of the drawing, and ``svg`` is read from it."""

    picture: str = Field(description="The SVG file: beside this file, or within lessons/ for practice.")
    svg: str = ""

    @model_validator(mode="before")
    @classmethod
    def _drawn(cls, data: Any, info: ValidationInfo) -> Any:
        folders = (info.context or {}).get(FOLDERS)
        if folders is None or not isinstance(data, Mapping) or not isinstance(data.get("picture"), str):
            return data
        return {**data, "svg": drawing.read(data["picture"], folders)}

    @model_validator(mode="after")
    def _keys_fit(self) -> Self:
        keys_fit(self.options, self.keys)
        return self
