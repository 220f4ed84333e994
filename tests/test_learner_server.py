"""What a notebook's screens ask of the server: answers on the disk, today's files, no key of what is graded."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from kit import node
from kit.course import Lab, copy_course, start_lab

from buuchinh import codes, course
from buuchinh.learner.data.notebook_pages import without_code
from buuchinh.learner.data.types import UnitPage
from buuchinh.learner.server import api, cell_parts
from buuchinh.learner.server.json_replies import refusal
from buuchinh.learner.server.refused import Refused
from buuchinh.messages import section
from buuchinh.notebook.display_parts import MIME
from buuchinh.notebooks import DISPLAY_FUNCTIONS
from buuchinh.questions import answers, question_bank
from buuchinh.questions.practice import assessment, spacing
from buuchinh.site import build, chart_files

CODE, OTHER = "GL-0123-Q", "GL-0124-P"
START = "lessons/00-bat-dau.ipynb"
Lines = list[dict[str, Any]]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_course(tmp_path_factory.mktemp("Khóa học"))


@pytest.fixture
def room(copied: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the course in which nobody has worked yet; the test calls ``api`` in it."""
    shutil.rmtree(copied / "bai-lam", ignore_errors=True)
    monkeypatch.setenv("BUUCHINH_COURSE", str(copied))
    monkeypatch.delenv(course.LAW_DAY, raising=False)
    monkeypatch.chdir(copied)
    return copied


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Return a lab of this test file: each test works in units of its own."""
    yield from start_lab(copy_course(tmp_path_factory.mktemp("Khóa học mở")))


def get(path: str, notebook: str = START, **given: Any) -> Any:
    return api.call("GET", path, {"notebook": notebook, **given})


def put(path: str, value: Any, notebook: str = START) -> Any:
    return api.call("PUT", f"state/{path}", {"notebook": notebook, "value": value})


def post(path: str, notebook: str = START, **given: Any) -> Any:
    return api.call("POST", path, {"notebook": notebook, **given})


def begun(unit: str) -> str:
    """Return the path of a unit's notebook in the trainee's folder, which is laid out as the start page does."""
    found: str = post("workspace", unit=unit)["path"]
    return found


def give_code(code: str = CODE) -> dict[str, Any]:
    found: dict[str, Any] = api.call("PUT", "person", {"notebook": START, "code": code})
    return found


def lines(folder: Path) -> Lines:
    return [json.loads(line) for line in (folder / "answers.jsonl").read_text(encoding="utf-8").splitlines()]


class Http:
    """Asks a lab as a page does, with its token unless told otherwise."""

    def __init__(self, lab: Lab) -> None:
        self.token = lab.address.split("token=")[1]
        self.base = re.sub(r"/doc/tree/.*", "/buuchinh/api/", lab.address)

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any, dict[str, str]]:
        """Return status, answer and headers; ``body`` is JSON, or bytes as they are."""
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        sent = {"Authorization": f"token {self.token}"} | {name.replace("_", "-"): one for name, one in headers.items()}
        sent = {name: one for name, one in sent.items() if one}
        asked = urllib.request.Request(self.base + path, data=data, headers=sent, method=method)
        try:
            with urllib.request.urlopen(asked, timeout=60) as found:
                return found.status, json.load(found), dict(found.headers)
        except urllib.error.HTTPError as error:
            text = error.read().decode("utf-8")
            return error.code, json.loads(text) if text else None, dict(error.headers)


@pytest.fixture
def ask(served: Lab) -> Http:
    return Http(served)


# over HTTP


def test_without_its_token_nothing_is_answered_and_a_cookie_alone_writes_nothing(served: Lab, ask: Http) -> None:
    line = {"notebook": START, "unit": "l01", "version": "1.0.0", "id": "l01-q01", "answer": "x"}
    for wrong in ("", "token x"):
        for method, path, body in (("GET", f"course?notebook={START}", None), ("POST", "journal", line)):
            status, told, headers = ask(method, path, body, Authorization=wrong)
            assert (status, told["kind"]) == (403, "refused")
            assert headers["X-Buuchinh-Version"] == course.settings().version
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with browser.open(served.address, timeout=60):
        pass
    with pytest.raises(urllib.error.HTTPError, match="403"):
        browser.open(ask.base + "journal", data=json.dumps(line).encode(), timeout=60)
    assert not (served.course / "bai-lam/khach/l01").exists()


def test_an_answer_is_on_the_disk_when_the_server_says_so_and_a_second_window_sees_it(served: Lab, ask: Http) -> None:
    line = {"notebook": "lessons/05.ipynb", "unit": "l05", "version": "1.1.0", "id": "l05-q29", "answer": "dung-nguon"}
    status, told, _ = ask("POST", "journal", line)
    assert status == 200, told
    folder = served.course / "bai-lam/khach/l05"
    assert lines(folder) == [{"id": "l05-q29", "answer": "dung-nguon", "at": told["at"], "origin": "choice"}]
    kept = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    assert (kept["unit"], kept["version"], kept["code"]) == ("l05", "1.1.0", None)
    assert kept["answers"]["l05-q29"] == told["entry"]
    asked = "journal?notebook=lessons/05.ipynb&unit=l05"
    _, seen, headers = ask("GET", asked)
    assert seen["entries"] == {"l05-q29": told["entry"]}
    assert seen["person"] == {"code": None, "guest": True, "role": None}
    assert ask("GET", asked, If_None_Match=headers["Etag"])[0] == 304
    _, other, _ = ask("POST", "journal", line | {"answer": "mo-ra", "typed": True})
    status, seen, _ = ask("GET", asked, If_None_Match=headers["Etag"])
    assert (status, seen["entries"]["l05-q29"]["tries"]) == (200, 2)
    assert seen["entries"]["l05-q29"] == other["entry"]
    assert ask("GET", "journal/all?notebook=lessons/05.ipynb")[1]["units"] == {"l05": seen["entries"]}


def test_a_page_of_an_earlier_version_is_told_to_load_itself_again(ask: Http) -> None:
    asked = f"course?notebook={START}"
    status, told, _ = ask("GET", asked, X_Buuchinh_Version="0.0.1")
    assert (status, told["kind"]) == (409, "outdated")
    assert "Tải lại trang" in told["message"]
    assert ask("GET", asked, X_Buuchinh_Version=course.settings().version)[0] == 200


@pytest.mark.parametrize(
    "body",
    [b"[]", b"5", b'"x"', b"null", b"\xff{}", b"{", b"", b"[" * 100_000, b'{"answer": NaN}', b'{"answer": 1e999}',
     b'{"answer": ' + b"9" * 5000 + b"}", b'{"notebook": "a\\u0000b"}', b'{"notebook": "a\\ud83d"}', b'{"notebook": 1}',
     b'{"notebook": "lessons/x.ipynb", "unit": ["l01"]}', b'{"notebook": "lessons/x.ipynb", "unit": "l01", "id": {}}',
     b'{"notebook": "lessons/x.ipynb", "unit": "l01", "id": "l01-q01"}',
     b'{"notebook": "lessons/x.ipynb", "unit": "l01", "id": "l01-q01", "answer": 1, "on": "2026-13-01"}',
     b'{"notebook": "lessons/x.ipynb", "unit": "l01", "id": "l01-q01", "answer": 1, "version": "../1"}',
     b'{"notebook": "lessons/x.ipynb", "unit": "l01", "id": "l01-q01", "answer": ' + b"[" * 90 + b"]" * 90 + b"}"],
)  # fmt: skip
def test_what_is_no_request_is_refused_with_one_sentence(served: Lab, ask: Http, body: bytes) -> None:
    status, told, _ = ask("POST", "journal", body)
    assert (status, told) == (400, {"message": "Chương trình không hiểu yêu cầu này.", "kind": "refused"})
    assert not (served.course / "bai-lam/khach/l01").exists()


def test_half_an_emoji_is_kept_and_what_is_far_too_long_is_not(served: Lab, ask: Http) -> None:
    line = {"notebook": "lessons/05.ipynb", "unit": "l05", "version": "1.1.0", "id": "l05-q24"}
    assert ask("POST", "journal", line | {"answer": "Lùi ra \ud83d"})[1]["entry"]["answer"] == "Lùi ra ?"
    before = (served.course / "bai-lam/khach/l05/answers.jsonl").read_bytes()
    status, told, _ = ask("POST", "journal", line | {"answer": "a" * 200_001})
    assert (status, told["kind"]) == (413, "refused")
    assert (served.course / "bai-lam/khach/l05/answers.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "course?notebook=../x.ipynb"), ("GET", "journal?notebook=/etc/passwd"),
     ("GET", f"state/x?notebook={START}"), ("GET", f"state/finished/l05?notebook={START}"),
     ("GET", f"pages/khong-co?notebook={START}"), ("GET", "Nothing"),
     ("GET", f"pages/..%2F..%2Fcourse?notebook={START}"),
     ("GET", f"journal?notebook={START}&unit=../l05"),
     ("DELETE", f"course?notebook={START}"), ("GET", f"journal?notebook={START}")],
)  # fmt: skip
def test_what_is_not_there_or_outside_the_course_is_not_found(ask: Http, method: str, path: str) -> None:
    status, told, headers = ask(method, path)
    assert (status, told["kind"]) == (404, "refused")
    assert told["message"]
    assert "X-Buuchinh-Version" in headers


def test_a_second_start_finds_the_program_that_runs(ask: Http) -> None:
    assert ask("GET", "here")[:2] == (200, True)


# what screens are given


def without_cells(page: UnitPage) -> UnitPage:
    """Return an exercise without what only a notebook has, or a page shows in its place: cells for code, tables."""
    screens = [one | {"parts": [part for part in one["parts"] if "html" not in part]} for one in page["screens"]]
    forms = {
        form: {name: one | {"stem": without_code(one["stem"])} for name, one in asked.items()}
        for form, asked in page["forms"].items()
    }
    return page | {"screens": screens, "forms": forms}


def test_a_page_of_the_server_is_the_page_of_the_site(room: Path) -> None:
    """Nor are the cells of an exercise that has given ones: a notebook runs them, a page shows what they show."""
    give_code()
    files = build.contents(public=False)

    def of_site(name: str) -> Any:
        return json.loads(files[f"bai/{name}.js"].decode("utf-8").removeprefix("hoc.page(").removesuffix(");\n"))

    seen = []
    for name in sorted(
        file[4:-3]
        for file in files
        if re.fullmatch(r"bai/(l\d+|t\d\d|bt\d+|thi\w+|kt\d|xem-kien|on-tap|don-vi)\.js", file)
    ):
        there: Any = of_site(name)
        here: Any = chart_files.extract_charts(json.loads(json.dumps(get(f"pages/{name}"))), chart_files.light)[0]
        if len(here.get("forms", ())) == 1 != len(there.get("forms", ())):
            (form,) = here["forms"]
            there["forms"] = {form: there["forms"][form]}
        if name == "bt07":
            here, there = without_cells(here), without_cells(there)
        assert here == there, name
        seen.append(here["kind"])
    assert set(seen) == {"lesson", "try", "exercise", "exam", "test", "drill", "follow_up", "office"}
    index = files["index.html"].decode("utf-8")
    site = json.loads(re.search(r'<script[^>]*id="hoc-course"[^>]*>(.*?)</script>', index, re.DOTALL)[1])  # type: ignore[index]
    lab = json.loads(json.dumps(get("course")))
    assert set(lab) - set(site) == {"sheets", "law_day", "start", "logout"}
    assert set(site) <= set(lab)
    for name, unit in lab["units"].items():
        there = {key: value for key, value in site["units"][name].items() if key != "earlier"}
        assert {key: value for key, value in unit.items() if key != "until"} == there
    assert lab["pictures"] == site["pictures"]
    assert lab["pictures"]["l05"].startswith("lessons/hinh/")
    sheets = {row["unit"]: row for row in lab["sheets"]}
    for here, there in zip(lab["roles"], site["roles"], strict=True):
        assert [step for step in here["path"] if step not in sheets] == there["path"]
    assert all((room / row["sheet"]).is_file() and row["title"] for row in sheets.values())


@contextmanager
def opened() -> Iterator[list[str]]:
    """Give the files that this process opens while the body runs."""
    _opened.clear()
    _listening.append(True)
    try:
        yield _opened
    finally:
        _listening.clear()


_opened: list[str] = []
_listening: list[bool] = []
sys.addaudithook(lambda event, given: _opened.append(str(given[0])) if _listening and event == "open" else None)


def test_a_graded_page_holds_no_key_and_nothing_below_source_is_opened(room: Path) -> None:
    give_code()
    notebook = begun("bt02")
    with opened() as files:
        page = get("pages/bt02", notebook)
        post("journal", notebook, id="bt02-q31", answer="x", version=page["version"])
        get("journal", notebook)
        get("journal/all", notebook)
        get("course", notebook)
        post("submissions", notebook)
        get("submissions", notebook)
        (room / "exercises/bt02/questions.json").rename(room / "bt02.json")
        withdrawn = get("pages/bt02", notebook)
        (room / "exercises/bt02/bt02.ipynb").rename(room / "bt02.ipynb")
        get("submissions", notebook)
        shutil.rmtree(room / "bai-lam")
        with pytest.raises(Refused):
            get("pages/bt02", notebook)
    for name, back in (("bt02.json", "questions.json"), ("bt02.ipynb", "bt02.ipynb")):
        (room / name).rename(room / "exercises/bt02" / back)
    assert withdrawn["forms"] == page["forms"], "what was begun is shown, also after it was taken back"
    assert any("exercises" in name for name in files)
    assert [name for name in files if name.startswith(str(room / "source"))] == []
    (form,) = page["forms"].values()
    assert {"bt02-q31"} <= set(form)
    told = json.dumps(page)
    assert '"keys"' not in told
    assert '"feedback"' not in told
    assert get("pages/bt02", notebook, text="0")["screens"] != page["screens"]
    assert '"html"' not in json.dumps(get("pages/bt02", notebook, text="0")["screens"])


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize(("unit", "on"), [("l05", None), ("l05", "2023-06-30"), ("bt05", None)])
def test_a_page_has_its_text_where_that_is_asked_for_and_nothing_else_changes(unit: str, on: str | None) -> None:
    asked: dict[str, Any] = {} if on is None else {"on": on}
    bare, whole, again = (get(f"pages/{unit}", text=text, **asked) for text in ("0", "1", "0"))
    assert any("html" in part for screen in whole["screens"] for part in screen["parts"])
    assert again == bare
    for screen in whole["screens"]:
        screen["parts"] = [part for part in screen["parts"] if "html" not in part]
    assert whole == bare


def test_who_gave_no_code_is_shown_no_form_and_is_told_that_one_is_needed(room: Path) -> None:
    page = get("pages/bt02")
    assert (page["forms"], page["needs_code"]) == ({}, True)
    with pytest.raises(Refused) as refused:
        post("journal", "exercises/bt02/bt02.ipynb", unit="bt02", id="bt02-q31", answer="x")
    assert (refused.value.status, refused.value.needs_code) == (403, True)
    assert "needs_code" not in get("pages/bt06")


def test_an_exercise_goes_on_in_the_version_that_was_begun(room: Path) -> None:
    give_code()
    notebook = begun("bt06")
    beside = (room / notebook).with_name(course.SHEET)
    sheet = json.loads(beside.read_text(encoding="utf-8"))
    sheet["questions"] = sheet["questions"][:-1]
    beside.write_text(json.dumps(sheet | {"version": "1.0.9"}), encoding="utf-8")
    assert get("course")["units"]["bt06"]["total"] == len(sheet["questions"])
    for asked in (notebook, START):
        assert get("pages/bt06", asked)["version"] == "1.0.9"
    post("journal", notebook, id=sheet["questions"][0]["id"], answer={})
    kept = json.loads((room / notebook).with_name("answers.json").read_text(encoding="utf-8"))
    assert kept["version"] == "1.0.9"


def test_practice_about_another_day_has_its_keys_and_is_kept_apart(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = get("pages/l05", on="2023-06-30")
    assert page["notice"] == "Hỏi theo pháp luật ngày 30-06-2023."
    assert page["obstacles"]["l05-q01"].startswith("Câu l05-q01 không hỏi được")
    assert "l05-q01" not in page["questions"]
    assert page["questions"]
    name = next(made[0]["id"] for made in page["questions"].values())
    post("journal", unit="l05", id=name, answer="x", on="2023-06-30")
    assert get("journal", unit="l05")["entries"] == {}
    assert set(get("journal", unit="l05", on="2023-06-30")["entries"]) == {name}
    assert (room / "bai-lam/khach/l05/theo-ngay/2023-06-30/answers.jsonl").is_file()
    monkeypatch.setenv(course.LAW_DAY, "2023-06-30")
    assert get("pages/l05") == page
    assert get("course")["law_day"] == "2023-06-30"
    assert set(get("journal", unit="l05")["entries"]) == {name}
    assert set(get("journal/all")["units"]["l05"]) == {name}, "what was answered about today's law counts for today"


# answers


def test_an_answer_whose_writer_was_killed_before_the_snapshot_is_there(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    post("journal", unit="l05", id="l05-q01", answer="a")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(answers, "write_bytes", killed)
        with pytest.raises(KeyboardInterrupt):
            post("journal", unit="l05", id="l05-q02", answer="b")
    assert {name: one["answer"] for name, one in get("journal", unit="l05")["entries"].items()} == {
        "l05-q01": "a",
        "l05-q02": "b",
    }
    post("journal", unit="l05", id="l05-q03", answer="c")
    kept = json.loads((room / "bai-lam/khach/l05/answers.json").read_text(encoding="utf-8"))
    assert set(kept["answers"]) == {"l05-q01", "l05-q02", "l05-q03"}


@pytest.mark.skipif(sys.platform == "win32", reason="no limits of this kind on Windows")
def test_a_full_disk_says_so_and_loses_nothing(room: Path) -> None:
    import resource

    post("journal", unit="l05", id="l05-q01", answer="a")
    journal = room / "bai-lam/khach/l05/answers.jsonl"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (journal.stat().st_size, before[1]))
    try:
        post("journal", unit="l05", id="l05-q02", answer="b")
        pytest.fail("the disk took it")
    except OSError as error:
        status, said = refusal(500, error)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (status, said["kind"]) == (507, "full")
    assert set(get("journal", unit="l05")["entries"]) == {"l05-q01"}
    post("journal", unit="l05", id="l05-q02", answer="b")  # the page sends it again
    assert set(get("journal", unit="l05")["entries"]) == {"l05-q01", "l05-q02"}


def test_only_what_the_unit_asks_is_kept(room: Path) -> None:
    for unit, name in (("l05", "l06-q01"), ("l05", "khong-co"), ("xem-kien", "thung"), ("on-tap-7", "kt1-q01")):
        with pytest.raises(Refused) as refused:
            post("journal", unit=unit, id=name, answer="x")
        assert refused.value.status == 404
    assert not (room / "bai-lam").exists()


def test_a_remark_is_kept_as_a_kernel_keeps_it(room: Path) -> None:
    at = post("remarks", unit="l05", id="l05-q01", text="Câu này khó hiểu\nquá")["at"]
    said = [{"question": "l05-q01", "text": "Câu này khó hiểu quá", "at": at}]
    assert get("journal", unit="l05")["remarks"] == said
    assert json.loads((room / "bai-lam/khach/l05/answers.json").read_text(encoding="utf-8"))["remarks"] == said


# states


def on_disk(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_role_and_what_was_opened_are_kept_and_a_damaged_file_is_asked_again(room: Path) -> None:
    sheet = next(step for step in course.settings().path("head") if step not in get("course")["units"] and "-" in step)
    file = room / "bai-lam/khach/duong-hoc/vai.json"
    put("role", {"role": "head", "seen": []})
    assert on_disk(file) == {"role": "head"}
    assert put("role", {"role": "head", "seen": [sheet, "khong-co"]}) == {"role": "head", "seen": [sheet]}
    put("role", {"role": "head", "seen": []})  # of a window that saw less
    assert on_disk(file) == {"role": "head", "seen": [sheet]}
    with pytest.raises(Refused):
        put("role", {"role": "king", "seen": []})
    api.call("DELETE", "state/role", {"notebook": START})
    assert get("state/role") is None
    for damaged in (b"", b"[]", b'{"role": 5, "seen": 7}', b"\xff"):
        file.write_bytes(damaged)
        assert get("journal/all")["person"]["role"] is None
    assert put("role", {"role": "clerk", "seen": []})["role"] == "clerk"


def test_the_follow_up_is_kept_with_its_calendar_and_what_runs_goes_on(room: Path) -> None:
    post("journal", unit="l05", id="l05-q01", answer="a")
    folder, words = room / "bai-lam/khach/on-tap", section("notebook")["follow_up"]
    state = {"format": 1, "started": "2026-11-20", "packs": {"2": ["l05-q01", "l05-q03"]}}
    assert put("follow_up", state) == state
    assert on_disk(folder / "lich.json") == state
    calendar = spacing.calendar(date(2026, 11, 20), course.settings().title, words["event"], words["event_text"])
    assert (folder / "lich-on-tap.ics").read_bytes() == calendar
    assert put("follow_up", {"format": 1, "started": "2027-01-01", "packs": {"2": ["l05-q09"], "7": ["l05-q02"]}}) == {
        **state,
        "packs": {**state["packs"], "7": ["l05-q02"]},  # type: ignore[dict-item]
    }
    refused: tuple[Any, ...] = ({}, [], {"started": "x", "packs": {}}, {"started": "2026-11-20", "packs": {"3": []}})
    for wrong in refused:
        with pytest.raises(Refused):
            put("follow_up", wrong)
    (folder / "lich.json").write_text("{", encoding="utf-8")
    assert "follow_up" not in get("journal/all")["states"], "a damaged schedule stops nobody"
    assert put("follow_up", state) == state


def test_series_of_pictures_are_kept_and_one_that_ended_stays(room: Path, javascript: node.Node) -> None:
    folder = room / "bai-lam/khach/xem-kien"
    chosen = "(parts) => kit.choosePictures(parts, parts.series.loat, 'x', new Set()).map(kit.pictureId)"
    pictures = javascript.evaluate(chosen, get("pages/xem-kien"))
    begun = {"format": 1, "series": {"bai-5-loat-1": {"pictures": pictures}}}
    assert put("drill", begun) == begun
    post("journal", unit="xem-kien", id=pictures[0], answer={"said": "nothing", "series": "bai-5-loat-1"})
    assert [line["id"] for line in lines(folder)] == [pictures[0]]
    ended = {"format": 1, "clock": False, "series": {"bai-5-loat-1": {"pictures": pictures, "ended": "2026-11-26"}}}
    assert put("drill", ended) == ended
    assert on_disk(folder / "loat.json") == ended
    assert put("drill", {"format": 1, "series": {}}) == ended, "a window that knows less takes nothing away"
    with pytest.raises(Refused):
        put("drill", {"format": 1, "series": {"bai-5-do-1": {"pictures": ["khong-co"]}}})


def test_a_test_is_ended_once_by_the_answers_on_the_disk_and_an_earlier_version_stays(room: Path) -> None:
    give_code()
    file = assessment.questions("kt1")
    name = file.questions[0].id
    post("journal", unit="kt1", id=name, answer="a")
    end = put("finished/kt1", {"answers": {name: "b"}, "place": "after"})
    written = (room / f"bai-lam/{CODE}/kt1/finished.json").read_bytes()
    assert (end["answers"], end["total"], end["code"]) == ({name: "a"}, len(file.questions), CODE)
    assert end["place"] == "after", "where it stood in this person's order"
    for call in (
        lambda: put("finished/kt1", {}),
        lambda: api.call("DELETE", "state/finished/kt1", {"notebook": START}),
    ):
        with pytest.raises(Refused) as refused:
            call()
        assert refused.value.status == 409
    assert (room / f"bai-lam/{CODE}/kt1/finished.json").read_bytes() == written
    path = room / f"bai-lam/{CODE}/kt1/finished.json"
    path.write_text(
        json.dumps(end | {"version": "0.9.0", "finished_at": "2026-01-01T00:00:00+07:00"}), encoding="utf-8"
    )
    again = put("finished/kt1", {"place": "giữa"})
    assert "place" not in again
    assert [one["version"] for one in again["earlier"]] == ["0.9.0"]


def test_the_order_of_the_short_tests_is_kept_as_it_was_begun_and_goes_with_a_guest_to_his_code(room: Path) -> None:
    begun("kt1")
    assert put("order", {"first": "kt1"}) == {"first": "kt1"}
    assert put("order", {"first": "kt2"}) == {"first": "kt1"}, "the first word counts"
    for call in (lambda: put("order", {"first": "kt3"}), lambda: put("order", {})):
        with pytest.raises(Refused):
            call()
    with pytest.raises(Refused):
        api.call("DELETE", "state/order", {"notebook": START})
    give_code("GL-0124-O")  # which begins with kt2
    assert get("journal/all")["states"]["order"] == {"first": "kt1"}


def test_what_was_passed_by_is_kept_and_added_to(room: Path) -> None:
    assert put("passed", {"questions": ["l05-q28"]}) == {"questions": ["l05-q28"]}
    assert put("passed", {"questions": ["l03-q28"]}) == {"questions": ["l03-q28", "l05-q28"]}
    for odd in ({}, {"questions": "l05-q28"}, {"questions": ["../l05"]}):
        with pytest.raises(Refused):
            put("passed", odd)
    assert get("journal/all")["states"]["passed"] == {"questions": ["l03-q28", "l05-q28"]}


def test_where_one_was_last_is_kept(room: Path) -> None:
    assert put("last", {"unit": "l05", "question": "l05-q03", "more": 1}) == {"unit": "l05", "question": "l05-q03"}
    for wrong in ({}, {"unit": 1}, {"unit": "l05", "question": "../x"}, {"unit": "l05", "screen": True}):
        with pytest.raises(Refused):
            put("last", wrong)
    assert get("journal/all")["states"] == {"last": {"unit": "l05", "question": "l05-q03"}}


# hand-in and person


def test_a_hand_in_needs_a_code_and_is_told_with_what_changed_since(room: Path) -> None:
    notebook = begun("bt06")
    with pytest.raises(Refused) as refused:
        post("submissions", notebook)
    assert refused.value.needs_code
    assert give_code()["person"] == {"code": CODE, "guest": False, "role": None}
    notebook = begun("bt06")
    choice = next(
        one
        for one in question_bank.load_public(room / "exercises/bt06/questions.json").of(CODE).questions
        if one.type != "code"
    )
    post("journal", notebook, id=choice.id, answer="a")
    receipt = post("submissions", notebook)
    assert receipt["code"] == CODE
    assert (room / receipt["path"]).is_file()
    (given,) = get("submissions", notebook)
    assert (given["path"], given["later"]) == (receipt["path"], [])
    post("journal", notebook, id=choice.id, answer="b")
    (given,) = get("submissions", notebook)
    assert len(given["later"]) == 1
    assert get("journal/all")["submissions"] == {"bt06": [given]}


def test_a_code_takes_along_what_a_guest_did_and_chose_and_leaving_clears_the_desk(room: Path) -> None:
    put("role", {"role": "clerk", "seen": []})
    post("journal", unit="l05", id="l05-q01", answer="a")
    assert give_code("gl 0123 q")["person"] == {"code": CODE, "guest": False, "role": "clerk"}
    assert set(get("journal/all")["units"]) == {"l05"}
    assert get("journal", "bai-lam/khach/l05/05.ipynb")["person"]["code"] == CODE
    left = api.call("DELETE", "person", {"notebook": START})
    assert left == {"person": {"code": None, "guest": True, "role": None}}
    assert get("journal/all")["units"] == {}
    with pytest.raises(Exception, match="GL-0123-X"):
        give_code("GL-0123-X")
    assert course.current_code() is None


def test_whoever_gives_a_code_in_a_guests_lesson_goes_on_with_it(room: Path) -> None:
    guests = begun("l05")
    with pytest.raises(Refused) as refused:
        post("workspace", guests, unit="bt05")
    assert refused.value.needs_code
    api.call("PUT", "person", {"notebook": guests, "code": CODE})
    assert post("workspace", guests, unit="bt05")["path"] == f"bai-lam/{CODE}/bt05/bt05.ipynb"


def test_a_code_given_in_a_guests_exercise_is_followed_by_the_start_page_at_once(room: Path) -> None:
    """Nothing was opened since: what was done, chosen and handed in as a guest is seen with the code."""
    put("role", {"role": "officer", "seen": []})
    post("journal", unit="l06", id="l06-q31", answer="a")
    api.call("PUT", "person", {"notebook": "bai-lam/khach/l06/06.ipynb", "code": CODE})
    seen = get("journal/all")
    assert seen["person"] == {"code": CODE, "guest": False, "role": "officer"}
    assert "l06-q31" in seen["units"]["l06"]
    assert seen["states"]["role"]["role"] == "officer"
    post("journal", "bai-lam/khach/l06/06.ipynb", unit="l06", id="l06-q32", answer="a")
    assert "l06-q32" in get("journal/all")["units"]["l06"], "as long as it is open there, it is there"
    assert post("workspace", unit="l06")["path"].startswith(f"bai-lam/{CODE}/l06/")
    assert set(get("journal/all")["units"]["l06"]) == {"l06-q31", "l06-q32"}


def test_ones_own_copy_begins_with_its_questions_whatever_a_run_left_in_the_exercise(room: Path) -> None:
    path = room / "exercises" / "bt05" / "bt05.ipynb"
    delivered = path.read_bytes()
    notebook = json.loads(delivered)
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for cell in cells:  # run without a code: the first cell stopped it
        cell["outputs"] = []
    cells[0]["outputs"] = [{"output_type": "error", "ename": "KitError", "evalue": "cần mã học viên", "traceback": []}]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    left = path.read_bytes()
    give_code()
    try:
        own = room / begun("bt05")
        assert path.read_bytes() == left
    finally:
        path.write_bytes(delivered)
    made = json.loads(own.read_text(encoding="utf-8"))
    assert [cell["source"] for cell in made["cells"]] == [cell["source"] for cell in notebook["cells"]]
    shown = [output for cell in made["cells"] for output in cell.get("outputs", ())]
    assert {output["output_type"] for output in shown} == {"display_data"}
    asked = [output["data"] for output in shown if output["data"][MIME].get("id", "").startswith("bt05-")]
    assert len(asked) == 14
    questions = {one.id: one for one in question_bank.load_public(own.parent / course.SHEET).of(CODE).questions}
    for data in asked:
        question = questions[data[MIME]["id"]]
        assert data["text/plain"].startswith(f"{question.id}: {' '.join(question.stem.split())[:40]}")
    own.write_text("của tôi", encoding="utf-8")
    assert room / begun("bt05") == own
    assert own.read_text(encoding="utf-8") == "của tôi", "what was begun stays as it is"


def test_a_code_that_is_given_to_hand_in_leaves_the_open_notebook_and_its_zip_where_they_are(room: Path) -> None:
    guests = begun("bt06")
    api.call("PUT", "person", {"notebook": guests, "code": CODE})
    receipt = post("submissions", guests)
    assert receipt["path"].startswith("bai-lam/khach/bt06/")
    assert [one["path"] for one in get("submissions", guests)] == [receipt["path"]]
    own = begun("bt06")
    assert own.startswith(f"bai-lam/{CODE}/")
    assert [one["file"] for one in get("submissions", own)] == [receipt["file"]]


def test_code_left_in_a_guests_open_notebook_is_named_until_the_own_notebook_has_it(room: Path) -> None:
    def opened_as_guest_and_left(*sources: str) -> None:
        guests = begun("bt06")
        api.call("PUT", "person", {"notebook": guests, "code": CODE})
        own = begun("bt06")
        assert own.startswith(f"bai-lam/{CODE}/")
        add_cells(guests, *sources)
        api.call("DELETE", "person", {"notebook": START})

    def add_cells(path: str, *sources: str) -> None:
        notebook = json.loads((room / path).read_text(encoding="utf-8"))
        cells = [{"cell_type": "code", "source": source, "metadata": {}, "outputs": []} for source in sources]
        (room / path).write_text(json.dumps(notebook | {"cells": notebook["cells"] + cells}), encoding="utf-8")

    opened_as_guest_and_left("")
    give_code()
    assert get("journal/all")["guest_copies"] == [], "nothing was written there"
    api.call("DELETE", "person", {"notebook": START})
    opened_as_guest_and_left("vu_viec.groupby('tinh').size()")
    assert get("journal/all")["guest_copies"] == [], "a guest is shown nobody's notebook"
    give_code()
    assert get("journal/all")["guest_copies"] == [f"bai-lam/{CODE}/bt06-khach-3/bt06.ipynb"]
    add_cells(begun("bt06"), "vu_viec.groupby('tinh').size()")
    assert get("journal/all")["guest_copies"] == []


def test_nobodys_work_is_laid_over_that_of_another(room: Path) -> None:
    def answered() -> set[str]:
        return set(get("journal/all")["units"].get("l05", ()))

    post("journal", unit="l05", id="l05-q01", answer="a")
    api.call("DELETE", "person", {"notebook": START})
    assert answered() == {"l05-q01"}, "who leaves without a code moves nothing"
    put("role", {"role": "courier", "seen": []})
    give_code()
    api.call("DELETE", "person", {"notebook": START})
    assert not list((room / "bai-lam/khach").glob("*"))
    post("journal", unit="l05", id="l05-q02", answer="b")
    assert give_code(codes.make("GL0124"))["person"]["role"] is None
    assert answered() == {"l05-q02"}
    api.call("DELETE", "person", {"notebook": START})
    assert give_code()["person"]["role"] == "courier"
    assert answered() == {"l05-q01"}


def test_a_line_of_the_journal_without_a_moment_is_told_as_it_is(room: Path) -> None:
    post("journal", unit="l05", id="l05-q01", answer="a")
    folder = room / "bai-lam/khach/l05"
    (line,) = lines(folder)
    odd = [line | {"id": f"l05-q0{n}", "at": at} for n, at in enumerate(("hôm qua", 7, None), 2)]
    text = "".join(json.dumps(one) + "\n" for one in [line, *odd, {"id": "l05-q05", "answer": "b"}])
    (folder / "answers.jsonl").write_text(text, encoding="utf-8")
    (folder / "answers.json").unlink()
    found = get("journal/all")["units"]["l05"]
    assert {"l05-q01", "l05-q02"} <= set(found)
    assert found["l05-q01"]["at"] == line["at"]


def test_only_units_of_the_course_are_laid_out(room: Path) -> None:
    assert begun("l05").startswith("bai-lam/khach/l05/05-")
    for wrong in ("../../x", "l99", "xem-kien", "on-tap-7", "bt99"):
        with pytest.raises(Refused) as refused:
            begun(wrong)
        assert refused.value.status == 404


def test_what_serves_the_screens_needs_no_kernels_libraries() -> None:
    heavy = {"IPython", "anywidget", "ipywidgets", "nbformat", "pandas"}
    told = f"import sys, buuchinh.learner.server.api; print(sorted({heavy!r} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


# cells


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('ask("l05-q01")', [{"part": "question", "id": "l05-q01"}]),
        ('ask("l05-q01", on="2023-06-30")', [{"part": "question", "id": "l05-q01", "on": "2023-06-30"}]),
        ("from buuchinh import *\nstart_page()\nfollow_up()", [{"part": "start"}, {"part": "follow_up"}]),
        ('test("kt1")', [{"part": "test", "id": "kt1"}]),
        ("drill()", [{"part": "drill", "id": "bai-5"}]),
        ('drill(place="ngay-7")', [{"part": "drill", "id": "ngay-7"}]),
        ('citations("02")', [{"part": "law_table", "id": "02"}]),
        ("hand_in()", [{"part": "hand_in"}]),
        ('hand_in("bt05")', [{"part": "hand_in", "id": "bt05"}]),
        ("our_numbers()\nlesson_end()", [{"part": "office_numbers"}, {"part": "lesson"}]),
        ("import buuchinh", []),
        ("ask()", None),
        ("ask(1)", None),
        ('ask("<b>")', None),
        ('ask("l05-q01", "2023-06-30", 1)', None),
        ('ask("l05-q01", question_id="l05-q02")', None),
        ('ask("l05-q01", on="mai")', None),
        ("start_page(1)", None),
        ('ask("l05-q01"); print(1)', None),
        ("load('law/terms')", None),
        ('ask(__import__("os").name)', None),
        ('x = ask("l02-q01")', None),
        ('[ask("l02-q01") for _ in "ab"]', None),
        ('os.ask("l02-q01")', None),
        ("ask(", None),
        ("(" * 5000, None),
        ("ask({[]: 1})", None),
        ('ask("l02-q01", **{"on": "2023-06-30"})', None),
        ('ask("l02-q01", on="2023-06-30", on="2026-06-30")', None),
        ("ask([])", None),
        ('ask("l05-q01", on=7)', None),
        ("lesson_end({})", None),
        ("test(b'x')", None),
    ],
)
def test_a_cell_is_read_as_mounts(source: str, found: list[dict[str, Any]] | None) -> None:
    assert cell_parts.mounts(source) == (None if found is None else [{"version": 1, **one} for one in found])


def test_the_output_of_a_cell_is_one_bundle_with_a_stand_in_and_no_key(room: Path) -> None:
    (output,) = cell_parts.outputs('ask("l05-q01")') or []
    data = output["data"]
    assert set(data) == {MIME, "text/html", "text/plain"}
    assert data[MIME] == {"version": 1, "part": "question", "id": "l05-q01"}
    question: Any = question_bank.practice("l05-q01")[1]
    assert data["text/plain"].startswith(question.id)
    assert question.keys[0].feedback
    for told in question.keys[0].feedback.values():
        assert told not in data["text/html"]
    for name in DISPLAY_FUNCTIONS:
        given = '"x"' if name in {"ask", "test"} else '"02"' if name == "citations" else ""
        (output,) = cell_parts.outputs(f"{name}({given})") or []
        assert output["data"]["text/html"]
        assert output["data"]["text/plain"]
    with opened() as files:
        assert "bt02" in json.dumps(cell_parts.outputs('ask("bt02-q31")'))
    assert [name for name in files if name.startswith(str(room / "source"))] == []
