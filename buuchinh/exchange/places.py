"""Find nbgrader's exchange and its folders, and the rights that keep one trainee away from another's work.

====================  ======  =============================================================================
``<root>``            1777    stock nbgrader wants it writable; the sticky bit keeps its folders in place
``…/outbound/<unit>`` 0755    released exercises, for everybody
``…/inbound``         3733    anybody may add, nobody but its owner may list, and nobody may replace another's
``…/feedback``        0711    a page is found only by who knows the secret of the submission
a submission          0770    its trainee and the group of ``inbound``: the instructor, who can erase it
====================  ======  =============================================================================
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from buuchinh.errors import KitError
from buuchinh.messages import say

ROOT = "BUUCHINH_EXCHANGE"
"""The environment variable that names the exchange's root on a hub."""
COURSE = "buuchinh"
"""nbgrader's course id, as in ``nbgrader_config.py``."""
SECRET = "submission_secret.txt"  # noqa: S105  # a file's name
"""The file by which nbgrader finds the feedback of a submission."""
ROOT_MODE, OPEN_MODE, INBOUND_MODE, FEEDBACK_MODE = 0o1777, 0o755, 0o3733, 0o711
FOLDER_MODE, FILE_MODE, PUBLIC_MODE = 0o770, 0o640, 0o644


@dataclass(frozen=True)
class Exchange:
    """nbgrader's exchange of one course."""

    root: Path
    course: str = COURSE

    @property
    def folder(self) -> Path:
        """The folder of the course."""
        return self.root / self.course

    @property
    def outbound(self) -> Path:
        """The folder of released units."""
        return self.folder / "outbound"

    @property
    def inbound(self) -> Path:
        """The folder of submissions."""
        return self.folder / "inbound"

    @property
    def feedback(self) -> Path:
        """The folder of feedback pages, each named by a hash."""
        return self.folder / "feedback"


def of_hub() -> Exchange | None:
    """Return the exchange that the hub's settings name, or None if this is no hub with an exchange."""
    named = os.environ.get(ROOT)
    return Exchange(Path(named)) if named else None


def refuse_windows() -> None:
    """Raise ``KitError`` on Windows, whose files have no Unix owners."""
    if os.name != "posix":
        raise KitError(say("exchange.windows"), say("exchange.windows_way_out"))
