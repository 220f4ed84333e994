"""Call the files that the desk offers by what they are: “Báo cáo bài tập 5”; names on the disk are for machines."""

from __future__ import annotations

from pathlib import PurePosixPath

from buuchinh import course
from buuchinh.desk.naming import unit_names
from buuchinh.messages import say, section


def label(path: str) -> str:
    """Return what a file is, by its path relative to the course, or the file's own name if that is not known."""
    place = PurePosixPath(path)
    kinds = section("desk.files")
    kind = place.stem.partition("_")[0]
    unit = next((part for part in (place.parent.name, *place.stem.split("_")) if course.graded(part)), "")
    if place.parts[:1] not in {(course.REPORTS,), (course.FEEDBACK,), (course.BACKUPS,)} or kind not in kinds:
        return place.name
    if kind == "phan-hoi" and place.suffix == ".html":
        kind = "in"
    text = say(f"desk.files.{kind}", unit=unit_names.spoken(unit) if unit else "").strip().rstrip(",")
    return say("desk.files.table", what=text) if place.suffix == ".csv" else text
