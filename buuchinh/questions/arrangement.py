"""Compute the published order and ids of a question from a seed, so that a release is reproducible.

An opaque id is a keyed hash of the seed and the author's id, so nobody without the seed can relate ``o7k2…`` to the
author's id.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Arrangement:
    """The published order and ids of one question.

    ``name`` is the id of the question (``form/field`` within a form); ``rename`` makes option ids opaque.
    """

    seed: str
    name: str
    rename: bool

    def within(self, name: str) -> Arrangement:
        """Return the arrangement of the question ``name`` nested in this one."""
        return replace(self, name=f"{self.name}/{name}")

    def id(self, place: str, option_id: str) -> str:
        """Return the published id of ``option_id`` in the list ``place``."""
        return self.token(self.name, place, option_id) if self.rename else option_id

    def ordered(self, place: str, offered: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the options of the list ``place``, ordered by their tokens and with their published ids."""
        ordered = sorted(offered, key=lambda option: self.token(self.name, place, option["id"]))
        return [option | {"id": self.id(place, option["id"])} for option in ordered]

    def token(self, *path: str) -> str:
        """Return the opaque id for a path of names: an ``o`` and nine base-32 characters."""
        digest = hmac.new(self.seed.encode("utf-8"), "/".join(path).encode("utf-8"), hashlib.sha256).digest()
        return "o" + base64.b32encode(digest).decode("ascii").lower()[:9]


def rename_choice_keys(keys: list[dict[str, Any]], arrangement: Arrangement, place: str) -> None:
    """Replace the option ids in keys (``correct``, ``feedback``) by the published ids of ``place``, in place."""
    for key in keys:
        correct = key["correct"]
        single = isinstance(correct, str)
        renamed = [arrangement.id(place, option_id) for option_id in ([correct] if single else correct)]
        key["correct"] = renamed[0] if single else renamed
        key["feedback"] = {arrangement.id(place, option_id): text for option_id, text in key["feedback"].items()}
