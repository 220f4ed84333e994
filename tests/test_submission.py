from __future__ import annotations

import contextlib
import io
import json
import stat
import time
import unicodedata
import zipfile
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit.classroom import CANARY, UNIT, make_course

from buuchinh.errors import KitError
from buuchinh.intake import file_groups, find_submissions
from buuchinh.notebook import pack, workspace
from buuchinh.questions.answers import Record
from buuchinh.release import release

CODE = "GL-0123-Q"
AT = datetime.fromisoformat("2026-11-25T10:00:00+07:00")


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        root = make_course(tmp_path_factory.mktemp("lop"))
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        release.release(UNIT)
        folder = root / "bai-lam" / CODE / UNIT
        folder.mkdir(parents=True)
        patch.chdir(folder)
        workspace.lay_out(UNIT)
        record = Record(folder, UNIT, "1.0.0", CODE)
        record.put("bt90-q1", "oxyz")
        record.put("bt90-q3", "Tôi đã báo trưởng bưu cục.")
        record.put("bt90-q4", {"tong": 11}, origin="code", cell="abc")
        yield folder, pack.build(folder, UNIT, CODE, AT).path


def parts(archive):
    with zipfile.ZipFile(archive) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(files, **attributes):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def read_bytes(tmp_path, data, name="bai.zip"):
    path = tmp_path / name
    path.write_bytes(data)
    return find_submissions.read(path)


def test_a_hand_in_says_what_was_answered_and_is_read_back_whole(released):
    _, path = released
    assert path.name == "bt90_GL-0123-Q_" + AT.astimezone().strftime("%Y%m%d-%H%M%S") + ".zip"
    assert set(parts(path)) == {"bt90.ipynb", "answers.json", "receipt.json"}
    read = find_submissions.read(path)
    assert (read.unit, read.version, read.code, read.at) == (UNIT, "1.0.0", CODE, AT)
    assert read.answers["bt90-q3"]["answer"] == "Tôi đã báo trưởng bưu cục."
    assert read.notes == ()
    assert read.receipt is not None
    assert read.receipt.answered == ("bt90-q1", "bt90-q3", "bt90-q4")
    assert read.receipt.unanswered == ("bt90-q2",)
    for name, data in parts(path).items():
        assert CANARY not in data.decode("utf-8"), name


def test_a_changed_file_and_a_changed_receipt_are_noticed(released, tmp_path):
    files = parts(released[1])
    files["answers.json"] = files["answers.json"].replace(b"oxyz", b"oabc")
    assert any("answers.json" in note for note in read_bytes(tmp_path, packed(files)).notes)
    receipt = json.loads(files["receipt.json"])
    receipt["at"] = "2026-11-24T10:00:00+07:00"
    files["receipt.json"] = json.dumps(receipt).encode()
    assert any("mã kiểm tra" in note for note in read_bytes(tmp_path, packed(files)).notes)


def test_a_folder_too_deep_windows_separators_and_vietnamese_names(released, tmp_path):
    files = parts(released[1])
    for folder in ("Bài nộp/Tuần 1/", unicodedata.normalize("NFD", "Bài tập ") + "/", "bai\\nop\\"):
        read = read_bytes(tmp_path, packed({folder + name: data for name, data in files.items()}))
        assert len(read.answers) == 3
        assert read.code == CODE


def test_names_in_an_old_code_page_do_not_matter(released, tmp_path):
    data = packed({f"Bxi/{name}": data for name, data in parts(released[1]).items()})
    assert len(read_bytes(tmp_path, data.replace(b"Bxi/", b"B\xe0i/")).answers) == 3


@pytest.mark.parametrize("bad", ["../answers.json", "/etc/answers.json", "C:\\answers.json", "a/../../answers.json"])
def test_paths_that_lead_out_are_left_alone(released, tmp_path, bad):
    files = parts(released[1])
    files[bad] = b'{"answers": {"bt90-q1": {"answer": "forged"}}}'
    found = [one for one in find_submissions.read_all(_written(tmp_path, packed(files))) if one.answers]
    assert len(found) == 1
    assert found[0].answers["bt90-q1"]["answer"] == "oxyz"


def test_links_bombs_passwords_and_strange_compression_cost_a_note_not_memory(released, tmp_path, monkeypatch):
    monkeypatch.setattr(file_groups, "FILE_CAP", 1_000_000)
    files = parts(released[1])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("bt90.ipynb", "receipt.json"):
            archive.writestr(name, files[name])
        link = zipfile.ZipInfo("answers.json")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("answers.jsonl", b" " * 50_000_000)
        archive.writestr(zipfile.ZipInfo("khac.ipynb"), b"{}", compress_type=zipfile.ZIP_BZIP2)
    read = read_bytes(tmp_path, out.getvalue())
    assert read.answers == {}
    assert len(read.notes) >= 4
    assert read.unit == UNIT


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_other_encodings_lose_nothing(released, tmp_path, encoding):
    files = {
        name: data.decode("utf-8").replace("\n", "\r\n").encode(encoding) for name, data in parts(released[1]).items()
    }
    read = read_bytes(tmp_path, packed(files))
    assert read.answers["bt90-q3"]["answer"] == "Tôi đã báo trưởng bưu cục."
    assert read.notebook is not None
    assert len(read.notebook["cells"]) == 9


