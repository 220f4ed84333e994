"""Define ``picture`` questions, in which trainees choose all right regions of a drawing.

Each region also has a name, so that the drawing need not be seen.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import Any

from buuchinh.messages import say
from buuchinh.questions.arrangement import Arrangement
from buuchinh.questions.choosing_type import ChoosingType
from buuchinh.questions.moodle_question import MoodleQuestion
from buuchinh.questions.types.multiple.model import MultipleKey
from buuchinh.questions.types.multiple.score import score
from buuchinh.questions.types.picture import drawing, model


class PictureType(ChoosingType):
    """The type of questions whose options are regions of a drawing; they are scored like ``multiple`` questions."""

    name = "picture"
    place = 30
    public = model.Picture
    authored = model.PictureQuestion
    in_parts = True
    authors_fields = frozenset({"picture"})
    filled_in = frozenset({"svg"})
    read_fields = frozenset({"alt"})
    score_by_key = staticmethod(score)

    def rearrange(self, question: dict[str, Any], arrangement: Arrangement) -> None:
        """Put the options in published order and replace ids by published ones in options, keys and drawing."""
        names = [option["id"] for option in question["options"]]
        question["svg"] = drawing.with_regions(question["svg"], lambda name: arrangement.id("options", name), names)
        super().rearrange(question, arrangement)

    def static_html(self, question: Mapping[str, Any], words: Mapping[str, Any]) -> str:
        """Return the drawing as an image, followed by a list of its regions."""
        data = base64.b64encode(question["svg"].encode("utf-8")).decode("ascii")
        image = f'<p><img alt="{escape(question["alt"])}" src="data:image/svg+xml;base64,{data}"></p>'
        return image + super().static_html(question, words)

    def stem_for_judges(self, question: model.PictureQuestion) -> str:
        """Return the stem, followed by the description of the drawing in square brackets."""
        return f"{question.stem}\n[{say('exam.angoff.picture', alt=question.alt)}]"

    def moodle(self, question: model.PictureQuestion, key: MultipleKey) -> MoodleQuestion:
        """Return a multiple-choice question below the drawing, whose regions are chosen by name."""
        name = f"{question.id}.svg"
        shown = f'<p><img src="@@PLUGINFILE@@/{name}" alt="{escape(question.alt)}"></p>'
        files, lost = ((name, question.svg.encode("utf-8")),), (say("lms.moodle.regions"),)
        choice = super().moodle(question, key)
        return replace(choice, below_stem=shown, files=files, lost=(*choice.lost, *lost))

    def files(self, question: model.PictureQuestion) -> tuple[str, ...]:
        """Return the file name of the drawing, as the author wrote it."""
        return (question.picture,)


TYPE = PictureType()
