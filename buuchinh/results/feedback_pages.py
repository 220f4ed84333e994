"""Write trainees' feedback as HTML: one file per trainee for phone and paper, and one for printing a whole class.

The files load no other resources and need no JavaScript: right answers are collapsed by plain HTML. On paper, a table
of one or two pages replaces the cards shown on screen. ``feedback_contents`` composes the contents.
"""

from __future__ import annotations

from pathlib import Path

from buuchinh import course, pages
from buuchinh.classroom import gradebook
from buuchinh.classroom.turn import turn
from buuchinh.codes import normalise
from buuchinh.errors import KitError, Problem
from buuchinh.files import reason, write_text
from buuchinh.messages import say, section
from buuchinh.personal_data.names import Names, Person
from buuchinh.results import feedback_contents
from buuchinh.results.results import Standing, standings
from buuchinh.text import order

_PAGE = Path(__file__).with_name("feedback.html.j2")
_CLASS = Path(__file__).with_name("feedback_class.html.j2")


@turn()
def write(unit: str, *, only: str | None = None, names: bool = False) -> list[Path]:
    """Write ``feedback/<code>/<unit>/phan-hoi_<unit>_<code>.html`` for each graded trainee, or for the code ``only``.

    If ``only`` is None, also write the class file for printing, sorted by code or, if ``names`` is true, by office and
    name. Return the paths of the trainees' files. Raise ``KitError`` if nobody was graded, or if a file cannot be
    written; in the latter case all other files are written first.
    """
    written = []
    everybody = []
    problems: list[Problem] = []
    known = Names.read() if names else Names()
    for standing in standings(unit, normalise(only) if only else None):
        path = place(unit, standing.code)
        try:
            contents = feedback_contents.of(standing, known.person(standing.code))
            everybody.append(contents)
            write_text(path, _filled(_PAGE, told=contents))
        except Exception as error:  # one failing page must not prevent the others
            problems += _not_written(path, error)
            continue
        written.append(path)
    if everybody and only is None:
        in_order = sorted(everybody, key=lambda contents: _by_unit_and_name(contents["person"]))
        try:
            write_text(of_class(unit), _filled(_CLASS, everybody=in_order))
        except Exception as error:  # the trainees' pages are written all the same
            problems += _not_written(of_class(unit), error)
    if problems:
        raise KitError(
            [*problems, Problem("", 0, say("results.feedback.others_written", count=len(written)), level="warning")]
        )
    return written


def _not_written(path: Path, error: Exception) -> list[Problem]:
    """Return problems that explain why a page was not written, quoting any unexpected error for a maintainer."""
    if isinstance(error, KitError):
        return [
            Problem(f"{path.name} ({one.path})" if one.path else path.name, one.line, one.message, one.way_out)
            for one in error.problems
        ]
    if isinstance(error, OSError):
        message = say("files.unwritable", reason=reason(error))
        return [Problem(path.name, 0, message, say("results.feedback.close_it"))]
    message = say("results.feedback.not_written", reason=f"{type(error).__name__}: {error}"[:200])
    return [Problem(path.name, 0, message, say("results.feedback.not_written_way_out"))]


def place(unit: str, code: str) -> Path:
    """Return the path of a trainee's feedback; the file name includes the code, since the file is forwarded alone."""
    return gradebook.folder(course.FEEDBACK) / code / unit / f"phan-hoi_{unit}_{code}.html"


def of_class(unit: str) -> Path:
    """Return the path of the class file, which holds the printable feedback of all graded trainees."""
    return gradebook.folder(course.FEEDBACK) / f"phan-hoi_{unit}_ca-lop.html"


def page(standing: Standing) -> str:
    """Return one trainee's feedback as a complete HTML page."""
    return _filled(_PAGE, told=feedback_contents.of(standing))


def _by_unit_and_name(person: Person) -> tuple[object, ...]:
    """Return a Vietnamese sort key: office, then given name (the last word), then the rest of the name.

    People without a name come last, sorted by code.
    """
    family, _, given = person.name.rpartition(" ")
    words = (person.office, given, family)
    return not person.name, *map(order, words), person.code


def _filled(template: Path, **values: object) -> str:
    filling = pages.template(template, paragraphs=_paragraphs)
    return filling.render(words=section("results.feedback"), course=course.settings().title, **values)


def _paragraphs(text: str) -> list[str]:
    """Split ``text`` into paragraphs at blank lines; single newlines become spaces."""
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
