"""Compute the published option order and ids of a question from a seed, so that releases are reproducible.

Published ids are opaque: each is a keyed hash of the seed and the author's id. Without the seed, nobody can tell which
of the author's ids ``o7k2…`` stands for.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Arrangement:
    """The published option order and ids of one question.

    ``name`` is the id of the question (``form/field`` within a form). If ``rename`` is true, option ids are replaced by
    opaque ones.
    """

    seed: str
    name: str
    rename: bool

    def within(self, name: str) -> Arrangement:
        """Return the arrangement for the question ``name``, which is nested in this question."""
        return replace(self, name=f"{self.name}/{name}")

    def id(self, place: str, option_id: str) -> str:
        """Return the published id of ``option_id``; ``place`` names the list of options that contains it."""
        return self.token(self.name, place, option_id) if self.rename else option_id

    def ordered(self, place: str, offered: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the options ``offered`` in the list ``place``, in published order and with published ids."""
        ordered = sorted(offered, key=lambda option: self.token(self.name, place, option["id"]))
        return [option | {"id": self.id(place, option["id"])} for option in ordered]

    def token(self, *path: str) -> str:
        """Return the opaque id for a path of names: the letter ``o`` and nine base-32 characters."""
        digest = hmac.new(self.seed.encode("utf-8"), "/".join(path).encode("utf-8"), hashlib.sha256).digest()
        return "o" + base64.b32encode(digest).decode("ascii").lower()[:9]


def rename_choice_keys(keys: list[dict[str, Any]], arrangement: Arrangement, place: str) -> None:
    """Replace the option ids in ``correct`` and ``feedback`` of ``keys`` by the published ids, in place.

    ``place`` names the list that contains the options.
    """
    for key in keys:
        correct = key["correct"]
        single = isinstance(correct, str)
        renamed = [arrangement.id(place, option_id) for option_id in ([correct] if single else correct)]
        key["correct"] = renamed[0] if single else renamed
        key["feedback"] = {arrangement.id(place, option_id): text for option_id, text in key["feedback"].items()}
