from __future__ import annotations

import base64
import json
import os
import random
import re
import shutil
import subprocess
import sys
import textwrap
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from kit.classroom import CANARY, UNIT, edit
from kit.hurry import within

from buuchinh import cli, codes
from buuchinh.attempts import reader
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.intake import base64_submission, collect, find_submissions
from buuchinh.notebook import pack
from buuchinh.questions.answers import Record
from buuchinh.questions.types.single.model import SingleQuestion
from buuchinh.release import release, versions

ONE, TWO, STRANGER = (codes.make(f"GL{number:04d}") for number in (1, 2, 3))
TEN = datetime.fromisoformat("2026-11-25T10:00:00+07:00")
ELEVEN = datetime.fromisoformat("2026-11-25T11:00:00+07:00")


@pytest.fixture
def course(small_course):
    return small_course


def right_choice(version="1.0.0"):
    question = versions.released(UNIT, version).obscured["bt90-q1"]
    assert isinstance(question, SingleQuestion)
    return question.keys[0].correct


def work(
    course, code, text="Đã lập biên bản <script>alert(1)</script>", program='tong = 9 + 2\nsubmit("bt90-q4", tong)'
):
    folder = course / "bai-lam" / code / UNIT
    shutil.copytree(course / "exercises" / UNIT, folder)
    record = Record(folder, UNIT, "1.0.0", code)
    record.put("bt90-q1", right_choice())
    record.put("bt90-q3", text)
    record.put("bt90-q4", {"tong": 11}, origin="code")
    change(folder / f"{UNIT}.ipynb", lambda cells: cells["bt90-q4-lam"].update(source=program))
    return folder


def change(path, how):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    how({cell["metadata"].get("nbgrader", {}).get("grade_id", cell["id"]): cell for cell in notebook["cells"]})
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


def cells_of(code, root):
    notebook = json.loads((root / "submitted" / code / UNIT / f"{UNIT}.ipynb").read_text(encoding="utf-8"))
    return {cell["metadata"].get("nbgrader", {}).get("grade_id", cell["id"]): cell for cell in notebook["cells"]}


def stick(course):
    folder = course.parent / "usb"
    folder.mkdir(exist_ok=True)
    return folder


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_good_hand_in_becomes_a_submission_and_its_original_stays(course):
    path = pack.build(work(course, ONE), UNIT, ONE, TEN).path
    shutil.copy(path, stick(course))
    (line,) = collect.collect(stick(course))
    assert (line.outcome, line.unit, line.code, line.at, line.counts) == ("taken", UNIT, ONE, TEN, True)
    found = reader.submitted(UNIT, ONE)
    assert found is not None
    assert found.answers["bt90-q1"]["answer"] == right_choice()
    cells = cells_of(ONE, course)
    assert cells["bt90-q4-lam"]["source"].startswith("tong = 9 + 2")
    assert cells["bt90-q3"]["source"] == "Đã lập biên bản &lt;script&gt;alert(1)&lt;/script&gt;"
    assert (found.folder / "timestamp.txt").read_text(encoding="utf-8").strip() == "2026-11-25 03:00:00 UTC"
    (kept,) = (course / "nop-bai" / UNIT / ONE).glob("*/*.zip")
    assert kept.read_bytes() == path.read_bytes()
    for name, data in tree(course / "submitted").items():
        assert CANARY not in data.decode("utf-8"), name


def test_a_second_run_takes_nothing_twice_and_changes_no_byte(course):
    shutil.copy(pack.build(work(course, ONE), UNIT, ONE, TEN).path, stick(course))
    collect.collect(stick(course))
    before = {folder: tree(course / folder) for folder in ("submitted", "nop-bai")}
    with zipfile.ZipFile(next(stick(course).glob("*.zip"))) as archive:
        archive.extractall(stick(course) / "giai-nen")
    assert {line.outcome for line in collect.collect(stick(course))} == {"known"}
    assert {folder: tree(course / folder) for folder in ("submitted", "nop-bai")} == before


