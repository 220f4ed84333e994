"""Register every folder that contains personal data, for backup, erasure, collection and the test of ``.gitignore``.

Code that stores anything about a person must register its folder here; otherwise the tests fail. Law 91/2025/QH15
entitles that person to have the data erased, and an unregistered folder would be missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from buuchinh.course import layout


@dataclass(frozen=True)
class PersonalFolder:
    """One folder below the course root that contains trainees' data.

    ``of_trainee`` is the pattern, relative to the folder, of paths that belong to a single trainee; it is "" if files
    name trainees only in their contents. ``of_class`` is the pattern of files about several trainees that a command can
    regenerate. ``step`` marks an nbgrader folder, which ``nbgrader_config.py`` may rename. ``backed_up`` marks a folder
    that backups include. ``made_again`` marks a folder whose files a command regenerates or the trainee has too, so a
    file that names a trainee is erased as a whole. ``collected`` marks a folder from which ``collect`` takes work.
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
    PersonalFolder(layout.FEEDBACK, "{code}", "phan-hoi_*", step=True),
    PersonalFolder(layout.OUTCOMES, "{code}"),
    PersonalFolder(layout.WORK, "{code}", backed_up=False, collected=True),
    PersonalFolder(layout.ATTEMPTS, "*/{code}"),
    PersonalFolder(layout.INBOX, backed_up=False, made_again=True, collected=True),
    PersonalFolder(layout.REPORTS, made_again=True),
    PersonalFolder(layout.OFFICE),
    PersonalFolder(layout.JUPYTER, backed_up=False, made_again=True),
    PersonalFolder(layout.BACKUPS, backed_up=False),
)
"""Every folder with personal data, in the order in which commands list them."""


def not_collected() -> frozenset[Path]:
    """Return the course's own folders, as resolved paths, in which ``collect`` must not look for submissions."""
    names = [
        layout.SOURCE,
        layout.EXERCISES,
        layout.DIST,
        *(folder.name for folder in PERSONAL_FOLDERS if not folder.collected),
    ]
    return frozenset((layout.root() / name).resolve() for name in names)
