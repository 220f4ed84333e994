"""What leaves a sandbox is decoded by a schema: whatever the bytes are, what is kept fits it, and soon."""

from __future__ import annotations

import base64
import json
import random
import struct
import time

import pytest
from kit.classroom import UNIT
from kit.handin import notebook

from buuchinh.execution import execution_report, strict
from buuchinh.execution.job import job_of

JOB = job_of("hv", UNIT, notebook("1", "2", "3"))
NASTY = [
    b"[" * 20_000, b'{"a":' * 5_000, b"9" * 5_000, b"-1e400", b"1e308", b"NaN", b"Infinity", b"null", b"true", b"\x00",
    b"\xff\xfe", b"\\ud800", b"\\u0000", "\u202e\u0301ệ".encode(), b"\n", b"\n{", b'"', b"\\", b'{"end": true}',
    b'"id": "c0"', b'"answer": {}', b'"values": -5', b"\x1b]0;x\x07", b'"text/html": "<script>"', b"a" * 100_000,
]  # fmt: skip


def picture(width=640, height=480):
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", width, height, 8, 6, 0, 0, 0)
    return base64.b64encode(head + b"x" * 60).decode("ascii")


def good():
    shown = [
        {"output_type": "stream", "name": "stdout", "text": "chữ"},
        {"output_type": "execute_result", "data": {"text/plain": "5", "image/png": picture()}},
        {"output_type": "error", "ename": "E", "evalue": "e", "traceback": ["a", "b"]},
    ]
    lines = [{"id": name, "outputs": shown, "error": name == "c1"} for name, _ in JOB.cells]
    values = [
        {"id": "bt90-q4", "answer": {"tong": 5, "bang": {"columns": ["a"], "rows": [[1], [2.5], ["x"], [None]]}}},
        {"id": "bt90-q5", "answer": {"ten": "ệ"}},
    ]
    return b"\n".join(json.dumps(one).encode() for one in values), b"\n".join(
        json.dumps(one).encode() for one in [*lines, {"end": True}]
    )


def mutated(data, chance):
    """Return bytes with one to six wounds: cut, doubled, moved, overwritten, something nasty put in."""
    for _ in range(chance.randint(1, 6)):
        here, there = sorted(chance.randrange(len(data) + 1) for _ in range(2))
        match chance.randrange(6):
            case 0:
                data = data[:here] + data[there:]
            case 1:
                data = data[:there] + data[here:there] * chance.randint(1, 3) + data[there:]
            case 2:
                data = data[:here] + bytes(chance.randrange(256) for _ in range(4)) + data[here + 4 :]
            case 3:
                data = data[there:] + data[:here]
            case _:
                data = data[:here] + chance.choice(NASTY) + data[here:]
        data = data[:300_000]
    return data


def depth(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


def fits(run):
    """Hold an execution against the schema, written down a second time."""
    assert run.ended in {"done", "timeout", "died", "output", "memory", "lost"}
    assert set(run.outputs) <= {"c0", "c1", "c2"}
    assert set(run.failed) <= set(run.outputs)
    assert len(run.failed) == len(set(run.failed))
    for cell in run.outputs.values():
        assert len(cell) <= 202
        for one in cell:
            match one:
                case {"output_type": "stream", "name": "stdout" | "stderr", "text": str(text), **more}:
                    assert len(text) <= 20_000
                case {"output_type": "error", "ename": str(), "evalue": str(), "traceback": list(trace), **more}:
                    assert len(trace) <= 50
                    assert all(isinstance(line, str) and len(line) <= 4_000 for line in trace)
                case {"output_type": "display_data", "metadata": {}, "data": dict(data), **more}:
                    assert data
                    assert set(data) <= {"text/plain", "image/png"}
                case _:
                    pytest.fail(str(one)[:200])
            assert not more
    assert len(run.values) <= 200
    for name, answer in run.values.items():
        assert len(name) <= 64
        assert len(answer) <= 64
        assert all(len(one) <= 64 for one in answer)
        assert depth(answer) < 12
    json.dumps([run.values, run.outputs], allow_nan=False, ensure_ascii=False).encode("utf-8")


def fuzz(seed, count):
    chance = random.Random(seed)
    values, shown = good()
    kept = 0
    for _ in range(count):
        handed, outside = mutated(values, chance), mutated(shown, chance)
        data = execution_report.pack("done", 1.0, isolated=True, how="warm", values=handed, shown=outside)
        if chance.random() < 0.1:
            data = mutated(data, chance)
        started = time.process_time()
        run = execution_report.read(data, JOB)
        assert time.process_time() - started < 2
        fits(run)
        kept += bool(run.values or run.outputs)
    assert kept > count / 2, "it tried what is nearly right"


def test_what_is_right_is_kept_whole():
    values, shown = good()
    run = execution_report.read(
        execution_report.pack("done", 1.0, isolated=True, how="warm", values=values, shown=shown), JOB
    )
    fits(run)
    assert (run.ended, run.failed, set(run.values)) == ("done", ("c1",), {"bt90-q4", "bt90-q5"})
    assert all(
        [one["output_type"] for one in cell] == ["stream", "display_data", "error"] for cell in run.outputs.values()
    )
    assert run.outputs["c0"][1]["data"] == {"text/plain": "5", "image/png": picture()}


def test_a_cell_reports_once_and_in_its_turn():
    told = [("c0", False), ("c0", True), ("c2", False), ("c1", True), ("c0", True), ("c2", True), ("c3", True)]
    shown = b"".join(json.dumps({"id": name, "outputs": [], "error": bad}).encode() + b"\n" for name, bad in told)
    job = job_of("hv", UNIT, notebook("1", "2", "3"))
    run = execution_report.read(
        execution_report.pack("done", 1.0, isolated=True, how="warm", shown=shown + b'{"end": true}\n'), job
    )
    assert (run.ended, list(run.outputs), run.failed) == ("done", ["c0", "c2"], ())


def test_whatever_the_bytes_are_what_is_kept_fits_the_schema():
    fuzz(seed=20_261_126, count=1_500)


@pytest.mark.long
def test_whatever_the_bytes_are_a_hundred_thousand_times():
    for seed in range(50):
        fuzz(seed, count=2_000)


def test_a_hundred_thousand_small_lines_take_no_square_of_their_time():
    def seconds(count):
        text = "\n".join(f'{{"id":"q","answer":{{"a{number}":1}}}}' for number in range(count))
        started = time.process_time()
        assert len(execution_report.values_from(text)["q"]) == 64
        return time.process_time() - started

    assert seconds(32_000) < 20 * max(0.02, seconds(4_000))


@pytest.mark.parametrize(
    "line",
    [
        {"id": "q", "answer": {"a": 1}, "points": 5},
        {"id": "q" * 65, "answer": {"a": 1}},
        {"id": "q", "answer": {"a" * 65: 1}},
        {"id": "q", "answer": {f"a{number}": 1 for number in range(65)}},
    ],
)
def test_a_line_with_more_than_the_schema_has_is_no_line(line):
    assert execution_report.values_from(json.dumps(line)) == {}


def test_a_picture_without_an_end_is_no_picture():
    for sides, shown in (((640, 480), True), ((60_000, 60_000), False), ((0, 5), False)):
        found = strict.outputs([{"output_type": "display_data", "data": {"image/png": picture(*sides)}}])
        assert bool(found) == shown
    assert strict.outputs([{"output_type": "display_data", "data": {"image/png": "A" * 900_000}}]) == []
