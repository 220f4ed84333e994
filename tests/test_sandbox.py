from __future__ import annotations

import json
import socket
import tempfile
import threading
from pathlib import Path

import pytest
from kit.classroom import UNIT, make_course
from kit.course import missing
from kit.handin import answers as all_answers
from kit.handin import code_of, hand_in, marked, notebook

from buuchinh.errors import KitError
from buuchinh.execution import run_one, sandbox
from buuchinh.release import release

TRY = """
import os, glob
found = []
for top in {places!r}:
    for folder, folders, files in os.walk(top):
        folders[:] = set(folders) - {{".venv", "fd"}}  # a pipe of its own would be waited for
        for name in files:
            try:
                data = open(os.path.join(folder, name), "rb").read(200_000)
            except OSError:
                continue
            if b"CHIM" + b"BAO-" in data:
                found.append(os.path.join(folder, name))
found += [word for word in os.environ.values() if "CHIM" + "BAO-" in word]
print(found)
"""

SCAN = r"""
import re
needle = re.compile(b"CHIMBAO-[0-9a-f]{12}")
found, read = set(), 0
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
    for line in maps:
        span, rights = line.split()[:2]
        if not rights.startswith("r") or "[v" in line:
            continue
        start, end = (int(part, 16) for part in span.split("-"))
        try:
            memory.seek(start)
            data = memory.read(end - start)
        except (OSError, ValueError, OverflowError):
            continue
        read += len(data)
        found |= {one.decode() for one in needle.findall(data)}
        del data
print(read > 10_000_000, sorted(found))
"""

PLANTED, CONTROL = "CHIMBAO-0123456789ab", "CHIMBAO-" + "c0ffee" * 2


@pytest.fixture
def course(tmp_path, monkeypatch):
    root = make_course(tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.delenv("BUUCHINH_DB_URL", raising=False)
    if sandbox.missing():
        missing(f"bubblewrap: {sandbox.missing()}")
    questions = root / "source" / UNIT / "questions.yml"
    questions.write_text(questions.read_text(encoding="utf-8").replace("CANARY", PLANTED), encoding="utf-8")
    return root


def printed(run, cell="c0"):
    return "".join(one.get("text", "") for one in run.outputs[cell])


def test_no_file_of_the_instructor_or_of_another_trainee_is_there(course, monkeypatch):
    monkeypatch.setenv("BUUCHINH_TOKEN", PLANTED)
    for place in ("submitted/other", "source/extra", "nop-bai", "."):
        (course / place).mkdir(parents=True, exist_ok=True)
        (course / place / "gradebook.db").write_text(PLANTED, encoding="utf-8")
    places = [str(course), "..", "/khoa-hoc", "/tmp", "/home", "/proc/1", "/proc/self/root/work", str(Path.cwd())]
    there = f"import os\nprint(os.path.exists({str(course)!r}))"
    run = run_one.run(notebook(TRY.format(places=places), there), UNIT)
    assert printed(run).strip() == "[]"
    assert printed(run, "c1").strip() == "False"


def test_the_key_is_not_in_the_memory_of_the_process_that_runs_the_hand_in(course):
    release.release(UNIT)
    code = code_of(1)
    hand_in(course, code, all_answers(), f"control = '{CONTROL}'\n{SCAN}")
    marking = marked(code)
    assert any(PLANTED in remark.text for one in marking.scores.values() for remark in one.remarks)  # it is in ours
    assert printed(marking.execution, "bt90-q4-lam").strip() == f"True ['{CONTROL}']"


def test_a_course_within_a_folder_of_the_system_is_not_seen_with_it(monkeypatch):
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        root = make_course(Path(folder))
        (Path(folder) / "beside").touch()
        Path(folder).chmod(0o755)
        monkeypatch.setenv("BUUCHINH_COURSE", str(root))
        monkeypatch.setattr(sandbox, "_SYSTEM", (*sandbox._SYSTEM, folder))
        if sandbox.missing():
            missing(f"bubblewrap: {sandbox.missing()}")
        look = f"import os\nprint(sorted(os.listdir({folder!r})), os.listdir({str(root)!r}))"
        assert printed(run_one.run(notebook(look), UNIT)).strip() == "['beside', 'course'] []"


def test_there_is_no_network(course):
    with socket.create_server(("127.0.0.1", 0)) as server:
        reached = threading.Event()
        server.settimeout(20)

        def listen():
            try:
                server.accept()
                reached.set()
            except OSError:
                pass

        threading.Thread(target=listen, daemon=True).start()
        port = server.getsockname()[1]
        tries = (
            f"import socket\nfor host in ('127.0.0.1', '::1'):\n    try:\n"
            f"        socket.create_connection((host, {port}), 2); print('reached')\n"
            "    except OSError as error:\n        print('no')"
        )
        assert printed(run_one.run(notebook(tries), UNIT)).split() == ["no", "no"]
        assert not reached.is_set()


def test_nothing_but_its_own_folder_can_be_written_and_it_is_nobody(course):
    work = (
        "import os\nwritten = []\n"
        "for place in ('/', '/usr', '/khoa-hoc', '/khoa-hoc/exercises/bt90', '/dev', '/etc', '.'):\n"
        "    try:\n        open(os.path.join(place, 'x'), 'w').write('x'); written.append(place)\n"
        "    except OSError:\n        pass\n"
        "print(written, os.getuid() != 0, sorted(os.listdir('/proc'))[:1], os.getpid() < 50)\n"
        "try:\n    os.setuid(0); print('root')\nexcept OSError:\n    print('nobody')"
    )
    release.release(UNIT)
    assert printed(run_one.run(notebook(work), UNIT)).split("\n")[:2] == ["['.'] True ['1'] True", "nobody"]


def test_the_environment_is_empty_but_for_what_the_code_needs(course, monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "x")
    run = run_one.run(notebook("import os, json\nprint(json.dumps(dict(os.environ)))"), UNIT)
    names = set(json.loads(printed(run)))
    assert "SECRET_TOKEN" not in names
    assert not {name for name in names if "TOKEN" in name or "KEY" in name or name in {"USER", "SSH_AUTH_SOCK"}}


def test_without_bubblewrap_code_is_refused_unless_asked_for(course, monkeypatch):
    monkeypatch.setattr(sandbox, "bubblewrap", lambda: None)
    with pytest.raises(KitError, match="bubblewrap") as refusal:
        run_one.run(notebook("print(1)"), UNIT)
    assert "--unsafe" in refusal.value.problems[0].way_out
    run = run_one.run(notebook("print(1)"), UNIT, unsafe=True)
    assert printed(run) == "1\n"
    assert not run.isolated
    assert any("--unsafe" in note for note in run.notes())
