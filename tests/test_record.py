"""Answers on disk survive crashes, torn lines, damaged snapshots and two windows."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from buuchinh.questions.record import JOURNAL, SNAPSHOT, Record


def record(folder: Path) -> Record:
    return Record(folder, "bt02", "1.0.0", "GL-0123-Q")


def test_the_last_answer_counts_and_the_first_is_remembered(tmp_path: Path) -> None:
    kept = record(tmp_path)
    kept.put("bt02-q01", "a")
    kept.put("bt02-q01", "b")
    entry = record(tmp_path).answers()["bt02-q01"]
    assert (entry["answer"], entry["first"], entry["tries"]) == ("b", "a", 2)
    snapshot = json.loads((tmp_path / SNAPSHOT).read_text(encoding="utf-8"))
    assert snapshot["answers"]["bt02-q01"]["answer"] == "b"
    assert snapshot["code"] == "GL-0123-Q"


@pytest.mark.parametrize("damage", [b"", b"{", b"\x00" * 40, b'{"answers": 3}', b"[1]"])
def test_a_damaged_snapshot_loses_nothing(tmp_path: Path, damage: bytes) -> None:
    record(tmp_path).put("bt02-q01", ["a", "đ"])
    (tmp_path / SNAPSHOT).write_bytes(damage)
    record(tmp_path).put("bt02-q02", 1.5)
    assert {name: entry["answer"] for name, entry in record(tmp_path).answers().items()} == {
        "bt02-q01": ["a", "đ"],
        "bt02-q02": 1.5,
    }


def test_a_torn_line_does_not_swallow_the_next(tmp_path: Path) -> None:
    record(tmp_path).put("bt02-q01", "a")
    with (tmp_path / JOURNAL).open("ab") as file:
        file.write(b'{"id": "bt02-q02", "ans')
    record(tmp_path).put("bt02-q03", "c")
    assert set(record(tmp_path).answers()) == {"bt02-q01", "bt02-q03"}


def test_a_lost_journal_leaves_the_snapshot(tmp_path: Path) -> None:
    record(tmp_path).put("bt02-q01", "a")
    (tmp_path / JOURNAL).unlink()
    record(tmp_path).put("bt02-q02", "b")
    assert set(record(tmp_path).answers()) == {"bt02-q01", "bt02-q02"}


def test_half_an_emoji_and_line_separators_are_kept(tmp_path: Path) -> None:
    record(tmp_path).put("bt02-q01", "một \ud83d hai\u2028ba\x85bốn")
    (tmp_path / SNAPSHOT).unlink()
    assert record(tmp_path).answer("bt02-q01") == "một ? hai\u2028ba\x85bốn"


def test_two_windows_keep_each_others_answers(tmp_path: Path) -> None:
    one, other = record(tmp_path), record(tmp_path)
    one.put("bt02-q01", "a")
    other.put("bt02-q02", "b")
    one.put("bt02-q03", "c")
    assert set(other.answers()) == {"bt02-q01", "bt02-q02", "bt02-q03"}


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_killed_writer_loses_no_acknowledged_answer(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from buuchinh.questions.record import Record\n"
        "kept = Record(Path(sys.argv[1]), 'bt02', '1.0.0', None)\n"
        "n = len(kept.answers())\n"
        "while True:\n"
        "    kept.put(f'bt02-q{n}', n); print(n, flush=True); n += 1\n"
    )
    acknowledged = -1
    for round_ in range(6):
        writer = subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        assert writer.stdout
        first = writer.stdout.readline()
        time.sleep(0.01 + 0.013 * round_)
        writer.send_signal(signal.SIGKILL)
        said = [first, *writer.stdout.readlines()]
        writer.wait()
        whole = [line for line in said if line.endswith("\n")]
        acknowledged = max(acknowledged, int(whole[-1]))
        answers = record(tmp_path).answers()
        assert all(answers[f"bt02-q{n}"]["answer"] == n for n in range(acknowledged + 1))
        json.loads((tmp_path / SNAPSHOT).read_text(encoding="utf-8"))
