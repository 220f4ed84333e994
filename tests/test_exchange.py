"""nbgrader's exchange with real accounts: whose a hand-in is, its folder's owner says, never its name."""

from __future__ import annotations

import json
import os
import shutil
import struct
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from kit.classroom import UNIT, edit, make_course, released_long_ago
from kit.handin import answers
from kit.regrading import correct_the_key
from kit.unix_users import Account, Machine, machine

from buuchinh.classroom import gradebook
from buuchinh.exchange.fill_exchange import page_name
from buuchinh.release import release

pytestmark = pytest.mark.long

HAND_IN = f"""
import json, sys
from buuchinh.learner.server import api
start = {{"notebook": "lessons/00-bat-dau.ipynb"}}
api.call("PUT", "person", start | {{"code": sys.argv[1]}})
path = api.call("POST", "workspace", start | {{"unit": "{UNIT}"}})["path"]
for name, answer in json.loads(sys.argv[2]).items():
    api.call("POST", "journal", {{"notebook": path, "unit": "{UNIT}", "id": name, "answer": answer}})
print(json.dumps(api.call("POST", "submissions", {{"notebook": path, "unit": "{UNIT}", "anyway": True}})))
"""


@dataclass
class Hub:
    """A hub's machine: the instructor with the course, trainees with what they were given, the exchange."""

    machine: Machine
    instructor: Account
    one: Account
    two: Account
    course: Path
    exchange: Path
    given: dict[str, Any]

    @property
    def inbound(self) -> Path:
        return self.exchange / "buuchinh" / "inbound"

    def buuchinh(self, *words: str, ends: int = 0) -> str:
        return self.instructor.python("-m", "buuchinh", *words, cwd=self.course, ends=ends, more=self.named())

    def nbgrader(self, who: Account, *words: str, ends: int = 0) -> str:
        """Run stock nbgrader as a trainee, with the settings that a hub's machine has."""
        settings = who.home / ".jupyter" / "nbgrader_config.py"
        if not settings.exists():
            lines = f'c = get_config()\nc.Exchange.root = "{self.exchange}"\nc.CourseDirectory.course_id = "buuchinh"\n'
            _write(who, settings, lines)
        return who.python("-m", "nbgrader", *words, ends=ends)

    def named(self) -> dict[str, str]:
        return {"BUUCHINH_EXCHANGE": str(self.exchange)}

    def hand_in(self, who: Account, code: str = "", right: bool = True) -> dict[str, Any]:
        """Give answers and press "Nộp bài" as the screens do, in a process of this account."""
        home = who.home / "khoa-hoc"
        if not home.exists():
            shutil.copytree(self.course, home, ignore=shutil.ignore_patterns("source", "*.db", "so-cham"))
            _owned(who, home)
        given = {
            name: one for name, one in (self.given if right else answers(right=False)).items() if name != "bt90-q4"
        }
        words = who.python("-c", HAND_IN, code or who.code, json.dumps(given), cwd=home, more=self.named())
        receipt: dict[str, Any] = json.loads(words.splitlines()[-1])
        return receipt

    def counted(self, who: Account) -> dict[str, Any]:
        path = self.course / "submitted" / who.code / UNIT / "collected.json"
        counted: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return counted

    def refusals(self) -> list[dict[str, str]]:
        paths = sorted((self.course / "nop-bai" / "khong-nhan").glob("*/collected.json"))
        return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def _write(who: Account, path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    _owned(who, path.parent)


def _owned(who: Account, folder: Path) -> None:
    subprocess.run(["chown", "-R", f"{who.uid}:{who.gid}", str(folder)], check=True)


@pytest.fixture(scope="module")
def whole_hub() -> Iterator[Hub]:
    """Yield a hub with a class of two and a released unit in its exchange; made once."""
    with machine() as made, pytest.MonkeyPatch.context() as patch:
        instructor = made.account(f"gv-{os.getpid()}")
        one, two = made.account(), made.account()
        course = make_course(instructor.home, code=False)
        patch.setenv("BUUCHINH_COURSE", str(course))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        release.release(UNIT)
        released_long_ago(course)
        with gradebook.opened() as book:
            for who in (one, two):
                book.add_student(who.code)
        given = answers()
        _owned(instructor, instructor.home)
        exchange = made.folder / "exchange"
        exchange.mkdir()
        shutil.chown(exchange, instructor.name, instructor.name)
        hub = Hub(made, instructor, one, two, course, exchange, given)
        assert "Đã đặt bài bt90 vào hòm" in hub.buuchinh("release", UNIT, "--exchange")
        yield hub


@pytest.fixture
def hub(whole_hub: Hub) -> Iterator[Hub]:
    """Yield the hub, and take away what a test has left in the exchange and in the class."""
    yield whole_hub
    for path in [*whole_hub.inbound.iterdir(), *(whole_hub.course / "nop-bai").glob("*")]:
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    shutil.rmtree(whole_hub.course / "submitted", ignore_errors=True)


def test_a_hand_in_is_read_by_its_owner_and_the_instructor_alone(hub: Hub) -> None:
    receipt = hub.hand_in(hub.one)
    assert (receipt["in_exchange"], receipt["warning"]) == (True, "")
    record = json.loads((hub.one.home / "khoa-hoc" / receipt["path"]).parents[1].joinpath("vao-hom.json").read_bytes())
    assert record["delivered"][receipt["file"]] == receipt["delivered"]
    (folder,) = hub.inbound.iterdir()
    user, unit, stamp, random = folder.name.split("+")
    assert (user, unit, stamp[-4:], len(random)) == (hub.one.name, UNIT, " UTC", 12)
    assert {oct(path.stat().st_mode & 0o777) for path in folder.iterdir()} == {"0o640"}
    for path in (folder, *folder.iterdir()):
        assert (path.stat().st_uid, path.stat().st_gid) == (hub.one.uid, hub.instructor.gid)
    for words in (
        f"import os; os.listdir({str(hub.inbound)!r})",
        f"import os; os.listdir({str(folder)!r})",
        f"open({str(folder / 'answers.json')!r}).read()",
        f"import os; os.rename({str(folder)!r}, {str(folder) + 'x'!r})",
        f"import os; os.mkdir({str(folder / 'x')!r})",
        f"import os; os.rename({str(hub.exchange / 'buuchinh')!r}, {str(hub.exchange / 'khac')!r})",
    ):
        assert "PermissionError" in hub.two.python("-c", words, ends=1)


def test_collect_goes_by_the_owner_refuses_a_forgery_by_name_and_takes_the_real_work(hub: Hub) -> None:
    hub.hand_in(hub.one)
    hub.hand_in(hub.two)
    # two submits under the name of one, later by its name, with one's code in every file
    forged = hub.inbound / f"{hub.one.name}+{UNIT}+2026-12-30 10:00:00.000000 UTC+aaaaaaaaaaaa"
    (real,) = hub.inbound.glob(f"{hub.one.name}+*")
    hub.two.run("mkdir", str(forged))
    hub.two.run(
        "sh",
        "-c",
        f'printf \'{{"unit": "{UNIT}", "code": "{hub.one.code}", "answers": {{}}}}\' > \'{forged}/answers.json\'',
    )
    said = hub.buuchinh("collect", "--exchange", ends=3)
    assert f"Thư mục ghi tên “{hub.one.name}” nhưng do tài khoản “{hub.two.name}” nộp" in said
    assert "Nhận 2, đã có từ trước 0, không nhận 1" in said
    for who in (hub.one, hub.two):
        kept = hub.course / str(hub.counted(who)["kept"])
        assert json.loads((kept / "answers.json").read_text(encoding="utf-8"))["code"] == who.code
    (refused,) = hub.refusals()
    assert refused["code"] == hub.two.code
    assert real.exists()
    again = hub.buuchinh("collect", "--exchange", ends=3)
    assert "Nhận 0, đã có từ trước 2, không nhận 1" in again
    assert len(hub.refusals()) == 1


def test_a_hand_in_with_anothers_code_inside_is_its_owners(hub: Hub) -> None:
    hub.hand_in(hub.one)
    hub.buuchinh("collect", "--exchange")
    before = hub.counted(hub.one)
    shutil.rmtree(hub.two.home / "khoa-hoc", ignore_errors=True)
    hub.hand_in(hub.two, code=hub.one.code, right=False)
    said = hub.buuchinh("collect", "--exchange")
    assert f"Giảng viên nhận là bài của {hub.two.code}; bài ghi mã: {hub.one.code}" in said
    assert hub.counted(hub.one) == before
    assert (hub.course / "submitted" / hub.two.code / UNIT).is_dir()
    shutil.rmtree(hub.two.home / "khoa-hoc")


def test_a_refusal_for_want_of_the_table_of_accounts_ends_when_the_work_is_taken(hub: Hub) -> None:
    lan = hub.machine.account(f"lan-{os.getpid()}")
    hub.hand_in(lan, code=hub.one.code)
    hub.hand_in(hub.two)
    assert "không ứng với mã học viên nào" in hub.buuchinh("collect", "--exchange", ends=3)
    assert "inbound/" in hub.buuchinh("grade", UNIT)
    table = hub.instructor.home / "tai-khoan.csv"
    _write(hub.instructor, table, f"Mã,Tài khoản\n{hub.one.code},{lan.name}\n")
    hub.buuchinh("collect", "--exchange", "--accounts", str(table))
    assert "inbound/" not in hub.buuchinh("grade", UNIT)
    waits = hub.buuchinh("feedback", UNIT, "--exchange", ends=1)
    assert "còn việc chờ: 2 bài chờ chấm tay." in waits  # the texts alone
    assert "--exchange --anyway" in waits
    given = ("feedback", UNIT, "--exchange", "--anyway")
    assert "--accounts" in hub.buuchinh(*given)  # the table was forgotten again
    assert "--accounts" not in hub.buuchinh(*given, "--accounts", str(table))


def test_half_a_folder_that_could_be_copied_is_nobodys(hub: Hub) -> None:
    """It has no owner any more, and its files may name anybody."""
    shutil.rmtree(hub.two.home / "khoa-hoc", ignore_errors=True)
    hub.hand_in(hub.two, code=hub.one.code, right=False)
    shutil.rmtree(hub.two.home / "khoa-hoc")
    (folder,) = hub.inbound.iterdir()
    hub.two.run("truncate", "-s", "3M", str(folder / "z15.txt"))
    kept = hub.course / "nop-bai"
    kept.mkdir(exist_ok=True)
    small = ["mount", "-t", "tmpfs", "-o", f"size=2m,mode=755,uid={hub.instructor.uid},gid={hub.instructor.gid}"]
    if subprocess.run([*small, "buuchinh", str(kept)], check=False, capture_output=True).returncode:
        pytest.skip("not possible here: mount a small disk")
    try:
        assert "Không đọc được bài nộp" in hub.buuchinh("collect", "--exchange", ends=3)
        assert not (hub.course / "submitted").exists() or not list((hub.course / "submitted").iterdir())
    finally:
        subprocess.run(["umount", str(kept)], check=True)


def test_two_accounts_of_one_code_are_named_and_neither_is_taken(hub: Hub) -> None:
    twin = hub.machine.account(f"jupyter-{hub.one.name}")
    try:
        hub.hand_in(hub.one)
        said = hub.buuchinh("collect", "--exchange", ends=3)
        assert f"{twin.name}, {hub.one.name}" in said
        assert "Nhận 0" in said
    finally:
        subprocess.run(["userdel", "-r", twin.name], check=True, capture_output=True)
        hub.machine.accounts.remove(twin)
    assert "Nhận 1" in hub.buuchinh("collect", "--exchange")


FILL = f"""
import json, os, sys, zipfile
inbound, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
os.umask(0o027)
for number in range(count):
    folder = f"{{inbound}}/{{name}}+{UNIT}+2026-12-01 10:00:00.{{number:06d}} UTC+{{number:012d}}"
    os.mkdir(folder)
    with open(f"{{folder}}/answers.json", "w") as file:
        json.dump({{"unit": "{UNIT}", "answers": {{"bt90-q3": {{"answer": str(number)}}}}}}, file)
"""


def test_who_fills_the_exchange_costs_the_class_minutes_at_most_and_a_few_sentences(hub: Hub) -> None:
    """Three thousand folders in another's name and three thousand of one's own."""
    shutil.rmtree(hub.two.home / "khoa-hoc", ignore_errors=True)
    hub.hand_in(hub.one)
    for name in (hub.one.name, hub.two.name):
        hub.two.python("-c", FILL, str(hub.inbound), name, "3000")
    begun = time.monotonic()
    said = hub.buuchinh("collect", "--exchange", ends=3)
    assert time.monotonic() - begun < 120
    assert len([line for line in said.splitlines() if hub.two.name in line or hub.two.code in line]) < 150
    assert f"Tài khoản “{hub.two.name}” có 6000 thư mục" in said
    assert hub.counted(hub.one)["code"] == hub.one.code
    assert not (hub.course / "submitted" / hub.one.code / UNIT / "answers.json").read_text().count('"answer": "2999"')


LOW = """
import sys
from buuchinh import cli
from buuchinh.intake import account_room
account_room.MOST_SECONDS, account_room.MOST_DECIDED = float(sys.argv[1]), int(sys.argv[2])
cli.main(["collect", "--exchange"])
"""
"""Collects with lower limits than a person would wait for."""


def test_of_an_account_whose_folders_take_too_long_or_hold_too_much_the_rest_is_one_sentence(hub: Hub) -> None:
    shutil.rmtree(hub.two.home / "khoa-hoc", ignore_errors=True)
    hub.hand_in(hub.one)
    hub.two.python("-c", FILL, str(hub.inbound), hub.two.name, "30")
    for limits, words in (
        (("0", "500"), "đọc các thư mục của tài khoản này đã quá 0 phút"),
        (("120", "3"), "27 bài trong các thư mục của tài khoản này không nhận"),
    ):
        said = hub.instructor.python("-c", LOW, *limits, cwd=hub.course, ends=3, more=hub.named())
        assert said.count(words) == 1
        assert f"Tài khoản “{hub.two.name}”: " in said
        assert hub.counted(hub.one)["code"] == hub.one.code


DESK = """
import time
from buuchinh.desk.actions import clicks
from buuchinh.exchange import instructors_settings
from buuchinh.jobs import job_state, start_job
assert instructors_settings.is_configured()
job = start_job.start("collect_exchange", {}, clicks.command_line("collect_exchange", {}), "buuchinh.desk.actions.run")
while not (now := job_state.read(job.id)).finished:
    time.sleep(0.2)
print(now.state, now.command, now.result)
"""
"""Starts the job of the desk's button, as the desk does."""


def test_the_desks_button_takes_in_what_lies_in_the_exchange(hub: Hub) -> None:
    shutil.rmtree(hub.two.home / "khoa-hoc", ignore_errors=True)
    for who in (hub.one, hub.two):
        hub.hand_in(who)
    said = hub.instructor.python("-c", DESK, cwd=hub.course, more=hub.named())
    assert said.startswith("done buuchinh collect --exchange {'taken': 2, 'known': 0, 'refused': 0")
    for who in (hub.one, hub.two):
        assert hub.counted(who)["code"] == who.code


def test_rights_that_an_earlier_owner_has_given_are_refused(hub: Hub) -> None:
    entries = ((1, 7, -1), (2, 5, hub.two.uid), (4, 3, -1), (16, 7, -1), (32, 3, -1))  # acl(5): tag, rights, whose
    listed = struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *entry) for entry in entries)
    try:
        os.setxattr(hub.inbound, "system.posix_acl_access", listed)
    except OSError as error:
        pytest.skip(f"not possible here: access lists ({error})")
    try:
        assert "quyền riêng (ACL)" in hub.buuchinh("release", UNIT, "--exchange", ends=1)
    finally:
        os.removexattr(hub.inbound, "system.posix_acl_access")
        hub.buuchinh("release", UNIT, "--exchange")


