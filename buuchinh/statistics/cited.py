"""Describe, in words, the sources that an answer key cites: publications, figures, readings, findings and tables."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from buuchinh.datasets import resources
from buuchinh.errors import KitError
from buuchinh.messages import say
from buuchinh.statistics.consistency import finding
from buuchinh.statistics.figures import figure, sources
from buuchinh.statistics.readings import reading


def cited(ref: str) -> str:
    """Return in words the source, figure, reading, finding or table with the id ``ref``.

    Return ``ref`` itself if it is unknown or the tables cannot be read.
    """
    kinds: tuple[Callable[[str], str], ...] = (_source, _figure, _reading, _finding, _table)
    for words in kinds:
        with suppress(KitError, KeyError):
            return words(ref)
    return ref


def _source(ref: str) -> str:
    return sources()[ref].title


def _figure(ref: str) -> str:
    return str(figure(ref))


def _reading(ref: str) -> str:
    found = reading(ref)
    return say("statistics.reading.cited", subject=found.subject, kind=found.kind_words, origin=found.origin)


def _finding(ref: str) -> str:
    return finding(ref).title


def _table(ref: str) -> str:
    return resources()[ref].title
