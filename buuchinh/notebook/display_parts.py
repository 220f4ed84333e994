"""Display parts of the course, such as questions, as the output of a notebook cell.

Each output holds a mount and a static stand-in. A mount is a JSON description that the web page replaces by the drawn
part; the stand-in is shown if no script runs.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any, Protocol, cast

from IPython.core.getipython import get_ipython
from IPython.display import display

from buuchinh import course
from buuchinh.errors import KitError
from buuchinh.messages import say, section
from buuchinh.notebook import citations, workspace
from buuchinh.questions import question_bank
from buuchinh.questions.asked import Asked
from buuchinh.questions.browser.static_html import static_html, static_text, words
from buuchinh.questions.practice import asked_on_day, assessment

if TYPE_CHECKING:
    from buuchinh.questions.authored import AuthoredQuestion

MIME = "application/vnd.buuchinh+json"
Mount = dict[str, Any]
"""Description of a part of the course: ``version``, ``part`` (its kind), and for some kinds ``id`` and ``on`` (day)."""


class Bridge(Protocol):
    """Interface to a bridge, which draws parts from the kernel if JupyterLab's extension is not installed."""

    def place(self, mount: Mount, standin: str) -> str:
        """Return the HTML of an element in which the page draws the part instead of ``standin``."""

    def tell(self, mount: Mount) -> None:
        """Send the page a notice that is not drawn in a cell, such as a task that was never submitted."""


LAB = "BUUCHINH_LAB"
"""Environment variable set in kernels of the course's own JupyterLab, where an extension draws the parts."""
over: Callable[[], Bridge] | None = None
"""Function that returns this kernel's bridge.

The package ``buuchinh`` sets this variable, since this module must not import the bridge, which is in a higher layer.
"""


def show(part: str, **more: str | None) -> None:
    """Display a part of the course; ``more`` may hold the part's ``id`` and, for a question, the day ``on``."""
    data = bundle(mount(part, **more))
    if bridge := _bridge():
        data["text/html"] = bridge.place(data[MIME], data["text/html"])
    display(data, raw=True)


def tell(part: str, name: str) -> None:
    """Send the page a message about the question ``name``, without visible output."""
    content = mount(part, id=name)
    if bridge := _bridge():
        bridge.tell(content)
    display({MIME: content, "text/plain": ""}, raw=True)


def _bridge() -> Bridge | None:
    """Return the bridge to the page, or None in the course's lab or if a program (nbconvert, nbval) runs the notebook.

    Such a program does not allow input, which shows in the kernel's settings.
    """
    kernel = getattr(get_ipython(), "kernel", None)
    somebody_looks = getattr(kernel, "_allow_stdin", False) and LAB not in os.environ
    return over() if over and somebody_looks else None


def mount(part: str, **more: str | None) -> Mount:
    """Return the mount that describes a part, with the non-empty values in ``more``."""
    return {"version": 1, "part": part} | {name: value for name, value in more.items() if value}


def bundle(part: Mount) -> dict[str, Any]:
    """Return a cell output's data by MIME type: what the page's script displays, and its stand-in as HTML and text."""
    html, text = _standin(part)
    return {MIME: part, "text/html": html, "text/plain": text}


def _standin(part: Mount) -> tuple[str, str]:
    """Return a part's stand-in as HTML and as plain text; neither reveals anything about an answer key."""
    if part["part"] == "question" and (question := _question(str(part["id"]))):
        note, refusal = _about_day(question, part.get("on"))
        note += _try_note(question)
        return (note, refusal) if refusal else (note + static_html(question, words()), static_text(question))
    text = " ".join(filter(None, ("buuchinh", part["part"], part.get("id"))))
    if part["part"] == "law_table":
        return citations.table_html(str(part["id"])), text
    if part["part"] == "test" and (questions := _test(str(part["id"]))):
        return "".join(static_html(question, words()) for question in questions), text
    sentence = section("notebook.standin").get(str(part["part"])) or words()["standin"]
    return f'<div class="bc-standin" lang="vi"><p>{escape(sentence)}</p></div>', text


def _about_day(question: Asked, on: str | None) -> tuple[str, str]:
    """Return an HTML note on the day whose law a question is about, and why the question cannot be asked, or ""."""
    day = date.fromisoformat(on) if on else course.law_day() if os.environ.get(course.LAW_DAY) else None
    if day is None or course.graded(course.unit_of(question.id)):
        return "", ""
    practice = cast("AuthoredQuestion", question)  # not graded, so it has keys
    why = asked_on_day.not_asked(practice, day)
    sentence = escape(why or asked_on_day.law_day_notice(practice.as_of or day))
    return f'<p class="bc-as-of" lang="vi" role="note"><strong>{sentence}</strong></p>', why


def _try_note(question: Asked) -> str:
    """Return the HTML heading of an exercise's practice question, or "" for any other question."""
    called = say("site.frontend.try_called")
    return f'<p lang="vi"><strong>{escape(called)}</strong></p>' if course.is_try(course.unit_of(question.id)) else ""


def _test(unit: str) -> list[Asked]:
    """Return a short test's questions in the form shown to trainees, or [] if there is no such test."""
    try:
        return [question for item in assessment.questions(unit).questions if (question := _question(item.id))]
    except KitError:
        return []


def _question(name: str) -> Asked | None:
    """Return a question in the form shown to trainees, or None if the id is unknown.

    A graded question comes from the unit's public question sheet, which has no answer keys.
    """
    unit = course.unit_of(name)
    try:
        if not course.graded(unit):
            return question_bank.practice(name)[1]
        return question_bank.asked(workspace.sheet_of(unit), name)
    except (KitError, OSError):
        return None
