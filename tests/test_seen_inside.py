"""All that a hand-in finds around it: environment, descriptors, mounts, rights. What is new here has to be meant."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from kit.classroom import ROOT, UNIT, make_course
from kit.course import missing
from kit.handin import notebook

from buuchinh.execution import cold_executor, course_files, execution_report, executor, sandbox, warm_executor
from buuchinh.execution.job import Limits, job_of

ENVIRONMENT = {
    "BUUCHINH_COURSE": "/khoa-hoc",
    "BUUCHINH_RESULTS": "/tmp/ket-qua.jsonl",
    "HOME": "/tmp",
    "IPYTHONDIR": "/tmp/ipython",
    "LANG": "C.UTF-8",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "MPLCONFIGDIR": "/tmp",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PATH": "/usr/bin:/bin",
    "PWD": "*",
    "TMPDIR": "/tmp",
}
DESCRIPTORS = {"0": "/dev/null", "1": "/dev/null", "2": "/dev/null", "3": "pipe"}
WORKPLACE = f"/khoa-hoc/bai-lam/khach/{UNIT}"
DEVICES = ["/dev/full", "/dev/null", "/dev/random", "/dev/tty", "/dev/urandom", "/dev/zero", "/dev/zero"]
ROOM = [
    ("/", "ro"),
    ("/dev", "ro"),
    ("/dev/pts", "rw"),
    ("/dev/shm", "rw"),
    ("/khoa-hoc", "ro"),
    ("/proc", "rw"),
    ("/tmp", "rw"),
]
OWN = [
    ("/dev/pts", "rw"),
    ("/dev/shm", "rw"),
    ("/proc", "rw"),
    ("/proc/sys", "ro"),
    ("/tmp", "rw"),
    ("/tmp/ket-qua.jsonl", "rw"),
]
COVERED = {"/proc/bus", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"}
"""What bubblewrap covers where it could be written to: for root."""
LOOK = """
import json, os, tempfile
def takes_a_file(place):
    try:
        with tempfile.TemporaryFile(dir=place):
            return True
    except OSError:
        return False
def files(name):
    with open(f'/proc/self/{name}') as file:
        return file.read()
lines = [line.split() for line in files('mountinfo').splitlines()]
found = {
    'environment': dict(os.environ),
    'at first': sorted(word.split('=', 1)[0] for word in files('environ').split('\\0') if word),
    'descriptors': {
        name: os.readlink(f'/proc/self/fd/{name}').split(':')[0]
        for name in os.listdir('/proc/self/fd') if os.path.lexists(f'/proc/self/fd/{name}')
    },
    'mounts': sorted((line[4], line[5].split(',')[0]) for line in lines),
    'can be written': [line[4] for line in lines if os.path.isdir(line[4]) and takes_a_file(line[4])],
    'status': dict(line.split(':\\t', 1) for line in files('status').splitlines()),
}
print(json.dumps(found))
"""


def test_nothing_that_code_of_a_hand_in_may_call_loads_a_room_with_keys_or_with_hand_ins() -> None:
    code = """
import sys, buuchinh, buuchinh.execution.inside.fork_server
for name in buuchinh.__all__: getattr(buuchinh, name)
print(*{name.split(".")[1] for name in sys.modules if name.startswith("buuchinh.")})
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "notebook" in done.stdout
    assert not {"release", "intake", "exam", "grading", "results", "personal_data"} & set(done.stdout.split())


@pytest.fixture(scope="module")
def laid(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUUCHINH_COURSE", str(make_course(tmp_path_factory.mktemp("seen"))))
        patch.setenv("BUUCHINH_TOKEN", "x")
        if sandbox.missing():
            missing(f"bubblewrap: {sandbox.missing()}")
        with contextlib.closing(executor.UnpackedCourse(course_files.pack(UNIT))) as laid:
            yield laid.path


@pytest.fixture(scope="module", params=["warm", "cold"])
def how(request):
    return request.param


@pytest.fixture(scope="module")
def seen(laid, how):
    job = job_of("hv", UNIT, notebook(LOOK), None, Limits())
    own = warm_executor.Warm(laid, UNIT) if how == "warm" else cold_executor.Cold(laid, UNIT, isolated=True)
    with contextlib.closing(own):
        run = execution_report.read(own.run(job.to_bytes()), job)
    assert (run.how, run.ended, run.failed) == (how, "done", ()), run.outputs
    return json.loads(run.outputs["c0"][0]["text"])


def system():
    """Return what is bound read-only: the system, the Python environment, the kit."""
    names = ["/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin"]
    found = [name for name in names if Path(name).is_dir() and not Path(name).is_symlink()]
    settings = ["/etc/ld.so.cache", "/etc/fonts", "/etc/alternatives", "/etc/localtime"]
    found += [name for name in settings if Path(name).exists()]
    parts = ("bin", "lib", "lib32", "lib64", "libexec", "share", "pyvenv.cfg")
    prefixes = {sys.prefix, sys.base_prefix, str(Path(sys.executable).resolve().parents[1])} - {"/usr"}
    bound = sorted({str(Path(prefix, part)) for prefix in prefixes for part in parts if Path(prefix, part).exists()})
    return found, [*bound, str(ROOT / "buuchinh")]


def test_its_environment_is_this_and_nothing_else(seen):
    found = seen["environment"] | {"PWD": "*"}
    assert found == ENVIRONMENT
    assert set(seen["at first"]) <= set(ENVIRONMENT)


def test_its_descriptors_are_these_and_no_other(seen):
    assert seen["descriptors"] == DESCRIPTORS


def test_its_mounts_are_these_and_no_other(seen, how):
    found, bound = system()
    below = [name for name in bound if name.startswith(("/tmp/", "/dev/shm/"))]
    own = [*OWN, (WORKPLACE, "rw")] if how == "warm" else [(WORKPLACE, "rw")]
    wanted = [*ROOM, *((name, "rw") for name in DEVICES), *own]
    wanted += [(name, "ro") for name in [*found, *bound, *(below if how == "warm" else ())]]
    mounts = [tuple(one) for one in seen["mounts"]]
    spare = list(mounts)
    for one in wanted:
        assert one in spare, f"not there: {one}"
        spare.remove(one)
    assert [one for one in spare if one[0] not in COVERED or one[1] != "ro"] == []
    assert set(seen["can be written"]) <= {"/tmp", "/dev/shm", WORKPLACE}


def test_it_has_no_rights_and_cannot_get_any(seen):
    status = seen["status"]
    assert {status[name] for name in ("CapInh", "CapPrm", "CapEff", "CapAmb")} == {"0" * 16}
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")
    assert "0" not in status["Uid"].split() + status["Gid"].split() + status["Groups"].split()
