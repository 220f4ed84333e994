"""What will leave today's kit's traces behind works today: ``tests/older/at_a_desk.py``, without its kernels."""

from __future__ import annotations

import json
from pathlib import Path

from kit.older import CODE
from older import at_a_desk

from buuchinh import course
from buuchinh.questions.answers import Record


def test_a_desk_is_left_with_all_that_the_next_kit_is_held_to(course_copy: Path) -> None:
    """The same units and files as those that 0.1.1 and 0.2.0 left (``tests/test_older_versions.py``)."""
    at_a_desk.without_a_kernel()
    person = course_copy / course.WORK / CODE
    begun = {path.parent.name for path in person.glob(f"*/{course.JOURNAL}")}
    assert begun >= {"bt01", "bt05", "bt06", "kt1", "kt2", "l05", "thinv1", "xem-kien"}
    assert {path.parent.parent.name for path in person.glob(f"*/{course.HANDED_IN}/*.zip")} == {"bt01", "bt05"}
    assert (person / "kt1" / "finished.json").is_file()
    assert (person / "on-tap" / "lich.json").is_file()
    assert (course_copy / course.WORK / course.GUEST / "l05").is_dir()
    for folder in (path.parent for path in person.glob(f"*/{course.JOURNAL}")):
        kept = json.loads((folder / course.ANSWERS).read_text(encoding="utf-8"))
        assert Record(folder, folder.name, kept["version"], CODE).answers() == kept["answers"]
        assert kept["answers"], folder.name