def test_the_last_try_before_the_deadline_counts_and_late_ones_are_kept(course):
    folder = work(course, ONE)
    shutil.copy(pack.build(folder, UNIT, ONE, TEN).path, stick(course))
    Record(folder, UNIT, "1.0.0", ONE).put("bt90-q3", "Bản sau")
    shutil.copy(pack.build(folder, UNIT, ONE, ELEVEN).path, stick(course))
    lines = collect.collect(stick(course))
    assert [line.at for line in lines if line.counts] == [ELEVEN]
    edit(course / "course.toml", "[deadlines]", "[deadlines]\nbt90 = 2026-11-25T10:30:00+07:00")
    lines = collect.collect(stick(course))
    assert [(line.at, line.counts, line.late) for line in lines] == [(TEN, True, False), (ELEVEN, False, True)]
    assert "biên bản" in cells_of(ONE, course)["bt90-q3"]["source"]
    assert len(list((course / "nop-bai" / UNIT / ONE).iterdir())) == 2


def working_copy(course, folder, at):
    """Lay a copy of a trainee's folder on the stick, without a receipt, last answered at ``at``."""
    copy = stick(course) / "chep-tay"
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("da-nop", "answers.jsonl"))
    record = json.loads((copy / "answers.json").read_text(encoding="utf-8"))
    for entry in record["answers"].values():
        entry["at"] = at.isoformat()
    record["answers"]["bt90-q3"]["answer"] = "Bản trong thư mục"
    (copy / "answers.json").write_text(json.dumps(record), encoding="utf-8")


def test_a_working_folder_counts_only_where_nothing_was_handed_in_by_the_button(course):
    working_copy(course, work(course, ONE), ELEVEN)
    (line,) = collect.collect(stick(course))
    assert (line.at, line.counts) == (ELEVEN, True)
    shutil.copy(pack.build(course / "bai-lam" / ONE / UNIT, UNIT, ONE, TEN).path, stick(course))
    lines = collect.collect(stick(course))
    assert {(line.at, line.counts) for line in lines} == {(ELEVEN, False), (TEN, True)}
    assert "biên bản" in cells_of(ONE, course)["bt90-q3"]["source"]


def test_a_late_hand_in_never_takes_the_place_of_a_working_folder_in_time(course):
    folder = work(course, ONE)
    working_copy(course, folder, TEN)
    shutil.copy(pack.build(folder, UNIT, ONE, ELEVEN).path, stick(course))
    assert [line.at for line in collect.collect(stick(course)) if line.counts] == [ELEVEN]
    edit(course / "course.toml", "[deadlines]", "[deadlines]\nbt90 = 2026-11-25T10:30:00+07:00")
    assert [line.at for line in collect.collect(stick(course)) if line.counts] == [TEN]
    assert cells_of(ONE, course)["bt90-q3"]["source"] == "Bản trong thư mục"


def test_each_hand_in_is_read_and_merged_once(course, monkeypatch):
    for code in (ONE, TWO):
        shutil.copy(pack.build(work(course, code), UNIT, code, TEN).path, stick(course))
    read: list[Path] = []
    monkeypatch.setattr(find_submissions, "read_all", read.append)
    assert [line.counts for line in collect.collect(stick(course))] == [True, True]
    assert not read


def test_a_zip_of_the_class_leaves_nobodys_work_in_anothers_folder(course):
    with zipfile.ZipFile(stick(course) / "lop.zip", "w") as archive:
        for code in (ONE, TWO):
            made = pack.build(work(course, code, text=f"Bài của {code}"), UNIT, code, TEN).path
            archive.write(made, made.name)
    assert [line.outcome for line in collect.collect(stick(course))] == ["taken", "taken"]
    for mine, other in ((ONE, TWO), (TWO, ONE)):
        kept = b"".join(tree(course / "nop-bai" / UNIT / mine).values())
        assert mine.encode() in kept
        assert other.encode() not in kept


