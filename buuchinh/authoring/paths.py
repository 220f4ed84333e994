"""Generate ``docs/paths.md``, each role's learning path with a slow reader's minutes, and check its length.

A learning path is the list of steps (lessons, short tests, exercises and exams) that ``course.toml`` gives for a group
of roles.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from buuchinh import course
from buuchinh.authoring import lengths, taught
from buuchinh.authoring.lengths import LESSON, PATH, SECONDS, TRIES, WORDS, Length
from buuchinh.messages import say
from buuchinh.questions import question_bank
from buuchinh.text import format_number

PAGE = "docs/paths.md"
LIMITS = "buuchinh/authoring/lengths.py"
"""The file in which the limits stand, for the messages that name them."""


def page() -> str:
    """Return the Markdown content of ``docs/paths.md``."""
    parts = [say("authoring.paths.page", words=WORDS, seconds=SECONDS, lesson=LESSON, path=PATH, tries=TRIES)]
    head = [say(f"authoring.paths.heads.{name}") for name in ("step", "words", "decisions", "minutes")]
    for group, roles in course.GROUPS.items():
        steps = lengths.path(group)
        rows = [head, ["---", "---:", "---:", "---:"], *(_row(f"`{name}`", length) for name, length in steps)]
        rows.append(_row(say("authoring.paths.all"), lengths.total(steps)))
        rows.append(_row(say("authoring.paths.tries"), _tried(group)))
        parts.append("## " + ", ".join(map(course.role_title, roles)))
        parts.append("\n".join(f"| {' | '.join(row)} |" for row in rows))
    return "\n\n".join(parts) + "\n"


def broken() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield ``(rule, values)`` for each broken rule on learning paths; ``values`` fill in the rule's message.

    The rules limit the length of the staff's lessons, path and try-out questions, and require that the content of each
    graded item is unfolded on the path (see ``taught``). ``file`` names the file to shorten: of several, the longest.
    """
    steps = lengths.path("staff")
    for name, length in steps:
        if name in _lessons() and length.minutes > LESSON:
            yield "lesson-length", _fault(_lessons()[name], length, LESSON) | {"name": name}
    whole = lengths.total(steps)
    if whole.minutes > PATH:
        name, length = _longest([step for step in steps if step[0] in _lessons()] or steps)
        own = {"name": name, "own": _minutes(length), "over": format_number(whole.minutes - PATH, 1)}
        yield "path-length", _fault(_lessons().get(name, course.root() / course.SETTINGS), whole, PATH) | own
    tried = _tried("staff")
    if tried.minutes > TRIES:
        name, _ = _longest([(step, lengths.tried(step)) for step in _exercises("staff")])
        yield "tries-length", _fault(course.bank_path(course.try_of(name)), tried, TRIES) | {"name": name}
    yield from taught.not_open()


def _fault(file: Path, length: Length, most: int) -> dict[str, str]:
    """Return the values that the messages of all limits need, with ``file`` as the file to shorten."""
    return {"file": question_bank.shown(file), "minutes": _minutes(length), "most": str(most), "limits": LIMITS}


def _lessons() -> dict[str, Path]:
    """Map the name of each lesson, such as ``l05``, to its notebook."""
    return {f"l{course.lesson_number(path)}": path for path in course.lessons()}


def _longest(steps: list[tuple[str, Length]]) -> tuple[str, Length]:
    return max(steps, key=lambda step: step[1].minutes)


def _exercises(group: str) -> list[str]:
    """Return the exercises on the learning path of ``group``, in order."""
    return [step for step in course.settings().paths.get(group, ()) if course.is_exercise(step)]


def _tried(group: str) -> Length:
    """Return the total length of the try-out questions in the exercises on the learning path of ``group``."""
    return sum(map(lengths.tried, _exercises(group)), Length())


def _row(name: str, length: Length) -> list[str]:
    return [name, str(length.words), str(length.decisions), _minutes(length)]


def _minutes(length: Length) -> str:
    return format_number(length.minutes, 1)
