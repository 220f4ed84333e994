"""Pages without a kernel: a cell is read and not run, answers are on disk, no key of what is graded is served."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from buuchinh.live.page import Pages
from kit.course import Lab, start_lab

from buuchinh import course
from buuchinh.cli import run
from buuchinh.errors import KitError
from buuchinh.lab import launch, running
from buuchinh.learner.server.cell_parts import Call, calls
from buuchinh.notebook.desk import lay_out, record_of
from buuchinh.questions import bank
from buuchinh.questions.authored import asked_as
from buuchinh.questions.practice import assessment

CODE = "GL-0123-Q"
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def desk(course_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BUUCHINH_COURSE", str(course_copy))
    monkeypatch.chdir(course_copy)
    return course_copy


def ask(name: str) -> str:
    return f'ask("{name}")'


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('ask("l02-q01")', [Call("ask", ("l02-q01",))]),
        ("from buuchinh import follow_up, start_page\n\nstart_page()", [Call("start_page")]),
        ('ask("l02-q01", on="2023-06-30")', [Call("ask", ("l02-q01",), {"on": "2023-06-30"})]),
        ("from buuchinh import ask, load", []),
        ("charts.guns()", None),
        ("load('law/terms')", None),
        ('ask("l02-q01"); open("x")', None),
        ('ask(__import__("os").name)', None),
        ('x = ask("l02-q01")', None),
        ('[ask("l02-q01") for _ in "ab"]', None),
        ('os.ask("l02-q01")', None),
        ("ask(", None),
        ("(" * 5000, None),
        ("ask({[]: 1})", None),
        ('ask("l02-q01", **{"on": "2023-06-30"})', None),
        ('ask("l02-q01", on="2023-06-30", on="2026-06-30")', None),
    ],
)
def test_a_cell_is_read_and_not_run(source: str, found: list[Call] | None) -> None:
    assert calls(source) == found


def test_an_answer_is_on_disk_and_there_at_the_next_opening(desk: Path) -> None:
    notebook = lay_out("l05").relative_to(desk).as_posix()
    pages = Pages()
    page = pages.open(notebook, [ask("l05-q01"), ask("l05-q02")])
    (item,), (other,) = page["cells"]
    chosen = item["traits"]["payload"]["question"]["options"][0]["id"]
    heard = pages.receive(page["page"], item["id"], {"kind": "answer", "answer": chosen, "number": 3})
    (saved,) = heard["messages"]
    assert (saved["kind"], saved["number"]) == ("saved", 3)
    assert set(heard["changed"]) == {item["id"]} != {other["id"]}
    folder = desk / "bai-lam/khach/l05"
    kept = json.loads((folder / "answers.json").read_text(encoding="utf-8"))["answers"]["l05-q01"]
    assert (kept["answer"], kept["at"]) == (chosen, saved["at"])
    assert len((folder / "answers.jsonl").read_text(encoding="utf-8").splitlines()) == 1
    again = Pages().open(notebook, [ask("l05-q01")])
    assert again["cells"][0][0]["traits"]["answer"] == chosen
    with pytest.raises(KeyError):
        Pages().receive(page["page"], item["id"], {})


def test_a_graded_page_holds_no_key_and_reads_no_source(desk: Path) -> None:
    course.set_current_code(CODE)
    notebook = lay_out("bt02").relative_to(desk).as_posix()
    sheet = bank.load_public(desk / "exercises/bt02/questions.json").of(CODE)
    names = [ask(question.id) for question in sheet.questions]
    told = json.dumps(Pages().open(notebook, names)["cells"])
    assert '"mode": "exam"' in told
    assert '"keys"' not in told
    (desk / "exercises/bt02/questions.json").unlink()
    (desk / notebook).with_name("questions.json").unlink()
    assert (desk / "source/bt02/questions.yml").is_file()
    refused = [one[0]["refused"] for one in Pages().open(notebook, names)["cells"]]
    assert refused[0]
    assert refused[1:] == [""] * (len(names) - 1)  # one sentence, not as many as there are questions


def test_who_gives_a_code_later_keeps_the_story_that_was_answered(desk: Path) -> None:
    file = next(bank.load(path) for path in bank.practice_files() if path.stem == "l05")
    varied = sorted({asked_as(one) for one in file.questions if asked_as(one) != one.id and not one.retired})
    course.set_current_code(CODE)

    def shown(name: str) -> str:
        (cell,) = Pages().open("lessons/x.ipynb", [ask(name)])["cells"]
        return str(cell[0]["traits"]["payload"]["question"]["id"])

    assert varied
    for name in varied:
        other = next(one.id for one in file.questions if asked_as(one) == name and one.id != shown(name))
        record_of("l05", file.version).put(other, {"any": "answer"})
        assert shown(name) == other


def test_what_cannot_be_shown_is_said_and_the_rest_is_there(desk: Path) -> None:
    cells = Pages().open("lessons/x.ipynb", [ask("l99-q01"), "ask()", ask("l05-q01"), "print(1)"])["cells"]
    assert "l99" in cells[0][0]["refused"]
    assert "ask" in cells[1][0]["refused"]
    assert cells[2][0]["traits"]["payload"]["question"]["id"].startswith("l05-q01")
    assert cells[3] is None
    with pytest.raises(KitError):
        Pages().open("../x.ipynb", [])


@pytest.mark.parametrize(
    "wrong", ["ask(1)", "ask(None)", "ask([])", 'ask("l05-q01", on=7)', "lesson_end({})", "test(b'x')"]
)
def test_one_cell_that_is_wrong_in_whatever_way_leaves_the_rest_of_the_page_alive(desk: Path, wrong: str) -> None:
    cells = Pages().open("lessons/x.ipynb", [wrong, ask("l05-q01")])["cells"]
    assert cells[0] is None or "refused" in cells[0][-1]
    assert cells[1][0]["traits"]["payload"]["question"]["id"].startswith("l05-q01")


def test_the_start_page_takes_a_code_and_opens_a_lesson(desk: Path) -> None:
    pages = Pages()
    page = pages.open("lessons/00-bat-dau.ipynb", ["from buuchinh import start_page\nstart_page()"])
    ((start,),) = page["cells"]
    heard = pages.receive(page["page"], start["id"], {"do": "code", "code": "gl 0123 q"})
    assert heard["messages"] == [{"did": "code"}]
    assert heard["changed"][start["id"]]["state"]["code"] == CODE
    (opened,) = pages.receive(page["page"], start["id"], {"do": "open", "unit": "l05"})["messages"]
    assert (desk / opened["path"]).is_file()
    assert opened["path"].startswith(f"bai-lam/{CODE}/l05/")


def test_a_pack_of_the_follow_up_appears_below_it_and_keeps_answers(desk: Path) -> None:
    course.set_current_code(CODE)
    pages = Pages()
    first = pages.open(lay_out("l05").relative_to(desk).as_posix(), [ask("l05-q01")])
    item = first["cells"][0][0]
    chosen = item["traits"]["payload"]["question"]["options"][0]["id"]
    pages.receive(first["page"], item["id"], {"kind": "answer", "answer": chosen, "number": 1})
    page = pages.open("lessons/00-bat-dau.ipynb", ["follow_up()"])
    follow = page["cells"][0][0]
    assert follow["below"] == []
    pages.receive(page["page"], follow["id"], {"do": "start"})
    below = pages.receive(page["page"], follow["id"], {"do": "open", "days": 2})["below"]
    assert below
    question = below[0]["traits"]["payload"]["question"]
    answer = question["options"][0]["id"] if "options" in question else None
    heard = pages.receive(page["page"], below[0]["id"], {"kind": "answer", "answer": answer, "number": 1})
    assert heard["messages"][0]["kind"] == "saved"
    assert heard["changed"][follow["id"]]["state"]["packs"][0]["done"] == 1


def test_a_short_test_counts_ends_and_tells_its_result(desk: Path) -> None:
    course.set_current_code(CODE)
    pages = Pages()
    page = pages.open("lessons/01-boi-canh.ipynb", ['test("kt1")'])
    *questions, end = page["cells"][0]
    assert len(questions) == len(assessment.questions("kt1").questions)
    assert '"keys"' not in json.dumps(questions)
    message = {
        "kind": "answer",
        "answer": questions[0]["traits"]["payload"]["question"]["options"][0]["id"],
        "number": 1,
    }
    heard = pages.receive(page["page"], questions[0]["id"], message)
    assert len(heard["changed"][end["id"]]["state"]["missing"]) == len(questions) - 1
    heard = pages.receive(page["page"], end["id"], {"do": "finish"})
    assert heard["messages"] == [{"did": "finish"}]
    assert heard["changed"][end["id"]]["state"]["result"]["headline"]
    (only,) = pages.open("lessons/01-boi-canh.ipynb", ['test("kt1")'])["cells"][0]
    assert only["traits"]["state"]["result"]


def test_a_look_keeps_nothing_and_shows_what_another_window_saved(desk: Path) -> None:
    pages, others = Pages(), Pages()
    page = pages.open("lessons/05.ipynb", [ask("l05-q01"), "drill()"])
    item, drill = page["cells"][0][0], page["cells"][1][0]
    assert (item["resumes"], drill["resumes"]) == (True, False)
    heard = pages.receive(page["page"], drill["id"], {"do": "begin", "kind": "loat", "clock": False})
    assert heard["changed"][drill["id"]]["state"]["page"] == "picture"
    other = others.open("lessons/05.ipynb", [ask("l05-q01")])
    chosen = item["traits"]["payload"]["question"]["options"][0]["id"]
    others.receive(other["page"], item["id"], {"kind": "answer", "answer": chosen, "number": 1})
    seen = pages.look("lessons/05.ipynb", [ask("l05-q01"), "drill()"])
    assert list(seen) == ["cells"]
    assert seen["cells"][0][0]["traits"]["answer"] == chosen
    heard = pages.receive(page["page"], drill["id"], {"do": "answer", "number": 1, "said": "nothing"})
    assert heard["changed"][drill["id"]]["state"]["page"] == "told", "the series that runs goes on"


def test_practice_about_another_day_says_so(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(course.LAW_DAY, "2026-01-15")
    (cell,) = Pages().open("lessons/05.ipynb", [ask("l05-q01")])["cells"]
    assert "15-01-2026" in cell[0]["html"]


@pytest.mark.parametrize("path", sorted((ROOT / "lessons").glob("*.ipynb")), ids=lambda path: path.stem)
def test_only_a_lesson_with_code_needs_a_kernel(path: Path) -> None:
    """A cell is asked for, or stands there as it was run last; whoever adds another kind of cell learns it here."""
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    seen = [cell for cell in cells if not cell["metadata"].get("jupyter", {}).get("source_hidden")]
    widget = "application/vnd.jupyter.widget-view+json"
    for cell in () if seen else cells:
        outputs = cell["outputs"]
        still = bool(outputs) and not any(widget in output.get("data", {}) for output in outputs)
        assert calls("".join(cell["source"])) is not None or still, cell["source"]
    assert bool(seen) == path.name.startswith("06-")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("Khóa học")
    (folder / "lessons").mkdir()
    for name in ("course.toml", "lessons/00-bat-dau.ipynb"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    yield from start_lab(folder)


def post(lab: Lab, name: str, content: Any, **headers: str) -> tuple[int, Any]:
    """Post JSON, or ``content`` as it is where it is bytes."""
    address = re.sub(r"/doc/tree/.*", f"/buuchinh/live/{name}", lab.address)
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    asked = urllib.request.Request(address, data=data, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_the_server_asks_for_its_token_and_says_what_it_does_not_know(served: Lab) -> None:
    token = served.address.split("token=")[1]
    passes = {"Authorization": f"token {token}"}
    given = {"path": "lessons/00-bat-dau.ipynb", "sources": ["hand_in()", "1"]}
    assert post(served, "open", given)[0] == 403
    assert post(served, "open", given, Authorization="token x")[0] == 403
    status, page = post(served, "open", given, **passes)
    assert status == 200
    assert page["cells"][1] is None
    assert "bat-dau" in page["words"]["closed"]
    assert post(served, "say", {"page": "x", "item": "0.0", "message": {}}, **passes)[0] == 410
    for wrong in ({}, {"path": 1, "sources": []}, {"path": "x", "sources": [1]}, {"path": "x", "sources": "ask()"}):
        assert post(served, "open", wrong, **passes)[0] == 400
    assert post(served, "open", {"path": "../x", "sources": []}, **passes)[0] == 404


@pytest.mark.parametrize(
    "body",
    [b"[]", b"5", b'"x"', b"null", b"\xff{}", b"{", b"", b"[" * 100_000, b'{"page": NaN}', b'{"page": 1e999}',
     b'{"path": "a\\u0000b", "sources": []}', b'{"path": "a\\ud83d", "sources": []}'],
)  # fmt: skip
def test_what_is_no_request_is_refused_with_one_sentence(served: Lab, body: bytes) -> None:
    passes = {"Authorization": f"token {served.address.split('token=')[1]}"}
    status, told = post(served, "open", body, **passes)
    assert status == 400
    assert json.loads(told)["message"] == "Chương trình không hiểu yêu cầu này."
    assert post(served, "say", body, **passes)[0] == (410 if b"sources" in body else 400)


def test_half_an_emoji_is_kept_and_told_as_saved_and_what_is_far_too_long_is_not(lab_server: Lab) -> None:
    passes = {"Authorization": f"token {lab_server.address.split('token=')[1]}"}
    given = {"path": "lessons/05-buu-gui-nghi-van.ipynb", "sources": [ask("l05-q24")]}
    _, page = post(lab_server, "open", given, **passes)
    item = page["cells"][0][0]
    kept = lab_server.course / "bai-lam/khach/l05/answers.json"

    def say(answer: object) -> tuple[int, Any]:
        message = {"kind": "answer", "answer": answer, "number": 1}
        return post(lab_server, "say", {"page": page["page"], "item": item["id"], "message": message}, **passes)

    status, heard = say("Lùi ra \ud83d")
    assert (status, heard["messages"][0]["kind"]) == (200, "saved")
    name = item["traits"]["payload"]["question"]["id"]
    assert json.loads(kept.read_text(encoding="utf-8"))["answers"][name]["answer"] == "Lùi ra ?"
    before = kept.read_bytes()
    assert say("a" * 60_000_000)[0] == 413
    assert kept.read_bytes() == before
    assert say("a" * 5000)[0] == 200


def test_a_cookie_alone_writes_nothing(served: Lab) -> None:
    """Another site's page carries the cookie along, but cannot read what is to go with it."""
    jar = urllib.request.HTTPCookieProcessor()
    browser = urllib.request.build_opener(jar)
    with browser.open(served.address, timeout=30):
        pass
    address = re.sub(r"/doc/tree/.*", "/buuchinh/live/open", served.address)
    with pytest.raises(urllib.error.HTTPError, match="403"):
        browser.open(address, data=json.dumps({"path": "x", "sources": []}).encode(), timeout=30)
    forgery = next(one.value or "" for one in jar.cookiejar if one.name == "_xsrf")
    asked = urllib.request.Request(address, data=b'{"path": "x", "sources": []}', headers={"X-XSRFToken": forgery})
    with browser.open(asked, timeout=30) as answer:
        assert answer.status == 200


def test_a_second_start_shows_the_course_that_is_open(
    served: Lab, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BUUCHINH_COURSE", str(served.course))
    assert run(["lab", "--no-browser"]) == 0
    said = capsys.readouterr().out
    assert "đang mở sẵn" in said
    assert served.address in said.replace("localhost", launch.ADDRESS)
    assert running.address(served.course / "lessons") is None
