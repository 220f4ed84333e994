"""Describe one question's answers for the page that marks them: no code, no name, and authors' text as safe HTML."""

from __future__ import annotations

from buuchinh.desk.marking import earlier_comments, machine_answers, queue, read_before, save_mark
from buuchinh.desk.marking.marked_work import CodeWork
from buuchinh.desk.marking.queue import Answer
from buuchinh.desk.naming import unit_names
from buuchinh.desk_payloads.desk_marks import (
    MarkedCode,
    MarkedPerson,
    MarkingPayload,
    MarkingSheet,
    OtherQuestion,
    OtherUnit,
)
from buuchinh.errors import KitError
from buuchinh.messages import say, section
from buuchinh.parsed import snapshot_mode
from buuchinh.questions import markup
from buuchinh.release import source, versions


@snapshot_mode()  # the releases of a class of 200 are in a few files
def of(unit: str, question: str) -> MarkingPayload:
    """Return all that the page shows for ``question``; raise ``KitError`` if nobody has an answer to mark."""
    answers = queue.read(unit, question)
    sheets: dict[tuple[str, str], MarkingSheet] = {}
    for one in answers:
        if (asked := (one.released.version, one.released.form)) not in sheets:
            sheets[asked] = _sheet(one)
    order = list(sheets)
    numbers = _numbers(unit)
    return {
        "unit": unit,
        "question": question,
        "number": numbers.get(question, question),
        "title": say("desk.marking.title", unit=_unit_name(unit), number=numbers.get(question, question)),
        "sheets": list(sheets.values()),
        "people": [_person(one, order.index((one.released.version, one.released.form))) for one in answers],
        "comments": earlier_comments.of_question(unit, question),
        "others": _others(unit, question, numbers),
        "other_unit": _other_unit(unit),
        "only_read": save_mark.writable(),
        "words": section("desk.marking.page"),
    }


def picture(unit: str, question: str, hidden: str, number: int) -> bytes:
    """Return one picture that a trainee's code drew, as PNG; raise ``KitError`` if there is none."""
    code = queue.code_behind(unit, question, hidden)
    (one,) = queue.read(unit, question, code)
    outputs = one.work.code.outputs if one.work.code else ()
    if number < len(outputs) and outputs[number].png:
        return outputs[number].png
    raise KitError(say("desk.marking.gone"), say("desk.marking.gone_way_out"))


def _sheet(one: Answer) -> MarkingSheet:
    """Return what was asked in one version, and how it is marked."""
    question, key = one.question, one.key
    before = read_before.of(one.released, question.id)
    return {
        "before": {"html": before.html, "short": before.short},
        "title": question.title or "",
        "stem": markup.paragraphs(question.stem),
        "most": source.points(question),
        "model": markup.paragraphs(key.model_answer or "") if key else "",
        "advice": markup.paragraphs(key.rubric or "") if key else "",
        "by_machine": machine_answers.is_scored_by_machine(question),
        "right": [markup.inline(words) for words in _right(one)],
        "lines": [
            {"id": line.id, "points": line.points, "half": line.half, "text": markup.inline(line.text)}
            for line in (key.lines if key else ())
        ],
    }


def _right(one: Answer) -> list[str]:
    """Return what is right by the key of a question that the machine scores."""
    return machine_answers.right_words(one.question) if machine_answers.is_scored_by_machine(one.question) else []


def _person(one: Answer, sheet: int) -> MarkedPerson:
    scored, ticks = one.scored, one.ticks
    state = "done" if not scored.waits else "waiting" if scored.manual is None else "again"
    if state == "again" and ticks and ticks.fingerprint == one.fingerprint:
        state = "half"
    elsewhere = scored.manual is not None and (ticks is None or ticks.set_elsewhere(scored.manual))
    return {
        "id": one.hidden,
        "sheet": sheet,
        "state": state,
        "points": scored.manual,
        "automatic": scored.auto,
        "extra": scored.extra,
        "comment": one.comment,
        "fingerprint": one.fingerprint,
        "lines": dict(ticks.lines) if ticks else {},
        "typed": bool(ticks and ticks.typed),
        "elsewhere": elsewhere,
        "text": one.work.text,
        "words": one.work.words,
        "about": _about(one),
        "same": one.same,
        "code": _code(one.work.code) if one.work.code else None,
        "empty_cell": one.work.empty_cell,
        "why": one.work.why,
        "of_other": list(one.work.about),
    }


def _about(one: Answer) -> str:
    """Return when an answer was handed in, and for which version."""
    parts = [say("desk.marking.version", version=one.released.version)]
    if one.handed_in:
        at = one.handed_in.astimezone()
        parts.insert(0, say("desk.marking.handed_in", day=f"{at:%d-%m}", hour=f"{at.hour}:{at:%M}"))
    return " · ".join(parts)


def _code(work: CodeWork) -> MarkedCode:
    return {
        "source": work.source,
        "rerun": work.rerun,
        "outputs": [{"kind": output.kind, "text": output.text} for output in work.outputs],
    }


def _others(unit: str, question: str, numbers: dict[str, int]) -> list[OtherQuestion]:
    """Return the other questions of the unit that a person marks, and how many of their answers wait."""
    asked = versions.released(unit).obscured
    return [
        {
            "question": name,
            "number": numbers.get(name, name),
            "waiting": waits,
            "total": total,
            "by_machine": name in asked and machine_answers.is_scored_by_machine(asked[name]),
        }
        for name, (waits, total) in queue.waiting(unit).items()
        if name != question
    ]


def _other_unit(unit: str) -> OtherUnit | None:
    """Return the next unit in which answers wait, with its name, or None."""
    other = queue.other_unit(unit)
    return {"unit": other, "name": unit_names.spoken(other)} if other else None


def _numbers(unit: str) -> dict[str, int]:
    """Map question ids to their numbers in the newest version, which feedback gives them too."""
    return {name: number for number, name in enumerate(versions.released(unit).obscured, 1)}


def _unit_name(unit: str) -> str:
    """Return the part of a unit's title that stands before its subject: ``Bài tập 2``."""
    return versions.released(unit).questions.title.partition(". ")[0]
