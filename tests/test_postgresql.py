from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from kit.classroom import UNIT, make_course
from kit.course import missing
from kit.handin import answers, code_of, hand_in

from buuchinh import personal_data
from buuchinh.classroom import database, gradebook
from buuchinh.desk.marking import queue, save_mark
from buuchinh.errors import KitError
from buuchinh.execution import sandbox
from buuchinh.grading import grade_class, run_progress
from buuchinh.release import release
from buuchinh.results import results


def binaries():
    found = shutil.which("pg_ctl")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next(iter(debian), Path(found).resolve().parent if found else None)


class Server:
    """A PostgreSQL of its own in a folder of its own, reached through a socket there, run by an ordinary user."""

    def __init__(self, folder):
        self.folder, self.bin = folder, binaries()
        self.user: dict[str, Any] = {}
        if os.getuid() == 0:
            shutil.chown(folder, "nobody")
            self.user = {"user": "nobody", "group": "nogroup", "extra_groups": []}
        self.run("initdb", "-D", "data", "-U", "course", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")
        self.start()

    def run(self, program, *words):
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C"}
        with tempfile.TemporaryFile() as said:  # a pipe would be kept open by the server
            done = subprocess.run(
                [str(self.bin / program), *words], cwd=self.folder, env=environment, stdout=said, stderr=said,
                check=False, timeout=60, **self.user,
            )  # fmt: skip
            said.seek(0)
            assert done.returncode == 0, said.read().decode("utf-8", "replace")

    def start(self):
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}' -c fsync=off"
        self.run("pg_ctl", "-D", "data", "-l", "log", "-w", "-o", options, "start")

    def stop(self):
        self.run("pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop")

    @property
    def url(self):
        return f"postgresql+psycopg2://course@/postgres?host={self.folder}"


@pytest.fixture
def server():
    if sys.platform == "win32" or binaries() is None:
        missing("postgresql")
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        running = Server(Path(name))
        yield running
        if (running.folder / "data" / "postmaster.pid").exists():
            running.stop()


@pytest.fixture
def course(tmp_path, monkeypatch, server):
    root = make_course(tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(root))
    monkeypatch.setenv("BUUCHINH_DB_URL", server.url)
    if sandbox.missing():
        missing(f"bubblewrap: {sandbox.missing()}")
    release.release(UNIT)
    return root


def test_a_class_is_graded_into_postgresql_and_a_server_that_goes_away_is_said(course, server):
    codes = [code_of(n) for n in (1, 2)]
    hand_in(course, codes[0], answers())
    assert [one.state for one in grade_class.grade(UNIT)] == ["graded"]
    assert not (course / "gradebook.db").exists()
    assert gradebook.students() == codes[:1]
    assert results.standings(UNIT)[0].earned == 11
    hand_in(course, codes[1], answers(right=False))
    stopped: list[str] = []

    class PullsThePlug(run_progress.Silence):
        def ended(self, result, number, total):
            if not stopped:
                server.stop()
                stopped.append(result.code)

    with pytest.raises(KitError, match="sổ điểm") as gone:
        grade_class.grade(UNIT, watch=PullsThePlug())
    assert "Traceback" not in str(gone.value)
    server.start()
    assert [one.state for one in grade_class.grade(UNIT)] == ["unchanged", "graded"]
    assert [one.earned for one in results.standings(UNIT)] == [11, 5]


def test_a_persons_mark_is_one_transaction_on_a_server_too(course, server):
    code = code_of(1)
    hand_in(course, code, answers())
    grade_class.grade(UNIT)
    (now,) = queue.read(UNIT, "bt90-q3")
    seen = save_mark.Seen(None, "", now.fingerprint)
    assert save_mark.writable() == ""
    save_mark.save(UNIT, "bt90-q3", code, save_mark.Mark("2,5", comment="Rõ."), seen)
    with gradebook.opened() as book:
        grade = book.find_grade("bt90-q3", UNIT, UNIT, code)
        assert (grade.manual_score, grade.needs_manual_grade) == (2.5, False)
        assert book.find_comment("bt90-q3", UNIT, UNIT, code).manual_comment == "Rõ."
    with pytest.raises(save_mark.Conflict) as conflict:
        save_mark.save(UNIT, "bt90-q3", code, save_mark.Mark("1"), seen)
    assert conflict.value.points == 2.5
    holding = database.connect()
    with holding.transaction() as execute:
        execute("UPDATE grade SET manual_score = 3 WHERE manual_score = 2.5", {})
        with pytest.raises(save_mark.Unwritable, match="đang bận"):
            save_mark.save(UNIT, "bt90-q3", code, save_mark.Mark("1"), save_mark.Seen(2.5, "Rõ.", now.fingerprint))
    holding.close()
    assert queue.read(UNIT, "bt90-q3")[0].scored.manual == 3.0


@pytest.mark.long
def test_the_gradebooks_backup_is_the_servers_matter_and_all_else_is_ours(course):
    code = code_of(1)
    hand_in(course, code, answers())
    grade_class.grade(UNIT)
    made = personal_data.backup()
    assert made.server.startswith("pg_dump --format=custom --file=backup/buuchinh_")
    with zipfile.ZipFile(made.path) as archive:
        assert f"submitted/{code}/{UNIT}/answers.json" in archive.namelist()
        assert "gradebook.db" not in archive.namelist()
    assert personal_data.forget(code).on_server
    assert gradebook.students() == []
    restored = personal_data.restore(made.path)
    assert "pg_restore" in restored.server
    assert (course / "submitted" / code / UNIT / "answers.json").is_file()
