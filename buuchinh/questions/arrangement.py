"""The order and the ids under which a question goes out: both follow from a seed, so a release can be made again.

An opaque id is a keyed hash of the seed and the author's id, so nobody without the
seed can tell ``o7k2…`` from its author's name.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Arrangement:
    """How one question is arranged. ``name`` is its id (``form/field`` within a form); ``rename`` makes ids opaque."""

    seed: str
    name: str
    rename: bool

    def within(self, name: str) -> Arrangement:
        """Return the arrangement of the question ``name`` that stands inside this one."""
        return replace(self, name=f"{self.name}/{name}")

    def id(self, place: str, option_id: str) -> str:
        """Return the id under which ``option_id`` of the list ``place`` goes out."""
        return self.token(self.name, place, option_id) if self.rename else option_id

    def ordered(self, place: str, offered: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return what the list ``place`` offers, in the order of its tokens, under the ids that go out."""
        ordered = sorted(offered, key=lambda option: self.token(self.name, place, option["id"]))
        return [option | {"id": self.id(place, option["id"])} for option in ordered]

    def token(self, *path: str) -> str:
        """Return the opaque id that belongs to a path of names: an ``o`` and nine signs of base 32."""
        digest = hmac.new(self.seed.encode("utf-8"), "/".join(path).encode("utf-8"), hashlib.sha256).digest()
        return "o" + base64.b32encode(digest).decode("ascii").lower()[:9]


def rename_choice_keys(keys: list[dict[str, Any]], arrangement: Arrangement, place: str) -> None:
    """Put into keys (one right id or a list, feedback by id) the ids under which ``place`` goes out."""
    for key in keys:
        correct = key["correct"]
        one = isinstance(correct, str)
        renamed = [arrangement.id(place, option_id) for option_id in ([correct] if one else correct)]
        key["correct"] = renamed[0] if one else renamed
        key["feedback"] = {arrangement.id(place, option_id): text for option_id, text in key["feedback"].items()}