def test_of_two_files_with_answers_the_later_answer_counts_and_of_equal_hours_the_second(released, tmp_path):
    early, late = ("2026-11-25T10:00:00+07:00", "2026-11-25T10:05:00+07:00")

    def answers(**said):
        entries = {f"bt90-{name}": {"answer": answer, "at": at} for name, (answer, at) in said.items()}
        return json.dumps({"unit": UNIT, "version": "1.0.0", "code": CODE, "answers": entries}).encode()

    first = answers(q1=("a", late), q2=("a", early), q3=("a", late))
    second = answers(q1=("b", early), q2=("b", late), q3=("b", late))
    read = read_bytes(tmp_path, packed({"answers (1).json": first, "answers (2).json": second}))
    assert {name: entry["answer"] for name, entry in read.answers.items()} == {
        "bt90-q1": "a", "bt90-q2": "b", "bt90-q3": "b",
    }  # fmt: skip


def test_a_notebook_cut_in_the_middle_gives_its_whole_cells_and_answers_cut_their_whole_answers(released, tmp_path):
    files = parts(released[1])
    text = files["bt90.ipynb"].decode("utf-8")
    files["bt90.ipynb"] = text[: text.index('hand_in()"') - 5].encode()
    answers = files["answers.json"].decode("utf-8")
    files["answers.json"] = answers[: answers.index('"bt90-q4"') + 20].encode()
    read = read_bytes(tmp_path, packed(files))
    assert read.notebook is not None
    assert len(read.notebook["cells"]) >= 7
    assert set(read.answers) >= {"bt90-q1", "bt90-q3"}
    assert (read.unit, read.code) == (UNIT, CODE)


def test_an_old_notebook_is_read(released, tmp_path):
    old = {
        "nbformat": 3,
        "worksheets": [{"cells": [{"cell_type": "code", "input": ["submit('bt90-q4', 1)\n"], "metadata": {}}]}],
    }
    read = read_bytes(tmp_path, json.dumps(old).encode(), "bt90_GL-0123-Q.ipynb")
    assert read.notebook is not None
    assert read.notebook["cells"][0]["source"].startswith("submit")
    assert (read.unit, read.code) == (UNIT, CODE)


def test_what_json_cannot_hold_arrives_as_words(released, tmp_path):
    values = b'"bt90-q4": {"answer": {"tong": [NaN, 1e999, -Infinity]}}, "bt90-q3": {"answer": "x\\ud800y"}'
    raw = b'{"unit": "bt90", "code": "GL-0123-Q", "answers": {' + values + b"}}"
    read = read_bytes(tmp_path, packed({"answers.json": raw}))
    json.dumps(read.answers, allow_nan=False).encode("utf-8")
    assert read.answers["bt90-q4"]["answer"]["tong"][1] == "1e999"
    assert json.dumps(read.answers["bt90-q3"], ensure_ascii=False).encode("utf-8")


def test_the_journal_stands_in_for_a_missing_answer_file(released, tmp_path):
    folder = tmp_path / UNIT
    folder.mkdir()
    (folder / "answers.jsonl").write_bytes((released[0] / "answers.jsonl").read_bytes() + b'{"id": "bt90-q1", "ans')
    (folder / "bt90.ipynb").write_bytes((released[0] / "bt90.ipynb").read_bytes())
    read = find_submissions.read(folder)
    assert set(read.answers) == {"bt90-q1", "bt90-q3", "bt90-q4"}
    assert any("answers.json" in note for note in read.notes)


def test_a_zip_of_zips_gives_each_hand_in(released, tmp_path):
    data = released[1].read_bytes()
    found = find_submissions.read_all(
        _written(tmp_path, packed({"lop/a.zip": data, "lop/b.zip": data, "lop/hong.zip": b"PK\x03\x04"}))
    )
    assert sum(bool(one.answers) for one in found) == 2


def test_no_notebook_no_hand_in(released, tmp_path):
    with pytest.raises(KitError):
        pack.build(tmp_path, UNIT, CODE)


