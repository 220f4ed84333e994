"""Forks a writer of answers and kills it at a random moment, again and again: ``killed_writers.py FOLDER TIMES``.

A process of its own, since a fork of the test runner would carry its threads. After each
kill the record must read, hold all that the writer had acknowledged, and take one more answer.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import struct
import sys
import time
from pathlib import Path
from typing import NoReturn

import filelock  # noqa: F401  # once here, not in each fork, which lives for some milliseconds

from buuchinh.questions.answers import SNAPSHOT, Record

ROUNDS_A_FOLDER = 25
CHANCE = random.Random(20261125)


def write(folder: Path, told: int, start: int) -> NoReturn:
    """Write answers without end; tell each number once ``put`` has returned."""
    kept = Record(folder, "bt02", "1.0.0", "GL-0123-Q")
    number = start
    while True:
        kept.put(f"bt02-q{number % 7}", {"so": number, "chu": "đ" * (number % 3) * 4000})
        os.write(told, struct.pack("<q", number))
        number += 1


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
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            write(folder, writing, start)
        os.close(writing)
        time.sleep(CHANCE.random() * 0.018)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
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
