"""List what the desk's buttons do: for each, the command that does the same, and the functions that both call.

There is no second way to do a thing: a click calls the function that its command calls. ``tests/desk/test_clicks.py``
walks this table and compares it with the commands, and with the actions that run as jobs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from buuchinh import course
from buuchinh.desk.naming import unit_names
from buuchinh.messages import say

_PLAIN = re.compile(r"[\w./:=@+,-]+")


@dataclass(frozen=True)
class Click:
    """One thing that a button does.

    ``command`` are the words of the command. ``functions`` are those that the command and the click call, as
    ``module:function``. ``resumed`` are functions that only a resumed job calls: where a command was killed, a person
    runs the next command, such as ``grade`` after ``regrade``, and a resumed job does its work itself. ``words`` name
    the arguments that the command takes without an option, and ``options`` map other arguments to their options.
    ``job`` says whether the click starts a job, whose action has the same name.
    """

    name: str
    command: tuple[str, ...]
    functions: tuple[str, ...]
    words: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    resumed: tuple[str, ...] = ()
    job: bool = True

    @property
    def arguments(self) -> frozenset[str]:
        """The names of the arguments that the click may have."""
        return frozenset((*self.words, *self.options))


_GRADE = "buuchinh.grading.grade_class:grade"
_WHERE = {"workers": "--workers", "scheduler": "--scheduler", "unsafe": "--unsafe"}
_CHANGED_KEY = {"reason": "--reason", "provision": "--provision"}
_CHOSEN = {"without_exams": "--without-exams", "only": "--only"}
_PAGES = {"public": "--public", "self_study": "--self-study", "own": "--own"}
_EXAM = {"forms": "--forms", "seed": "--seed", "redraw": "--redraw"}

CLICKS = (
    Click(
        "collect",
        ("collect",),
        ("buuchinh.intake.collect:collect",),
        ("folder",),
        {"unit": "--unit", "owner": "--as"},
    ),
    Click("collect_exchange", ("collect", "--exchange"), ("buuchinh.intake.collect_exchange:collect_exchange",)),
    Click(
        "grade",
        ("grade",),
        ("buuchinh.release.release:enter", _GRADE),
        ("unit",),
        {"only": "--only", "again": "--again", **_WHERE},
    ),
    Click(
        "feedback",
        ("feedback",),
        ("buuchinh.results.feedback_pages:write",),
        ("unit",),
        {"only": "--only", "names": "--names"},
    ),
    Click(
        "send_feedback",
        ("feedback", "--send"),
        ("buuchinh.results.send_feedback:send",),
        ("unit",),
        {"names": "--names", "anyway": "--anyway"},
    ),
    Click("report", ("report",), ("buuchinh.results.class_report:write",), ("unit",), {"names": "--names"}),
    Click("report_tests", ("report", "kt"), ("buuchinh.results.learning_gain:write",)),
    Click("report_course", ("report", "course"), ("buuchinh.results.course_report:write",), (), {"names": "--names"}),
    Click(
        "regrade",
        ("regrade", "--yes"),
        (
            "buuchinh.results.regrade:preview",
            "buuchinh.personal_data:backup",
            "buuchinh.results.regrade:apply",
            "buuchinh.results.exchange_feedback:renew",
            "buuchinh.results.solution_pack:renew",
        ),
        ("unit",),
        {**_CHANGED_KEY, "version": "--version", "seen": "--seen", "backup": "--backup", "unsafe": "--unsafe"},
        resumed=(_GRADE,),
    ),
    Click("backup", ("backup",), ("buuchinh.personal_data:backup",)),
    Click(
        "restore", ("restore", "--yes"), ("buuchinh.personal_data:restore",), ("file",), {"exercises": "--exercises"}
    ),
    Click("release", ("release",), ("buuchinh.release.release:release",), ("unit",), _CHANGED_KEY),
    Click(
        "bundle",
        ("bundle",),
        ("buuchinh.release.bundle:make",),
        (),
        {"out": "--out", "instructor": "--instructor", **_CHOSEN},
    ),
    Click("site", ("site",), ("buuchinh.site.build:build",), (), {"out": "--out", **_PAGES, **_CHOSEN}),
    Click("exam_build", ("exam", "build"), ("buuchinh.exam.exam_builder:build",), ("unit",), _EXAM),
    Click(
        "solution_pack",
        ("feedback", "--pack"),
        ("buuchinh.results.solution_pack:make",),
        ("unit",),
        job=False,
    ),
    Click("repair", ("repair",), ("buuchinh.intake.inspect:inspect",), ("file",), job=False),
    Click("settle", ("settle",), ("buuchinh.attempts.refusals:settle",), ("file",), job=False),
    Click("reopen", ("settle", "--undo"), ("buuchinh.attempts.refusals:reopen",), ("file",), job=False),
    Click("deadline", ("deadline",), ("buuchinh.intake.recount:change_deadline",), ("unit", "until"), job=False),
    Click("no_deadline", ("deadline", "--cancel"), ("buuchinh.intake.recount:change_deadline",), ("unit",), job=False),
    Click("extend", ("extend",), ("buuchinh.intake.recount:give_extra_time",), ("unit", "code", "until"), job=False),
    Click(
        "take_back_extra_time",
        ("extend", "--cancel"),
        ("buuchinh.intake.recount:take_back_extra_time",),
        ("unit", "code"),
        job=False,
    ),
    Click(
        "accept",
        ("accept",),
        ("buuchinh.grading.accept:accept", _GRADE),
        ("unit", "code"),
        {"question": "--question", "by": "--by", "unsafe": "--unsafe"},
        job=False,
    ),
    Click(
        "take_back_acceptance",
        ("accept", "--undo"),
        ("buuchinh.grading.accept:take_back", _GRADE),
        ("unit", "code"),
        {"question": "--question", "by": "--by", "unsafe": "--unsafe"},
        job=False,
    ),
    Click(
        "preview_regrade",
        ("regrade",),
        ("buuchinh.results.regrade:preview",),
        ("unit",),
        {"provision": "--provision", "version": "--version"},
        job=False,
    ),
    Click("roster", ("roster",), ("buuchinh.classroom.enrolment:enrol",), ("file",), {"prefix": "--prefix"}, job=False),
    Click("leave", ("leave",), ("buuchinh.classroom.leavers:leave",), ("code",), job=False),
    Click("come_back", ("leave", "--back"), ("buuchinh.classroom.leavers:come_back",), ("code",), job=False),
    Click("forget", ("forget", "--yes"), ("buuchinh.personal_data:forget",), ("code",), job=False),
)
"""Everything that the desk does, by button."""


def click(name: str) -> Click:
    """Return the row of the table with this name; raise ``KeyError`` if there is none."""
    return next((one for one in CLICKS if one.name == name), None) or _unknown(name)


def command_line(name: str, arguments: Mapping[str, Any]) -> str:
    """Return the command that does what the click ``name`` does with ``arguments``, as it would be typed.

    Raise ``KeyError`` if there is no such click, or if it has no such argument.
    """
    one = click(name)
    if unknown := set(arguments) - one.arguments:
        raise KeyError(*unknown)
    words = [str(arguments[word]) for word in one.words if arguments.get(word) not in {None, ""}]
    options = []
    for argument, option in one.options.items():
        value = arguments.get(argument)
        values = value if isinstance(value, list | tuple) else [value]
        for given in values:
            if given is True:
                options.append(option)
            elif given not in {None, False, ""}:
                options += [option, str(given)]
    flags = [word for word in one.command if word.startswith("-")]
    path = [word for word in one.command if not word.startswith("-")]
    return " ".join(map(_typed, ("buuchinh", *path, *words, *flags, *options)))


def title(name: str, arguments: Mapping[str, Any]) -> str:
    """Return a job's name for a page, with the exercise named as it is spoken: “Chấm bài 5”."""
    unit = arguments.get("unit", "")
    spoken = unit_names.after_the_word(unit) if isinstance(unit, str) and course.graded(unit) else unit
    return say(f"desk.jobs.titles.{name}", unit=spoken)


def _typed(word: str) -> str:
    """Return ``word`` as a shell reads it back, in quotation marks if it needs them."""
    return word if _PLAIN.fullmatch(word) else '"' + re.sub(r'([\\"$`])', r"\\\1", word) + '"'


def _unknown(name: str) -> Click:
    raise KeyError(name)
