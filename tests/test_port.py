"""The lab's port: a browser keeps unsent answers by it, so each start of a course has the same."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from buuchinh.errors import KitError
from buuchinh.lab.launch import ADDRESS, free_port


def test_each_start_of_a_course_has_the_same_port_and_another_course_another(tmp_path: Path) -> None:
    ports = {free_port(0, tmp_path / "khoa-hoc") for _ in range(3)}
    assert len(ports) == 1
    assert len({free_port(0, tmp_path / f"khoa-{number}") for number in range(20)}) > 10


def test_a_port_that_is_taken_is_not_waited_for(tmp_path: Path) -> None:
    own = free_port(0, tmp_path)
    with socket.socket() as taken:
        taken.bind((ADDRESS, own))
        taken.listen()
        other = free_port(0, tmp_path)
        assert other != own
        assert free_port(0, tmp_path) == other
        with pytest.raises(KitError):
            free_port(own, tmp_path)
