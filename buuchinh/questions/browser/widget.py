"""A question as a widget in a notebook: the kernel keeps each answer and says when it is on disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import traitlets
from IPython.display import display

from buuchinh import frontend
from buuchinh.errors import KitError
from buuchinh.files import reason
from buuchinh.messages import say
from buuchinh.questions.asked import Asked
from buuchinh.questions.browser.carried import Carried, Shown, caught
from buuchinh.questions.browser.standin import standin_html, standin_text, words
from buuchinh.questions.remarks import cleaned

Keep = Callable[[Any], datetime]
"""Writes an answer to disk and returns when it did; raises ``KitError`` or ``OSError`` if it could not."""


class QuestionWidget(Carried):
    """One question, live. ``payload`` comes from ``payload.practice`` or ``payload.exam``.

    The page sends ``{"kind": "answer", "answer": …, "number": n}`` and believes an answer
    saved only when ``{"kind": "saved", "number": n, "at": …}`` comes back. What is said of the question goes as
    ``{"kind": "remark", "text": …}`` and is known to be kept by ``remarked``.
    """

    _esm = frontend.bundle("notebook-question.js")
    _css = frontend.style()
    payload = traitlets.Dict().tag(sync=True)
    answer = traitlets.Any(allow_none=True).tag(sync=True)
    answered_at = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    remark = traitlets.Unicode("").tag(sync=True)
    may_remark = traitlets.Bool(False).tag(sync=True)
    lacks_submit = traitlets.Bool(False).tag(sync=True)

    def __init__(
        self, payload: dict[str, Any], keep: Keep, *, answer: Any = None, answered_at: str | None = None
    ) -> None:
        super().__init__(payload=payload, answer=answer, answered_at=answered_at)
        self._keep = keep
        self._keep_remark: Callable[[str], datetime] | None = None
        self.on_msg(self._hear)

    def takes_remarks(self, keep: Callable[[str], datetime], said: str) -> None:
        """Offer a line for what is wrong or unclear here; ``keep`` writes it, ``said`` is what stands in it already."""
        self._keep_remark, self.remark, self.may_remark = keep, said, True

    def came(self, question_id: str, answer: Any) -> None:
        """Show a value that code has handed in since; of another question nothing."""
        if question_id == self.payload["question"]["id"] and answer != self.answer:
            self.answer = answer

    def remind(self, lacks_submit: bool) -> None:
        """Say, or no longer, that the code of this task ran and handed nothing in."""
        self.lacks_submit = lacks_submit

    def _hear(self, _widget: object, message: object, _buffers: object) -> None:
        if not isinstance(message, dict):
            return
        number = message.get("number")
        try:
            if message.get("kind") == "answer":
                at = self._keep(message.get("answer")).isoformat(timespec="seconds")
                # A view that is made anew (scrolled away and back, page reloaded) starts from these.
                self.answer, self.answered_at = message.get("answer"), at
                self.send({"kind": "saved", "number": number, "at": at})
            elif message.get("kind") == "remark" and self._keep_remark:
                text = cleaned(message.get("text"))
                at = self._keep_remark(text).isoformat(timespec="seconds")
                self.remark = text
                self.send({"kind": "remarked", "at": at})
        except KitError as error:
            self.send({"kind": "failed", "number": number, "why": str(error)})
        except OSError as error:
            self.send({"kind": "failed", "number": number, "why": say("files.unwritable", reason=reason(error))})


def show(question: Asked, widget: QuestionWidget) -> None:
    """Display the stand-in, then the live question, which hides it.

    Two outputs and not one with two types: Jupyter would pick the widget of a notebook
    that has no kernel, and show an error in place of the question.
    """
    if caught(Shown(widget)):
        return
    display({"text/html": standin_html(question, words()), "text/plain": standin_text(question)}, raw=True)
    display(
        {
            "text/plain": standin_text(question),
            "application/vnd.jupyter.widget-view+json": {
                "version_major": 2,
                "version_minor": 0,
                "model_id": widget.model_id,
            },
        },
        raw=True,
    )
