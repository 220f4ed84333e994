"""``course.toml`` as people write it: deadlines in quotes, numbers that look like days, files that Notepad saved."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from kit.classroom import edit, own_course

from buuchinh import cli, course
from buuchinh.errors import KitError

root = pytest.fixture(own_course)


@pytest.mark.parametrize(
    ("written", "until"),
    [
        ("2027-01-15", "2027-01-15T23:59:59"),
        ('"2027-01-15"', "2027-01-15T23:59:59"),
        ("2027-01-15T17:00:00", "2027-01-15T17:00:00"),
        ('"2027-01-15 17:00"', "2027-01-15T17:00:00"),
        ("2027-01-15 00:00:00", "2027-01-15T00:00:00"),
    ],
)
def test_a_bare_day_counts_to_its_end_however_it_is_written(root: Path, written: str, until: str) -> None:
    edit(root / "course.toml", "[deadlines]", f"[deadlines]\nbt02 = {written}")
    assert course.settings().deadline("bt02") == datetime.fromisoformat(until).astimezone()


@pytest.mark.parametrize("written", ["20270115", "17:00:00", '"15/1/2027"', "true", '""', "1.5"])
def test_what_is_no_day_is_refused_by_name_and_never_1970(root: Path, written: str) -> None:
    edit(root / "course.toml", "[deadlines]", f"[deadlines]\nbt02 = {written}")
    with pytest.raises(KitError, match="Hạn nộp của bài bt02"):
        course.settings()


@pytest.mark.parametrize("command", [["grade", "bt90"], ["release", "bt90"], ["check"], ["collect", "."]])
@pytest.mark.parametrize("name", ["course.toml", "source/bt90/questions.yml", "source/bt90/public.txt"])
def test_a_file_that_notepad_saved_as_utf_16_is_told_by_name(
    root: Path, name: str, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    text = (root / name).read_text(encoding="utf-8") if (root / name).is_file() else "bang.csv\n"
    (root / name).write_bytes(text.encode("utf-16"))
    code = cli.run(command)
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    if name == "course.toml" and command[0] in {"release", "check"}:
        assert code == 1
        assert "UTF-8" in said.err + said.out


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('name = "chị Hoa"\nchannel = " Zalo 0900 000 000 "', "chị Hoa, qua Zalo 0900 000 000"),
        ('name = "chị Hoa"', "chị Hoa"),
        ('channel = "thư mục X:\\\\nop"', "người phụ trách lớp, qua thư mục X:\\nop"),
        ("", "người phụ trách lớp"),
    ],
)
def test_who_takes_the_files_is_told_by_name_and_way_as_far_as_they_are_given(
    root: Path, written: str, said: str
) -> None:
    edit(root / "course.toml", '[leader]\nname = ""\nchannel = ""', f"[leader]\n{written}")
    assert course.settings().leader.words == said
    assert course.settings().leader.named == bool(written)


@pytest.mark.parametrize("written", ["name = 7", 'channel = """a\nb"""', 'phone = "1"', f'name = "{"a" * 81}"'])
def test_a_leader_that_cannot_be_told_is_refused_with_an_example(root: Path, written: str) -> None:
    edit(root / "course.toml", '[leader]\nname = ""\nchannel = ""', f"[leader]\n{written}")
    with pytest.raises(KitError) as told:
        course.settings()
    assert [problem.path for problem in told.value.problems] == ["course.toml"]
    assert "leader" in str(told.value)
    assert "Zalo" in told.value.problems[0].way_out
