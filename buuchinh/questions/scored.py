"""Define ``Score`` and ``Remark``, the results of every scoring function; ``question/scored.js`` mirrors them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from buuchinh.questions.keys import PARTS, Parted, whole
from buuchinh.text import as_seen


@dataclass(frozen=True)
class Remark:
    """Feedback on one chosen option, or on the whole answer.

    ``on`` is the id of the option, ``node/choice`` in a scenario, or "" for the whole answer. ``told`` holds the
    parts of the feedback if its author divided it.
    """

    on: str
    right: bool | None
    text: str
    told: Mapping[str, str] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the JSON form, which contains ``told`` only if the author divided the feedback."""
        return {name: value for name, value in asdict(self).items() if name != "told" or value is not None}


def remark(on: str, right: bool, feedback: str | Parted) -> Remark:
    """Return the ``Remark`` that gives ``feedback`` on the chosen option ``on``."""
    if isinstance(feedback, str):
        return Remark(on, right, feedback)
    return Remark(on, right, whole(feedback), {name: part for name in PARTS if (part := getattr(feedback, name))})


@dataclass(frozen=True)
class PartScore:
    """The score of one field of a form, or of one value of a ``code`` question."""

    fraction: float
    reason: str | None = None


@dataclass(frozen=True)
class Score:
    """The score of an answer as a share (0 to 1) of the question's points, with the feedback.

    ``reason`` is None if the answer could be scored; otherwise it is ``missing``, ``malformed``, ``unknown`` (an id
    that is not offered), ``ambiguous``, ``not_a_number``, ``not_a_moment``, ``half_a_moment``, ``unfinished`` (a
    scenario left before its end, in which the decisions already made still count), ``no_key`` (no key is in force on
    that day), ``manual`` or ``unscored``.
    """

    fraction: float
    reason: str | None = None
    remarks: tuple[Remark, ...] = ()
    parts: Mapping[str, PartScore] = field(default_factory=dict)
    provisions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the JSON form, as used by the ``vectors.json`` files of the question types and by the front end."""
        return asdict(self) | {
            "remarks": [remark.as_json() for remark in self.remarks],
            "parts": {name: asdict(part) for name, part in self.parts.items()},
            "provisions": list(self.provisions),
            "sources": list(self.sources),
        }


def is_empty(answer: Any) -> bool:
    """Whether an answer is None, a blank string, or an empty list or mapping."""
    return answer is None or (isinstance(answer, str) and not as_seen(answer).strip()) or answer in ([], {})


def is_id_list(answer: Any) -> bool:
    """Whether an answer is a list of distinct strings, as a list of ids must be."""
    if not isinstance(answer, list) or not all(isinstance(option_id, str) for option_id in answer):
        return False
    return len(set(answer)) == len(answer)
