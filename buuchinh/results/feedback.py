"""Writes feedback: one HTML file a trainee, readable on a phone, printable, without a script.

It has points, remarks on what that trainee chose, the legal basis with its dates, and what to read again.
Options that were not chosen and keys are not in it. Of an exam, whose items are used again, it has
points by objective and nothing about any one item.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from buuchinh import course, datasets, law, pages, statistics
from buuchinh.classroom import gradebook
from buuchinh.classroom.turn import turn
from buuchinh.codes import normalise
from buuchinh.errors import KitError, Problem
from buuchinh.exam import cut_scores
from buuchinh.files import reason, write_text
from buuchinh.messages import say, section
from buuchinh.questions import answer_words, types
from buuchinh.questions.answer_lines import Line
from buuchinh.questions.authored import AuthoredQuestion
from buuchinh.release import versions
from buuchinh.results import objectives, point_changes
from buuchinh.results.results import QuestionResult, Standing, standings
from buuchinh.text import format_date, format_moment, format_number

_TEMPLATE = Path(__file__).with_name("feedback.html.j2")


@dataclass(frozen=True)
class Shown:
    """One question as the page shows it. ``state`` is ``right``, ``partly``, ``wrong``, ``open`` or ``none``."""

    number: int
    title: str
    stem: str
    points: str
    state: str
    word: str
    critical: bool
    lines: list[Line]
    reason: str
    rule: str
    comment: str
    basis: list[dict[str, str]]


@turn()
def write(unit: str, *, only: str | None = None, report: Callable[[Path], None] = lambda path: None) -> list[Path]:
    """Write ``feedback/<code>/<unit>/phan-hoi_<unit>_<code>.html`` for all who were graded, or for one.

    Returns the files. Raises ``KitError`` where nobody was graded, and, once all other pages
    are written, where somebody's page cannot be.
    """
    written = []
    problems: list[Problem] = []
    for standing in standings(unit, normalise(only) if only else None):
        path = place(unit, standing.code)
        try:
            write_text(path, page(standing))
        except Exception as error:  # one page is one person's: nobody else waits for it
            problems += _not_written(path, error)
            continue
        written.append(path)
        report(path)
    if problems:
        raise KitError(
            [*problems, Problem("", 0, say("results.feedback.others_written", count=len(written)), level="warning")]
        )
    return written


def _not_written(path: Path, error: Exception) -> list[Problem]:
    """Say why a page is missing, in our words where there are any, else in Python's for who mends the kit."""
    if isinstance(error, KitError):
        return [
            Problem(f"{path.name} ({one.path})" if one.path else path.name, one.line, one.message, one.way_out)
            for one in error.problems
        ]
    if isinstance(error, OSError):
        said = say("files.unwritable", reason=reason(error))
        return [Problem(path.name, 0, said, say("results.feedback.close_it"))]
    said = say("results.feedback.not_written", reason=f"{type(error).__name__}: {error}"[:200])
    return [Problem(path.name, 0, said, say("results.feedback.not_written_way_out"))]


def place(unit: str, code: str) -> Path:
    """Return where a trainee's feedback stands; the file's name says whose it is when it travels."""
    return gradebook.folder(course.FEEDBACK) / code / unit / f"phan-hoi_{unit}_{code}.html"


def page(standing: Standing) -> str:
    """Return the whole page for one trainee."""
    settings = course.settings()
    reviewed = format_date(settings.reviewed_on)
    released = versions.released_for(standing.unit, standing.version, standing.code)
    questions = {} if released.drawn else released.obscured
    verdict = standing.verdict
    shown = [
        _shown(number, item, questions[item.id])
        for number, item in enumerate(standing.items, 1)
        if item.id in questions
    ]
    return pages.template(_TEMPLATE, paragraphs=_paragraphs).render(
        words=section("results.feedback"),
        course=settings.title,
        title=released.questions.title,
        standing=standing,
        verdict=verdict,
        verdict_word=say(f"results.feedback.verdicts.{verdict}"),
        sentence=_sentence(standing, exam=released.drawn),
        near=_near(standing, released) if verdict == "fail" else "",
        changes=_changes(standing, exam=released.drawn),
        criticals=_criticals(standing, by_objective=released.drawn),
        objectives=objectives.by_objective(standing) if released.drawn else [],
        rules=_rules(standing, released) if released.drawn else [],
        footer=say("results.feedback.footer_exam" if released.drawn else "results.feedback.footer", reviewed=reviewed),
        points=format_number(round(standing.earned, 2)),
        most=format_number(standing.most),
        percent=format_number(100 * standing.share, 1).removesuffix(",0"),
        width=round(100 * min(1.0, standing.share), 1),
        mark=format_number(100 * standing.pass_mark),
        mark_at=round(100 * standing.pass_mark, 1),
        pending=format_number(standing.pending) if standing.pending else "",
        handed_in=format_moment(standing.handed_in) if standing.handed_in else "",
        graded_at=format_moment(standing.graded_at),
        questions=shown,
        again=objectives.read_again(standing),
    )


