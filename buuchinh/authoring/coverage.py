"""Where each sentence of the source is taught: in which lessons, by which graded and which practice questions.

A question names its sentences (``teaches: [s03]``), a cell of a lesson bears a tag for each
(``nguon-s03``). The exam's own questions are left out, and only counted for the staff's path: what they ask is nobody's
to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from buuchinh import course, datasets
from buuchinh.authoring import staff_sentences
from buuchinh.authoring.mentions import cells
from buuchinh.authoring.staff_sentences import TAG, StaffCoverage
from buuchinh.errors import Problem
from buuchinh.messages import say
from buuchinh.questions import question_bank
from buuchinh.questions.authored import QuestionFile, asked_as

PAGE = "docs/coverage.md"


@dataclass(frozen=True)
class SentenceCoverage:
    """One sentence of the source and what teaches it: lessons by their file, questions by their id.

    ``staff`` is what of it the staff's path has.
    """

    id: str
    paragraph: int
    text: str
    lessons: tuple[str, ...]
    graded: tuple[str, ...]
    practice: tuple[str, ...]
    staff: StaffCoverage = field(default_factory=StaffCoverage)

    def lacks(self) -> list[str]:
        """Return what there is none of, in words."""
        kinds = {"lessons": self.lessons, "graded": self.graded, "practice": self.practice}
        return [say(f"authoring.coverage.{name}") for name, found in kinds.items() if not found]


def coverage() -> list[SentenceCoverage]:
    """Return every sentence in its order; ``KitError`` where a table, question file or notebook cannot be read."""
    lessons = {path.name: {name for name, _ in _tagged(path)} for path in course.lessons()}
    practice = _named(map(question_bank.load, question_bank.practice_files()))
    graded = _named(map(question_bank.load, course.source_question_paths()))
    rows = datasets.read("coverage/sentences").rows
    staff = staff_sentences.staff_coverage(row["id"] for row in rows if row["staff"])
    return [
        SentenceCoverage(
            id=row["id"],
            paragraph=row["paragraph"],
            text=row["text"],
            lessons=tuple(name for name, tagged in lessons.items() if row["id"] in tagged),
            graded=tuple(graded.get(row["id"], ())),
            practice=tuple(practice.get(row["id"], ())),
            staff=staff.get(row["id"], StaffCoverage()),
        )
        for row in rows
    ]


def page() -> str:
    """Return ``docs/coverage.md``."""
    taught = coverage()
    parts = [say("authoring.coverage.page"), _staff_table(taught)]
    for one in taught:
        lessons = ", ".join(f"[{name.split('-')[0]}](../lessons/{name})" for name in one.lessons)
        graded, practice = (", ".join(f"`{name}`" for name in names) for names in (one.graded, one.practice))
        found = {"lessons": lessons, "graded": graded, "practice": practice}
        listed = [
            f"- {say(f'authoring.coverage.{name}').capitalize()}: {names or say('authoring.coverage.nothing')}"
            for name, names in found.items()
        ]
        parts += [f"## {one.id}", f"> {one.text}", "\n".join(listed)]
    return "\n\n".join(parts) + "\n"


def _staff_table(taught: Iterable[SentenceCoverage]) -> str:
    """Return what the staff's path has of each sentence, as a table under its heading."""
    heads = [say(f"authoring.coverage.staff.{name}") for name in ("sentence", "screens", "exercises", "pool", "needed")]
    rows = [heads, ["---", "---", "---", "---:", "---"]]
    for one in taught:
        screens = ", ".join(f"`{name}`" for name in dict.fromkeys(one.staff.screens))
        exercises = ", ".join(f"`{name}`" for name in one.staff.exercises)
        needed = say("authoring.coverage.staff.must") if one.staff.needed else ""
        rows.append([one.id, screens, exercises, str(one.staff.pool), needed])
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return say("authoring.coverage.staff.page", least=staff_sentences.LEAST) + "\n\n" + table


def strangers(files: Iterable[tuple[Path, QuestionFile]]) -> Iterator[Problem]:
    """Yield what names a sentence that the source does not have."""
    known = {row["id"] for row in datasets.read("coverage/sentences").rows}
    for path, file in files:
        for name in sorted({name for question in file.questions for name in question.teaches} - known):
            yield Problem(
                question_bank.shown(path),
                0,
                say("authoring.coverage.unknown", name=name),
                say("authoring.coverage.way_out"),
            )
    for path in course.lessons():
        for name, place in _tagged(path):
            if name not in known:
                yield Problem(place, 0, say("authoring.coverage.unknown", name=name), say("authoring.coverage.way_out"))


def _named(files: Iterable[QuestionFile]) -> Mapping[str, dict[str, None]]:
    found: dict[str, dict[str, None]] = {}
    for file in files:
        for question in file.questions:
            for sentence in question.teaches:
                found.setdefault(sentence, {})[asked_as(question)] = None
    return found


def _tagged(path: Path) -> list[tuple[str, str]]:
    """Return the sentences that the cells of a notebook name, each with its place."""
    return [(tag.removeprefix(TAG), cell.place(1)) for cell in cells(path) for tag in cell.tags if tag.startswith(TAG)]
