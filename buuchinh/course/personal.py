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

    ``step`` says that it is one of nbgrader's, which ``nbgrader_config.py`` may rename. ``of_trainee`` is the
    pattern, from the folder, of what belongs to one trainee as a whole; "" where files name trainees in their
    text. ``backed_up`` says that a backup carries it, ``collected`` that ``collect`` may find submissions in it.
    """

    name: str
    of_trainee: str = ""
    step: bool = False
    backed_up: bool = True
    collected: bool = False

    def patterns(self, code: str) -> str:
        """Return the glob pattern of what belongs to the trainee ``code`` alone, "" where there is none."""
        return self.of_trainee.format(code=code)


PERSONAL_FOLDERS = (
    PersonalFolder(layout.SUBMITTED, "{code}", step=True),
    PersonalFolder(layout.AUTOGRADED, "{code}", step=True),
    PersonalFolder(layout.FEEDBACK, "{code}", step=True),
    PersonalFolder(layout.OUTCOMES, "{code}"),
    PersonalFolder(layout.WORK, "{code}", backed_up=False, collected=True),
    PersonalFolder(layout.ATTEMPTS, "*/{code}"),
    PersonalFolder(layout.REPORTS),
    PersonalFolder(layout.BACKUPS, backed_up=False),
)
"""Every folder with personal data, in the order in which they are shown to a person."""


def not_collected() -> frozenset[Path]:
    """Return the course's own folders (resolved) in which ``collect`` looks for no submissions."""
    names = [layout.SOURCE, layout.EXERCISES, *(folder.name for folder in PERSONAL_FOLDERS if not folder.collected)]
    return frozenset((layout.root() / name).resolve() for name in names)
