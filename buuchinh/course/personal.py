"""Registry of the folders with personal data; backup, forget, collect and the test on ``.gitignore`` read it.

A room that keeps anything about a person registers its folder here, or the tests fail: Law 91/2025/QH15 gives
that person the right to have it erased, and a folder that nobody listed would be left over.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from buuchinh.course import layout


@dataclass(frozen=True)
class PersonalFolder:
    """One folder below the course's root with data about trainees.

    ``of_trainee`` is the pattern, from the folder, of what belongs to one trainee as a whole; "" where files
    name trainees in their text alone. ``of_class`` is that of files about many beside them, which a command writes
    again. ``step`` says that it is one of nbgrader's, which ``nbgrader_config.py`` may rename; ``backed_up`` that a
    backup carries it; ``made_again`` that a command writes its files again, so that a file which names a trainee is
    erased whole; ``collected`` that ``collect`` takes submissions from it.
    """

    name: str
    of_trainee: str = ""
    of_class: str = ""
    step: bool = False
    backed_up: bool = True
    made_again: bool = False
    collected: bool = False


PERSONAL_FOLDERS = (
    PersonalFolder(layout.SUBMITTED, "{code}", step=True),
    PersonalFolder(layout.AUTOGRADED, "{code}", step=True),
    PersonalFolder(layout.FEEDBACK, "{code}", "*.html", step=True),
    PersonalFolder(layout.OUTCOMES, "{code}"),
    PersonalFolder(layout.WORK, "{code}", backed_up=False, collected=True),
    PersonalFolder(layout.ATTEMPTS, "*/{code}"),
    PersonalFolder(layout.REPORTS, made_again=True),
    PersonalFolder(layout.OFFICE),
    PersonalFolder(layout.JUPYTER, backed_up=False, made_again=True),
    PersonalFolder(layout.BACKUPS, backed_up=False),
)
"""Every folder with personal data, in the order in which they are shown to a person."""


def not_collected() -> frozenset[Path]:
    """Return the course's own folders (resolved) in which ``collect`` looks for no submissions."""
    names = [
        layout.SOURCE,
        layout.EXERCISES,
        layout.DIST,
        *(folder.name for folder in PERSONAL_FOLDERS if not folder.collected),
    ]
    return frozenset((layout.root() / name).resolve() for name in names)