def _sentence(standing: Standing, *, exam: bool) -> str:
    verdict = standing.verdict
    key = "critical" if verdict == "fail" and standing.missed_criticals else f"exam_{verdict}" if exam else verdict
    return say(f"results.feedback.sentences.{key}", mark=format_number(100 * standing.pass_mark))


def _changes(standing: Standing, *, exam: bool) -> list[str]:
    """Say for each correction of a key by which this result came about what moved, when and why."""
    numbers = {item.id: f"{number}" for number, item in enumerate(standing.items, 1)}
    return [point_changes.sentence(one, {} if exam else numbers) for one in point_changes.told(standing)]


def _near(standing: Standing, released: versions.Released) -> str:
    """Say that a result which does not pass is within one standard error of the mark, where judges gave one."""
    found = cut_scores.standard(standing.unit, released.form, released.version)
    if found is None or standing.missed_criticals or not cut_scores.near(standing.share, standing.pass_mark, found):
        return ""
    return say("results.feedback.near", se=format_number(100 * found.se, 1).removesuffix(",0"))


def _criticals(standing: Standing, *, by_objective: bool) -> str:
    """Name the critical questions that were missed: by number, or in an exam by their objectives."""
    if not standing.missed_criticals:
        return ""
    if by_objective:
        known = objectives.known()
        missed = (item.objective or "" for item in standing.missed_criticals)
        titles = [known[name][0] if name in known else name for name in dict.fromkeys(missed)]
        return say("results.feedback.critical_objectives", objectives="; ".join(titles))
    numbers = {one.id: f"{number}" for number, one in enumerate(standing.items, 1)}
    return say(
        "results.feedback.critical_note", criticals=", ".join(numbers[item.id] for item in standing.missed_criticals)
    )


def _rules(standing: Standing, released: versions.Released) -> list[str]:
    """Say by which rules questions earned a part of their points, a sentence a type and of no question by itself."""
    asked = released.obscured
    return list(
        dict.fromkeys(rule for one in standing.items if one.id in asked and (rule := _rule(one, asked[one.id])))
    )


def _rule(item: QuestionResult, question: AuthoredQuestion) -> str:
    """Say how a part of the points came about; "" where there is no part, or a person gave it."""
    by_machine = not item.manual and item.earned is not None
    share = item.score["fraction"]
    if not by_machine or not 0 < share < 1 or abs((item.earned or 0.0) - share * item.most) > 1e-5:
        return ""
    return str(section("results.feedback.partly").get(question.type, ""))


def _shown(number: int, item: QuestionResult, question: AuthoredQuestion) -> Shown:
    state = _state(item, question)
    earned = say("results.feedback.open_points") if item.earned is None else format_number(round(item.earned, 2))
    reason = item.score["reason"]
    settled = item.manual and item.earned is not None and reason in {"manual", "waits", "unknown"}
    words = "results.feedback.foreign" if objectives.is_foreign(item) else f"grading.reasons.{reason}"
    return Shown(
        number=number,
        title=question.title or "",
        stem=question.stem,
        points=say("results.feedback.points", points=earned, most=format_number(item.most)),
        state=state,
        word=say(f"results.feedback.states.{state}"),
        critical=item.critical,
        lines=answer_words.lines(question, item.answer, item.score),
        reason=say(words) if reason and not settled else "",
        rule=_rule(item, question),
        comment=item.comment,
        basis=[_provision(course.root(), ref) for ref in item.score["provisions"]]
        + [_figure(course.root(), ref) for ref in item.score["sources"]],
    )


def _state(item: QuestionResult, question: AuthoredQuestion) -> str:
    if not types.type_of(question).scored:
        return "none"
    if item.earned is None:
        return "open"
    if item.right:
        return "right"
    return "partly" if item.earned > 0 else "wrong"


@lru_cache(maxsize=1024)
def _provision(_root: Path, ref: str) -> dict[str, str]:
    """Cite a provision with the days between which it holds and how sure we are of it, once for a class."""
    try:
        known = law.provision(ref)
        words = law.cite(ref)
        confidence = law.confidence_words(known.confidence) if known.confidence else ""
    except (KitError, KeyError):
        return {"words": ref, "days": "", "confidence": ""}
    days = ""
    if known.from_ and known.to:
        days = say("results.feedback.from_to", start=format_date(known.from_), end=format_date(known.to))
    elif known.from_:
        days = say("results.feedback.from", start=format_date(known.from_))
    return {"words": words, "days": days or say("results.feedback.no_days"), "confidence": confidence}


@lru_cache(maxsize=1024)
def _figure(_root: Path, ref: str) -> dict[str, str]:
    try:
        return {"words": str(statistics.figure(ref)), "days": "", "confidence": ""}
    except KitError:
        known = _sources().get(ref)
        return {"words": known or ref, "days": "", "confidence": ""}


def _sources() -> Mapping[str, str]:
    """Return the titles of the sources of figures by id; none where the table cannot be read."""
    try:
        return datasets.made_of(_read_sources, "statistics/sources")
    except KitError:
        return {}


def _read_sources() -> Mapping[str, str]:
    return {str(row["id"]): str(row["title"]) for row in datasets.read("statistics/sources").rows}


def _paragraphs(text: str) -> list[str]:
    """Split a text at empty lines; single line ends are spaces."""
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
