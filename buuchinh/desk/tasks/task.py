"""Define what a thing to do is: its sentences, and the button with its effect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, cast

from buuchinh.desk_payloads.desk_screens import DeskTask


@dataclass(frozen=True)
class Action:
    """An effect of a button: ``kind`` names the browser's own way of doing it, ``values`` its arguments.

    ``kind`` is ``job`` (start long work), ``resume``, ``decisions`` (open what needs a decision), ``cell`` (open the
    sheet of one person), ``unit`` (that of a unit), ``exam`` (read a drawn exam), ``mark`` (mark by hand), ``regrade``
    (preview a corrected key), ``pair`` (two works side by side), ``remind`` (copy a text), ``copy`` or ``none``.
    """

    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    """One thing to do, as it is shown; ``id`` is what “Để sau” remembers.

    Where it is not the first one, ``line`` and ``note``, if given, are shown in place of the sentence and the detail.
    """

    id: str
    sign: str
    tone: str
    sentence: str
    detail: str
    button: str
    action: Action
    line: str = ""
    note: str = ""

    def as_json(self) -> DeskTask:
        """Return the task as the page gets it."""
        return cast("DeskTask", asdict(self))
