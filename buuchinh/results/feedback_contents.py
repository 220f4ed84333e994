"""Compose the contents of one trainee's feedback, for display on screen and for printing.

Feedback contains neither answer keys nor options that the trainee did not choose. Feedback on an exam, whose items are
reused, shows points by objective and nothing about individual items.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from buuchinh import course
from buuchinh.classroom import given_points
from buuchinh.exam import cut_scores
from buuchinh.messages import say, section
from buuchinh.personal_data.names import Person
from buuchinh.questions import answer_words, types
from buuchinh.questions.answer_lines import AnswerLine
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.release import versions
from buuchinh.results import legal_grounds, missed_decisions, objectives, point_changes, rubric_words
from buuchinh.results.legal_grounds import Ground
from buuchinh.results.results import QuestionResult, Standing
from buuchinh.results.rubric_words import RubricWords
from buuchinh.results.text_shortening import clipped, in_sentences
from buuchinh.text import format_date, format_moment, format_number

_GROUPS = (("to_read", ("wrong", "partly")), ("to_wait", ("open",)), ("done", ("right",)), ("not_scored", ("none",)))
"""Groups of questions as (group name, states), in display order: questions to study come first, right ones later."""
_SUBJECT, _WHY, _COMMENT = 70, 240, 300


@dataclass(frozen=True)
class Shown:
    """One question and its result, as shown in feedback.

    ``number`` is 1-based. ``state`` is ``right``, ``partly``, ``wrong``, ``open`` (awaiting manual grading) or ``none``
    (not scored), and ``word`` is the displayed name of that state. ``lines`` are the trainee's answers, and ``values``
    is true if the trainee's code computed them. ``reason`` explains the score, ``rule`` explains partial points or how
    a person marked, and ``why`` briefly explains missing points. ``rubric`` are the lines that a person marked.
    """

    number: int
    title: str
    stem: str
    points: str
    state: str
    word: str
    critical: bool
    lines: list[AnswerLine]
    values: bool
    reason: str
    rule: str
    comment: str
    grounds: list[Ground]
    why: str
    rubric: list[RubricWords]

    @property
    def unfolded(self) -> bool:
        """Whether the question is expanded when the page opens."""
        return self.state not in {"right", "none"} or bool(self.comment)

    @property
    def short_title(self) -> str:
        """The title, or the beginning of the stem if there is no title."""
        return self.title or clipped(self.stem, _SUBJECT)

    @property
    def short_rubric(self) -> str:
        """The numbers and points of the rubric's lines, for paper; "" if the answer is right."""
        return "" if self.state == "right" else rubric_words.short(self.rubric)

    @property
    def short_comment(self) -> str:
        """The grader's comment, shortened to the space on paper."""
        return clipped(self.comment, _COMMENT)


def of(standing: Standing, person: Person | None = None) -> dict[str, Any]:
    """Return the feedback template's values for one trainee, with name and office if ``person`` is given."""
    reviewed = format_date(course.settings().reviewed_on)
    released = versions.released_for(standing.unit, standing.version, standing.code)
    questions = {} if released.drawn else released.obscured
    verdict = standing.verdict
    cited = legal_grounds.numbered(item.score for item in standing.items if item.id in questions)
    shown = [
        _shown(number, item, questions[item.id], cited, rubric_words.of(standing, item, questions[item.id], released))
        for number, item in enumerate(standing.items, 1)
        if item.id in questions
    ]
    return {
        "title": released.questions.title,
        "standing": standing,
        "person": person or Person(standing.code),
        "verdict": verdict,
        "verdict_word": say(f"results.feedback.verdicts.{verdict}"),
        "sentence": _sentence(standing, exam=released.drawn),
        "near": _near(standing, released) if verdict == "fail" else "",
        "changes": _changes(standing, exam=released.drawn),
        "criticals": _criticals(standing, by_objective=released.drawn),
        "objectives": objectives.by_objective(standing) if released.drawn else [],
        "rules": _rules(standing, released) if released.drawn else [],
        "footer": say(f"results.feedback.footer{'_exam' if released.drawn else ''}", reviewed=reviewed),
        "points": format_number(round(standing.earned, 2)),
        "most": format_number(standing.most),
        "percent": format_number(standing.percent, 1).removesuffix(",0"),
        "width": round(100 * min(1.0, standing.share), 1),
        "mark": format_number(100 * standing.pass_mark),
        "mark_at": round(100 * standing.pass_mark, 1),
        "pending": format_number(standing.pending) if standing.pending else "",
        "handed_in": format_moment(standing.handed_in) if standing.handed_in else "",
        "graded_at": _graded_at(standing),
        "questions": shown,
        "groups": _groups(shown),
        "grounds": legal_grounds.by_document(cited.values()),
        "again": objectives.read_again(standing),
    }


def _graded_at(standing: Standing) -> str:
    """Return a phrase with the time of automatic grading and, if points were given manually, the time of that."""
    by_machine = format_moment(standing.graded_at)
    by_person = given_points.last(standing.unit, standing.code, {item.id: item.earned for item in standing.items})
    if by_person is None:
        return by_machine
    return say("results.feedback.graded_by_both", machine=by_machine, person=format_moment(by_person))


def _groups(shown: Sequence[Shown]) -> list[tuple[str, list[Shown]]]:
    found = (
        (say(f"results.feedback.groups.{name}"), [one for state in states for one in shown if one.state == state])
        for name, states in _GROUPS
    )
    return [(heading, questions) for heading, questions in found if questions]


def _sentence(standing: Standing, *, exam: bool) -> str:
    verdict = standing.verdict
    key = f"exam_{verdict}" if exam else verdict
    if standing.missed:
        key = "critical" if standing.missed_criticals else "decision"
        key += "_and_few" if standing.too_few else ""
    elif all(item.right for item in standing.items):
        key = "whole"
    return say(f"results.feedback.sentences.{key}", mark=format_number(100 * standing.pass_mark))


