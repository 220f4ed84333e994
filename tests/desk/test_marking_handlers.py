"""The marking page over HTTP: nobody without the token, no code in anything, each refusal a sentence."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.classroom import UNIT
from kit.desk_client import Client, put
from kit.marking import CODES, QUESTION, TEXTS, by_formgrader, marked_class, marking_course, no_code, row, served
from kit.use_course import use_course

from buuchinh import personal_data
from buuchinh.desk.marking import earlier_comments, queue
from buuchinh.desk.naming import projection

__all__ = ["marked_class", "marking_course"]


@pytest.fixture(scope="module")
def desk(marked_class: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Client]]:
    """Return a copy of the class and a client of the server in it; started once, since it takes seconds."""
    root = Path(shutil.copytree(marked_class, tmp_path_factory.mktemp("ban-cham") / "course"))
    with pytest.MonkeyPatch.context() as patch, served(use_course(root, patch)) as address:
        yield root, Client(address)


@pytest.fixture
def client(desk: tuple[Path, Client], marked_class: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Return the client, its class as it was before any test; the test stands in it."""
    root, asking = desk
    for path in root.iterdir():
        if path.name != ".jupyter":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(marked_class, root, dirs_exist_ok=True)
    use_course(root, monkeypatch)
    return asking


PAGE = f"giang-vien/cham/{UNIT}/{QUESTION}"


def test_a_page_for_whoever_has_the_token_and_nobody_else(client: Client) -> None:
    status, page, headers = client.ask(PAGE)
    assert status == 200
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert b"<script>" not in page
    assert b"style=" not in page
    stranger = Client(client.address, token=False)
    for path in (PAGE, f"{PAGE}/bai", f"giang-vien/cham/{UNIT}", "giang-vien/cham"):
        assert stranger.ask(path)[0] == 401, path
    assert stranger.ask(f"giang-vien/diem/{UNIT}/{QUESTION}/{'0' * 16}", {}, "PUT")[0] in {401, 403}
    assert b"marking.js" in page
    status, error, _ = client.ask("giang-vien/cham/bt77")
    assert (status, "Chưa có bài nào có câu phải chấm tay." in error.decode()) == (503, True)


def test_what_the_page_is_given_names_nobody_and_everything_that_marking_needs(client: Client) -> None:
    status, found, headers = client.ask(f"{PAGE}/bai")
    assert (status, headers["Cache-Control"]) == (200, "no-store")
    assert no_code(json.dumps(found, ensure_ascii=False))
    assert sorted(one["text"] for one in found["people"]) == sorted(TEXTS)
    (sheet,) = found["sheets"]
    assert (sheet["most"], [line["id"] for line in sheet["lines"]]) == (3, ["viec", "noi", "gio"])
    assert "CANARY mẫu" in sheet["model"]
    assert sheet["before"]["short"]
    assert "<strong>kiện lạ</strong> tới quầy 2" in sheet["before"]["html"]
    assert "CANARY" not in sheet["before"]["html"]
    assert "<code>việc</code>" in sheet["lines"][0]["text"]
    for path in (f"giang-vien/cham/{UNIT}", "giang-vien/cham"):
        status, page, _ = client.ask(path)
        assert status == 200, "leads to the question that waits"
        assert f'data-question="{QUESTION}"'.encode() in page
    assert client.ask(f"giang-vien/cham/{UNIT}/bt90-q99/bai")[0] == 404


def test_the_side_sheet_says_once_how_much_waits(client: Client) -> None:
    _, cell, _ = client.ask(f"giang-vien/manh/o?unit={UNIT}&code={CODES[0]}")
    assert str(cell).count("điểm chờ") == 1
    assert any("còn 3 điểm chờ chấm tay" in one for one in cell["reasons"])


def test_a_mark_is_stored_and_each_refusal_is_a_sentence(client: Client) -> None:
    backup = personal_data.backup().path
    client.ask(PAGE)
    assert client.ask("giang-vien/manh/khung")[1]["head"]["backup_about"] == ""
    people = client.ask(f"{PAGE}/bai")[1]["people"]
    one = next(each for each in people if each["text"] == TEXTS[1])
    os.utime(backup, (earlier := backup.stat().st_mtime - 3, earlier))
    status, reply = put(client, one, lines={"viec": "full", "noi": "half"}, comment="Nói giờ.")
    assert (status, reply["points"]) == (200, 1.5)
    assert row(CODES[1]) == (1.5, False, "Nói giờ.")
    assert "điểm mới" in client.ask("giang-vien/manh/khung")[1]["head"]["backup_about"], "since the backup made before"
    for given, word in (({"typed": "4"}, "tối đa"), ({"typed": "x"}, "không phải số"), ({"lines": {"x": "full"}}, "ý")):
        status, reply = put(client, one, **given)
        assert status == 422
        assert word in reply["sentence"]
    by_formgrader(CODES[1], 3.0)
    status, reply = put(client, one, typed="2")
    assert (status, reply["points"], reply["comment"]) == (409, 3.0, "Nói giờ.")
    assert row(CODES[1])[0] == 3.0
    assert put(client, one | {"id": "0" * 16}, typed="2")[0] == 422


