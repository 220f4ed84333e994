"""How often people in the scene who say what to do are right.

Where whoever urges is always wrong, a trainee answers by doing the opposite, and learns to wave off the colleague who
speaks up. So some are right, the cautious among them about half the time.
"""

from __future__ import annotations

from dataclasses import dataclass

from buuchinh.authoring.item_quality.choices import Group, live
from buuchinh.questions import types


@dataclass(frozen=True)
class Voices:
    """How many who speak for an option there are and are right, the cautious apart.

    ``opposite`` are the points of who always chooses another option than the one that is urged.
    """

    spoken: int
    right: int
    cautious: int
    cautious_right: int
    opposite: float


def voices(group: Group) -> Voices:
    """Count the voices of a group, a case each, under the first of its keys."""
    spoken = [
        (voice.points in offer.right, voice.tone == "cautious", len(offer.right - {voice.points}), len(offer.options))
        for question in live(group)
        if (voice := question.voice) and voice.points and (key := next(iter(getattr(question, "keys", ())), None))
        for offer in types.type_of(question).offers(question, key)
        if voice.points in dict(offer.options)
    ]
    cautious = [right for right, is_cautious, _, _ in spoken if is_cautious]
    opposite = sum(others / (count - 1) for _, _, others, count in spoken)
    return Voices(len(spoken), sum(right for right, *_ in spoken), len(cautious), sum(cautious), opposite)
