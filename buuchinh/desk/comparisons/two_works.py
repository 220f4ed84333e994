"""Put two works beside each other: what is alike and was computed, what differs, and what was noted after asking."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from typing import Any

from buuchinh import course
from buuchinh.attempts import reader
from buuchinh.attempts.reader import Submitted
from buuchinh.desk.comparisons import equal_pairs, pair_notes
from buuchinh.desk.naming import question_names, unit_names
from buuchinh.desk_payloads.desk_dialogs import AnswerPart, EqualRow, PairAnswer, PairSign, TwoWorks
from buuchinh.desk_payloads.desk_screens import NamedFile
from buuchinh.errors import KitError
from buuchinh.grading import equal_work
from buuchinh.grading.equal_work import Alike
from buuchinh.messages import say
from buuchinh.personal_data.names import Names
from buuchinh.questions import answer_words, types
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.release import versions
from buuchinh.text import format_date

_LONGEST = 160
_MOST_WORDS = 2_000


@dataclass(frozen=True)
class _Side:
    """One person's work, with the questions as they were asked of this person."""

    submitted: Submitted
    asked: Mapping[str, AuthoredQuestion]
    entries: Mapping[str, Any]

    def words(self, name: str) -> str:
        """Return the answer as text, a chosen option with the digit that it had on the sheet; "" if there is none."""
        with suppress(KitError, KeyError, TypeError, AttributeError):  # damaged files are told by ``grade``
            question, answer = self.asked[name], self.entries[name]["answer"]
            return _options(question, answer) or answer_words.in_words(question, answer)
        return ""

    def saved_at(self, name: str) -> datetime | None:
        """Return when the answer was saved, to the second."""
        with suppress(KeyError, TypeError, ValueError, OverflowError, OSError):
            return datetime.fromisoformat(self.entries[name]["at"]).astimezone().replace(microsecond=0)
        return None

    def wrote_much(self) -> bool:
        """Return whether there is prose that is long enough to be compared."""
        return any(
            True
            for name, entry in self.entries.items()
            if isinstance(entry, dict)
            for _ in equal_work.long_texts(name, entry.get("answer"))
        )


def payload(unit: str, first: str, second: str, names: Names, *, covered: bool = False) -> TwoWorks:
    """Return two works beside each other; raise ``KitError`` if they are gone or no longer alike.

    While the desk is projected (``covered``) the note stays out of what is sent.
    """
    pair = next((one for one in equal_pairs.alike(unit) if {one.first, one.second} == {first, second}), None)
    works = [reader.submitted(unit, code) for code in (first, second)]
    sides = [_side(work) for work in works if work]
    if pair is None or len(sides) < 2:
        raise KitError(say("desk.equal.gone"))
    left, right = sides
    kinds = _kinds(pair)
    rows = list(_rows(left, right, kinds))
    others = sum(name not in kinds and left.words(name) == right.words(name) != "" for name in left.asked)
    asked = equal_pairs.asked_on(unit, first, second)
    return {
        "unit": unit,
        "first": first,
        "second": second,
        "title": say("desk.equal.two", unit=unit_names.spoken(unit)),
        "lead": say("desk.equal.lead_two"),
        "left": names.shown(first),
        "right": names.shown(second),
        "signs": list(_signs(pair, left, right, list(kinds))),
        "rows": rows,
        "others": say("desk.equal.others", count=others) if others else "",
        "asked": say("desk.equal.asked_on", day=format_date(date.fromisoformat(asked))) if asked else "",
        "note": "" if covered else pair_notes.of_pair(unit, first, second),
        "note_closed": say("desk.equal.note_closed") if covered else "",
        "originals": list(_originals(unit, sides)),
    }


def _side(submitted: Submitted) -> _Side:
    asked = versions.released_for(submitted.unit, submitted.version, submitted.code).obscured
    return _Side(submitted, asked, submitted.answers)


def _kinds(pair: Alike) -> dict[str, list[str]]:
    """Map each question that is part of the evidence to its kinds; a field of a form counts as its question."""
    found: dict[str, list[str]] = {}
    for kind, ids in pair.kinds.items():
        for name in dict.fromkeys(one.split()[0] for one in ids):
            found.setdefault(name, []).append(kind)
    return found


