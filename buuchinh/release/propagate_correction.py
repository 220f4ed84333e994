"""Apply a corrected answer key to the other released versions that ask the same question.

A key is corrected in ``source/``, under a version that is already released. Another version asks the same question if
the question reads the same there, or if it had exactly the key that turned out to be wrong. A version that asks a
different question under the same id keeps its key, and this is reported. An exam's test forms are drawn anew for each
version, so a correction to an exam affects no other version. Each variant of a question is compared with itself; a key
that is written among the variants (``correct: "{right}"``) stays there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from buuchinh import course
from buuchinh.classroom.turn import turn
from buuchinh.errors import KitError, Problem
from buuchinh.files import write_text
from buuchinh.messages import say
from buuchinh.parsed import parsed
from buuchinh.questions import exercise_forms, publish, question_bank
from buuchinh.questions.authored import AuthoredQuestion, QuestionFile, asked_as
from buuchinh.release import corrections, keys_in_yaml, source, versions
from buuchinh.release.corrections import Change
from buuchinh.release.versions import Released


@dataclass(frozen=True)
class Reached:
    """A question, by id, and a released version that a correction reaches."""

    question: str
    version: str


@dataclass(frozen=True)
class Plan:
    """A correction's effect on the released versions.

    ``version`` is the version in ``source/``. ``reached`` lists the questions and versions whose keys change; ``kept``
    lists those that keep their keys, since that version asks a different question under the same id. ``released`` maps
    (version, form) to the new contents, and ``texts`` maps the paths of the files to write to their new contents.
    ``words`` is True if only the wording changes.
    """

    unit: str
    version: str
    reached: tuple[Reached, ...]
    kept: tuple[Reached, ...]
    released: Mapping[tuple[str, str], Released]
    texts: Mapping[Path, str]
    words: bool

    @property
    def changes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.reached) or self.words


def plan(unit: str, only: Collection[str] = ()) -> Plan:
    """Compare the keys in ``source/`` with those in the released versions; nothing is written.

    If given, ``only`` limits the comparison to these versions. Raise ``KitError`` if the source is faulty, if its
    version is not released, or if something that trainees see has changed.
    """
    course.refuse_unknown(unit)
    files, _ = source.load(unit)
    form, file = next(iter(files.items()))
    place, version = source.place_of(unit, form), file.version
    out = versions.versions(unit)
    _refuse(unit, place, version, out, only)
    now = versions.released_forms(unit, version)
    if versions.public(files) != versions.public({name: one.questions for name, one in now.items()}):
        raise KitError(say("release.same_version", version=version), say("release.reach.same_seen"), path=place)
    wrong = {change.question for name, one in now.items() for change in corrections.changes(one.questions, files[name])}
    released = {(version, name): replace(one, questions=files[name]) for name, one in now.items()}
    reached = {Reached(name, version) for name in wrong}
    unchanged: set[Reached] = set()
    texts: dict[Path, str] = {}
    source_path = course.source_folder(unit) / course.QUESTIONS
    for other in _others(unit, version, only):
        effect = _in_other(unit, other, corrected=source_path, wrong=_questions_of(now))
        reached |= effect.reached
        unchanged |= effect.kept
        released |= effect.released
        texts |= effect.texts
    words = not wrong and any(files[name] != one.questions for name, one in now.items())
    return Plan(unit, version, _sorted(reached), _sorted(unchanged), released, texts, words)


def awaits_correction(unit: str) -> bool:
    """Return whether keys or wording in ``source/`` differ from the release of the same version.

    Older versions are not compared. Raise ``KitError`` for the same reasons as ``plan``.
    """
    files, _ = source.load(unit)
    return plan(unit, [next(iter(files.values())).version]).changes


def is_corrected(unit: str) -> bool:
    """Return whether a released key of ``unit`` can be corrected now: what is told of it now would tell the old one."""
    folder = course.source_folder(unit)
    try:
        return parsed(_is_corrected, folder, course.root() / course.SETTINGS, *sorted(folder.rglob("*")))
    except (KitError, OSError):  # never released, or an author is in the middle of something else
        return False


def _is_corrected(folder: Path) -> bool:
    return awaits_correction(folder.name)


def _others(unit: str, version: str, only: Collection[str]) -> list[str]:
    """Return the released versions except ``version``, limited to ``only`` if given.

    The list is empty for an exam, since its forms are drawn anew for each version.
    """
    if versions.drawn(unit):
        return []
    return [other for other in versions.versions(unit) if other != version and (not only or other in only)]


def _questions_of(forms: Mapping[str, Released]) -> Path:
    """Return the path of a released version's question file, which all forms of an exercise share."""
    return next(iter(forms.values())).path / course.QUESTIONS


