"""What is read apart: whatever a reader does, whoever asked gets an answer, and what stands behind it is read."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from buuchinh.errors import KitError, Problem
from buuchinh.intake import checkpoints, worker_pool
from buuchinh.intake.worker_pool import GivenUp, ReaderCall, Readers
from buuchinh.messages import say

STARTS = ["fork", "forkserver", "spawn"] if sys.platform == "linux" else ["spawn"]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="Windows and macOS limit neither processor time nor memory")


def doing(words: list[str]) -> Iterator[str]:
    """Read one word after the other as a hand-in's files are read: what a word says is what reading it does."""
    for word in words:
        if checkpoints.finished(word):
            continue
        cause = checkpoints.begin("read", word)
        yield f"{word}: {cause}" if cause else _done(word)
        checkpoints.finish(word)


def _done(word: str) -> str:
    what, _, _ = word.partition(" ")
    if what == "raise":
        raise AssertionError(word)
    if what == "turns":
        while True:
            pass
    if what == "sleeps":
        time.sleep(600)
    if what == "counts":
        sum(range(10**15))  # one call in C, which hears no signal before it ends
    if what == "memory":
        bytearray(8_000_000_000)
    if what == "large":
        return "x" * 250_000_000
    if what == "deep":
        return nested()  # type: ignore[return-value]
    if what == "leaves":
        os._exit(0)
    if what == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "problem":
        raise KitError("hỏng", "sửa", path="questions.yml", line=3)
    return word


def spent() -> float:
    """Return the processor time of the processes that this one began and that have ended; Windows does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def nested() -> list[object]:
    found: list[object] = []
    for _ in range(200_000):
        found = [found]
    return found


def heard(words: list[list[str]], **how: object) -> list[list[object]]:
    found: list[list[object]] = [[] for _ in words]
    with Readers(**how) as readers:  # type: ignore[arg-type]
        for number, one in readers.run([ReaderCall(doing, (each,)) for each in words]):
            found[number].append(one)
    return found


@pytest.mark.parametrize("start", STARTS)
def test_calls_are_answered_in_their_order_by_warm_readers(start: str) -> None:
    words = [[f"{number} a", f"{number} b"] for number in range(9)]
    assert heard(words, start=start) == words


@pytest.mark.parametrize(
    ("harm", "cause"),
    [
        ("raise", "fault"),
        ("leaves", "fault"),
        ("deep", "fault"),
        ("large", "memory"),
        pytest.param("turns", "time", marks=LINUX),
        pytest.param("counts", "time", marks=LINUX),
        pytest.param("memory", "memory", marks=LINUX),
        pytest.param("killed", "memory", marks=LINUX),
    ],
)
def test_a_reader_that_falls_costs_the_step_it_fell_at_and_no_other(harm: str, cause: str) -> None:
    began = spent()
    assert heard([["a", harm, "b"], ["c"]], start=STARTS[0]) == [["a", f"{harm}: {cause}", "b"], ["c"]]
    assert spent() - began < 2 * worker_pool.PROCESSOR


def test_what_waits_without_working_is_ended_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_pool, "CLOCK", 2.0)
    assert heard([["a", "sleeps", "b"], ["c"]]) == [["a", "sleeps: time", "b"], ["c"]]


def test_of_what_falls_again_and_again_the_rest_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_pool, "STOPS", 3)
    falls = [f"raise {number}" for number in range(9)]
    assert heard([falls, ["a"]])[1] == ["a"]
    assert heard([falls])[0][-1] == GivenUp("fault")


def test_what_is_wrong_with_the_course_is_no_fault_of_a_file() -> None:
    with pytest.raises(KitError) as error:
        heard([["a"], ["problem"]])
    assert error.value.problems == [Problem("questions.yml", 3, "hỏng", "sửa")]


@LINUX
def test_readers_end_with_whoever_asked(tmp_path: Path) -> None:
    """Also where that is killed: a reader that went on would hold the gradebook's lock."""
    code = f"""
import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})
import os
from test_worker_pool import pid
from buuchinh.intake.worker_pool import ReaderCall, Readers
readers = Readers(workers=3)
for number, one in readers.run([ReaderCall(pid) for _ in range(3)]):
    print(one, flush=True)
os.kill(os.getpid(), 9)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    pids = [int(word) for word in done.stdout.split()]
    assert len(pids) == 3
    for _ in range(100):
        if not any(Path(f"/proc/{one}").exists() for one in pids):
            return
        time.sleep(0.1)
    pytest.fail("a reader is left")


def pid() -> Iterator[int]:
    yield os.getpid()


def modules() -> Iterator[list[str]]:
    yield sorted(sys.modules)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("raise with a name in it", r"AssertionError buuchinh/intake/reader_worker\.py:\d+"),
        ("deep", r"RecursionError buuchinh/intake/reader_worker\.py:\d+"),
        ("leaves", "exit code 0"),
    ],
)
def test_what_a_reader_fell_over_is_told_by_its_class_and_its_line_alone(harm: str, said: str) -> None:
    told: list[str] = []
    heard([["a", harm, "b"]], tell=told.append)
    assert [bool(re.fullmatch(said, one)) for one in told] == [True], told


ELSEWHERE = """
import os, pathlib, shutil, signal, sys, threading
sys.path.append({tests!r})
from multiprocessing import forkserver, util
from test_worker_pool import doing, said
from buuchinh.intake.worker_pool import ReaderCall, Readers, _quickest
def read():
    with Readers(start=_quickest()) as readers:
        return [one for _, one in readers.run([ReaderCall(doing, (["a"],)), ReaderCall(said)])]
