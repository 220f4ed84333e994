"""``test("kt1")``: asks ten questions without feedback, then shows which were right and what to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import traitlets

from buuchinh import course, datasets, law
from buuchinh.errors import KitError
from buuchinh.files import reason
from buuchinh.messages import say, section
from buuchinh.notebook.desk import record_of
from buuchinh.notebook.parts import Part, shown
from buuchinh.notebook.start import title_of
from buuchinh.questions import answer_words
from buuchinh.questions.answers import Entry, Record, is_given, moment
from buuchinh.questions.authored import QuestionFile
from buuchinh.questions.browser import payload
from buuchinh.questions.browser.widget import QuestionWidget, show
from buuchinh.questions.practice import assessment
from buuchinh.questions.publish import obscure, publish
from buuchinh.questions.scored import Score
from buuchinh.text import format_moment, format_number


def test(unit: str) -> None:
    """Show a test (``kt1`` before the course, ``kt2`` after it), or its result once it is finished."""
    file = assessment.questions(unit)
    record = record_of(unit, file.version)
    end = Finish(file, record)
    if not end.finished:
        for number, question in enumerate(file.questions, 1):
            _ask(publish(question, file.seed), number, record, end)
    shown(end, "self_test")


def _ask(question: Any, number: int, record: Record, end: Finish) -> None:
    def keep(answer: Any) -> datetime:
        at = record.put(question.id, answer)
        end.count()
        return at

    entry = end.answers().get(question.id, {})
    store = f"{record.code or 'khach'}/{record.unit}/{record.version}"
    handed = payload.exam(question, store=store, heading_level=3, number=number)
    show(question, QuestionWidget(handed, keep, answer=entry.get("answer"), answered_at=entry.get("at")))


class Finish(Part):
    """Counts what is answered; ends the test when asked to, and then tells the result.

    An end of another version is told as that, and the test is open: its questions are no longer those.
    """

    _esm = Part.script("self_test.js")
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, file: QuestionFile, record: Record) -> None:
        super().__init__(payload={"words": section("notebook")["self_test"]})
        self._file, self._record = file, record
        self.finished, self._before = assessment.ends(file, record)
        self.count()
        self.on_msg(self._on_message)

    def answers(self) -> dict[str, Entry]:
        """Return what is kept, without what was answered in another version that was finished."""
        return assessment.answers_since(self._record, self._before)

    def count(self) -> None:
        """Bring the page up to date."""
        answers = {name for name, entry in self.answers().items() if is_given(entry)}
        missing = [number for number, question in enumerate(self._file.questions, 1) if question.id not in answers]
        result = told(self._file, self.finished["answers"]) if self.finished else None
        before = _ended(self._before) if self._before else ""
        self.state = {"total": len(self._file.questions), "missing": missing, "result": result, "before": before}

    def _on_message(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        if content.get("do") != "finish":
            return
        try:
            self._finish()
        except OSError as error:
            self.send({"did": "refuse", "message": say("files.unwritable", reason=reason(error))})
        else:
            self.count()
            self.send({"did": "finish"})

    def _finish(self) -> None:
        """Write down the answers as they are now; the first end counts, so that the two tests can be compared."""
        if self.finished:
            return
        self.finished, self._before = assessment.finish(self._file, self._record, course.today()), None


def _ended(end: Mapping[str, Any]) -> str:
    """Return how another version of the test was ended; its figures are there since 0.2.0."""
    at = moment({"at": end["finished_at"]})
    told = [say("notebook.self_test.before", version=end["version"], at=format_moment(at) if at else "")]
    if isinstance(end.get("right"), int) and isinstance(end.get("total"), int):
        told.append(say("notebook.self_test.score", right=end["right"], total=end["total"]) + ".")
    return " ".join([*told, say("notebook.self_test.anew")])


def told(file: QuestionFile, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page tells of a finished test: how many were right, each answer's word, what to read."""
    scores = assessment.assess(file, answers, course.today())
    right = sum(score.fraction >= 1 for score in scores.values())
    passed = right >= course.settings().pass_mark * len(scores)
    lessons = {row["id"]: row["lesson"] for row in datasets.read("questions/objectives").rows}
    wrong = Counter(
        lessons[question.objective]
        for question in file.questions
        if scores[question.id].fraction < 1 and question.objective in lessons
    )
    titles = {path.name[:2]: title_of(path) for path in course.lessons()}
    verdict = f"notebook.self_test.{'passed' if passed else 'not_yet'}.{file.unit}"
    mark = format_number(100 * course.settings().pass_mark)
    return {
        "headline": say("notebook.self_test.score", right=right, total=len(scores)),
        "sentence": say(verdict, mark=mark),
        "read": [titles[lesson] for lesson in sorted(wrong) if lesson in titles],
        "questions": [
            _told(number, obscure(question, file.seed), answers.get(question.id), scores[question.id])
            for number, question in enumerate(file.questions, 1)
        ],
    }


def _told(number: int, question: Any, answer: Any, score: Score) -> dict[str, Any]:
    return {
        "number": number,
        "title": question.title or question.stem,
        "right": score.fraction >= 1,
        "lines": [
            {"chosen": line.chosen, "right": line.right, "remark": line.remark}
            for line in answer_words.lines(question, answer, score.as_json())
        ],
        "basis": [_named(ref) for ref in score.provisions],
    }


def _named(ref: str) -> str:
    try:
        return law.cite(ref)
    except KitError:
        return ref