def test_no_list_of_codes_gives_the_ids_away(marking_course: Path) -> None:
    found = {one.code: one.hidden for one in queue.read(UNIT, QUESTION)}
    secret = marking_course / ".jupyter" / "cham-tay.khoa"
    data = secret.read_bytes()
    if os.name == "posix":
        assert secret.stat().st_mode & 0o777 == 0o600
    started_again = (
        f"from buuchinh.desk.marking import queue; print(queue.hidden({UNIT!r}, {QUESTION!r}, {CODES[0]!r}))"
    )
    said = subprocess.run([sys.executable, "-c", started_again], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == found[CODES[0]], "a server that was started again names the same person"
    assert queue.code_behind(UNIT, QUESTION, found[CODES[0]]) == CODES[0]
    assert not list(marking_course.glob("backup/*"))
    personal_data.backup()
    with zipfile.ZipFile(next(marking_course.glob("backup/*.zip"))) as packed:
        assert all(data not in packed.read(name) for name in packed.namelist())
    secret.write_bytes(secrets.token_bytes(32))
    said = subprocess.run([sys.executable, "-c", started_again], capture_output=True, text=True, check=True)
    assert said.stdout.strip() != found[CODES[0]], "the code alone does not make the id"


@pytest.mark.parametrize(("listed", "named"), [("Trần Văn Bình", "Bình Trần Văn"), ("Bình", "Bình")])
def test_comments_have_no_name_while_the_desk_is_projected(
    client: Client, desk: tuple[Path, Client], listed: str, named: str
) -> None:
    rows = f"Mã;Họ tên\n{CODES[1]};{listed}\n"
    (desk[0] / "lop-co-ma.csv").write_text(rows, encoding="utf-8-sig")
    comment = f"Giống bài {named}."
    by_formgrader(CODES[1], 1.0, comment)
    by_formgrader(CODES[2], 1.0, "Nói giờ.")
    client.ask(PAGE)
    open_page = client.ask(f"{PAGE}/bai")[1]
    assert [comment, 1] in open_page["comments"]
    projection.switch(to=True)
    try:
        page = client.ask(f"{PAGE}/bai")[1]
        assert "Bình" not in json.dumps(page, ensure_ascii=False)
        assert page["comments"] == [["Nói giờ.", 1]]
        one = next(one for one in page["people"] if one["comment"] == "Giống bài ….")
        status, reply = put(client, one, typed="2", comment=one["comment"])
        assert (status, reply["points"], reply["comment"]) == (200, 2.0, "Giống bài ….")
        assert row(CODES[1]) == (2.0, False, comment), "what was left as it is is not written over"
        status, reply = put(client, one, typed="3", comment="Khác.")
        assert (status, reply["comment"]) == (409, "Giống bài …."), "it has other points by now"
        status, reply = put(client, one | {"points": 2.0}, typed="3", comment="Khác.")
        assert (status, row(CODES[1])) == (200, (3.0, False, "Khác."))
    finally:
        projection.switch(to=False)


@pytest.mark.parametrize("between", ["-", "", " ", "\u200b", "\u2060-\u2060", "*", "•", "̶", "\u00ad"])
def test_a_code_is_found_in_a_comment_however_it_is_typed(between: str) -> None:
    letters = [sign for sign in CODES[0] if sign != "-"]
    for typed in (between.join(letters), between.join(chr(ord(sign) + 0xFEE0) for sign in letters).lower()):
        assert earlier_comments.names_code(f"Xem bài ({typed}) nhé", CODES)
    assert not earlier_comments.names_code(f"Xem bài {''.join(letters)}9", CODES)
    assert not earlier_comments.names_code("Câu 1: đúng 2, sai 3.", CODES)


SEEN = '{"points": 1, "comment": "", "fingerprint": ""}'
MARK = '{"typed": null, "lines": {}, "comment": "", "seen": %s}'


BODIES = (
    "",
    "[]",
    "{",
    MARK % "{}",
    (MARK % SEEN).replace("null", "1"),
    (MARK % SEEN).replace('"lines": {}', '"lines": {"viec": "third"}'),
    (MARK % SEEN).replace('"points": 1', '"points": true'),
    (MARK % SEEN).replace('"comment": ""', '"comment": 3'),
    (MARK % SEEN).replace('"lines": {}', '"lines": []'),
    '{"typed": ' * 3000,
    (MARK % SEEN).replace('"comment": ""', '"comment": "\\ud800"', 1),
    "\udcff",
)


def test_what_no_page_would_send_is_refused(client: Client) -> None:
    client.ask(PAGE)
    person = client.ask(f"{PAGE}/bai")[1]["people"][0]
    for text in BODIES:
        body = text.encode("utf-8", "surrogateescape")
        status, reply, _ = client.ask(f"giang-vien/diem/{UNIT}/{QUESTION}/{person['id']}", body, "PUT")
        assert status == 422, text
        assert "Tải lại trang" in reply["sentence"]