def test_wrong_codes_are_refused_in_a_sentence_and_kept_apart(course):
    folder = work(course, ONE)
    good = pack.build(folder, UNIT, ONE, TEN).path.read_bytes()
    mistyped = ONE[:-1] + ("A" if ONE[-1] != "A" else "B")
    for code in (STRANGER, mistyped):
        shutil.copy(pack.build(folder, UNIT, code, TEN).path, stick(course))
    (stick(course) / f"{UNIT}_{TWO}.zip").write_bytes(good)
    (stick(course) / "hong.zip").write_bytes(good[:200])
    (stick(course) / "ghi-chu.txt").write_text("không phải bài", encoding="utf-8")
    lines = {line.where: line for line in collect.collect(stick(course))}
    assert len(lines) == 4
    assert all(line.outcome == "refused" and line.reason.endswith((".", "?")) for line in lines.values())
    assert all(line.way_out.endswith(".") for line in lines.values())
    assert {(line.unit, line.code) for line in lines.values()} >= {(UNIT, STRANGER), (UNIT, mistyped)}
    said = " ".join(f"{line.reason} {' '.join(line.notes)}" for line in lines.values())
    for word in ("không có trong danh sách", "sai ký tự kiểm tra", "hai mã", "hỏng"):
        assert word in said
    assert len(list((course / "nop-bai" / "khong-nhan").glob("*/*.zip"))) == 4
    assert reader.submitted_codes(UNIT) == []


def test_folders_and_loose_notebooks_are_taken_too(course):
    shutil.copytree(work(course, ONE).parent, stick(course) / ONE)
    loose = work(course, TWO) / f"{UNIT}.ipynb"
    shutil.copy(loose, stick(course) / f"{UNIT}_{TWO}.ipynb")
    lines = {line.code: line for line in collect.collect(stick(course))}
    assert {code for code, line in lines.items() if line.counts} == {ONE, TWO}
    assert any("answers.json" in note for note in lines[TWO].notes)
    found = reader.submitted(UNIT, TWO)
    assert found is not None
    assert found.answers == {}
    assert "9 + 2" in cells_of(TWO, course)["bt90-q4-lam"]["source"]