def _changes(standing: Standing, *, exam: bool) -> list[str]:
    """Return a sentence for each answer-key correction that changed this result, with date, reason and new points."""
    numbers = {item.id: f"{number}" for number, item in enumerate(standing.items, 1)}
    return [point_changes.sentence(one, {} if exam else numbers) for one in point_changes.corrections(standing)]


def _near(standing: Standing, released: versions.Released) -> str:
    """Return a note if the result is within one standard error of the judges' cut score; otherwise return ""."""
    found = cut_scores.standard(standing.unit, released.form, released.version)
    if found is None or standing.missed or not cut_scores.near(standing.share, standing.pass_mark, found):
        return ""
    return say("results.feedback.near", se=format_number(100 * found.se, 1).removesuffix(",0"))


def _criticals(standing: Standing, *, by_objective: bool) -> str:
    """Return a note that lists missed critical questions by number or, in an exam, by objective and decision."""
    if by_objective:
        return " ".join(filter(None, (_missed_alone(standing), _missed_decisions(standing))))
    if not standing.missed_criticals:
        return ""
    numbers = {one.id: f"{number}" for number, one in enumerate(standing.items, 1)}
    return say(
        "results.feedback.critical_note", criticals=", ".join(numbers[item.id] for item in standing.missed_criticals)
    )


def _missed_alone(standing: Standing) -> str:
    if not standing.missed_criticals:
        return ""
    known = objectives.known()
    missed = (item.objective or "" for item in standing.missed_criticals)
    titles = [known[name][0] if name in known else name for name in dict.fromkeys(missed)]
    return say("results.feedback.critical_objectives", objectives="; ".join(titles))


def _missed_decisions(standing: Standing) -> str:
    if not standing.missed_decisions:
        return ""
    titles = map(missed_decisions.title, standing.missed_decisions)
    return say("results.feedback.critical_decisions", decisions="; ".join(titles))


def _rules(standing: Standing, released: versions.Released) -> list[str]:
    """Return the rules that gave partial points, one sentence per question type, without naming single questions."""
    asked = released.obscured
    return list(
        dict.fromkeys(rule for one in standing.items if one.id in asked and (rule := _rule(one, asked[one.id])))
    )


def _rule(item: QuestionResult, question: AuthoredQuestion) -> str:
    """Return the rule that gave partial points, or "" if the points are not partial or were given manually."""
    by_machine = not item.manual and item.earned is not None
    share = item.score["fraction"]
    if not by_machine or not 0 < share < 1 or abs((item.earned or 0.0) - share * item.most) > 1e-5:
        return ""
    return str(section("results.feedback.partly").get(question.type, ""))


def _by_person(item: QuestionResult, question: AuthoredQuestion) -> str:
    """Return how a person marked a written answer that lacks points and has no comment, or "".

    The rubric and the model answer are keys: ``rubric_words`` quotes only what was met; the grounds can be read.
    """
    marked = item.manual and item.earned is not None and types.type_of(question).by_hand(question)
    return say("results.feedback.by_person") if marked and not item.right and not item.comment.strip() else ""


def _shown(
    number: int,
    item: QuestionResult,
    question: AuthoredQuestion,
    cited: dict[str, Ground],
    rubric: list[RubricWords],
) -> Shown:
    state = _state(item, question)
    earned = say("results.feedback.open_points") if item.earned is None else format_number(round(item.earned, 2))
    reason = item.score["reason"]
    settled = item.manual and item.earned is not None and reason in {"manual", "waits", "unknown"}
    words = "results.feedback.foreign" if objectives.is_foreign(item) else f"grading.reasons.{reason}"
    sentence = say(words) if reason and not settled else ""
    lines = answer_words.lines(question, item.answer, item.score)
    by_person = _by_person(item, question)
    why = _why(lines, sentence, state, by_machine=not item.manual) or by_person
    return Shown(
        number=number,
        title=question.title or "",
        stem=question.stem,
        points=say("results.feedback.points", points=earned, most=format_number(item.most)),
        state=state,
        word=say(f"results.feedback.states.{state}"),
        critical=item.critical,
        lines=lines,
        values=types.type_of(question).from_code,
        reason=sentence,
        rule=_rule(item, question) or by_person,
        comment=item.comment,
        grounds=[cited[ref] for ref in legal_grounds.refs(item.score)],
        why=why if state in {"wrong", "partly", "open"} else "",
        rubric=rubric,
    )


def _why(lines: Sequence[AnswerLine], reason: str, state: str, *, by_machine: bool) -> str:
    """Return a short reason for missing points, usually the remark on the first wrong answer line.

    If no line is wrong, something right is missing, and the reason says that the answer is incomplete.
    """
    wrong = [line for line in lines if line.right is False]
    unclear = [line for line in lines if line.right is None and line.remark]
    shown = next((line for line in wrong if line.remark), next(iter(wrong or unclear), None))
    if shown is None or (reason and not wrong):
        return reason or (say("results.feedback.incomplete") if state == "partly" and by_machine else "")
    subject = clipped(": ".join(filter(None, (shown.label, shown.chosen))), _SUBJECT)
    feedback = in_sentences(shown.remark, _WHY)
    return say("results.feedback.why", chosen=subject, said=feedback) if subject and feedback else feedback or subject


def _state(item: QuestionResult, question: AuthoredQuestion) -> str:
    if not types.type_of(question).scored:
        return "none"
    if item.earned is None:
        return "open"
    if item.right:
        return "right"
    return "partly" if item.earned > 0 else "wrong"
