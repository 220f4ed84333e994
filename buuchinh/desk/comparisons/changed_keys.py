"""Find exercises whose answer key in ``source/`` differs from the released one: an author corrected it.

A poll compares times of files alone. Where something changed, keys are compared in a thread for which no page waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from buuchinh import course
from buuchinh.desk.comparisons.background import BackgroundComparison
from buuchinh.desk.naming import unit_names
from buuchinh.desk.tasks.task import Action, Task
from buuchinh.messages import say
from buuchinh.parsed import stamp
from buuchinh.release import propagate_correction, versions


class ChangedKeys:
    """The units whose released key awaits a correction, remembered while their files stay the same."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._differing = BackgroundComparison(
            lambda unit, _key: propagate_correction.is_corrected(unit), missing=False
        )

    def look(self, units: Iterable[str]) -> None:
        """Compare the keys of the units whose files changed since the last look, unless that is being done."""
        self._differing.look({unit: _look(unit) for unit in units})

    def known(self) -> list[str]:
        """Return the sorted units whose key awaits a correction, as far as is known."""
        return sorted(unit for unit, differing in self._differing.known().items() if differing)

    def wait(self) -> None:
        """Wait until the look that was begun has ended."""
        self._differing.wait()


def tasks(units: Iterable[str]) -> Iterator[Task]:
    """Yield a task for each unit whose key awaits a correction."""
    for unit in units:
        yield Task(
            f"regrade:{unit}",
            "⇅",
            "open",
            say("desk.regrade.now", unit=unit_names.spoken(unit)),
            say("desk.regrade.now_why"),
            say("desk.regrade.now_do"),
            Action("regrade", {"unit": unit}),
            note=say("desk.regrade.now_note"),
        )


def _look(unit: str) -> object:
    folder = course.source_folder(unit)
    releases = folder / course.RELEASES
    written = (*versions.question_files(folder).values(), *releases.glob("*"), *releases.glob(f"*/{course.FORMS}"))
    return tuple((str(path), stamp(path)) for path in sorted(written))
