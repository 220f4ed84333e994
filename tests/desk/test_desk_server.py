"""The desk over HTTP, in a real Jupyter server: who may ask, what is sent once, and that a call has one effect."""

from __future__ import annotations

import http.client
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from kit.classroom import UNIT
from kit.course import Lab
from kit.desk import TEN, work
from kit.desk_class import ABSENT, LATE
from kit.desk_window import mixed_lab

from buuchinh.attempts import trainee_deadline
from buuchinh.intake import recount
from buuchinh.jobs import job_state
from buuchinh.notebook import pack

pytestmark = pytest.mark.journey


@dataclass
class Client:
    """A browser without a screen: it keeps cookies and sends what it is told to send."""

    host: str
    token: str
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection(self.host, timeout=60)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, {**({"Cookie": cookie} if cookie else {}), **sent})
        answer = connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def get(self, path: str, **headers: str) -> Any:
        answer = self.ask("GET", f"/giang-vien{path}", None, **headers)
        assert answer.status == 200, (path, answer.status, answer.read())
        return json.loads(answer.read())

    def post(self, name: str, **given: Any) -> tuple[int, Any]:
        body = json.dumps(given).encode("utf-8")
        answer = self.ask("POST", f"/giang-vien/lam/{name}", body, X_XSRFToken=self.cookies["_xsrf"])
        return answer.status, json.loads(answer.read())