def _rows(left: _Side, right: _Side, kinds: Mapping[str, Sequence[str]]) -> Iterator[EqualRow]:
    """Yield the questions of the evidence, then those answered differently; equal right answers say nothing."""
    alike: list[EqualRow] = []
    different: list[EqualRow] = []
    for number, (name, question) in enumerate(left.asked.items(), 1):
        one, other = left.words(name), right.words(name)
        if name not in kinds and one == other:
            continue
        parts = _compared(one, other)
        row: EqualRow = {
            "number": number,
            "stem": question_names.cut(" ".join(question.stem.split()), _LONGEST),
            "why": _why(kinds.get(name, ()), same_second=_same_second(left, right, name)),
            "alike": name in kinds,
            "left": _answer(left, name, parts[0] if name in kinds else [{"text": one, "same": False}]),
            "right": _answer(right, name, parts[1] if name in kinds else [{"text": other, "same": False}]),
        }
        (alike if name in kinds else different).append(row)
    yield from (*alike, *different)


def _answer(side: _Side, name: str, parts: list[AnswerPart]) -> PairAnswer:
    at = side.saved_at(name)
    return {
        "parts": [part for part in parts if part["text"]] or [{"text": say("desk.equal.no_answer"), "same": False}],
        "about": say("desk.equal.saved", at=f"{at:%H:%M:%S}", day=f"{at:%d-%m}") if at else "",
    }


def _why(kinds: Sequence[str], *, same_second: bool) -> str:
    if not kinds:
        return say("desk.equal.is_different")
    words = [say(f"desk.equal.is_{kind}") for kind in kinds]
    return ", ".join([*words, say("desk.equal.is_second")] if same_second else words)


def _signs(pair: Alike, left: _Side, right: _Side, names: Sequence[str]) -> Iterator[PairSign]:
    """Yield what was computed: kinds of evidence, answers of it saved in one second, no shared prose, time between."""
    for kind, ids in pair.kinds.items():
        yield {"text": say(f"desk.equal.{kind}", count=len(ids)), "alike": True}
    if seconds := sum(_same_second(left, right, name) for name in names):
        yield {"text": say("desk.equal.seconds", count=seconds), "alike": True}
    if "texts" not in pair.kinds and left.wrote_much() and right.wrote_much():
        yield {"text": say("desk.equal.no_texts"), "alike": False}
    yield {"text": say("desk.equal.apart", time=_time(abs(left.submitted.at - right.submitted.at))), "alike": False}


def _time(between: timedelta) -> str:
    minutes = int(between.total_seconds()) // 60
    if minutes < 1:
        return say("desk.equal.under_a_minute")
    if minutes < 60:
        return say("desk.equal.minutes", count=minutes)
    if between.days < 2:
        return say("desk.equal.hours", count=minutes // 60)
    return say("desk.equal.days", count=between.days)


def _same_second(left: _Side, right: _Side, name: str) -> bool:
    at = left.saved_at(name)
    return at is not None and at == right.saved_at(name)


def _options(question: AuthoredQuestion, answer: Any) -> str:
    """Return chosen options by digit and text, in the order of the sheet; "" for any other question."""
    if not types.type_of(question).has_options:
        return ""
    listed = question.model_dump()["options"]
    options = {option["id"]: (number, option["text"]) for number, option in enumerate(listed, 1)}
    chosen = sorted(options[one] for one in (answer if isinstance(answer, list) else [answer]))
    return "; ".join(f"{number}. {text}" for number, text in chosen)


def _compared(left: str, right: str) -> tuple[list[AnswerPart], list[AnswerPart]]:
    """Return both texts in runs of words, each marked as in both texts or in one."""
    if left == right:
        return [{"text": left, "same": True}], [{"text": right, "same": True}]
    one, other = (re.findall(r"\S+\s*", text)[:_MOST_WORDS] for text in (left, right))
    blocks = SequenceMatcher(None, [word.strip() for word in one], [word.strip() for word in other], autojunk=False)
    mine: list[AnswerPart] = []
    theirs: list[AnswerPart] = []
    for kind, a, b, c, d in blocks.get_opcodes():
        mine.append({"text": "".join(one[a:b]), "same": kind == "equal"})
        theirs.append({"text": "".join(other[c:d]), "same": kind == "equal"})
    return mine, theirs


def _originals(unit: str, sides: Sequence[_Side]) -> Iterator[NamedFile]:
    """Yield the file that each of the two handed in and that counts."""
    for side in sides:
        code = side.submitted.code
        for attempt in reader.attempts(unit, code):
            if attempt.sha256 == side.submitted.sha256 and (path := attempt.original):
                yield {
                    "path": path.relative_to(course.root()).as_posix(),
                    "text": say("desk.equal.original", code=code),
                }
                break
