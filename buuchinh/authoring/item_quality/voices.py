"""Measure how often people in a question's scene are right when they urge an action.

If such people were always wrong, trainees could answer by doing the opposite and would learn to ignore a colleague who
speaks up. So some of these people must be right, and the cautious ones about half the time.
"""

from __future__ import annotations

from dataclasses import dataclass

from buuchinh.authoring.item_quality.choices import Group, live
from buuchinh.questions import types


@dataclass(frozen=True)
class Voices:
    """The number of people who urge an option (``spoken``) and how many are right, overall and for the cautious ones.

    ``opposite`` is the expected number of points, one per question, for always choosing an option other than the one
    urged.
    """

    spoken: int
    right: int
    cautious: int
    cautious_right: int
    opposite: float


def voices(group: Group) -> Voices:
    """Return the counts for the questions of ``group``, each judged by the first of its answer keys."""
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
