"""``follow_up()``: shows the packs of the spaced follow-up, the objectives mastered, and the questions of a pack."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import traitlets
from ipywidgets import VBox

from buuchinh import course, datasets
from buuchinh.errors import KitError
from buuchinh.files import reason
from buuchinh.messages import say, section
from buuchinh.notebook.desk import place_of, record_of
from buuchinh.notebook.drill import Drill
from buuchinh.notebook.parts import Part, shown
from buuchinh.questions import bank, types
from buuchinh.questions.answers import Record, moment
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.questions.browser import payload
from buuchinh.questions.browser.widget import QuestionWidget
from buuchinh.questions.practice import schedule, spacing
from buuchinh.questions.practice.mastery import Attempt, mastery
from buuchinh.questions.practice.spacing import ROOM
from buuchinh.questions.publish import shuffle
from buuchinh.questions.scoring import score
from buuchinh.text import format_date

_LONG_AGO = datetime.fromtimestamp(0, UTC)
"""When an answer was given whose line in the journal does not say it."""


def follow_up() -> None:
    """Show the follow-up page; the questions of a pack appear below it when it is opened."""
    questions = VBox()
    shown(FollowUp(questions), "follow_up", below=questions)


class FollowUp(Part):
    """The schedule, kept in a file of the trainee's own; nothing of it leaves this machine."""

    _esm = Part.script("follow_up.js")
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, below: VBox) -> None:
        super().__init__(payload={"words": section("notebook")["follow_up"]})
        self._below = below
        self.state = now()
        self.on_msg(self._on_message)

    def _on_message(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        try:
            if content.get("do") == "start":
                begin(course.today())
                self.state = now()
                self.send({"did": "start"})
            elif content.get("do") == "open":
                days = content.get("days")
                if days in spacing.DAYS:
                    questions = [self._asked(days, question, number) for number, question in enumerate(pack(days), 1)]
                    drills = [Drill(f"ngay-{days}")] if days in spacing.DRILLED else []
                    self._below.children = [*questions, *drills]
                    self.state = now()
                    self.send({"did": "open", "days": days})
        except KitError as error:
            self.send({"did": "refuse", "message": str(error)})
        except OSError as error:
            self.send({"did": "refuse", "message": say("files.unwritable", reason=reason(error))})

    def _asked(self, days: int, question: AuthoredQuestion, number: int) -> QuestionWidget:
        record = _record(days)

        def keep(answer: Any) -> datetime:
            at = record.put(question.id, answer)
            self.state = now()
            return at

        entry = record.answers().get(question.id, {})
        mixed = shuffle(question, f"{ROOM}/{days}/{record.code or ''}")
        store = f"{record.code or 'khach'}/{record.unit}/{record.version}"
        handed = payload.practice(mixed, course.today(), store=store, heading_level=3, number=number)
        return QuestionWidget(handed, keep, answer=entry.get("answer"), answered_at=entry.get("at"))


def now() -> dict[str, Any]:
    """Return what the page shows: when it began, each pack with its day, and each objective that was met."""
    state = schedule.read(_folder())
    attempts = list(_attempts())
    started = schedule.started(state)
    page: dict[str, Any] = {
        "started": "",
        "can_start": bool(attempts),
        "packs": [],
        "objectives": [],
        "own": [],
        "ics": "",
    }
    standing = mastery(attempts)
    for row in datasets.read("questions/objectives").rows:
        reached = standing.get(row["id"])
        if reached:
            page["objectives"].append(
                {
                    "title": row["title"],
                    "lesson": row["lesson"],
                    "right": sum(reached.last),
                    "count": len(reached.last),
                    "mastered": reached.mastered,
                }
            )
    if started is None:
        return page
    page["started"] = format_date(started)
    page["ics"] = (_folder() / schedule.CALENDAR).relative_to(course.root()).as_posix()
    page["own"] = list(_own_sentences())
    for days, day in spacing.due(started).items():
        chosen = state.get("packs", {}).get(str(days), [])
        done = len(_record(days).answers().keys() & set(chosen))
        total = len(chosen) or spacing.SIZE
        page["packs"].append(
            {
                "days": days,
                "day": format_date(day),
                "open": day <= course.today(),
                "done": done,
                "total": total,
                "recalls": days in spacing.RECALLED,
            }
        )
    return page


def waiting() -> dict[str, int]:
    """Return how many questions of the packs wait today, and the days of the first of those packs; 0 and 0 for none."""
    packs = [pack for pack in now()["packs"] if pack["open"] and pack["done"] < pack["total"]]
    left = sum(pack["total"] - pack["done"] for pack in packs)
    return {"count": left, "days": packs[0]["days"] if packs else 0}


def begin(day: date) -> None:
    """Start the schedule on ``day``; one that runs goes on as it is."""
    schedule.begin(_folder(), day)


def pack(days: int) -> list[AuthoredQuestion]:
    """Return the questions of a pack, chosen when it is first opened and kept from then on."""
    state = schedule.read(_folder())
    offered = {question.id: question for question in _offered()}
    chosen = [name for name in state.get("packs", {}).get(str(days), []) if name in offered]
    if not chosen:
        before = {name for names in state.get("packs", {}).values() for name in names}
        seen = before | {attempt.question for attempt in _attempts()}
        seed = f"{place_of(ROOM)[1] or course.GUEST}/{days}"
        chosen = spacing.choose(offered.values(), mastery(_attempts()), seen, seed)
        schedule.keep(_folder(), {str(days): chosen})
    return [offered[name] for name in chosen]


def _offered() -> Iterator[AuthoredQuestion]:
    """Yield the practice questions of all lessons in which something was answered, with a key for today."""
    for path in bank.practice_files():
        if path.stem.startswith("l"):
            file = bank.load(path)
            if record_of(file.unit, file.version).answers():
                yield from (question for question in file.questions if _has_key(question))


def _own_sentences() -> Iterator[dict[str, str]]:
    """Yield what the learner wrote at the end of lessons that he would do, as he wrote it."""
    for path in bank.practice_files():
        file = bank.load(path)
        asked = [one for one in file.questions if getattr(one, "comes_back", False)]
        answers = record_of(file.unit, file.version).answers() if asked else {}
        for question in asked:
            written = answers.get(question.id, {}).get("answer")
            if isinstance(written, str) and written.strip():
                yield {"lesson": path.stem.lstrip("l0"), "text": written.strip()}


def _has_key(question: AuthoredQuestion) -> bool:
    key_on = getattr(question, "key_on", None)
    return bool(key_on and key_on(question.as_of or course.today()))


def _attempts() -> Iterator[Attempt]:
    """Yield the first answer to each question, in lessons and in packs."""
    files = [bank.load(path) for path in bank.practice_files() if path.stem.startswith("l")]
    questions = {question.id: question for file in files for question in file.questions}
    records = [record_of(file.unit, file.version) for file in files] + [_record(days) for days in spacing.DAYS]
    for record in records:
        for name, entry in record.answers().items():
            question = questions.get(name)
            if question is None or not question.objective or not types.type_of(question).scored:
                continue
            result = score(question, entry.get("first"), course.today())
            if result.reason in {"manual", "unscored", "no_key"}:
                continue
            yield Attempt(question.objective, name, result.fraction >= 1, moment(entry) or _LONG_AGO)


def _record(days: int) -> Record:
    return record_of(f"{ROOM}-{days}", "1.0.0")


def _folder() -> Path:
    return place_of(ROOM)[0]
