"""Write and read the file of a class for a campaign's organisers: finished short tests by code, without any answer.

``course_report`` writes the file. It counts like the files of its trainees: person by person, each once, and under the
same rules of disclosure (``campaign_disclosure``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from buuchinh import codes, course
from buuchinh.messages import say
from buuchinh.questions.authored import QuestionFile
from buuchinh.questions.practice import assessment
from buuchinh.results.exported_results import Ended, ExportedResult, UnusableFile

FORMAT = "buuchinh-lop-1"
"""Format name in the file of a class."""
MOST = 2_000
"""Maximum number of people in the file of a class."""


def class_file(people: Mapping[str, Mapping[str, Ended]]) -> dict[str, Any]:
    """Return the JSON file of a class, which maps each code to finished tests by name; it contains no answers."""
    rows = [
        {
            "code": code,
            "tests": [
                {"unit": unit, "version": end.version, "at": end.at, "place": end.place, "right": dict(end.right)}
                for unit, end in sorted(tests.items())
            ],
        }
        for code, tests in sorted(people.items())
    ]
    return {"format": FORMAT, "course": course.settings().title, "people": rows}


def results_of_class(path: str, data: Mapping[str, Any]) -> Iterator[ExportedResult | UnusableFile]:
    """Yield the results in the file of a class; a row that cannot be used is reported, and the others count."""
    people = data.get("people")
    if not isinstance(people, list) or len(people) > MOST:
        yield UnusableFile(path, say(f"results.campaign.{'many_people' if people else 'other_shape'}"))
        return
    files = {unit: assessment.questions(unit) for unit in assessment.TESTS}
    found = False
    for row in people:
        match row:
            case {"code": str(code), "tests": list(ends)} if codes.valid(code):
                tests: dict[str, Ended] = {}
                for raw in ends:
                    end = _class_end(raw)
                    file = files.get(end[0]) if end else None
                    if end is None or file is None:
                        yield UnusableFile(path, say("results.campaign.bad_end"))
                    elif end[1].version != file.version:
                        yield UnusableFile(path, other_version(file, end[1].version))
                    elif set(end[1].right) != {question.id for question in file.questions}:
                        yield UnusableFile(path, say("results.campaign.bad_end"))
                    else:
                        tests[file.unit] = end[1]
                found = True
                yield ExportedResult(path, codes.normalise(code), tests)
            case _:
                yield UnusableFile(path, say("results.campaign.strange_codes"))
    if not found:
        yield UnusableFile(path, say("results.campaign.nothing"))


def _class_end(raw: Any) -> tuple[str, Ended] | None:
    match raw:
        case {"unit": str(unit), "version": str(version), "at": str(at), "right": dict(right)} if all(
            isinstance(name, str) and isinstance(value, bool) for name, value in right.items()
        ):
            place = raw.get("place") if raw.get("place") in assessment.PLACES else None
            return unit, Ended(at[:40], version, right, place)
        case _:
            return None


def other_version(file: QuestionFile, version: str) -> str:
    """Return the sentence on a test of another version than the course's, which does not count."""
    return say("results.campaign.other_version", unit=file.unit, version=version[:20], own=file.version)
