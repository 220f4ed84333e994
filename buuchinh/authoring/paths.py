"""Generate ``docs/paths.md``, each role's learning path with a slow reader's minutes, and check its length.

A learning path is the list of steps (lessons, short tests, exercises and exams) that ``course.toml`` gives for a group
of roles.
"""

from __future__ import annotations

from collections.abc import Iterator

from buuchinh import course
from buuchinh.authoring import lengths, taught
from buuchinh.authoring.lengths import LESSON, PATH, SECONDS, TRIES, WORDS, Length
from buuchinh.messages import say
from buuchinh.text import format_number

PAGE = "docs/paths.md"


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
    graded item is unfolded on the path (see ``taught``).
    """
    steps = lengths.path("staff")
    for name, length in steps:
        if not course.graded(name) and length.minutes > LESSON:
            yield "lesson-length", {"name": name, "minutes": _minutes(length), "most": str(LESSON)}
    whole = lengths.total(steps)
    if whole.minutes > PATH:
        yield "path-length", {"minutes": _minutes(whole), "most": str(PATH)}
    tried = _tried("staff")
    if tried.minutes > TRIES:
        yield "tries-length", {"minutes": _minutes(tried), "most": str(TRIES)}
    yield from taught.not_open()


def _tried(group: str) -> Length:
    """Return the total length of the try-out questions in the exercises on the learning path of ``group``."""
    steps = course.settings().paths.get(group, ())
    return sum((lengths.tried(step) for step in filter(course.is_exercise, steps)), Length())


def _row(name: str, length: Length) -> list[str]:
    return [name, str(length.words), str(length.decisions), _minutes(length)]


def _minutes(length: Length) -> str:
    return format_number(length.minutes, 1)