def test_every_hand_in_of_a_person_is_kept_and_what_came_by_zip_too_is_not_taken_twice(hub: Hub) -> None:
    first = hub.hand_in(hub.one)
    hub.hand_in(hub.one, right=False)
    hub.buuchinh("collect", "--exchange")
    assert len(list((hub.course / "nop-bai" / UNIT / hub.one.code).iterdir())) == 2
    stick = hub.instructor.home / "usb"
    stick.mkdir(exist_ok=True)
    shutil.copy(hub.one.home / "khoa-hoc" / str(first["path"]), stick)
    _owned(hub.instructor, stick)
    assert "Nhận 0, đã có từ trước 1" in hub.buuchinh("collect", str(stick))


def test_links_pipes_devices_foreign_files_and_trees_are_not_followed(hub: Hub) -> None:
    hub.hand_in(hub.one)
    (folder,) = hub.inbound.iterdir()
    secret = hub.instructor.home / "bi-mat.ipynb"
    _write(hub.instructor, secret, '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    folder.chmod(0o777)  # as stock nbgrader leaves it
    hub.one.run("ln", "-s", str(secret), str(folder / "lien-ket.ipynb"))
    hub.one.run("mkfifo", str(folder / "ong.json"))
    hub.one.run(
        "sh", "-c", f"cd '{folder}' && ln answers.json cung.json && mkdir -p sau/{'d/' * 50} && truncate -s 1T to.txt"
    )
    hub.two.run("sh", "-c", f"cp /etc/hostname '{folder}/cua-nguoi-khac.txt'")
    links = hub.inbound / f"{hub.two.name}+{UNIT}+2026-12-01 10:00:00.000000 UTC+bbbbbbbbbbbb"
    hub.two.run("ln", "-s", str(folder), str(links))
    said = hub.buuchinh("collect", "--exchange", ends=3)
    assert "Đây không phải thư mục bài nộp" in said
    assert "Bỏ qua “lien-ket.ipynb”: liên kết hoặc tệp đặc biệt" in said
    assert "Bỏ qua “ong.json”: liên kết hoặc tệp đặc biệt" in said
    assert "Bỏ qua “cung.json”: tệp có liên kết cứng" in said
    assert "Bỏ qua “to.txt”: bài nộp lớn hơn" in said
    assert "Bỏ qua “cua-nguoi-khac.txt”: tệp không thuộc chủ" in said
    kept = [path.name for path in (hub.course / "nop-bai").rglob("*") if path.is_file()]
    assert not {"lien-ket.ipynb", "ong.json", "cung.json", "to.txt", "cua-nguoi-khac.txt"} & set(kept)
    assert not (hub.course / "submitted" / hub.two.code).exists()


def test_stock_nbgrader_fetches_the_unit_and_the_feedback_of_ones_own_work_alone(hub: Hub) -> None:
    hub.nbgrader(hub.one, "fetch_assignment", UNIT)
    fetched = {path.name for path in (hub.one.home / UNIT).iterdir()}
    assert fetched == {path.name for path in (hub.course / "exercises" / UNIT).iterdir()}
    assert not [path for path in (hub.one.home / UNIT).iterdir() if b"CANARY" in path.read_bytes()]
    for who in (hub.one, hub.two):
        hub.hand_in(who)
    hub.buuchinh("collect", "--exchange")
    hub.buuchinh("grade", UNIT)
    assert "chờ chấm tay" in hub.buuchinh("feedback", UNIT, "--exchange", ends=1)
    said = hub.buuchinh("feedback", UNIT, "--exchange", "--anyway")
    assert "Đã đặt phản hồi của 2 người" in said
    for who, other in ((hub.one, hub.two), (hub.two, hub.one)):
        hub.nbgrader(who, "fetch_feedback", UNIT)
        fetched_pages = [*(who.home / UNIT / "feedback").glob(f"*/{UNIT}.html")]  # of hand-ins of other tests, too
        texts = [page.read_text(encoding="utf-8") for page in fetched_pages]
        assert {(who.code in text, other.code in text) for text in texts} == {(True, False)}
    notebook = f"bai-lam/{hub.one.code}/{UNIT}/{UNIT}.ipynb"
    asked = (
        f'from buuchinh.learner.server import api; print(api.call("GET", "submissions", {{"notebook": "{notebook}"}}))'
    )
    told = hub.one.python("-c", asked, cwd=hub.one.home / "khoa-hoc", more=hub.named())
    assert f"'feedback': 'bai-lam/{hub.one.code}/{UNIT}/phan-hoi_{UNIT}.html'" in told
    assert (
        hub.one.code
        in (hub.one.home / "khoa-hoc" / "bai-lam" / hub.one.code / UNIT / f"phan-hoi_{UNIT}.html").read_text()
    )
    listing = f"import os; os.listdir({str(hub.exchange / 'buuchinh' / 'feedback')!r})"
    assert "PermissionError" in hub.two.python("-c", listing, ends=1)


def test_a_hand_in_of_stock_nbgrader_is_taken_and_its_forgery_is_not(hub: Hub) -> None:
    hub.hand_in(hub.one)
    shutil.rmtree(next(iter(hub.inbound.iterdir())))
    place = hub.one.home / "khoa-hoc" / "bai-lam" / hub.one.code
    hub.nbgrader(hub.one, "list")  # lays the settings
    hub.one.python("-m", "nbgrader", "submit", UNIT, cwd=place)
    hub.nbgrader(hub.two, "list")
    shutil.copytree(place / UNIT, hub.two.home / "trom" / UNIT)
    _owned(hub.two, hub.two.home / "trom")
    hub.two.python("-m", "nbgrader", "submit", UNIT, f"--student={hub.one.name}", cwd=hub.two.home / "trom")
    said = hub.buuchinh("collect", "--exchange", ends=3)
    assert "Nhận 1, đã có từ trước 0, không nhận 1" in said
    assert f"nhưng do tài khoản “{hub.two.name}” nộp" in said
    assert hub.counted(hub.one)["code"] == hub.one.code


def test_a_time_zone_that_breaks_names_is_refused_with_the_reason(hub: Hub) -> None:
    settings = hub.course / "nbgrader_config.py"
    before = settings.read_text(encoding="utf-8")
    try:
        edit(settings, "c.Exchange.root", 'c.Exchange.timezone = "Asia/Ho_Chi_Minh"\nc.Exchange.root')
        for words in (["release", UNIT, "--exchange"], ["collect", "--exchange"], ["feedback", UNIT, "--exchange"]):
            said = hub.buuchinh(*words, ends=1)
            assert "Exchange.timezone đang là “Asia/Ho_Chi_Minh”" in said
            assert "“+07”" in said
    finally:
        settings.write_text(before, encoding="utf-8")


def test_an_exchange_that_is_open_or_without_a_group_takes_nothing_and_keeps_the_zip(hub: Hub) -> None:
    try:
        for mode, words in ((0o3777, "để ngỏ"), (0o2733, "để ngỏ"), (0o1733, "không có nhóm riêng")):
            hub.inbound.chmod(mode)
            receipt = hub.hand_in(hub.one)
            assert receipt["in_exchange"] is False
            assert words in str(receipt["warning"])
            work = (hub.one.home / "khoa-hoc" / str(receipt["path"])).parents[1]
            record = work / "vao-hom.json"
            assert not record.is_file() or receipt["file"] not in record.read_text(encoding="utf-8")
            assert list(hub.inbound.iterdir()) == []
            assert (hub.one.home / "khoa-hoc" / str(receipt["path"])).is_file()
    finally:
        hub.inbound.chmod(0o3733)


def test_a_trainee_in_the_instructors_group_is_named(hub: Hub) -> None:
    subprocess.run(["usermod", "-aG", hub.instructor.name, hub.two.name], check=True)
    try:
        said = hub.buuchinh("release", UNIT, "--exchange", ends=1)
        assert f"Học viên {hub.two.code} (tài khoản “{hub.two.name}”) ở trong nhóm" in said
    finally:
        subprocess.run(["gpasswd", "-d", hub.two.name, hub.instructor.name], check=True, capture_output=True)


def test_a_unit_that_was_half_written_goes_with_the_next_release(hub: Hub) -> None:
    outbound = hub.exchange / "buuchinh" / "outbound"
    _write(hub.instructor, outbound / ".dang-ghi-abcdefgh" / "moi" / "x.txt", "đang ghi")
    _owned(hub.instructor, outbound)
    probes = [folder / ".thu-abcdefgh" for folder in (hub.exchange, outbound.parent, *outbound.parent.iterdir())]
    for probe in probes:
        hub.instructor.run("mkdir", str(probe))
    of_another = hub.inbound / ".thu-12345678"
    hub.two.run("mkdir", str(of_another))
    hub.buuchinh("release", UNIT, "--exchange")
    assert [path.name for path in outbound.iterdir()] == [UNIT]
    assert [probe for probe in (*probes, of_another) if probe.exists()] == [of_another]


PLANTED = """
import sys
from pathlib import Path
from buuchinh.errors import KitError
from buuchinh.exchange import fill_exchange
from buuchinh.exchange.places import Exchange
exchange = Exchange(Path(sys.argv[1]))
fill_exchange.clear_unfinished(exchange)
try:
    fill_exchange.feedback(exchange, "0" * 32, b"diem")
except KitError as error:
    print(error.problems[0].message)
"""


def test_an_exchange_that_another_account_made_is_neither_cleared_nor_given_feedback(hub: Hub) -> None:
    root = hub.machine.folder / "hom-la"
    root.mkdir()
    root.chmod(0o1777)
    own = hub.instructor.home / "cua-giao-vien"
    _write(hub.instructor, own / "diem.txt", "10")
    made = root / "buuchinh"
    hub.two.run("mkdir", "-p", str(made / "feedback"), str(made / "outbound" / ".dang-ghi-abcdefgh"))
    hub.two.run("ln", "-s", str(own), str(made / "outbound" / ".dang-ghi-abcdefgh" / "truoc"))
    hub.two.run("chmod", "-R", "a+rwX", str(made))
    said = hub.instructor.python("-c", PLANTED, str(root), cwd=hub.course)
    assert "tài khoản khác" in said
    assert (own / "diem.txt").read_text(encoding="utf-8") == "10"
    assert list((made / "feedback").iterdir()) == []


def test_a_full_exchange_is_one_sentence_and_leaves_nothing_half_written(hub: Hub) -> None:
    tmpfs = ["mount", "-t", "tmpfs", "-o", f"size=8k,mode=3733,uid={hub.instructor.uid},gid={hub.instructor.gid}"]
    if subprocess.run([*tmpfs, "buuchinh", str(hub.inbound)], check=False, capture_output=True).returncode:
        pytest.skip("not possible here: mount a small disk")
    try:
        receipt = hub.hand_in(hub.one)
        assert "Không ghi được bài vào hòm của lớp" in str(receipt["warning"])
        assert "(ENOSPC)" in str(receipt["warning"])
        assert receipt["in_exchange"] is False
        assert list(hub.inbound.iterdir()) == []
        assert not list(hub.one.home.glob(".local/share/jupyter/nbgrader_cache/*/.dang-ghi*"))
    finally:
        subprocess.run(["umount", str(hub.inbound)], check=True)


def test_where_all_folders_are_the_instructors_nobodys_work_is_guessed(hub: Hub) -> None:
    for who in (hub.one, hub.two):
        hub.instructor.run("mkdir", str(hub.inbound / f"{who.name}+{UNIT}+2026-12-01 10:00:00.000000 UTC+cccccccccccc"))
    assert "đều thuộc một chủ" in hub.buuchinh("collect", "--exchange", ends=1)
    said = hub.instructor.python("-c", _PUT, UNIT, ends=1, more=hub.named())
    assert "chủ hòm nộp bài" in said


_PUT = """
import sys
from buuchinh.errors import KitError
from buuchinh.exchange import hand_in, places
try:
    hand_in.put(places.of_hub(), sys.argv[1], {"answers.json": b"{}"})
except KitError as error:
    sys.exit(str(error))
"""


def test_other_names_have_their_codes_by_a_table(hub: Hub) -> None:
    other = hub.machine.account(f"mai-{os.getpid()}")
    shutil.rmtree(hub.one.home / "khoa-hoc", ignore_errors=True)
    hub.hand_in(other, code=hub.one.code)
    said = hub.buuchinh("collect", "--exchange", ends=3)
    assert f"Tài khoản “{other.name}” không ứng với mã" in said
    table = hub.course / "tai-khoan.csv"
    table.write_text(f"Mã;Tài khoản\n{hub.one.code};{other.name}\n", encoding="utf-8-sig")
    assert "Nhận 1" in hub.buuchinh("collect", "--exchange", "--accounts", str(table))
    assert hub.counted(hub.one)["code"] == hub.one.code
    table.write_text(f"Mã;Tài khoản\n{hub.one.code};{other.name}\nLan;{other.name}\n", encoding="utf-8-sig")
    assert "tai-khoan.csv:3: “Lan” không phải mã" in hub.buuchinh(
        "collect", "--exchange", "--accounts", str(table), ends=1
    )


def told(hub: Hub, who: Account) -> str:
    """Return the feedback that the screens of an account show now."""
    notebook = f"bai-lam/{who.code}/{UNIT}/{UNIT}.ipynb"
    asked = f'from buuchinh.learner.server import api; api.call("GET", "submissions", {{"notebook": "{notebook}"}})'
    who.python("-c", asked, cwd=who.home / "khoa-hoc", more=hub.named())
    return (who.home / "khoa-hoc" / "bai-lam" / who.code / UNIT / f"phan-hoi_{UNIT}.html").read_text(encoding="utf-8")


def pages(hub: Hub) -> set[Path]:
    return set((hub.exchange / "buuchinh" / "feedback").glob("*.html"))


def without_pages(hub: Hub) -> None:
    """Take away what earlier tests have left of feedback."""
    for path in [*pages(hub), *hub.course.glob("so-cham/*/hom-phan-hoi.json")]:
        path.unlink()


def test_feedback_on_a_corrected_key_takes_the_place_of_the_old_one_wherever_it_lies(hub: Hub) -> None:
    without_pages(hub)
    hub.hand_in(hub.one)
    hub.hand_in(hub.one, right=False)
    hub.buuchinh("collect", "--exchange")
    hub.buuchinh("grade", UNIT)
    hub.buuchinh("feedback", UNIT, "--exchange", "--anyway")
    before = {path: path.read_bytes() for path in pages(hub)}
    assert len(before) == 2
    assert "Đáp án cũ sai." not in told(hub, hub.one)
    shutil.rmtree(next(iter(hub.inbound.iterdir())))  # a page may outlive its hand-in
    correct_the_key(hub.course)
    _owned(hub.instructor, hub.course / "source")
    said = hub.buuchinh("regrade", UNIT, "--reason", "Đáp án cũ sai.", "--yes")
    assert "Đã thay phản hồi cũ của 1 người trong hòm" in said
    after = {path: path.read_bytes() for path in pages(hub)}
    assert after.keys() == before.keys()
    assert not set(after.values()) & set(before.values())
    assert "Đáp án cũ sai." in told(hub, hub.one)


def test_feedback_packed_where_the_exchange_is_out_of_reach_names_how_many_still_read_the_old_one(hub: Hub) -> None:
    without_pages(hub)
    hub.hand_in(hub.one)
    hub.buuchinh("collect", "--exchange")
    hub.buuchinh("grade", UNIT)
    hub.buuchinh("feedback", UNIT, "--exchange", "--anyway")
    assert "phản hồi cũ" not in hub.buuchinh("feedback", UNIT, "--send", "--anyway")
    moved = hub.exchange.rename(hub.exchange.with_name("khac"))
    try:
        assert "Trên hub, 1 người còn đọc phản hồi cũ" in hub.buuchinh("feedback", UNIT, "--send", "--anyway")
    finally:
        moved.rename(hub.exchange)


def test_forgetting_a_person_erases_what_the_exchange_has_and_names_what_only_others_may_erase(hub: Hub) -> None:
    without_pages(hub)
    for who in (hub.one, hub.two):
        hub.hand_in(who)
    hub.buuchinh("collect", "--exchange")
    hub.buuchinh("grade", UNIT)
    hub.buuchinh("feedback", UNIT, "--exchange", "--anyway")
    closed = hub.inbound / f"{hub.two.name}+{UNIT}+2026-12-01 10:00:00.000000 UTC+dddddddddddd"
    hub.two.run("sh", "-c", f"mkdir -m 750 '{closed}' && echo 1 > '{closed}/x.txt'")
    killed = hub.inbound / ".dang-ghi-abcdefgh"
    hub.two.run("sh", "-c", f"mkdir -m 700 '{killed}' && mkdir '{killed}/moi' && echo 1 > '{killed}/moi/x.txt'")
    half_written = hub.exchange / "buuchinh" / "feedback" / f".{'0' * 32}.html.abcdefgh"
    half_written.write_text("phản hồi của một lệnh đã bị tắt giữa chừng", encoding="utf-8")
    _owned(hub.instructor, half_written)
    said = hub.buuchinh("forget", hub.two.code, "--yes")
    assert not half_written.exists()
    assert "Trong hòm trao đổi còn những thứ chỉ chủ tài khoản hoặc người quản trị máy chủ xóa được" in said
    assert str(closed) in said
    assert str(killed) in said
    assert f"Nhà của tài khoản {hub.two.name} trên máy chủ" in said
    others = [path for path in hub.inbound.iterdir() if path not in {closed, killed}]
    assert {path.name.partition("+")[0] for path in others} == {hub.one.name}
    (page,) = pages(hub)
    assert hub.one.code in page.read_text(encoding="utf-8")


def test_forgetting_names_a_half_written_page_that_cannot_be_removed(hub: Hub) -> None:
    without_pages(hub)
    hub.hand_in(hub.one)
    hub.buuchinh("collect", "--exchange")
    (handed_in,) = hub.inbound.iterdir()
    name = page_name(UNIT, (handed_in / "submission_secret.txt").read_text(encoding="ascii"))
    feedback = hub.exchange / "buuchinh" / "feedback"
    half_written, of_another = feedback / f"{name}-tmp.html", feedback / f".{'1' * 32}.html.abcdefgh"
    for path in (half_written, of_another):
        path.write_text("phản hồi của một lệnh đã bị tắt giữa chừng", encoding="utf-8")
        _owned(hub.instructor, path)
    table = hub.course / "tai-khoan.csv"
    table.write_text(f"Mã,Tài khoản\n{hub.one.code},{hub.one.name}\n", encoding="utf-8")  # root's, as laid by an admin
    feedback.chmod(0o511)
    try:
        said = hub.buuchinh("forget", hub.one.code, "--yes")
        assert "Trong hòm trao đổi còn trang phản hồi của người này, có thể là trang viết dở" in said
        assert f"Nhờ chủ thư mục hoặc người quản trị máy chủ xóa: {half_written}\n" in said
        assert hub.one.code not in table.read_text(encoding="utf-8")
    finally:
        feedback.chmod(0o711)
        half_written.unlink()
        of_another.unlink()
