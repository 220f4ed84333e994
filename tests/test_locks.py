"""A lock keeps a second writer waiting, also on a disk that knows no locks of the system."""

from __future__ import annotations

import errno
import threading
from pathlib import Path

import filelock
import pytest

from buuchinh.locks import locked


def no_locks(*_args: object, **_more: object) -> None:
    raise OSError(errno.ENOLCK, "No locks available")


@pytest.mark.parametrize("disk", ["with locks", "without locks"])
def test_a_second_writer_waits_for_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disk: str) -> None:
    if disk == "without locks":
        monkeypatch.setattr(filelock.FileLock, "acquire", no_locks)
    order: list[str] = []

    def second() -> None:
        with locked(tmp_path / "sub" / "lock"):
            order.append("second")

    with locked(tmp_path / "sub" / "lock"):
        writer = threading.Thread(target=second)
        writer.start()
        writer.join(0.5)
        assert writer.is_alive()
        order.append("first")
    writer.join(30)
    assert order == ["first", "second"]


def test_a_lock_is_released_where_the_body_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(tmp_path / "lock"):
        raise ZeroDivisionError
    with locked(tmp_path / "lock"):
        pass


def test_whoever_does_not_wait_for_ever_is_told_and_writes_nothing(tmp_path: Path) -> None:
    said: list[str] = []

    def second() -> None:
        try:
            with locked(tmp_path / "lock", most=1.5, waiting=lambda: said.append("waiting")):
                said.append("written")
        except TimeoutError:
            said.append("given up")

    with locked(tmp_path / "lock"):
        writer = threading.Thread(target=second)
        writer.start()
        writer.join(30)
    assert said == ["waiting", "given up"]


def test_a_disk_that_refuses_gets_no_other_kind_of_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(filelock.FileLock, "acquire", full)
    with pytest.raises(OSError, match="No space"), locked(tmp_path / "lock"):
        pytest.fail("the body runs without a lock")
    assert not list(tmp_path.glob("*-mem"))
