"""Tells the parts of a page that an answer was kept, so that a map of questions or a card shows it at once.

In a kernel and in the server's one thread alike: who listens is told in the order in which it began to, and is
forgotten with its page.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from weakref import WeakMethod

from buuchinh.questions.answers import Record

Hear = Callable[[str, Any], None]
"""Is called with the question's id and its answer."""

_listening: list[tuple[Path, WeakMethod[Hear]]] = []


def listen(record: Record, hear: Hear) -> None:
    """Call the method ``hear`` whenever an answer is kept in the folder of ``record``."""
    _listening.append((record.folder, WeakMethod(hear)))


def tell(record: Record, question_id: str, answer: Any) -> None:
    """Say that ``answer`` to a question has been kept in ``record``."""
    _listening[:] = [one for one in _listening if one[1]() is not None]
    for folder, method in tuple(_listening):
        hear = method()
        if hear and folder == record.folder:
            hear(question_id, answer)
