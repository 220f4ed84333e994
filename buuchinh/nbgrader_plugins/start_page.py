"""The page on which the instructor's lab opens: for each unit who waits, the way to grade by hand, and the reports.

A small extension of the Jupyter server; ``lab.launch`` switches it on. It shows and links, and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from buuchinh import course, pages
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.grading import grade_class
from buuchinh.messages import section
from buuchinh.release import versions
from buuchinh.results import attendance, report

_TEMPLATE = Path(__file__).with_name("start_page.html.j2")


@dataclass(frozen=True)
class UnitLine:
    """One exercise or exam with what stands where: counts of people, and the files of its report.

    ``absent`` is None where nobody has sent anything and no deadline is set: then it was hardly given out.
    """

    unit: str
    title: str
    handed_in: int
    waiting: int
    refused: int
    absent: int | None
    files: tuple[str, ...]


def page(base: str = "/") -> str:
    """Return the page; ``base`` is the server's own prefix."""
    return pages.template(_TEMPLATE).render(
        words=section("lab.instructor"),
        course=course.settings().title,
        base=base.rstrip("/"),
        units=[_line(unit) for unit in course.released_units()],
        reports=(course.root() / course.REPORTS).is_dir(),
        feedback=gradebook.folder(course.FEEDBACK).is_dir(),
        people=len(gradebook.rows("SELECT id FROM student")),
    )


def _line(unit: str) -> UnitLine:
    try:
        title = versions.released(unit).questions.title
    except KitError:  # given out, and its source is not on this machine
        title = unit
    where = attendance.of_unit(unit)
    root = course.root()
    files = (path.relative_to(root).as_posix() for path in sorted(report.folder(unit).glob("bao-cao_*.xlsx")))
    there = grade_class.submitted(unit)
    given_out = there or where.late or where.refused or where.nobodys or course.settings().deadline(unit)
    return UnitLine(
        unit=unit,
        title=title,
        handed_in=len(there),
        waiting=len(where.waiting),
        refused=len(where.refused) + len(where.nobodys),
        absent=len(where.absent) if given_out else None,
        files=tuple(files),
    )


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Add the page to the server, for whoever has its token."""
    from jupyter_server.base.handlers import JupyterHandler
    from jupyter_server.utils import url_path_join
    from tornado import web

    class StartPage(JupyterHandler):
        @web.authenticated
        def get(self) -> None:
            self.finish(page(self.base_url))

    server.web_app.add_handlers(".*$", [(url_path_join(server.web_app.settings["base_url"], "giang-vien"), StartPage)])