@pytest.fixture(scope="module")
def lab(released_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Yield an instructor's lab over a class in which everybody is somewhere else."""
    yield from mixed_lab(released_course, tmp_path_factory.mktemp("ban"))


@pytest.fixture
def client(lab: Lab) -> Client:
    """Return a browser that has opened the address with the token."""
    host, token = re.match(r"http://([^/]+)/.*\?token=(.*)", lab.address).groups()  # type: ignore[union-attr]
    made = Client(host, token)
    assert made.ask("GET", f"/giang-vien?token={token}").status == 200
    return made


def ended(client: Client, job_id: str) -> Any:
    for _ in range(600):
        if job_state.read(job_id).finished:
            return client.get("/manh/ban")
        time.sleep(0.2)
    pytest.fail("the job does not end")


def test_an_address_with_nothing_is_a_page_in_vietnamese(client: Client) -> None:
    for path in ("/abc", "/abc/def"):
        answer = client.ask("GET", f"/giang-vien{path}")
        assert answer.status == 404, path
        assert "Không có trang này" in answer.read().decode("utf-8"), path


def test_without_the_token_nothing_is_told_or_done(client: Client) -> None:
    stranger = Client(client.host, "")
    for path in ("", "/", "/manh/ban", "/manh/o?unit=bt90&code=x", "/sua-dap-an/bt90", "/tep/000000000000/desk.js"):
        answer = stranger.ask("GET", f"/giang-vien{path}")
        assert answer.status == 401, path
        told = answer.read().decode("utf-8")
        assert "giang-vien" in told
        assert "Nguyễn" not in told
    for path in ("lam/viec", "lam/chieu", "sua-dap-an/bt90", "manh-tep"):
        assert stranger.ask("POST", f"/giang-vien/{path}", b"{}").status == 401


def test_a_call_needs_the_header_and_the_right_origin(client: Client) -> None:
    body = json.dumps({"on": True}).encode()
    assert client.ask("POST", "/giang-vien/lam/chieu", body).status == 403
    assert client.ask("POST", f"/giang-vien/sua-dap-an/{UNIT}", body).status == 403
    xsrf = client.cookies["_xsrf"]
    foreign = client.ask("POST", "/giang-vien/lam/chieu", body, X_XSRFToken=xsrf, Origin="http://evil.example")
    assert foreign.status in {403, 404}
    assert client.get("/manh/ban")["head"]["projecting"] is False


def test_a_page_allows_nothing_but_its_own_server(client: Client) -> None:
    answer = client.ask("GET", "/giang-vien")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    page = answer.read().decode("utf-8")
    assert not re.search(r"<script(?![^>]*(?:src=|application/json))|<style|\son\w+=|\sstyle=", page)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    scripts = re.findall(r'src="(/giang-vien/tep/[^"]+)"', page)
    assert [client.ask("GET", path).status for path in scripts] == [200]
    assert client.ask("GET", scripts[0].replace("desk.js", "..%2Fdesk_calls.py")).status == 404


def test_no_exchange_is_offered_where_there_is_none(client: Client) -> None:
    page = client.ask("GET", "/giang-vien").read()
    assert b'id="bundle"' in page
    assert b'id="collect-exchange"' not in page


def test_what_has_not_changed_is_not_sent_again(client: Client) -> None:
    answer = client.ask("GET", "/giang-vien/manh/ban")
    again = client.ask("GET", "/giang-vien/manh/ban", If_None_Match=answer.headers["ETag"])
    assert (again.status, again.read()) == (304, b"")


def test_what_is_not_understood_is_refused_in_words(client: Client) -> None:
    for name, given in (
        ("viec", {"action": "forget", "unit": UNIT}),
        ("viec", {"action": "grade", "unit": "../x"}),
        ("viec", {"action": "collect", "batch": "../../x"}),
        ("gia-han", {"unit": UNIT, "code": ABSENT, "until": "mai"}),
        ("gia-han", {"unit": UNIT, "code": ABSENT, "until": ["x"]}),
        ("gia-han", {"unit": UNIT, "code": ABSENT, "until": "0001-01-01"}),
        ("han", {"unit": UNIT, "until": "0001-01-01T00:00"}),
        ("han", {"unit": UNIT, "until": "9999-12-31"}),
        ("cua-ai", {"refusal": "../..", "code": ABSENT}),
        ("dung", {"job": "../x"}),
    ):
        status, told = client.post(name, **given)
        assert status in {404, 422}, (name, given)
        assert told["message"]
        assert "Traceback" not in json.dumps(told)
    assert client.post("khong-co")[0] == 404
    for body in (b"[1]", b"[" * 9999, b'{"action": "grade", "unit": "\\ud800"}'):
        answer = client.ask("POST", "/giang-vien/lam/viec", body, X_XSRFToken=client.cookies["_xsrf"])
        assert answer.status == 400, body
        assert "không hiểu" in json.loads(answer.read())["message"]
    for path in ("/manh/o?unit=bt90&code=HV-9999-X", "/manh/bai?unit=bt00", "/manh/khong", "/manh/o"):
        assert client.ask("GET", f"/giang-vien{path}").status in {400, 404, 422}, path


def test_files_come_in_pieces_are_taken_in_graded_and_closed(client: Client, lab: Lab) -> None:
    batch = "20261129-100000-abcdef"
    data = pack.build(work(lab.course, ABSENT), UNIT, ABSENT, TEN).path.read_bytes()
    name, half = f"nop {ABSENT}.zip", len(data) // 2
    xsrf = client.cookies["_xsrf"]
    for offset, piece in ((0, data[:half]), (half, data[half:])):
        place = f"batch={batch}&name={name.replace(' ', '%20')}&offset={offset}&total={len(data)}"
        answer = client.ask("POST", f"/giang-vien/manh-tep?{place}", piece, X_XSRFToken=xsrf)
        assert json.loads(answer.read()) == {"got": offset + len(piece)}
    files = [{"name": name, "size": len(data)}]
    status, told = client.post("thu", batch=batch, files=files)
    assert status == 200
    assert client.post("thu", batch=batch, files=files)[1]["job"] == told["job"], "a double click has one effect"
    page = ended(client, told["job"])
    assert page["collected"] == told["job"]
    found = client.get(f"/manh/quyet?job={told['job']}")
    assert [one["code"] for one in found["mended"]] == [ABSENT], "its clock is odd, which a note says"
    assert (found["fine"]["count"], found["units"], found["count"]) == (0, [UNIT], 1)
    assert found["refused"] == []
    status, graded = client.post("viec", action="grade", unit=UNIT)
    assert (status, graded["command"]) == (200, f"buuchinh grade {UNIT}")
    page = ended(client, graded["job"])
    assert page["foot"]["command"] == f"buuchinh grade {UNIT}"
    assert client.post("xem-xong", batch=batch)[0] == 200
    assert not (lab.course / "hop-thu" / batch).exists()
    cell = client.get(f"/manh/o?unit={UNIT}&code={ABSENT}")
    assert cell["state"]["text"] == "có câu viết chờ chấm tay"
    assert [one["counts"] for one in cell["handed_in"]] == [True]


def test_a_late_hand_in_counts_after_one_press(client: Client) -> None:
    cell = client.get(f"/manh/o?unit={UNIT}&code={LATE}")
    status, told = client.post("gia-han", unit=UNIT, code=LATE, until=cell["until"])
    assert status == 200, told
    assert trainee_deadline.extended_until(UNIT, LATE) is not None
    assert client.get(f"/manh/o?unit={UNIT}&code={LATE}")["state"]["text"] == "mới nộp, chưa chấm"


def test_late_work_is_left_out_once(client: Client) -> None:
    trainee_deadline.take_back(UNIT, LATE)
    recount.recount(UNIT, LATE)
    (one,) = client.get("/manh/quyet")["late"]
    assert (one["code"], len(one["files"])) == (LATE, 1)
    assert client.post("khong-nhan", unit=UNIT, code=LATE, at="2026-01-01T00:00:00+07:00")[0] == 422
    status, told = client.post("khong-nhan", unit=UNIT, code=LATE, at=one["at"])
    assert (status, "không nhận" in told["text"]) == (200, True)
    assert client.get("/manh/quyet")["late"] == []
    assert client.get("/manh/ban")["foot"]["command"] == "", "no command does this"
    assert client.get(f"/manh/o?unit={UNIT}&code={LATE}")["state"]["text"] == "nộp trễ, chưa tính"


def test_a_refused_file_is_settled_and_named_no_more(client: Client) -> None:
    refused = client.get("/manh/quyet")["refused"]
    assert len(refused) == 2
    for one in refused:
        assert client.post("giai-quyet", refusal=one["id"])[0] == 200
    assert client.get("/manh/quyet")["refused"] == []


def test_what_cannot_be_corrected_is_a_sentence(client: Client) -> None:
    answer = client.ask("GET", f"/giang-vien/sua-dap-an/{UNIT}")
    assert (answer.status, json.loads(answer.read())["message"]) == (
        422, "Đáp án của bài tập 90 trong source/ giống mọi bản đã phát hành.",
    )  # fmt: skip
    for path, body in (("abc", b"{}"), (UNIT, b"["), (UNIT, b'{"versions": "1.0.0"}'), (UNIT, b'{"only": ["9.9.9"]}')):
        refused = client.ask("POST", f"/giang-vien/sua-dap-an/{path}", body, X_XSRFToken=client.cookies["_xsrf"])
        assert (refused.status, "không hiểu" in json.loads(refused.read())["message"]) == (422, True), (path, body)
