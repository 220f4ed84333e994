"""Decide whether an exported file may be written where its author wants it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from buuchinh.errors import KitError
from buuchinh.messages import say


def refuse_unfit(path: Path, suffix: str, is_export: Callable[[Path], bool]) -> None:
    """Raise ``KitError`` if writing ``path`` would replace another file than an export, or would need a new folder."""
    if path.suffix.lower() != suffix:
        sentence = say("lms.place.suffix", suffix=suffix)
    elif not path.parent.is_dir():
        sentence = say("lms.place.no_folder", folder=path.parent)
    elif path.exists() and not (path.is_file() and is_export(path)):
        sentence = say("lms.place.in_the_way", path=path)
    else:
        return
    raise KitError(sentence, say("lms.place.other_name"))
