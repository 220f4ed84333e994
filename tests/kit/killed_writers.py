"""Forks a writer of answers that is killed at a random moment, again and again: ``killed_writers.py FOLDER TIMES``.

A process of its own, since a fork of the test runner would carry its threads. After each
kill the record must read, hold all that the writer had acknowledged, and take one more answer.
No clock says when: one writer dies at what it asks of the system next (a file, a rename), the other when it has used
up some processor time, so that a busy machine kills at the same places as a quiet one.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import struct
import sys
from pathlib import Path
from typing import NoReturn

import filelock  # noqa: F401  # once here, not in each fork, which lives for some milliseconds

from buuchinh.questions.answers import SNAPSHOT, Record

ROUNDS_A_FOLDER = 25
CHANCE = random.Random(20261125)
CALLS = 150
"""What a writer asks of the system before it dies, at most: a few answers."""
SECONDS = 0.03
"""Processor time of a writer, at most."""


def write(folder: Path, told: int, start: int) -> NoReturn:
    """Write answers without end; tell each number once ``put`` has returned."""
    kept = Record(folder, "bt02", "1.0.0", "GL-0123-Q")
    number = start
    while True:
        kept.put(f"bt02-q{number % 7}", {"so": number, "chu": "đ" * (number % 3) * 4000})
        os.write(told, struct.pack("<q", number))
        number += 1


def die_at_call(nth: int) -> None:
    """End this process as ``kill -9`` does before it does the ``nth`` thing of those that Python's audit tells."""
    left = [nth]

    def heard(event: str, args: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(heard)


def die_after(seconds: float) -> None:
    """End this process, in the middle of whatever it does, when it has used up so much processor time."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)


def told_before_the_end(pipe: int) -> list[int]:
    with os.fdopen(pipe, "rb") as file:
        data = file.read()
    return [number for (number,) in struct.iter_unpack("<q", data[: len(data) // 8 * 8])]


def main(top: Path, times: int) -> dict[str, int]:
    acknowledged = middle = 0
    for turn in range(times):
        folder = top / str(turn // ROUNDS_A_FOLDER)
        if turn % ROUNDS_A_FOLDER == 0:
            start, last = 0, {}
        calls, seconds = CHANCE.randint(1, CALLS), CHANCE.uniform(0.001, SECONDS)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            if turn % 2:
                die_after(seconds)
            else:
                die_at_call(calls)
            write(folder, writing, start)
        os.close(writing)
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) in {-signal.SIGKILL, -signal.SIGPROF}
        said = told_before_the_end(reading)
        acknowledged += len(said)
        for number in said:
            last[number % 7] = number
        middle += any(folder.glob(f".{SNAPSHOT}.*")) if folder.exists() else 0
        kept = Record(folder, "bt02", "1.0.0", "GL-0123-Q").answers()
        for slot, number in last.items():
            found = kept[f"bt02-q{slot}"]["answer"]["so"]
            assert found >= number, (turn, slot, number, found)
        if (folder / SNAPSHOT).exists():
            json.loads((folder / SNAPSHOT).read_text(encoding="utf-8"))
        start = max((entry["answer"]["so"] for entry in kept.values()), default=-1) + 1
        if turn % ROUNDS_A_FOLDER == ROUNDS_A_FOLDER - 1:
            after = Record(folder, "bt02", "1.0.0", "GL-0123-Q")
            after.put("bt02-q9", "sau")
            whole = json.loads((folder / SNAPSHOT).read_text(encoding="utf-8"))["answers"]
            assert whole == after.answers()
            assert not list(folder.glob(f".{SNAPSHOT}.*")), "what killed writers left behind is cleared"
            shutil.rmtree(folder)
    return {"killed": times, "acknowledged": acknowledged, "in_the_middle": middle}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
