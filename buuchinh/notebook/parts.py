"""Base of a notebook's widgets that are no question: one script each, one style sheet, words from one place."""

from __future__ import annotations

from html import escape
from typing import Any

import traitlets
from IPython.display import HTML, display
from ipywidgets import DOMWidget

from buuchinh import frontend
from buuchinh.messages import section
from buuchinh.questions.browser.carried import Carried, Shown, caught


class Part(Carried):
    """A widget whose script reads ``payload``: data and words, nothing that changes by itself."""

    _css = frontend.bundle("parts.css")
    payload = traitlets.Dict().tag(sync=True)

    @staticmethod
    def style(*names: str) -> str:
        """Return style sheets of notebooks as one."""
        return "".join(map(frontend.bundle, names))

    @staticmethod
    def script(name: str) -> str:
        """Return the script of a part as a module."""
        return frontend.bundle(f"notebook-{name}")

    def _repr_mimebundle_(self, **_kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**_kwargs)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        if data:
            data["text/plain"] = type(self).__name__  # the same on every run, for tests of notebooks
        return bundle


def shown(part: Part, room: str, *, below: DOMWidget | None = None) -> None:
    """Show ``part``, after what is read where no kernel runs, and before what it fills."""
    if caught(Shown(part, below)):
        return
    words: dict[str, Any] = section("notebook")[room]
    if "standin" in words:
        html = f'<div class="bc-standin" lang="vi"><p>{escape(words["standin"])}</p></div>'
        display(HTML(html))
    display(part)
    if below is not None:
        display(
            {
                "text/plain": "",
                "application/vnd.jupyter.widget-view+json": {
                    "version_major": 2,
                    "version_minor": 0,
                    "model_id": below.model_id,
                },
            },
            raw=True,
        )