@settings(max_examples=120, deadline=timedelta(seconds=60), suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_arrives_it_is_read_or_refused_in_words(released, tmp_path, data):
    """Bytes changed, cut or random, in the zip and in each file: never an exception of somebody else's."""
    files = parts(released[1])
    name = data.draw(st.sampled_from(sorted(files)))
    raw = bytearray(files[name])
    kind = data.draw(st.sampled_from(["cut", "flip", "random", "zip"]))
    if kind == "cut":
        raw = raw[: data.draw(st.integers(0, len(raw)))]
    elif kind == "random":
        raw = bytearray(data.draw(st.binary(max_size=300)))
    else:
        for _ in range(data.draw(st.integers(1, 8))):
            raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    files[name] = bytes(raw)
    whole = bytearray(packed(files))
    if kind == "zip":
        for _ in range(data.draw(st.integers(1, 8))):
            whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(KitError):
        for read in find_submissions.read_all(_written(tmp_path, bytes(whole))):
            json.dumps(dict(read.answers), allow_nan=False, ensure_ascii=False).encode("utf-8")


def _written(tmp_path, data):
    path = tmp_path / "nop.zip"
    path.write_bytes(data)
    return path


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows has no TZ")
@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York", "Asia/Ho_Chi_Minh"])
def test_a_receipt_holds_in_any_time_zone(released, tmp_path, monkeypatch, zone):
    """The check is over the time as it was issued, so that receipts of earlier versions hold too."""
    folder, _ = released
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Ho_Chi_Minh")
        time.tzset()
        data = pack.build(folder, UNIT, CODE, AT).path.read_bytes()
        patch.setenv("TZ", zone)
        time.tzset()
        read = read_bytes(tmp_path, data)
        files = parts(io.BytesIO(data))
        files["receipt.json"] = files["receipt.json"].replace(b"T10:00:00+07:00", b"T09:00:00+07:00")
        forged = read_bytes(tmp_path, packed(files))
    time.tzset()
    assert read.receipt is not None
    assert read.receipt.at == AT
    assert read.notes == ()
    assert any("đã bị sửa" in note for note in forged.notes)


def short_test(unit="kt1", version="9.9.9"):
    """Return a finished short test as it rides along in a hand-in."""
    about = {"format": 1, "unit": unit, "version": version, "code": CODE, "finished_at": "2026-11-20T08:00:00+07:00"}
    return json.dumps(about | {"answers": {f"{unit}-q01": "o1", f"{unit}-q02": "o2"}}, indent=2).encode()


@pytest.mark.parametrize("names", [("kt1.json",), ("kt1.json", "kt2.json"), ("kt1 (1).json", "KT2.json"), ("x.json",)])
def test_short_tests_that_ride_along_are_no_answers_of_the_exercise(released, tmp_path, names):
    files = parts(released[1])
    for name in names:
        files[name] = short_test("kt2" if "2" in name else "kt1")
    read = read_bytes(tmp_path, packed(files))
    assert read.notes == ()
    assert set(read.answers) == {"bt90-q1", "bt90-q3", "bt90-q4"}
    assert (read.unit, read.version) == (UNIT, "1.0.0")
    assert set(names) <= set(read.files)
    bare = {name: data for name, data in files.items() if name not in {"answers.json", "receipt.json"}}
    read = read_bytes(tmp_path, packed(bare))
    assert (read.unit, read.version) != (UNIT, "9.9.9")
    assert "kt1-q01" not in read.answers
    assert any("Thiếu answers.json" in note for note in read.notes)


def test_answers_of_something_else_never_say_which_version_it_is(released, tmp_path):
    files = parts(released[1])
    del files["receipt.json"]
    files["answers (2).json"] = short_test()
    assert read_bytes(tmp_path, packed(files)).version == "1.0.0"
    other = json.loads(files["answers.json"]) | {"unit": "l01", "version": "8.8.8"}
    files["answers.json"] = json.dumps(other).encode()
    assert read_bytes(tmp_path, packed(files)).version == "1.0.0"


def test_practice_beside_an_exercise_is_passed_over_and_what_only_lies_in_such_a_folder_is_not(released, tmp_path):
    answers = parts(released[1])["answers.json"]
    test = json.dumps({"format": 1, "unit": "kt1", "code": CODE, "answers": {"kt1-q01": {"answer": "a"}}}).encode()
    lesson = b'{"id": "l03-q01", "answer": "a"}\n'
    places = {f"{CODE}/kt1/answers.json": test, f"{CODE}/l03/answers.jsonl": lesson, "L07/answers.json": b'{"an'}
    again = json.dumps({"format": 1, "unit": "on-tap", "code": CODE, "answers": {"l03-q01": {"answer": "b"}}}).encode()
    places |= {
        f"{CODE}/on-tap/answers.json": again,
        f"{CODE}/on-tap-2/answers.jsonl": lesson,
        "khach/answers.json": test,
    }
    packed_all = packed({f"{CODE}/{UNIT}/answers.json": answers, **places})
    read = read_bytes(tmp_path, packed_all, f"{UNIT}_{CODE}.zip")
    assert (read.unit, read.code) == (UNIT, CODE)
    for folder in ("l01", "kt1", "khach", "on-tap"):
        (found,) = find_submissions.read_all(_laid(tmp_path / folder / "answers.json", answers).parent)
        assert (found.unit, found.code) == (UNIT, CODE)
        assert (
            len(find_submissions.read_all(_laid(tmp_path / f"{folder}-b" / folder / f"{UNIT}.ipynb", b"{}").parent))
            == 1
        )


def _laid(path, data):
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    return path