if __name__ == "__main__":
    threading.Thread(target=threading.Event().wait, daemon=True).start()  # as a server has: a plain fork is not safe
    {code}
    print(read())
"""


def elsewhere(folder: Path, code: str) -> str:
    """Return what is read by a Python that stands in ``folder``, after it has run ``code``."""
    asking = folder.parent / "asks" / "ask.py"
    asking.parent.mkdir()
    asking.write_text(ELSEWHERE.format(tests=str(Path(__file__).parent), code=code), encoding="utf-8")
    command = [sys.executable, str(asking)]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


READ = str(["a", say("intake.stopped.fault")])


def said() -> Iterator[str]:
    """Yield a sentence, which is read from the package when it is first said."""
    yield say("intake.stopped.fault")


def test_readers_run_nothing_that_lies_in_the_folder_they_are_asked_from(tmp_path: Path) -> None:
    stick = tmp_path / "usb"
    (stick / "buuchinh").mkdir(parents=True)
    for name in ("buuchinh/__init__.py", "pydantic.py", "tomllib.py"):
        (stick / name).write_text(f"open({name!r} + '.ran', 'w')", encoding="utf-8")
    assert elsewhere(stick, "pass") == READ
    assert not list(stick.rglob("*.ran"))


def test_readers_outlive_a_copy_of_the_course_in_which_the_first_was_begun(tmp_path: Path) -> None:
    shutil.copytree(Path(worker_pool.__file__).parents[1], tmp_path / "course" / "buuchinh")
    code = "Readers().run([ReaderCall(doing, (['a'],))]).__next__()"
    code += "; here = os.getcwd(); os.chdir('..'); shutil.rmtree(here)"
    assert elsewhere(tmp_path / "course", code) == READ


@LINUX
@pytest.mark.parametrize(
    "harm",
    [
        "shutil.rmtree(util.get_temp_dir())",
        "os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL)",
        "os.kill(forkserver._forkserver._forkserver_pid, 9); os.waitpid(forkserver._forkserver._forkserver_pid, 0)",
    ],
    ids=["folder-gone", "killed", "killed-and-forgotten"],
)
def test_readers_are_begun_where_the_server_that_forks_them_is_gone(harm: str, tmp_path: Path) -> None:
    (tmp_path / "usb").mkdir()
    assert elsewhere(tmp_path / "usb", f"read(); {harm}") == READ
