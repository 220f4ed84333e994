"""Each command that takes a unit forgives case and blanks, and says of any other name which units there are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import typer
from kit.classroom import UNIT
from kit.handin import code_of

from buuchinh import cli

CODE = code_of(1)
COMMANDS = {
    "grade": [["@"]],
    "feedback": [["@"], ["@", "--pack"], ["@", "--send"], ["@", "--exchange"]],
    "report": [["@"], ["@", "--csv", "lms", "--accounts", "khong-co.csv"]],
    "deadline": [["@", "28/11/2099"], ["@", "--cancel"]],
    "extend": [["@", CODE, "28/11/2099"], ["@", CODE, "--cancel"]],
    "accept": [["@", CODE]],
    "regrade": [["@"]],
    "release": [["@"], ["@", "--correct"]],
    "collect": [["khong-co", "--unit", "@"]],
    "exam build": [["@"]],
    "exam angoff": [["@"]],
    "export moodle": [["@"]],
    "export scorm": [["@"]],
    "bundle": [["--only", "@"]],
    "site": [["--only", "@"]],
}
"""What is typed after each command; @ stands for the unit."""
OF_PEOPLE = {"grade", "feedback"}
"""Commands whose ``--only`` names a person."""
LINES = [[*name.split(), *words] for name, every in COMMANDS.items() for words in every]
ODD = ["..", "", "  ", "../x", "/", "bt99", "BT5x", "bt90/../bt90", "b" * 500, "-", "bt９９", "thi"]


def test_no_command_that_takes_a_unit_is_left_out() -> None:
    found = set()
    for name, command in _commands(typer.main.get_command(cli.build()), ""):
        taken = {one.name for one in command.params}
        if "unit" in taken or ("only" in taken and name not in OF_PEOPLE):
            found.add(name)
    assert found == set(COMMANDS)


def _commands(command: Any, name: str) -> Iterator[tuple[str, click.Command]]:
    if not hasattr(command, "commands"):
        yield name, command
        return
    for part, inner in command.commands.items():
        yield from _commands(inner, f"{name} {part}".strip())


@pytest.mark.parametrize("typed", ODD)
def test_what_is_no_unit_is_one_sentence_with_the_units_that_exist(
    small_course: Path, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    before = {path for path in small_course.rglob("*") if ".buuchinh-cache" not in path.parts}
    for line in LINES:
        words = ["--" if typed == "-" and one == "@" else typed if one == "@" else one for one in line]
        words = [one if one != "--" else " -" for one in words]
        assert cli.run(words) == 1, words
        said = capsys.readouterr()
        assert said.out == "", words
        assert len(said.err.strip().splitlines()) == 1, (words, said.err)
        assert len(said.err) < 700, words
        if line[:2] == ["exam", "build"]:
            assert "tên lần thi có dạng thinv1" in said.err
            continue
        assert ("Không có bài “" if typed.strip() else "Chưa gõ tên bài") in said.err, (words, said.err)
        if line[0] != "exam" and line[1] != "scorm":
            assert "Các bài đang có: " in said.err
            assert UNIT in said.err, (words, said.err)
    assert {path for path in small_course.rglob("*") if ".buuchinh-cache" not in path.parts} == before


@pytest.mark.parametrize("typed", ["BT90", " bt90 ", "Bt 90", "ｂｔ90"])
def test_case_and_blanks_are_forgiven(small_course: Path, capsys: pytest.CaptureFixture[str], typed: str) -> None:
    for line in LINES:
        if line[0] == "exam":
            continue
        cli.run([typed if one == "@" else one for one in line])
        assert "Không có bài" not in capsys.readouterr().err, line
    assert cli.run(["deadline", typed, "28/11/2099"]) == 0
    assert "bt90 = 2099-11-28" in (small_course / "course.toml").read_text(encoding="utf-8")
