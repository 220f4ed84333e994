"""The pages that are open: what each of their cells shows, and what its widgets hear and say."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ipywidgets import DOMWidget

import buuchinh
from buuchinh.errors import KitError
from buuchinh.files import reason
from buuchinh.learner.server.cell_parts import Call, calls
from buuchinh.messages import say
from buuchinh.notebook import desk
from buuchinh.parsed import still
from buuchinh.questions.browser.carried import Carried, Shown, catching

Told = dict[str, Any]
_AT_MOST = 32
"""Pages kept; one that was forgotten is opened anew by the browser and loses nothing: answers are on disk."""


class Page:
    """One opening of one notebook. Ids of what it shows are the same at each opening."""

    def __init__(self, folder: Path, sources: Sequence[str], scripts: dict[str, str]) -> None:
        self._folder = folder
        self._scripts = scripts
        self._widgets: dict[str, Carried] = {}
        self._boxes: dict[str, DOMWidget] = {}
        self._told: dict[str, Told] = {}
        self._refusals: set[str] = set()
        with still():
            self.cells = [self._shown_by(number, source) for number, source in enumerate(sources)]

    def receive(self, name: str, content: object) -> Told:
        """Let a widget hear ``content``; return what it says, what changed on the page, and what stands below it now.

        Raises ``KeyError`` where the page does not show it.
        """
        widget = self._widgets[name]
        below = self._below(name)
        with desk.at(self._folder), catching():
            messages = widget.receive(content)
        found: Told = {"messages": messages}
        if self._below(name) != below:
            found["below"] = list(self._filled(name))
        found["changed"] = self._changed()
        return found

    def close(self) -> None:
        """Let go of all widgets."""
        for widget in [*self._widgets.values(), *self._boxes.values()]:
            widget.close()

    def _shown_by(self, number: int, source: str) -> list[Told] | None:
        """Return what a cell shows; None where it is not one that can be shown without a kernel."""
        asked = calls(source)
        if asked is None:
            return None
        with desk.at(self._folder), catching() as shown:
            refused = [self._once(why) for call in asked if (why := _refused(call))]
        return [self._item(f"{number}.{place}", one) for place, one in enumerate(shown)] + refused

    def _once(self, refused: str) -> Told:
        """Return the item for what is refused: the sentence the first time, nothing to read after that."""
        again = refused in self._refusals
        self._refusals.add(refused)
        return {"refused": "" if again else refused}

    def _item(self, name: str, shown: Shown) -> Told:
        if shown.widget is None:
            return {"id": name, "html": shown.html}
        self._widgets[name] = shown.widget
        script, style = (self._kept(text) for text in shown.widget.front_end())
        told = self._told[name] = shown.widget.told()
        item: Told = {
            "id": name,
            "script": script,
            "style": style,
            "traits": told,
            "resumes": shown.widget.resumes,
        }
        if shown.below is not None:
            self._boxes[name] = shown.below
            item["below"] = list(self._filled(name))
        return item

    def _kept(self, text: str) -> str:
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()[:20]
        self._scripts[digest] = text
        return digest

    def _below(self, name: str) -> list[Carried]:
        box = self._boxes.get(name)
        return [one for one in getattr(box, "children", ()) if isinstance(one, Carried)]

    def _filled(self, name: str) -> Iterator[Told]:
        for place, widget in enumerate(self._below(name)):
            yield self._item(f"{name}/{place}", Shown(widget))

    def _changed(self) -> dict[str, Told]:
        """Return the traits that differ from what the page was told last, by widget."""
        changed = {}
        for name, widget in self._widgets.items():
            now, before = widget.told(), self._told[name]
            if different := {trait: value for trait, value in now.items() if value != before[trait]}:
                changed[name] = different
                self._told[name] = now
        return changed


def _refused(call: Call) -> str | None:
    """Call what a cell calls; return the reason where it cannot be shown."""
    try:
        getattr(buuchinh, call.name)(*call.positional, **call.named)
    except KitError as error:
        return str(error)
    except OSError as error:
        return say("files.unreadable", reason=reason(error))
    except Exception:  # the cell was written by hand, and wrong in whatever way: the rest of the page lives on
        logging.getLogger(__name__).warning("%s was not shown", call, exc_info=True)
        return say("live.no_such_call", name=call.name)
    return None


class Pages:
    """All pages of one server. Used by one thread: answers are written one after the other."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, Page] = OrderedDict()
        self._scripts: dict[str, str] = {}

    def look(self, notebook: str, sources: Sequence[str]) -> Told:
        """Return what the cells of ``notebook`` would show now; nothing of it is kept."""
        page = Page(desk.folder_of(notebook), sources, self._scripts)
        page.close()
        return {"cells": page.cells}

    def open(self, notebook: str, sources: Sequence[str]) -> Told:
        """Return what the cells of ``notebook`` (its path within the course) show; ``KitError`` for one outside."""
        page, name = Page(desk.folder_of(notebook), sources, self._scripts), secrets.token_urlsafe(12)
        self._open[name] = page
        while len(self._open) > _AT_MOST:
            self._open.popitem(last=False)[1].close()
        return {"page": name, "cells": page.cells}

    def receive(self, name: str, item: str, content: object) -> Told:
        """Hand a message to what a page shows; ``KeyError`` where that page or that item is not open (any more)."""
        page = self._open[name]
        self._open.move_to_end(name)
        return page.receive(item, content)

    def script(self, digest: str) -> str:
        """Return a script or a style sheet that an open page named; ``KeyError`` for any other."""
        return self._scripts[digest]
