"""Answers on disk survive crashes, torn lines, damaged snapshots and two windows."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from buuchinh.locks import locked
from buuchinh.questions.answers import JOURNAL, LOCK, SNAPSHOT, Record

PATIENCE = 3
"""Seconds after which a writer that waits for another leaves the snapshot to the next one."""
LONG = 600
"""Seconds for a process on a machine that does much else; each takes a few."""


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


def test_typing_is_one_try_and_a_choice_is_one_each(tmp_path: Path) -> None:
    kept = record(tmp_path)
    for text in ("Dừng", "Dừng nhận", "Dừng nhận, báo ngay."):
        kept.put("bt02-q14", text, typed=True)
    entry = kept.answers()["bt02-q14"]
    assert (entry["answer"], entry["first"], entry["tries"]) == ("Dừng nhận, báo ngay.", "Dừng nhận, báo ngay.", 1)
    lines = (tmp_path / JOURNAL).read_text(encoding="utf-8").replace(entry["at"], "2026-11-25T10:00:00+07:00")
    (tmp_path / JOURNAL).write_text(lines, encoding="utf-8")
    kept.put("bt02-q14", "Viết lại hôm sau.", typed=True)
    entry = kept.answers()["bt02-q14"]
    assert (entry["answer"], entry["first"], entry["tries"]) == ("Viết lại hôm sau.", "Dừng nhận, báo ngay.", 2)


@pytest.mark.parametrize(
    "line", [b'{"id": "x", "answer": NaN}', b'{"id": "x", "answer": 1e999}', b"[" * 5000, b"\xff", b"3"]
)
def test_a_line_that_is_none_is_left_out_and_the_next_answer_is_saved(tmp_path: Path, line: bytes) -> None:
    record(tmp_path).put("bt02-q01", "a")
    with (tmp_path / JOURNAL).open("ab") as file:
        file.write(line + b'\n{"id": "bt02-q02", "answer": "\\ud83d"}\n')
    record(tmp_path).put("bt02-q03", "c")
    snapshot = json.loads((tmp_path / SNAPSHOT).read_text(encoding="utf-8"))
    assert list(snapshot["answers"]) == ["bt02-q01", "bt02-q02", "bt02-q03"]


def test_an_answer_without_bottom_is_refused(tmp_path: Path) -> None:
    pit: list[object] = []
    for _ in range(500):
        pit = [pit]
    with pytest.raises(ValueError, match="bt02-q01"):
        record(tmp_path).put("bt02-q01", pit)
    assert record(tmp_path).answers() == {}


def writer_of(script: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a process that has a ``kept`` record of the folder ``sys.argv[1]`` and says when it stands ready."""
    head = (
        "import sys; from pathlib import Path; from buuchinh.questions.answers import SNAPSHOT, Record\n"
        "kept = Record(Path(sys.argv[1]), 'bt02', '1.0.0', None)\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
    )
    writer = subprocess.Popen(
        [sys.executable, "-c", head + script, *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    assert writer.stdout
    assert writer.stdout.readline() == "ready\n"
    return writer


def test_a_writer_waits_until_the_other_has_written_its_snapshot(tmp_path: Path) -> None:
    record(tmp_path).put("bt02-q01", "a")
    before = (tmp_path / SNAPSHOT).read_bytes()
    script = (
        "import time\n"
        "began = time.monotonic()\n"
        "print('writing', flush=True)\n"
        "kept.put('bt02-q02', 'b')\n"
        "print(time.monotonic() - began)\n"
    )
    with locked(tmp_path / LOCK):
        writer = writer_of(script, str(tmp_path))
        assert writer.stdin
        assert writer.stdout
        writer.stdin.write("go\n")
        writer.stdin.flush()
        assert writer.stdout.readline() == "writing\n"
        with pytest.raises(subprocess.TimeoutExpired):
            writer.wait(timeout=1)
        assert (tmp_path / SNAPSHOT).read_bytes() == before
    waited = float(writer.communicate(timeout=LONG)[0])
    assert writer.returncode == 0
    assert waited >= 1
    snapshot = json.loads((tmp_path / SNAPSHOT).read_text(encoding="utf-8"))
    if waited >= PATIENCE:  # this machine had much else to do: the journal has it
        snapshot = {"answers": record(tmp_path).answers()}
    assert {name: entry["answer"] for name, entry in snapshot["answers"].items()} == {"bt02-q01": "a", "bt02-q02": "b"}


def test_two_writers_at_once_lose_nothing_in_journal_and_snapshot(tmp_path: Path) -> None:
    script = (
        "import json, time\n"
        "for n in range(20):\n"
        "    name, began = f'bt02-{sys.argv[2]}{n}', time.monotonic()\n"
        "    kept.put(name, 'x' * 9_000); kept.put('bt02-both', [sys.argv[2], n])\n"
        "    saved = json.loads((kept.folder / SNAPSHOT).read_text(encoding='utf-8'))['answers']\n"
        f"    assert name in saved or time.monotonic() - began >= {PATIENCE}, name\n"
    )
    writers = [writer_of(script, str(tmp_path), name) for name in ("a", "b")]
    for writer in writers:
        assert writer.stdin
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=LONG)
        assert writer.returncode == 0
    record(tmp_path).put("bt02-end", "c")
    answers = record(tmp_path).answers()
    assert answers.pop("bt02-end")["answer"] == "c"
    assert set(answers) == {"bt02-both", *(f"bt02-{name}{n}" for name in ("a", "b") for n in range(20))}
    assert answers["bt02-both"]["tries"] == 40
    snapshot = json.loads((tmp_path / SNAPSHOT).read_text(encoding="utf-8"))
    assert {name: one for name, one in snapshot["answers"].items() if name != "bt02-end"} == answers


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
@pytest.mark.parametrize("times", [100, pytest.param(3000, marks=pytest.mark.long)])
def test_a_writer_killed_hundreds_of_times_loses_no_acknowledged_answer(tmp_path: Path, times: int) -> None:
    killer = Path(__file__).with_name("kit") / "killed_writers.py"
    done = subprocess.run(
        [sys.executable, str(killer), str(tmp_path), str(times)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["killed"] == times
    assert told["acknowledged"] > 100
    assert told["in_the_middle"] > 0, "some kills must fall between the journal and the snapshot"


def test_a_torn_last_line_does_not_undo_a_newer_snapshot(tmp_path: Path) -> None:
    """After a power cut the last line may be zeros, as long as it was, though the snapshot is whole."""
    kept = record(tmp_path)
    kept.put("bt02-q01", "trước")
    time.sleep(1)
    kept.put("bt02-q01", "sau")
    first, second = (tmp_path / JOURNAL).read_bytes().splitlines(keepends=True)
    (tmp_path / JOURNAL).write_bytes(first + b"\0" * (len(second) - 1) + b"\n")
    assert kept.answer("bt02-q01") == "sau"
    kept.put("bt02-q02", "b")
    snapshot = json.loads((tmp_path / SNAPSHOT).read_text(encoding="utf-8"))
    assert snapshot["answers"]["bt02-q01"]["answer"] == "sau"


def test_a_lost_journal_undoes_neither_the_first_answer_nor_the_count(tmp_path: Path) -> None:
    kept = record(tmp_path)
    for answer in "abc":
        kept.put("bt02-q01", answer)
    (tmp_path / JOURNAL).unlink()
    time.sleep(1)
    for number, answer in enumerate("dea", 4):
        kept.put("bt02-q01", answer)
        entry = kept.answers()["bt02-q01"]
        assert (entry["answer"], entry["tries"], entry["first"]) == (answer, number, "a")


def test_a_kernel_that_stands_still_with_the_lock_keeps_nobody_from_saving(tmp_path: Path) -> None:
    kept = record(tmp_path)
    kept.put("bt02-q01", "a")
    with locked(tmp_path / LOCK):
        writer = writer_of("kept.put('bt02-q02', 'b')\n", str(tmp_path))
        writer.communicate("go\n", timeout=LONG)
        assert writer.returncode == 0
    assert {name: entry["answer"] for name, entry in kept.answers().items()} == {"bt02-q01": "a", "bt02-q02": "b"}
