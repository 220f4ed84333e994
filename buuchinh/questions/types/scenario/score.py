"""Score ``scenario`` questions by the points along the path of first choices, relative to the best path."""

from __future__ import annotations

from typing import Any

from buuchinh.questions.scored import Remark, Score
from buuchinh.questions.types.scenario.model import ScenarioKey, ScenarioQuestion, best_path

_STEPS = 200
"""The maximum number of steps in an answer; every path in the course is less than a tenth as long."""

_WHOLE = 1 - 1e-9
"""The share above which an answer gets full points.

The points of the answer and of the best path are summed in opposite directions, so their last digits may differ.
"""


def score(question: ScenarioQuestion, key: ScenarioKey, answer: Any) -> Score:
    """Return the score of ``answer``, a list of steps in the order in which they were taken.

    Only the first choice at each node counts: a trainee who goes back and chooses again sees the consequences, but the
    points stay the same.
    """
    if not isinstance(answer, list) or len(answer) > _STEPS:
        return Score(0.0, "malformed")
    first: dict[str, str] = {}
    for step in answer:
        if not isinstance(step, dict) or not all(isinstance(step.get(name), str) for name in ("node", "choice")):
            return Score(0.0, "malformed")
        if step["choice"] not in key.correct.get(step["node"], {}):
            return Score(0.0, "unknown")
        first.setdefault(step["node"], step["choice"])
    node, points, remarks = question.start, 0.0, []
    while node in first:
        chosen = first[node]
        offered = key.correct[node]
        points += offered[chosen]
        best = offered[chosen] == max(offered.values())
        remarks.append(Remark(f"{node}/{chosen}", best, key.feedback[node][chosen]))
        node = next(choice.next for choice in question.nodes[node].choices if choice.id == chosen)
    ending = key.ends.get(node)
    if ending:
        remarks.append(Remark(node, ending.kind == "safe", ending.feedback))
    share = points / best_path(question, key)[0]
    share = 1.0 if share > _WHOLE else share
    return Score(share, None if ending else "unfinished", remarks=tuple(remarks))
