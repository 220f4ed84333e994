"""Count trainees' answers to one question: each option, chosen or not, or the most frequent typed answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from buuchinh import course
from buuchinh.messages import say
from buuchinh.questions import answer_words, types
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.scored import is_empty
from buuchinh.release.versions import Released
from buuchinh.results.results import Standing
from buuchinh.spreadsheet import Cell

COMMONEST = 10
"""Maximum number of typed answers listed per part of a question: they show common mistakes, not who made them."""
_SIGNS = {True: "✓", False: "✗", None: ""}


def rows(
    question: AuthoredQuestion, name: str, standings: Sequence[Standing], asked_of: Mapping[str, Released]
) -> Iterator[list[Cell]]:
    """Yield a table row for each answer to ``question``, with the number of trainees who gave that answer.

    A row holds the part of the question, the answer, a sign for right or wrong, the number of trainees who gave the
    answer, and the number of trainees who were asked. Values computed by a trainee's code are not choices and are not
    listed. ``name`` is the question's id, and ``asked_of`` maps each trainee's code to the released version that the
    trainee was given.
    """
    kind = types.type_of(question)
    counts, right = _options(question)
    asked = blank = 0
    for standing in standings:
        item = next((one for one in standing.items if one.id == name), None)
        theirs = asked_of[standing.code].obscured.get(name)
        if item is None or theirs is None:
            continue
        asked += 1
        blank += is_empty(item.answer)
        for line in answer_words.lines(theirs, item.answer, item.score):
            place = line.label, line.chosen or line.label
            counts[place] += 1
            right.setdefault(place, None if line.label and kind.from_code else line.right)
    shown: Counter[str] = Counter()
    for (part, choice), count in counts.most_common():
        shown[part] += 1
        if right.get((part, choice)) is not None and (shown[part] <= COMMONEST or kind.has_options):
            yield [part, choice, _SIGNS[right[part, choice]], count, asked]
    if blank:
        yield ["", say("results.report.blank"), "", blank, asked]


def _options(question: AuthoredQuestion) -> tuple[Counter[tuple[str, str]], dict[tuple[str, str], bool | None]]:
    """Return two mappings of the question's options: a count of zero, and whether the option is right.

    Correctness is judged on the question's reference date. Both mappings are keyed by ("", the option's text) and are
    empty for questions without options.
    """
    kind = types.type_of(question)
    asked: Any = question
    if not kind.has_options:
        return Counter(), {}
    key = asked.key_on(asked.as_of or course.settings().reviewed_on)
    good = set(kind.render_key_for_judges(question, key)) if key else set()
    texts = [option.text for option in asked.options if hasattr(option, "text")]
    return Counter({("", text): 0 for text in texts}), {("", text): text in good for text in texts}
