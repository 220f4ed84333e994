"""Find the lessons, graded questions and practice questions that teach each sentence of the source article.

A question lists the sentences that it teaches (``teaches: [s03]``); a lesson cell carries one tag for each sentence
(``nguon-s03``). Questions in the exam pool are confidential, so they are only counted, as part of the learning path of
counter staff.
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
    """One sentence of the source article, with the lessons (file names) and questions (ids) that teach it.

    ``staff`` is the sentence's coverage on the learning path of counter staff.
    """

    id: str
    paragraph: int
    text: str
    lessons: tuple[str, ...]
    graded: tuple[str, ...]
    practice: tuple[str, ...]
    staff: StaffCoverage = field(default_factory=StaffCoverage)

    def lacks(self) -> list[str]:
        """Return the display names of those kinds of teaching (lesson, graded, practice) that the sentence lacks."""
        kinds = {"lessons": self.lessons, "graded": self.graded, "practice": self.practice}
        return [say(f"authoring.coverage.{name}") for name, teachers in kinds.items() if not teachers]


def coverage() -> list[SentenceCoverage]:
    """Return the coverage of every sentence, in the order of the table ``coverage/sentences``.

    Raise ``KitError`` if a table, question file or notebook cannot be read.
    """
    lessons = {path.name: {name for name, _ in _tagged(path)} for path in course.lessons()}
    practice = _questions_by_sentence(map(question_bank.load, question_bank.practice_files()))
    graded = _questions_by_sentence(map(question_bank.load, course.source_question_paths()))
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
    """Return the Markdown content of ``docs/coverage.md``."""
    sentences = coverage()
    parts = [say("authoring.coverage.page"), _staff_table(sentences)]
    for sentence in sentences:
        lessons = ", ".join(f"[{name.split('-')[0]}](../lessons/{name})" for name in sentence.lessons)
        graded, practice = (", ".join(f"`{name}`" for name in names) for names in (sentence.graded, sentence.practice))
        teachers = {"lessons": lessons, "graded": graded, "practice": practice}
        listed = [
            f"- {say(f'authoring.coverage.{name}').capitalize()}: {names or say('authoring.coverage.nothing')}"
            for name, names in teachers.items()
        ]
        parts += [f"## {sentence.id}", f"> {sentence.text}", "\n".join(listed)]
    return "\n\n".join(parts) + "\n"


def _staff_table(sentences: Iterable[SentenceCoverage]) -> str:
    """Return a Markdown table, with its heading, of each sentence's coverage on the staff's learning path."""
    heads = [say(f"authoring.coverage.staff.{name}") for name in ("sentence", "screens", "exercises", "pool", "needed")]
    rows = [heads, ["---", "---", "---", "---:", "---"]]
    for sentence in sentences:
        screens = ", ".join(f"`{name}`" for name in dict.fromkeys(sentence.staff.screens))
        exercises = ", ".join(f"`{name}`" for name in sentence.staff.exercises)
        needed = say("authoring.coverage.staff.must") if sentence.staff.needed else ""
        rows.append([sentence.id, screens, exercises, str(sentence.staff.pool), needed])
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return say("authoring.coverage.staff.page", least=staff_sentences.LEAST) + "\n\n" + table


def strangers(files: Iterable[tuple[Path, QuestionFile]]) -> Iterator[Problem]:
    """Yield a problem for each reference, in a question or lesson, to a sentence that the source does not have."""
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


def _questions_by_sentence(files: Iterable[QuestionFile]) -> Mapping[str, dict[str, None]]:
    questions: dict[str, dict[str, None]] = {}
    for file in files:
        for question in file.questions:
            for sentence in question.teaches:
                questions.setdefault(sentence, {})[asked_as(question)] = None
    return questions


def _tagged(path: Path) -> list[tuple[str, str]]:
    """Return ``(sentence id, location)`` for each cell tag in a notebook that names a sentence."""
    return [(tag.removeprefix(TAG), cell.place(1)) for cell in cells(path) for tag in cell.tags if tag.startswith(TAG)]
