"""Share of people in a scene who are right when they urge an action.

If people who urge were always wrong, a trainee could answer by doing the opposite, and would learn to ignore the
colleague who speaks up. So some are right, the cautious among them about half the time.
"""

from __future__ import annotations

from dataclasses import dataclass

from buuchinh.authoring.item_quality.choices import Group, live
from buuchinh.questions import types


@dataclass(frozen=True)
class Voices:
    """The numbers of people who urge an option and of those who are right, also for the cautious ones.

    ``opposite`` are the points for always choosing another option than the urged one.
    """

    spoken: int
    right: int
    cautious: int
    cautious_right: int
    opposite: float


def voices(group: Group) -> Voices:
    """Return the counts of the voices of a group, a case for each question, under the first of its keys."""
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
