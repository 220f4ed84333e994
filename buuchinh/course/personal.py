"""Registry of the folders with personal data; backup, forget, collect and the test on ``.gitignore`` read it.

A room that stores anything about a person registers its folder here, or the tests fail: Law 91/2025/QH15 gives that
person the right to have it erased, and an unlisted folder would be missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from buuchinh.course import layout


@dataclass(frozen=True)
class PersonalFolder:
    """One folder below the course's root with data about trainees.

    ``of_trainee`` is the pattern, relative to the folder, of paths that belong to one trainee alone; "" where files
    name trainees only in their text. ``of_class`` is the pattern of files about several trainees that a command can
    write again. ``step`` marks a folder of nbgrader, which ``nbgrader_config.py`` may rename; ``backed_up`` one that a
    backup includes; ``made_again`` one whose files a command writes again, so that a file which names a trainee is
    erased as a whole; ``collected`` one from which ``collect`` takes submissions.
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