def test_a_broken_notebook_still_brings_every_answer(course):
    folder = work(course, ONE)
    notebook = (folder / f"{UNIT}.ipynb").read_text(encoding="utf-8")
    (folder / f"{UNIT}.ipynb").write_text(notebook[: len(notebook) // 3], encoding="utf-8")
    shutil.copy(pack.build(folder, UNIT, ONE, TEN).path, stick(course))
    (line,) = collect.collect(stick(course))
    assert line.counts
    assert any("bị cắt" in note for note in line.notes)
    found = reader.submitted(UNIT, ONE)
    assert found is not None
    assert set(found.answers) == {"bt90-q1", "bt90-q3", "bt90-q4"}
    assert set(cells_of(ONE, course)) >= {"bt90-q1", "bt90-q2", "bt90-q3", "bt90-q4", "bt90-q4-lam", "bt90-nop"}


@pytest.mark.parametrize("damage", ["copied", "split", "stripped", "deleted", "extra", "typed"])
def test_cells_copied_split_stripped_or_added_are_put_where_they_belong(course, damage):
    folder = work(course, ONE)
    path = folder / f"{UNIT}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    place = next(n for n, cell in enumerate(notebook["cells"]) if cell["id"] == "bt90-q4-lam")
    own = notebook["cells"][place]
    if damage == "copied":
        notebook["cells"].insert(place, {**own, "id": "ban-sao", "source": "tong = (9 +"})
    elif damage == "split":
        notebook["cells"].insert(place + 1, {**own, "id": "tach", "source": 'submit("bt90-q4", tong)'})
        own["source"] = "tong = 9 + 2"
    elif damage == "stripped":
        for cell in notebook["cells"]:
            cell["metadata"] = {}
    elif damage == "deleted":
        notebook["cells"] = [own]
    elif damage == "extra":
        notebook["cells"].insert(place, {**own, "id": "them", "metadata": {}, "source": "chin = 9"})
        own["source"] = 'tong = chin + 2\nsubmit("bt90-q4", tong)'
    else:
        next(cell for cell in notebook["cells"] if cell["id"] == "bt90-q3")["source"] = "Viết trong ô."
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
    shutil.copy(pack.build(folder, UNIT, ONE, TEN).path, stick(course))
    collect.collect(stick(course))
    cells = cells_of(ONE, course)
    program = "\n".join(
        cell["source"] for cell in cells.values() if cell["cell_type"] == "code" and "ask(" not in cell["source"]
    )
    ran = {"submit": lambda name, value: results.append((name, value))}
    results: list[tuple[str, int]] = []
    exec(program.replace("from buuchinh import ask, hand_in, submit", "").replace("hand_in()", ""), ran)
    assert results == [("bt90-q4", 11)]
    if damage == "typed":
        assert "biên bản" in cells["bt90-q3"]["source"]
        assert "Viết trong ô." in cells["bt90-q3"]["source"]


def test_an_older_version_is_put_onto_its_own_notebook(course):
    old = pack.build(work(course, ONE), UNIT, ONE, TEN).path
    edit(course / "source" / UNIT / "questions.yml", "Lau khô rồi chuyển tiếp", "Lau khô rồi đi tiếp")
    edit(course / "source" / UNIT / "questions.yml", "version: 1.0.0", "version: 2.0.0")
    release.release(UNIT)
    shutil.copy(old, stick(course))
    collect.collect(stick(course))
    found = reader.submitted(UNIT, ONE)
    assert found is not None
    assert found.version == "1.0.0"
    assert json.loads((found.folder / "answers.json").read_text(encoding="utf-8"))["version"] == "1.0.0"


def test_links_and_pipes_on_the_stick_are_not_followed(course):
    secret = course / "source" / UNIT / "questions.yml"
    (stick(course) / f"{UNIT}_{ONE}.zip").symlink_to(secret)
    (stick(course) / f"{UNIT}_{ONE}.ipynb").symlink_to(secret)
    (stick(course) / "ra-ngoai").symlink_to(course)
    os.mkfifo(stick(course) / f"{UNIT}_{TWO}.zip")
    os.mkfifo(stick(course) / f"{UNIT}_{TWO}.ipynb")
    assert {line.outcome for line in collect.collect(stick(course))} <= {"refused"}
    for name, data in tree(course / "nop-bai").items():
        assert CANARY.encode() not in data, name


def test_a_clock_that_is_wrong_and_a_receipt_older_than_its_answers_are_said(course):
    folder = work(course, ONE)
    for at in ("2035-01-01T00:00:00+07:00", "1970-01-02T00:00:00+07:00", "2026-11-25T00:00:00+07:00"):
        shutil.copy(pack.build(folder, UNIT, ONE, datetime.fromisoformat(at)).path, stick(course))
    notes = [" ".join(line.notes) for line in collect.collect(stick(course))]
    assert sum("Đồng hồ" in note for note in notes) == 2
    assert sum("sau thời điểm ghi trên phiếu" in note for note in notes) == 1


@pytest.mark.parametrize(("minutes", "told"), [(8, False), (30, True)])
def test_an_answer_that_is_minutes_younger_than_its_receipt_is_no_news(course, minutes, told):
    folder = work(course, ONE)
    last = max(entry["at"] for entry in Record(folder, UNIT, "1.0.0", ONE).answers().values())
    at = datetime.fromisoformat(last) - timedelta(minutes=minutes)
    shutil.copy(pack.build(folder, UNIT, ONE, at).path, stick(course))
    (line,) = collect.collect(stick(course))
    assert any("sau thời điểm ghi trên phiếu" in note for note in line.notes) is told


def test_of_copies_of_a_cell_that_do_not_go_together_the_last_that_runs_counts(course):
    folder = work(course, ONE)
    path = folder / f"{UNIT}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    place = next(n for n, cell in enumerate(notebook["cells"]) if cell["id"] == "bt90-q4-lam")
    for number, source in enumerate(("return = 1", 'submit("bt90-q4", 1)', "tong = (9 +", 'submit("bt90-q4", 2)')):
        notebook["cells"].insert(place + 1 + number, {**notebook["cells"][place], "id": f"x{number}", "source": source})
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
    shutil.copy(pack.build(folder, UNIT, ONE, TEN).path, stick(course))
    collect.collect(stick(course))
    assert cells_of(ONE, course)["bt90-q4-lam"]["source"] == 'submit("bt90-q4", 2)'


@pytest.mark.parametrize("share", [0.25, 0.4, 0.6])
def test_a_zip_that_was_cut_off_keeps_all_answers_and_its_hour(course, share):
    folder = work(course, ONE)
    change(folder / f"{UNIT}.ipynb", lambda cells: cells["bt90-q4-lam"].update(source=noise(9_000)))
    data = pack.build(folder, UNIT, ONE, TEN).path.read_bytes()
    (stick(course) / f"{UNIT}_{ONE}.zip").write_bytes(data[: int(len(data) * share)])
    (line,) = collect.collect(stick(course))
    assert (line.outcome, line.at) == ("taken", TEN)
    found = reader.submitted(UNIT, ONE)
    assert found is not None
    assert {name: entry["answer"] for name, entry in found.answers.items()} == {
        name: entry["answer"] for name, entry in Record(folder, UNIT, "1.0.0", ONE).answers().items()
    }


def noise(count):
    """Return so many signs that pack badly, as a notebook of a whole exercise does not get small."""
    return "# " + base64.b64encode(random.Random(1).randbytes(count)).decode()


@pytest.mark.parametrize("seconds", [0, 1])
def test_the_very_second_of_the_deadline_is_in_time_and_the_next_is_not(course, seconds):
    edit(course / "course.toml", "[deadlines]", f"[deadlines]\nbt90 = {TEN.isoformat()}")
    at = TEN + timedelta(seconds=seconds)
    shutil.copy(pack.build(work(course, ONE), UNIT, ONE, at).path, stick(course))
    (line,) = collect.collect(stick(course))
    assert (line.counts, line.late) == (not seconds, bool(seconds))
    assert set(reader.only_late(UNIT)) == ({ONE} if seconds else set())


def test_what_names_somebody_of_another_class_is_nobodys_whatever_folder_it_lies_in(course):
    made = pack.build(work(course, STRANGER), UNIT, STRANGER, TEN).path
    (stick(course) / ONE).mkdir()
    shutil.copy(made, stick(course) / ONE)
    (line,) = collect.collect(stick(course))
    assert line.outcome == "refused"
    assert STRANGER in line.reason
    assert f"--as {ONE}" in line.way_out
    assert reader.submitted(UNIT, ONE) is None
    (taken,) = collect.collect(stick(course) / ONE / made.name, owner=ONE)
    assert (taken.outcome, taken.code, taken.counts) == ("taken", ONE, True)
    (again,) = collect.collect(stick(course))
    assert (again.outcome, again.code) == ("known", ONE)


def test_a_code_that_is_one_sign_from_one_of_the_class_is_a_guess_and_never_taken(course):
    mistyped = ONE[:-1] + ("A" if ONE[-1] != "A" else "B")
    shutil.copy(pack.build(work(course, mistyped), UNIT, mistyped, TEN).path, stick(course))
    (line,) = collect.collect(stick(course))
    assert (line.outcome, line.claimed) == ("refused", ())
    assert f"Có phải {ONE}?" in line.reason
    assert reader.submitted_codes(UNIT) == []


def test_nothing_to_collect_is_said(course):
    with pytest.raises(KitError):
        collect.collect(course / "khong-co")
    assert collect.collect(stick(course)) == []


@pytest.mark.journey
def test_plain_nbgrader_grades_what_was_collected(course):
    shutil.copy(pack.build(work(course, ONE), UNIT, ONE, TEN).path, stick(course))
    collect.collect(stick(course))
    command = [sys.executable, "-m", "nbgrader", "autograde", UNIT]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, env=os.environ, check=False)
    assert done.returncode == 0, done.stderr
    with gradebook.opened() as book:
        grades = {grade.name: grade for grade in book.find_submission_notebook(UNIT, UNIT, ONE).grades}
        assert grades["bt90-q1"].auto_score == 4
        assert grades["bt90-q2"].auto_score == 0
        assert grades["bt90-q3"].needs_manual_grade


def test_what_cannot_be_laid_for_one_is_laid_for_all_others(course):
    for code in (ONE, TWO):
        shutil.copy(pack.build(work(course, code), UNIT, code, TEN).path, stick(course))
    (course / "submitted").mkdir(exist_ok=True)
    (course / "submitted" / ONE).write_text("chỗ này đã có tệp", encoding="utf-8")
    lines = collect.collect(stick(course))
    assert (course / "submitted" / TWO / UNIT / "answers.json").is_file()
    (fault,) = [line for line in lines if line.outcome == "refused"]
    assert fault.code == ONE
    assert fault.reason.startswith("Không ghi được")
    assert fault.way_out
    assert {line.code: line.counts for line in lines if line.outcome == "taken"} == {ONE: False, TWO: True}


@pytest.mark.parametrize("terminal", ["1", ""])
def test_names_of_files_are_shown_as_they_are_and_obeyed_by_nothing(course, capsys, monkeypatch, terminal):
    monkeypatch.setenv("FORCE_COLOR", terminal)
    monkeypatch.setenv("COLUMNS", "400")
    good = pack.build(work(course, ONE), UNIT, ONE, TEN).path
    names = ("a [/x].zip", "b [bold]c.zip", "d \x1b]52;c;X\x07.zip", "e \x9b2J.zip", "f \u202egpj.zip")
    for number, name in enumerate(names):
        folder = stick(course) / f"{number}{name}"
        (folder / name).parent.mkdir(parents=True)
        shutil.copy(good, folder / name)
        (folder / f"{ONE}.rar").write_bytes(b"Rar!")
    for command in ("collect", "repair"):
        assert cli.run([command, str(stick(course))]) == 3
        out = re.sub(r"\x1b\[[0-9;]*m", "", "".join(capsys.readouterr()))
        assert "[/x]" in out
        assert "[bold]" in out
        assert not set(out) & set("\x07\x1b\x9b\u202e")


def test_blank_lines_in_a_cell_that_stands_twice_do_not_stop_the_class():
    code = "from buuchinh.intake import merge; print(merge._joined('x', ['\\n' * 390_000 + 'x = 1', 'y = 2'])[1][0])"
    assert "2 phần" in within(code)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes any bytes for a name")
def test_names_that_are_no_utf_8_stop_nobody(course, capsys):
    good = pack.build(work(course, ONE), UNIT, ONE, TEN).path
    other = pack.build(work(course, TWO), UNIT, TWO, TEN).path
    desk = stick(course)
    folder = desk / os.fsdecode("Bài nô\u0323p".encode("cp1258"))
    folder.mkdir()
    shutil.copy(good, folder / os.fsdecode(b"gui \xff.zip"))
    shutil.copy(other, desk / os.fsdecode(b"B\xe0i.zip"))
    for number, place in enumerate((desk, folder)):
        (place / os.fsdecode(b"bt90_\xff.zip")).write_bytes(b"PK\x03\x04%d" % number)
    lines = collect.collect(stick(course))
    assert {line.code for line in lines if line.counts} == {ONE, TWO}
    assert [line.outcome for line in lines].count("refused") == 2
    assert "usb/Bài nộp/gui ÿ.zip" in {line.where for line in lines}
    kept = [json.loads(path.read_text(encoding="utf-8")) for path in (course / "nop-bai").rglob("collected.json")]
    assert {one["origin"] for one in kept} == {line.where for line in lines}
    assert all(os.fsencode(path).decode("utf-8") for path in (course / "nop-bai").rglob("*"))
    assert {line.outcome for line in collect.collect(stick(course))} == {"known", "refused"}
    for command in ("collect", "repair"):
        assert cli.run([command, str(stick(course))]) == 3
        assert "gui ÿ.zip" in capsys.readouterr().out.replace("\n", "")


def test_many_hand_ins_of_one_person_are_looked_through_once(course, monkeypatch):
    folder = work(course, ONE)
    record = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    with zipfile.ZipFile(stick(course) / "nhieu.zip", "w") as archive:
        for number in range(12):
            record["answers"]["bt90-q3"]["answer"] = f"Lần {number}"
            archive.writestr(f"{number}/answers.json", json.dumps(record))
            archive.writestr(f"nguoi-la/{number}/answers.json", json.dumps(record | {"code": STRANGER}))
    read, listed = [], []
    real, listing = reader.attempts, Path.iterdir

    def reading(unit, code):
        read.append(code)
        return real(unit, code)

    def looking(path):
        listed.append(path)
        return listing(path)

    monkeypatch.setattr(reader, "attempts", reading)
    monkeypatch.setattr(Path, "iterdir", looking)
    for outcome in ("taken", "known"):
        lines = collect.collect(stick(course))
        assert [line.outcome for line in lines].count(outcome) == 12
        assert sum(line.counts for line in lines) == 1
        assert len({line.at for line in lines if line.code == ONE}) == 1
        assert len(read) <= 3
        assert len([path for path in listed if "nop-bai" in path.parts]) <= 2
        read.clear()
        listed.clear()
    assert len(list((course / "nop-bai" / UNIT / ONE).iterdir())) == 12
    assert len(list((course / "nop-bai" / "khong-nhan").iterdir())) == 12


@pytest.mark.parametrize("spoiled", ["as sent", "lines joined", "UTF-16", "broken off", "in pieces"])
def test_a_zip_as_text_is_taken_as_the_zip_it_is(course, spoiled) -> None:
    folder = work(course, ONE)
    archive = pack.build(folder, UNIT, ONE, TEN).path.read_bytes()
    lines = textwrap.wrap(base64.b64encode(archive).decode("ascii"), 76)
    text = "Bài tập, mã GL. Gửi nguyên cả tệp này.\n\nBUUCHINH-ZIP\n" + "\n".join(lines) + "\n"
    data = {
        "as sent": text.encode("utf-8"),
        "lines joined": b"\xef\xbb\xbf" + " ".join(text.split()).encode("utf-8"),
        "UTF-16": text.encode("utf-16"),
        "broken off": text[: int(len(text) * 0.97)].encode("utf-8"),
        "in pieces": in_pieces(text).encode("utf-8"),
    }[spoiled]
    (stick(course) / "Tin nhắn 1.txt").write_bytes(data)
    (submission,) = find_submissions.read_all(stick(course))
    assert submission.code == ONE
    assert submission.answers == Record(folder, UNIT, "1.0.0", ONE).answers()
    if spoiled != "broken off":
        assert submission.receipt
        assert (submission.notes, submission.receipt.check) == ((), pack.build(folder, UNIT, ONE, TEN).receipt.check)


def in_pieces(text: str) -> str:
    """Return a text as a chat program has it that cuts it into messages and names who sent each."""
    return "\n".join(f"Lan Bưu tá, [29/11/2026 20:31]\n{text[at : at + 700]}" for at in range(0, len(text), 700))


@pytest.mark.parametrize("order", [(ONE, TWO), (TWO, ONE)])
def test_what_two_people_sent_may_stand_in_one_text(course, order) -> None:
    (stick(course) / "Hai bài.txt").write_text(2 * text_of(course, *order), encoding="utf-8")
    lines = collect.collect(stick(course))
    assert sorted(line.code for line in lines if line.outcome == "taken") == [ONE, TWO]
    assert {line.outcome for line in lines} <= {"taken", "known"}  # pasted twice is one hand-in
    assert not [line.notes for line in lines if "cắt" in " ".join(line.notes) or not line.check]


def text_of(course, *people: str) -> str:
    """Return what these people sent as text, one after the other."""
    sent = []
    for code in people:
        archive = pack.build(work(course, code), UNIT, code, TEN).path.read_bytes()
        signs = base64.b64encode(archive).decode("ascii")
        sent.append(f"Bài tập, mã {code}. Gửi nguyên cả tệp này.\n\nBUUCHINH-ZIP\n{signs}\n")
    return "\n".join(sent)


def test_a_sentence_that_speaks_of_the_mark_is_no_hand_in(course) -> None:
    (stick(course) / "Tin.txt").write_text("Em gửi BUUCHINH-ZIP nhé.\n" + text_of(course, ONE), encoding="utf-8")
    assert [(line.code, line.outcome) for line in collect.collect(stick(course))] == [(ONE, "taken")]


def test_more_hand_ins_than_one_text_may_hold_are_told_and_not_dropped(course) -> None:
    text = text_of(course, ONE) * base64_submission.MOST + text_of(course, TWO)
    (stick(course) / "Cả lớp.txt").write_text(text, encoding="utf-8")
    assert [line.outcome for line in collect.collect(stick(course))] == ["taken", "refused"]


def test_a_folder_that_cannot_be_listed_is_named(course, capsys) -> None:
    """A path is longer than a system takes: a stick that is pulled out and a missing right come to the same."""
    shutil.copy(pack.build(work(course, ONE), UNIT, ONE, TEN).path, stick(course))
    here = Path.cwd()
    try:
        os.chdir(stick(course))
        for _ in range(20):
            Path("a" * 250).mkdir()
            os.chdir("a" * 250)
    finally:
        os.chdir(here)
    assert cli.run(["collect", str(stick(course))]) == 3
    told = capsys.readouterr().out
    assert "Kiểm tra USB còn cắm" in " ".join(told.split())
    assert ONE in told


def test_a_unit_that_is_mistyped_is_told_and_nothing_is_collected(course, capsys):
    (course / "usb").mkdir()
    assert cli.run(["collect", str(course / "usb"), "--unit", "bt9"]) == 1
    assert "bt90" in capsys.readouterr().err
