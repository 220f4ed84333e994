"""One list of nasty strings, each place where text from outside is read: it is shown, and obeyed by nothing."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from kit.classroom import UNIT
from kit.nasty import NASTY, obeyed
from openpyxl import load_workbook
from test_collect import ONE, TEN, cells_of, stick, work

from buuchinh import cli, pages
from buuchinh.classroom import run_log
from buuchinh.cli import watching
from buuchinh.errors import KitError, Problem
from buuchinh.grading.run_progress import Result
from buuchinh.intake import collect
from buuchinh.messages import say
from buuchinh.notebook import pack
from buuchinh.spreadsheet import Cell, Sheet, as_csv, as_workbook
from buuchinh.text import visible

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
MARKUP = ("[bold]a[/bold]", "[/x]", "[link=https://example.org]a[/link]", "[[[", "\\[a]")


def on_screen(capsys: pytest.CaptureFixture[str]) -> str:
    return COLOURS.sub("", "".join(capsys.readouterr()))


@pytest.mark.parametrize("colour", ["1", ""])
def test_a_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, colour: str) -> None:
    monkeypatch.setenv("FORCE_COLOR", colour)
    monkeypatch.setenv("COLUMNS", "20000")
    cli.show_problems([Problem(nasty, 1, nasty, nasty) for nasty in NASTY])
    out = on_screen(capsys)
    assert not obeyed(out)
    assert all(out.count(words) >= 3 for words in MARKUP)
    watching.show_summary(UNIT, [Result(ONE, "failed", None, None, manual=False, notes=NASTY)])
    out = on_screen(capsys)
    assert not obeyed(out)
    assert all(words in out for words in MARKUP)


def test_a_sentence() -> None:
    for nasty in NASTY:
        assert not obeyed(say("files.unreadable", reason=nasty))
        assert not obeyed(str(KitError(say("files.unreadable", reason=nasty))))
        assert "\n" not in visible(nasty)


@pytest.mark.parametrize("terminal", ["1", ""])
def test_the_table_of_a_class(
    small_course: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, terminal: str
) -> None:
    monkeypatch.setenv("FORCE_COLOR", terminal)
    monkeypatch.setenv("COLUMNS", "2000")
    folder = work(small_course, ONE)
    record = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    record["answers"] |= {nasty: {"answer": nasty} for nasty in NASTY}
    for number, nasty in enumerate(NASTY):
        name = nasty.encode("utf-8", "replace")[:180].replace(b"/", b"_").replace(b"\0", b"_")
        path = Path(os.fsdecode(os.fsencode(stick(small_course)) + b"/%d" % number + name))
        path.mkdir()
        changed = record | {"code": nasty, "unit": UNIT, "version": nasty}
        (path / "answers.json").write_text(json.dumps(changed), encoding="utf-8")
    for command in ("collect", "repair"):
        assert cli.run([command, str(stick(small_course))]) == 3
        out = on_screen(capsys)
        assert not obeyed(out)
        assert "[bold]" in out
    for path in (small_course / "nop-bai").rglob("collected.json"):
        about = json.loads(path.read_text(encoding="utf-8"))
        assert not obeyed("".join([*about["notes"], about.get("reason", "")]))


def test_the_ids_of_unknown_questions_are_counted_and_not_said(small_course: Path) -> None:
    folder = work(small_course, ONE)
    record = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    record["answers"] |= {f"la-{number}": {"answer": 1} for number in range(7)}
    (folder / "answers.json").write_text(json.dumps(record), encoding="utf-8")
    pack.build(folder, UNIT, ONE, TEN).path.rename(stick(small_course) / "a.zip")
    (line,) = collect.collect(stick(small_course))
    (said,) = [note for note in line.notes if "không có trong bài" in note]
    assert "7 câu" in said
    assert "la-" not in said


def test_the_run_log(small_course: Path) -> None:
    for nasty in NASTY:
        run_log.note(UNIT, ONE, "record", nasty, nasty)
    lines = run_log.place().read_text(encoding="utf-8-sig").split("\n")
    assert len(lines) == len(NASTY) + 2
    assert all(line.count("\t") == 5 for line in lines[:-1])
    assert not obeyed("".join(lines))


def test_csv_and_workbook() -> None:
    rows: list[list[Cell]] = [[nasty, 1, nasty] for nasty in NASTY]
    text = as_csv(rows).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline="")))
    page = load_workbook(io.BytesIO(as_workbook([Sheet("a", "a", rows)])))["a"]
    cells = [[str(cell.value or "") for cell in row] for row in page.iter_rows()]
    assert len(read) == len(cells) == len(NASTY)
    for row in (*read, *cells):
        assert len(row) == 3
        for cell in (row[0], row[2]):
            assert not obeyed(cell)
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_comment(self, data: str) -> None:
        self.tags.append(("!--", ()))


def test_a_page(tmp_path: Path) -> None:
    path = tmp_path / "trang.html.j2"
    path.write_text('<ul>{% for one in all %}<li title="{{ one }}">{{ one }}</li>{% endfor %}</ul>', encoding="utf-8")
    page = pages.template(path).render(all=NASTY)
    page.encode("utf-8")
    assert not obeyed(page)
    found = _Tags()
    found.feed(page)
    assert found.tags == [("ul", ()), *[("li", ("title",))] * len(NASTY)]


def test_a_notebook(small_course: Path) -> None:
    text = "\n".join(nasty.encode("utf-8", "replace").decode() for nasty in NASTY)
    folder = work(small_course, ONE, text=text)
    pack.build(folder, UNIT, ONE, TEN).path.rename(stick(small_course) / "a.zip")
    assert [line.outcome for line in collect.collect(stick(small_course))] == ["taken"]
    source = cells_of(ONE, small_course)["bt90-q3"]["source"]
    assert not obeyed(source)
    assert "alert(1)" in source
    assert not set(source) & set("<>")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal")
def test_a_terminal_shows_how_far_reading_is(small_course: Path) -> None:
    import pty

    for name in "ab":
        pack.build(work(small_course, ONE), UNIT, ONE, TEN).path.rename(stick(small_course) / f"{name} [x].zip")
        break
    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "CI"} | {"TERM": "xterm"}
    command = [sys.executable, "-m", "buuchinh", "collect", str(stick(small_course))]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        seen = b""
        try:
            while data := os.read(ours, 65_536):
                seen += data
        except OSError:  # how Linux says that the other side is closed
            pass
        assert process.wait(60) == 0
    assert say("cli.collect.reading") in seen.decode("utf-8")
    assert "Nhận 1" in seen.decode("utf-8")
