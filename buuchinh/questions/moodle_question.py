"""Build the parts of a question in Moodle XML, the format that Moodle's question bank imports.

Each question type says in its folder what it is in Moodle (``QuestionType.moodle``) and uses these functions. Element
names and values are those of Moodle's importer, ``question/format/xml/format.php``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from buuchinh.messages import say
from buuchinh.questions.keys import Parted, whole
from buuchinh.questions.markup import paragraphs

FRACTIONS = (
    *("100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30", "25", "20"),
    *("16.66667", "14.28571", "12.5", "11.11111", "10", "5", "0"),
)
"""The percentages that Moodle accepts for an answer, besides their negatives (``question/engine/bank.php``)."""


@dataclass(frozen=True)
class MoodleQuestion:
    """A question as Moodle holds it: its type there, the elements of that type, and the explanation shown afterwards.

    ``explanation`` and ``below_stem`` are HTML. ``lost`` says in words what Moodle cannot hold of the question.
    ``files`` maps the names of files shown by the stem to their content.
    """

    qtype: str
    parts: tuple[ET.Element, ...]
    explanation: str = ""
    below_stem: str = ""
    lost: tuple[str, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()


class NotForMoodle(Exception):
    """A question that Moodle cannot hold, with the reason in words."""


def share(count: int) -> str:
    """Return the percentage that each of ``count`` right options earns; raise ``NotForMoodle`` if Moodle has none."""
    value = f"{100 / count:.5f}".rstrip("0").rstrip(".")
    if value not in FRACTIONS:
        raise NotForMoodle(say("lms.moodle.no_fraction", count=count))
    return value


def value(name: str, text: object) -> ET.Element:
    """Return an element that holds a plain value."""
    element = ET.Element(name)
    element.text = str(text)
    return element


def html(name: str, markup: str) -> ET.Element:
    """Return an element that holds HTML."""
    element = plain(name, markup)
    element.set("format", "html")
    return element


def plain(name: str, text: str) -> ET.Element:
    """Return an element whose text is not HTML."""
    element = ET.Element(name)
    element.append(value("text", text))
    return element


def answer(content: ET.Element, fraction: object, feedback: str | Parted | None = None) -> ET.Element:
    """Return ``content``, a text made by ``html`` or ``plain``, as an answer with its percentage and feedback."""
    content.set("fraction", str(fraction))
    if feedback is not None:
        content.append(html("feedback", feedback_html(feedback)))
    return content


def feedback_html(feedback: str | Parted) -> str:
    """Return feedback as HTML; what the trainee may have believed says that it is that, since it is wrong."""
    if isinstance(feedback, Parted) and not feedback.text:
        believed = f"{say('questions.frontend.believed')}: {feedback.believed}" if feedback.believed else ""
        return paragraphs("\n".join(filter(None, (believed, feedback.why, feedback.do))))
    return paragraphs(whole(feedback))


def remarks(values: Mapping[str, str | Parted], *, ordered: bool = False) -> str:
    """Return an HTML list of what is right (as HTML), each with its feedback, for the general feedback."""
    items = "".join(f"<li><strong>{item}</strong>{feedback_html(feedback)}</li>" for item, feedback in values.items())
    return f"<ol>{items}</ol>" if ordered else f"<ul>{items}</ul>"