@dataclass(frozen=True)
class _Other:
    """The part of a ``Plan`` that concerns one released version other than the version in ``source/``."""

    reached: frozenset[Reached] = frozenset()
    kept: frozenset[Reached] = frozenset()
    released: Mapping[tuple[str, str], Released] = field(default_factory=dict)
    texts: Mapping[Path, str] = field(default_factory=dict)


def _in_other(unit: str, version: str, *, corrected: Path, wrong: Path) -> _Other:
    """Return the effect that replacing the keys in ``wrong`` with those in ``corrected`` has on another version.

    ``wrong`` and ``corrected`` are the question files before and after the correction. If the new keys cannot be
    written into the other version's file, that version keeps all its keys.
    """
    forms = versions.released_forms(unit, version)
    path = _questions_of(forms)
    file = question_bank.load(path)
    asked = {question.id: asked_as(question) for question in file.questions}

    def named(names: Collection[str]) -> frozenset[Reached]:
        return frozenset(Reached(asked[name], version) for name in names)

    takes, keeps = _split_by_question(file, question_bank.load(corrected), question_bank.load(wrong))
    made = keys_in_yaml.replaced(path, corrected, takes) if takes else None
    if made is None:
        return _Other(kept=named(takes | keeps))
    text, new = made
    questions = exercise_forms.split(new, path)
    released = {(version, name): replace(one, questions=questions[name]) for name, one in forms.items()}
    return _Other(named(takes), named(keeps), released, {path: text})


@turn()
def spread(made: Plan, reason: str, provision: str = "") -> None:
    """Write the corrected keys into the other released versions, and a row in ``corrections.csv`` for each change."""
    others = [one for one in made.reached if one.version != made.version]
    corrections.record([Change(one.question, one.version, one.version) for one in others], reason, provision)
    for path, text in made.texts.items():
        write_text(path, text)
    between = corrections.between_versions(made.unit)  # where a version was left out
    corrections.record(between, reason, provision)


def _refuse(unit: str, place: str, version: str, out: Collection[str], only: Collection[str]) -> None:
    if version not in out:
        way_out = say("release.never_way_out", unit=unit)
        raise KitError(say("release.reach.not_out", version=version), way_out, path=place)
    unknown = sorted(set(only) - set(out))
    if unknown:
        raise KitError([Problem("", 0, say("release.no_version", unit=unit, version=one)) for one in unknown])
    if only and version not in only:
        raise KitError(say("release.reach.needs_its_own", version=version))


def _split_by_question(before: QuestionFile, new: QuestionFile, replaced: QuestionFile) -> tuple[set[str], set[str]]:
    """Return the ids of questions whose corrected keys a version takes over, and of questions it asks differently.

    ``before`` is that version's file. ``replaced`` and ``new`` are the corrected version's file before and after the
    correction.
    """
    old = {question.id: question for question in before.questions}
    had = {question.id: question for question in replaced.questions}
    wrong = {change.question for change in corrections.changes(replaced, new)}
    takes, keeps = set(), set()
    for change in corrections.changes(before, new):
        name = change.question
        now = next(question for question in new.questions if question.id == name)
        same_key = name in wrong and corrections.same_key(old[name], had[name])
        if same_key or _seen(old[name]) == _seen(now):
            takes.add(name)
        elif name in wrong:
            keeps.add(name)
    return takes, keeps


def _seen(question: AuthoredQuestion) -> object:
    """Return what trainees see of a question, without the points and independently of the file's random seed."""
    shown = publish.public_json(publish.publish(question, "seed"))
    return {name: value for name, value in shown.items() if name != "points"}


def _sorted(questions: Collection[Reached]) -> tuple[Reached, ...]:
    return tuple(
        sorted(questions, key=lambda one: (one.question, tuple(-part for part in versions.order(one.version))))
    )


def questions_of(made: Plan) -> Iterator[str]:
    """Yield the id of each question whose key changes in any version, without duplicates."""
    yield from dict.fromkeys(one.question for one in made.reached)
