"""Tell a trainee which lines of the rubric a person found in a written answer, with the points of each.

The rubric is a key: only the lines that the answer meets in full are quoted, as of options only the chosen ones are. Of
the others stand the number and the points, by which a trainee can ask the person who marked.
"""

from __future__ import annotations

from dataclasses import dataclass

from buuchinh.grading import rubric_ticks
from buuchinh.messages import say
from buuchinh.questions import markup
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.release.versions import Released
from buuchinh.results.results import QuestionResult, Standing
from buuchinh.text import format_number

_SIGNS = {"full": "✓", "half": "½", "none": "✗"}
_SHARES = {"full": 1.0, "half": 0.5, "none": 0.0}


@dataclass(frozen=True)
class RubricWords:
    """One line of a rubric as feedback shows it; ``text`` is safe HTML."""

    number: int
    state: str
    sign: str
    text: str
    points: str


def of(standing: Standing, item: QuestionResult, question: AuthoredQuestion, released: Released) -> list[RubricWords]:
    """Return the marked lines of one answer, or none if its points do not come from lines of this version."""
    if not item.manual or item.earned is None:
        return []
    ticks = rubric_ticks.read(standing.unit, standing.code).get(item.id)
    key = rubric_ticks.key_of(question, released)
    if not ticks or not key or ticks.typed or ticks.version != standing.version or ticks.set_elsewhere(item.earned):
        return []
    found = []
    for number, line in enumerate(key.lines, 1):
        state = str(ticks.lines.get(line.id, "none"))
        told = markup.inline(line.text) if state == "full" else say(f"results.feedback.line_{state}", number=number)
        words = {"points": format_number(line.points * _SHARES[state]), "most": format_number(line.points)}
        found.append(RubricWords(number, state, _SIGNS[state], told, say("results.feedback.points", **words)))
    return found


def short(lines: list[RubricWords]) -> str:
    """Return the numbers and points of the lines in one sentence for paper, or "" if there are none."""
    parts = [say("results.feedback.line_short", number=line.number, points=line.points) for line in lines]
    return say("results.feedback.lines_short", lines="; ".join(parts)) if parts else ""
