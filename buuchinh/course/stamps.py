"""Find the small drawings shown on the first page, one for each lesson, printable sheet, exam and role.

Each drawing is stored as ``lessons/hinh/tem-<name>.svg``.
"""

from __future__ import annotations

import re
from pathlib import Path

from buuchinh import routes
from buuchinh.course.layout import LESSONS, lesson_number, lessons, root
from buuchinh.course.roles import ROLES
from buuchinh.course.units import LESSON

_STAMP = "tem-"
_OTHERS = frozenset({"thi", "kt", routes.FOLLOW_UP, "the-khan-cap", *ROLES})
"""The names of drawings that belong to no lesson: exams, short tests, the follow-up, the wall card and the roles."""
_DRAWING = re.compile(r"hinh/[\w-]+\.svg")


def stamps() -> dict[str, str]:
    """Return the drawing for each name (``l05``, ``the-khan-cap``, ``clerk``) as a path within the course.

    A lesson without its own drawing uses the first drawing in its notebook.
    """
    drawn = sorted((root() / LESSONS / "hinh").glob(f"{_STAMP}*.svg"))
    named = {path.stem.removeprefix(_STAMP): path.relative_to(root()).as_posix() for path in drawn}
    own = {name: path for name, path in named.items() if name in _OTHERS or re.fullmatch(LESSON, name)}
    bare = {name: path for path in lessons() if (name := f"l{lesson_number(path)}") not in own}
    return own | {name: drawing for name, path in bare.items() if (drawing := _first_drawing(path))}


def _first_drawing(lesson: Path) -> str:
    match = _DRAWING.search(lesson.read_text(encoding="utf-8"))
    drawing = lesson.parent / match[0] if match else None
    return drawing.relative_to(lesson.parents[1]).as_posix() if drawing and drawing.is_file() else ""
