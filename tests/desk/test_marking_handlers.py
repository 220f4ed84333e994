"""The marking page over HTTP: nobody without the token, no code in anything, each refusal a sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.classroom import UNIT
from kit.desk_client import Client, put
from kit.marking import CODES, QUESTION, TEXTS, by_formgrader, marked_class, marking_course, no_code, row, served

__all__ = ["marked_class", "marking_course"]


@pytest.fixture
def client(marking_course: Path) -> Iterator[Client]:
    with served(marking_course) as address:
        yield Client(address)


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
    assert "<code>việc</code>" in sheet["lines"][0]["text"]
    for path in (f"giang-vien/cham/{UNIT}", "giang-vien/cham"):
        status, page, _ = client.ask(path)
        assert status == 200, "leads to the question that waits"
        assert f'data-question="{QUESTION}"'.encode() in page
    assert client.ask(f"giang-vien/cham/{UNIT}/bt90-q99/bai")[0] == 404


def test_a_mark_is_stored_and_each_refusal_is_a_sentence(client: Client) -> None:
    client.ask(PAGE)
    people = client.ask(f"{PAGE}/bai")[1]["people"]
    one = next(each for each in people if each["text"] == TEXTS[1])
    status, reply = put(client, one, lines={"viec": "full", "noi": "half"}, comment="Nói giờ.")
    assert (status, reply["points"]) == (200, 1.5)
    assert row(CODES[1]) == (1.5, False, "Nói giờ.")
    for given, word in (({"typed": "4"}, "tối đa"), ({"typed": "x"}, "không phải số"), ({"lines": {"x": "full"}}, "ý")):
        status, reply = put(client, one, **given)
        assert status == 422
        assert word in reply["sentence"]
    by_formgrader(CODES[1], 3.0)
    status, reply = put(client, one, typed="2")
    assert (status, reply["points"], reply["comment"]) == (409, 3.0, "Nói giờ.")
    assert row(CODES[1])[0] == 3.0
    assert put(client, one | {"id": "0" * 16}, typed="2")[0] == 422


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
