"""Put the feedback of a whole class into one zip to send, and record when: a folder by code, a page in each.

Nothing is sent while something waits in the unit (marking by hand, a hand-in to grade, a decision, a corrected key),
unless that is asked for: whoever reads the feedback takes it as final.
"""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from buuchinh import course
from buuchinh.attempts import reader
from buuchinh.classroom import gradebook, gradebook_cells
from buuchinh.classroom.turn import turn
from buuchinh.errors import KitError
from buuchinh.exchange import fill_exchange, instructors_settings, laid_pages
from buuchinh.files import write_bytes
from buuchinh.grading import grade_class
from buuchinh.messages import say
from buuchinh.release import propagate_correction
from buuchinh.results import attendance, feedback_pages, feedback_sent, results
from buuchinh.text import format_moment


@dataclass(frozen=True)
class Sent:
    """A zip of feedback on a unit: its path, the file for a class's printer, the codes in it, and when it was made.

    ``old_on_hub`` are the codes of those whose earlier feedback still lies in a hub's exchange, which was out of reach.
    """

    unit: str
    path: Path
    of_class: Path
    codes: tuple[str, ...]
    at: datetime
    old_on_hub: tuple[str, ...] = ()


def waits(unit: str) -> dict[str, tuple[str, ...]]:
    """Return what waits in ``unit``: by reason (``marking``, ``grading``, ``refused``), codes or refused files.

    The reason ``corrected`` stands for a corrected answer key that was not applied, and has the unit itself.
    """
    roll = attendance.of_unit(unit)
    again = gradebook_cells.trainees(unit, "x.needs_manual_grade = 1") & set(reader.submitted_codes(unit))
    found: Mapping[str, set[str]] = {
        "marking": {*roll.waiting, *again},
        "grading": set(grade_class.ungraded(unit)),
        "refused": {one.folder.name for one in attendance.unresolved_refusals() if one.unit == unit},
        "corrected": {unit} if propagate_correction.is_corrected(unit) else set(),
    }
    return {reason: tuple(sorted(who)) for reason, who in found.items() if who}


def waiting_words(unit: str) -> str:
    """Return a phrase that counts what waits in ``unit``, or ""."""
    return "; ".join(say(f"results.sending.{reason}", count=len(who)) for reason, who in waits(unit).items())


@turn()
def send(unit: str, *, anyway: bool = False, names: bool = False, option: str = "--send") -> Sent:
    """Write all feedback on ``unit`` and one zip of it, and record for each trainee that it was sent.

    ``names`` adds names and offices to the pages; ``option`` is the command's, which its advice repeats. Raise
    ``KitError`` if something waits, unless ``anyway`` is true, if nobody was graded, or if a file cannot be written;
    nothing is recorded then.
    """
    if (waiting := waiting_words(unit)) and not anyway:
        words = say("results.sending.waits", what=waiting)
        raise KitError(words, say("results.sending.anyway", unit=unit, option=option), path=unit)
    pages = feedback_pages.write(unit, names=names)
    when = datetime.now().astimezone()
    write_bytes(place(unit), _zipped(pages))
    codes = tuple(path.parent.parent.name for path in pages)
    old = _replace_in_exchange(unit, codes)  # before it is recorded: a run that is killed here does it again
    for standing in results.standings(unit):
        if standing.code in codes:
            feedback_sent.keep(standing, when)
    return Sent(unit, place(unit), feedback_pages.of_class(unit), codes, when, old)


def _replace_in_exchange(unit: str, codes: Collection[str]) -> tuple[str, ...]:
    """Replace the pages that lie in a hub's exchange; return whose could not be, as from another machine."""
    left = [code for code in laid_pages.trainees(unit) if code in codes]
    with contextlib.suppress(OSError, KitError):
        exchange = instructors_settings.exchange()
        fill_exchange.clear_unfinished(exchange)
        while left:
            laid_pages.lay(exchange, unit, left[0], (), feedback_pages.place(unit, left[0]).read_bytes())
            del left[0]
    return tuple(left)


def place(unit: str) -> Path:
    """Return the path of the zip with everybody's feedback on ``unit``."""
    return gradebook.folder(course.FEEDBACK) / f"phan-hoi_{unit}_gui.zip"


def words(when: datetime | None) -> str:
    """Return “đã gửi 27-11 10:42”, or "" if nothing was sent."""
    return say("results.sending.sent", day=f"{when:%d-%m}", clock=f"{when:%H:%M}") if when else ""


def whole_words(sent: Sent) -> str:
    """Return a sentence on what was put into the zip, and ``old_words``."""
    done = say("results.sending.done", count=len(sent.codes), at=format_moment(sent.at))
    return " ".join(filter(None, (done, old_words(sent))))


def old_words(sent: Sent) -> str:
    """Return a sentence on the earlier feedback that people still read on a hub, or ""."""
    count = len(sent.old_on_hub)
    return say("results.sending.old_on_hub", count=count, unit=sent.unit) if count else ""


def _zipped(pages: list[Path]) -> bytes:
    """Return a zip with each page in a folder by its owner's code; the same pages give the same bytes."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in pages:
            entry = zipfile.ZipInfo(f"{path.parent.parent.name}/{path.name}")
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    return data.getvalue()
