"""Show the instructor's first page: the class's progress in each unit, and the reports.

This is a small Jupyter server extension, which ``lab.launch`` switches on. The page only shows and links; it changes
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from buuchinh import course, pages
from buuchinh.attempts import reader
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.messages import section
from buuchinh.nbgrader_plugins import formgrader
from buuchinh.personal_data.names import Names
from buuchinh.release import versions
from buuchinh.results import attendance, class_report

_COUNTS = ("handed_in", "late", "refused", "absent", "excused", "waiting")
_TEMPLATE = Path(__file__).with_name("start_page.html.j2")


@dataclass(frozen=True)
class UnitLine:
    """The status of an exercise or exam: counts of people, and the files of its report.

    Each member of the class is counted once, in ``handed_in``, ``late``, ``refused``, ``absent`` or ``excused`` (has a
    role that does not learn the unit, passed before, or left the class). ``unknown`` counts refused submissions whose
    owner is unknown; ``waiting`` counts those of ``handed_in`` that await manual grading. ``people`` lists the members
    behind some of the counts, with code, name and office. ``given_out`` is True if there is a submission or a deadline;
    otherwise the counts mean nothing.
    """

    unit: str
    title: str
    given_out: bool
    handed_in: int
    late: int
    refused: int
    absent: int
    excused: int
    unknown: int
    waiting: int
    files: tuple[str, ...]
    people: tuple[tuple[str, tuple[str, ...]], ...] = ()


def page(base: str = "/") -> str:
    """Return the first page as HTML; ``base`` is the server's base URL."""
    units = [line(unit) for unit in course.released_units()]
    return pages.template(_TEMPLATE).render(
        words=section("lab.instructor"),
        course=course.settings().title,
        base=base.rstrip("/"),
        units=units,
        counts=_COUNTS,
        unknown=sum(one.unknown for one in units),
        reports=_reports(),
        feedback=gradebook.folder(course.FEEDBACK).is_dir(),
        people=len(gradebook.rows("SELECT id FROM student")),
    )


def line(unit: str) -> UnitLine:
    """Return the class's status in the exercise or exam ``unit``."""
    try:
        title = versions.released(unit).questions.title
    except KitError:  # given out, and its source is not on this machine
        title = unit
    where = attendance.of_unit(unit)
    root = course.root()
    files = (path.relative_to(root).as_posix() for path in sorted(class_report.folder(unit).glob("bao-cao_*.xlsx")))
    people = {code for (code,) in gradebook.rows("SELECT id FROM student")}
    submitted = set(reader.submitted_codes(unit))
    somewhere = submitted | where.late.keys() | where.refused.keys() | set(where.absent)
    groups = (("waiting", where.waiting), ("late", where.late), ("refused", where.refused), ("absent", where.absent))
    names = Names.read()
    sent = submitted or where.late or where.refused or where.nobodys
    return UnitLine(
        unit=unit,
        title=title,
        given_out=bool(sent or course.settings().deadline(unit)),
        handed_in=len(submitted),
        late=len(where.late),
        refused=len(where.refused),
        absent=len(where.absent),
        excused=len(people - somewhere),
        unknown=len(where.nobodys),
        waiting=len(where.waiting),
        files=tuple(files),
        people=tuple((name, tuple(map(names.shown, codes))) for name, codes in groups if codes),
    )


def _reports() -> list[str]:
    """Return the paths, relative to the course, of all report files, workbooks first."""
    root = course.root()
    found = [path.relative_to(root).as_posix() for path in (root / course.REPORTS).rglob("*") if path.is_file()]
    return sorted(
        (path for path in found if path.endswith((".xlsx", ".csv"))), key=lambda path: (path[-4:] == ".csv", path)
    )


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Add the page to the server; opening it requires the server's token."""
    from jupyter_server.base.handlers import JupyterHandler
    from jupyter_server.utils import url_path_join
    from tornado import web

    class StartPage(JupyterHandler):
        @web.authenticated
        def get(self) -> None:
            self.finish(page(self.base_url))

    server.io_loop.add_callback(lambda: formgrader.lay_over(server.web_app.settings))  # when nbgrader is loaded
    server.web_app.add_handlers(".*$", [(url_path_join(server.web_app.settings["base_url"], "giang-vien"), StartPage)])
