"""Every two commands over a class may be typed at once: one waits for the other, and nothing is torn.

``make test`` tries a fixed sample of the pairs, ``make long`` all others.
"""

from __future__ import annotations

import shutil
import sys
from itertools import combinations_with_replacement
from pathlib import Path

import pytest
import typer
from kit.commands import COMMANDS, MAY_REFUSE, OTHERS, faults, graded_class, scores, start
from kit.pace import sampled

from buuchinh import cli

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(sys.platform == "win32", reason="no fork on Windows"),
]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        return graded_class(tmp_path_factory.mktemp("graded"), patch)


@pytest.fixture
def root(graded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(graded, tmp_path / "course")
    monkeypatch.setenv("BUUCHINH_COURSE", str(tmp_path / "course"))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    monkeypatch.chdir(tmp_path / "course")
    return tmp_path / "course"


def test_the_list_of_commands_is_whole() -> None:
    """A new command over a class is added to ``kit.commands`` and so comes under these tests."""
    command = typer.main.get_command(cli.build())
    assert set(getattr(command, "commands", {})) == set(COMMANDS) | OTHERS


@pytest.mark.parametrize("pair", sampled(list(combinations_with_replacement(COMMANDS, 2)), 24), ids="+".join)
def test_two_commands_at_once_leave_what_one_after_the_other_would(pair: tuple[str, str], root: Path) -> None:
    running = [start(COMMANDS[name]) for name in pair]
    for name, one in zip(pair, running, strict=True):
        code, said = one.ended()
        assert "Traceback" not in said, (name, said)
        assert code in ({0, 1, 3} if "forget" in pair or name in MAY_REFUSE else {0, 3}), (name, said)
    assert faults(root) == []
    assert not list(root.rglob(".dang-chay"))
    code, said = start(COMMANDS["grade"]).ended()
    assert code in {0, 3}, said
    assert all(points == 6 for points in scores().values()), scores()
