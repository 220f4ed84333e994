"""While the desk is projected no file with names is served, and a page that is open already covers itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.classroom import UNIT
from kit.desk_class import THERE
from kit.desk_client import Client
from kit.marking import served

from buuchinh.desk.naming import projection
from buuchinh.grading import grade_class
from buuchinh.results import class_report, course_report, feedback_pages

pytestmark = pytest.mark.journey
NAME = "Nguyễn Thị A"
CSV, BOOK = f"files/reports/{UNIT}/bang-diem_{UNIT}.csv", f"files/reports/{UNIT}/bao-cao_{UNIT}.xlsx"
PAGE, LIST = "files/reports/course/ca-khoa.html", "files/lop.csv"
FEEDBACK = f"files/feedback/{THERE}/{UNIT}/phan-hoi_{UNIT}_{THERE}.html"
HIDDEN = "Đang chiếu nên tệp này không mở"


@pytest.fixture
def client(mixed: Path) -> Iterator[Client]:
    grade_class.grade(UNIT)
    class_report.write(UNIT, names=True)
    course_report.write(names=True)
    feedback_pages.write(UNIT)
    with served(mixed) as address:
        yield Client(address)


def test_no_file_with_names_is_served_while_the_desk_is_projected(client: Client) -> None:
    for path in (CSV, PAGE, LIST):
        status, data, _ = client.ask(path)
        assert (status, NAME in data.decode()) == (200, True), path
    assert client.ask(BOOK)[1].startswith(b"PK")
    projection.switch(to=True)
    sly = ("files/%72eports/course/ca-khoa.html", "files//reports/course/ca-khoa.html", "files/source/../lop.csv")
    for path in (CSV, BOOK, PAGE, LIST, f"{PAGE}?download=1", *sly):
        status, data, headers = client.ask(path)
        assert status in {403, 404}, path
        assert NAME not in data.decode("utf-8", errors="replace"), path
        assert "attachment" not in headers.get("Content-Disposition", "")
    assert HIDDEN in client.ask(PAGE)[1].decode()
    assert client.ask(FEEDBACK)[0] == 200, "without names it is shown"
    assert client.ask("files/course.toml")[0] == 200
    projection.switch(to=False)
    assert NAME in client.ask(PAGE)[1].decode()
    stranger = Client(client.address, token=False)
    assert stranger.ask(PAGE)[0] in {401, 403}


def test_a_page_of_ours_asks_whether_the_desk_is_projected_and_may_do_nothing_else(client: Client) -> None:
    status, data, headers = client.ask(PAGE)
    assert (status, headers["Cache-Control"]) == (200, "no-store")
    assert b"covered.js" in data
    assert b"http-equiv" not in data, "the policy of the file would stop the script"
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert b"covered.js" not in client.ask(f"{PAGE}?download=1")[1], "what is downloaded is the file itself"
    assert client.ask("giang-vien/manh/chieu")[1]["on"] is False
    projection.switch(to=True)
    assert client.ask("giang-vien/manh/chieu")[1]["on"] is True
