"""Build the class report's first sheet, printed on A4 for signature: a line per trainee with verdict and reasons.

The list is sorted by code, never by points. At ``SCALE`` per cent, 11-point type is still larger than 9 points.
"""

from __future__ import annotations

from collections.abc import Sequence

from buuchinh import course
from buuchinh.classroom import assigned_roles
from buuchinh.errors import KitError
from buuchinh.exam import cut_scores
from buuchinh.messages import say
from buuchinh.personal_data.names import Names
from buuchinh.printed import Print
from buuchinh.release import versions
from buuchinh.results import attendance, missed_decisions
from buuchinh.results.attendance import Attendance
from buuchinh.results.results import Standing
from buuchinh.spreadsheet import Cell, Look, Sheet
from buuchinh.text import format_date, format_number

SCALE = 83
COLUMNS = ("number", "code", "name", "office", "role", "points", "percent", "result", "why")
WIDTHS = (4.5, 11, 22, 19, 9, 7, 7.5, 12, 26)
_SIGN_LEFT, _SIGN_RIGHT = COLUMNS.index("name"), COLUMNS.index("result")


def sheet(unit: str, standings: Sequence[Standing], roll: Attendance, people: Names | None) -> Sheet:
    """Return the result list with one row per trainee; without ``people``, the name and office columns are empty."""
    rows = {one.code: _graded(one) for one in standings}
    rows |= {code: [None, None, word, ""] for code, (word, _, _) in attendance.without_result(unit, roll).items()}
    roles = assigned_roles.all_of(rows)
    body: list[list[Cell]] = []
    for number, (code, cells) in enumerate(sorted(rows.items()), 1):
        trainee = (people or Names()).person(code)
        role = course.role_title(roles[code]) if code in roles else ""
        body.append([number, code, trainee.name, trainee.office, role, *cells])
    above = _above(unit, standings, named=people is not None)
    look = Look(
        freeze=f"A{len(above) + 2}",
        widths=WIDTHS,
        wrapped=len(COLUMNS),
        paper=Print(upright=True, scale=SCALE, pinned=len(COLUMNS)),
    )
    head: list[Cell] = [say(f"results.list.{name}") for name in COLUMNS]
    below = _below(standings, len(rows))
    return Sheet("ket-qua", say("results.list.sheet"), [head, *body], look, above=above, below=below)


def verdict_words(standing: Standing, form: str) -> str:
    """Return the verdict in words, with a remark if a failing result is near the pass mark of its test form."""
    verdict = standing.verdict
    word = say(f"results.feedback.verdicts.{verdict}")
    known = cut_scores.standard(standing.unit, form, standing.version) if verdict == "fail" else None
    if known and not standing.missed and cut_scores.near(standing.share, standing.pass_mark, known):
        return f"{word} ({say('results.report.near')})"
    return word


def pass_marks(standings: Sequence[Standing]) -> str:
    """Return the pass mark recorded at release or, if versions differ, each pass mark followed by its version."""
    marks = {standing.version: pass_mark(standing.pass_mark) for standing in standings}
    if len(set(marks.values())) == 1:
        return next(iter(marks.values()))
    return "; ".join(f"{marks[version]} ({version})" for version in sorted(marks, key=versions.order))


def pass_mark(share: float) -> str:
    """Return a pass mark (0 to 1) as a percentage, such as ``80%`` or ``82,5%``; it is never rounded."""
    return f"{format_number(100 * share)}%"


def _graded(standing: Standing) -> list[Cell]:
    verdict = say(f"results.feedback.verdicts.{standing.verdict}")
    return [round(standing.earned, 2), standing.percent, verdict, "; ".join(reasons(standing))]


def reasons(standing: Standing) -> list[str]:
    """Return the reasons for a verdict, one sentence each.

    Possible reasons are missed critical questions (by number), missed decisions, too few points, points that await
    manual grading, and an exam meant for another role.
    """
    numbers = question_numbers(standing)
    found = []
    if missed := [numbers[item.id] for item in standing.missed_criticals]:
        found.append(say("results.list.criticals", numbers=", ".join(missed)))
    found += missed_decisions.missed(standing, numbers)
    if standing.too_few:
        found.append(say("results.list.too_few", mark=pass_mark(standing.pass_mark)))
    if standing.pending and not found:
        found.append(say("results.list.pending", points=format_number(round(standing.pending, 2))))
    if standing.other_role:
        found.append(say("results.report.other_role"))
    return found


def question_numbers(standing: Standing) -> dict[str, str]:
    """Map each question's id to its number in the trainee's work, by which feedback and lists call it."""
    return {item.id: str(number) for number, item in enumerate(standing.items, 1)}


def title(unit: str) -> str:
    """Return the title of a unit as trainees read it, or its name if its source is not on this machine."""
    try:
        return versions.released(unit).questions.title or unit
    except KitError:
        return unit


def _above(unit: str, standings: Sequence[Standing], *, named: bool) -> list[str]:
    released = sorted({standing.version for standing in standings}, key=versions.order)
    most = "/".join(map(format_number, sorted({standing.most for standing in standings})))
    basis = "basis_of_decisions" if any(standing.decisions for standing in standings) else "basis"
    return [
        course.settings().title,
        say("results.list.title", title=title(unit)),
        say(f"results.list.{basis}", versions=", ".join(released), most=most, mark=pass_marks(standings)),
        say("results.list.class", day=format_date(course.today())),
        say("results.list.with_names") if named else "",
    ]


def _below(standings: Sequence[Standing], people: int) -> list[list[Cell]]:
    verdicts = [standing.verdict for standing in standings]
    passed, failed, pending = (verdicts.count(name) for name in ("pass", "fail", "pending"))
    counts = {"people": people, "passed": passed, "failed": failed, "pending": pending, "none": people - len(standings)}
    lines: list[list[Cell]] = [[say("results.list.total", **counts)], []]
    for left, right in (("", "day"), ("grader", "head"), ("sign", "sign")):
        line: list[Cell] = [None] * (_SIGN_RIGHT + 1)
        line[_SIGN_LEFT] = say(f"results.list.{left}") if left else None
        line[_SIGN_RIGHT - (right == "day")] = say(f"results.list.{right}")
        lines.append(line)
    return lines
