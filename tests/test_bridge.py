"""A kernel whose front end has not the course's extension answers its page itself: by one widget, without any key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient

from buuchinh.notebook.display_parts import LAB, MIME

CODE = "GL-0123-Q"
WIDGET = "application/vnd.jupyter.widget-view+json"
OPENED = """
import sys
opened = []
sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event == "open" else None)
"""
Messages = list[dict[str, Any]]


class Kernel:
    """A kernel as a front end has one: somebody sits before it, and it is asked over the course's widget."""

    def __init__(self, client: BlockingKernelClient) -> None:
        self.client = client
        self.comm = ""

    def run(self, source: str) -> Messages:
        """Return what the kernel tells while a cell runs; a widget that it opens is asked from now on."""
        told = self._until_idle(self.client.execute(source, allow_stdin=True))
        errors = [one["content"] for one in told if one["msg_type"] == "error"]
        assert errors == []
        self.comm = next(iter(opened(told)), {"comm_id": self.comm})["comm_id"]
        return told

    def ask(self, method: str, path: str, **given: Any) -> tuple[bool, Any]:
        """Return whether it is done, and what is given or why not, as the page asks."""
        content = {"id": "1", "method": method, "path": path, "given": {"notebook": "lessons/x.ipynb", **given}}
        said = {"comm_id": self.comm, "data": {"method": "custom", "content": content}}
        message = self.client.session.msg("comm_msg", said)
        self.client.shell_channel.send(message)
        told = self._until_idle(message["header"]["msg_id"])
        (answer,) = [one["content"]["data"]["content"] for one in told if one["msg_type"] == "comm_msg"]
        return answer["ok"], json.loads(answer["told"])

    def _until_idle(self, asked: str) -> Messages:
        told: Messages = []
        while True:
            one = self.client.get_iopub_msg(timeout=60)
            if one["parent_header"].get("msg_id") != asked:
                continue
            if one["msg_type"] == "status" and one["content"]["execution_state"] == "idle":
                return told
            told.append(one)


def opened(told: Messages) -> list[dict[str, Any]]:
    """Return the course's widgets that were opened."""
    made = [one["content"] for one in told if one["msg_type"] == "comm_open"]
    return [one for one in made if "notebook" in one["data"].get("state", {})]


def shown(told: Messages) -> list[dict[str, Any]]:
    return [one["content"]["data"] for one in told if one["msg_type"] == "display_data"]


@pytest.fixture
def kernel(course_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kernel]:
    monkeypatch.delenv(LAB, raising=False)
    manager, client = start_new_kernel(cwd=str(course_copy / "lessons"))
    yield Kernel(client)
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_parts_go_over_one_widget_and_no_output_holds_a_view_of_it(kernel: Kernel) -> None:
    told = kernel.run('from buuchinh import ask, start_page\nask("l05-q01")\nask("l05-q02")\nstart_page()')
    (widget,) = opened(told)
    assert widget["data"]["state"]["notebook"].startswith("lessons/")
    assert opened(kernel.run('ask("l05-q03")')) == []
    for bundle in shown(told):
        assert set(bundle) == {MIME, "text/html", "text/plain"}
        assert "bc-standin" in bundle["text/html"]
        assert "data-buuchinh=" in bundle["text/html"]


def test_an_answer_over_the_kernel_is_in_the_same_journal(kernel: Kernel, course_copy: Path) -> None:
    kernel.run('from buuchinh import ask\nask("l05-q29")')
    done, told = kernel.ask("POST", "journal", unit="l05", version="1.0.0", id="l05-q29", answer="dung-nguon")
    assert done
    (line,) = (course_copy / "bai-lam/khach/l05/answers.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line) == {"id": "l05-q29", "answer": "dung-nguon", "at": told["at"], "origin": "choice"}
    assert kernel.ask("GET", "journal", unit="l05")[1]["entries"] == {"l05-q29": told["entry"]}


def test_what_is_not_done_is_told_as_the_server_tells_it(kernel: Kernel) -> None:
    kernel.run('from buuchinh import ask\nask("l05-q29")')
    done, told = kernel.ask("GET", "pages/l99")
    assert (done, told["kind"]) == (False, "refused")
    done, told = kernel.ask("POST", "journal", unit="l05", id="l05-q29", answer="a" * 200_001)
    assert (done, told["kind"]) == (False, "refused")
    assert "dài quá" in told["message"]
    assert kernel.ask("GET", "pages/l05", on=["?"])[0] is False
    assert kernel.ask("GET", "journal", unit="l05")[1]["entries"] == {}


def test_no_call_brings_a_key_of_what_is_graded_into_the_kernel(kernel: Kernel, course_copy: Path) -> None:
    kernel.run(OPENED + 'from buuchinh import ask, hand_in\nask("l05-q01")')
    assert kernel.ask("PUT", "person", code=CODE)[0]
    for path in ("course", "journal/all", "pages/bt05", "pages/bt06", "pages/l05", "pages/on-tap", "pages/xem-kien"):
        done, page = kernel.ask("GET", path)
        assert done, (path, page)
        if path.startswith("pages/bt"):
            (form,) = page["forms"].values()
            name = next(iter(form))
            assert not {"correct", "key", "answer", "feedback"} & set(form[name])
            kernel.run(f'ask("{name}")\nhand_in("{page["id"]}")')
            assert kernel.ask("POST", "journal", unit=page["id"], id=name, answer="a")[0]
    source = json.dumps(str((course_copy / "source").resolve()))
    told = kernel.run(f"import os\nprint([one for one in opened if os.path.abspath(one).startswith({source})])")
    assert [one["content"]["text"].strip() for one in told if one["msg_type"] == "stream"] == ["[]"]


def test_a_value_of_code_is_told_to_the_page_as_well(kernel: Kernel) -> None:
    told = kernel.run('from buuchinh import ask, submit\nask("bt06-q1")\nsubmit("bt06-q1", 9)')
    sent = [one["content"]["data"].get("content") for one in told if one["msg_type"] == "comm_msg"]
    assert {"mount": {"version": 1, "part": "submitted", "id": "bt06-q1"}} in sent


def test_the_lab_has_its_extension_and_needs_no_widget(course_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LAB, "1")
    manager, client = start_new_kernel(cwd=str(course_copy / "lessons"))
    told = Kernel(client).run('from buuchinh import ask\nask("l05-q01")')
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    assert opened(told) == []
    assert all("data-buuchinh" not in bundle["text/html"] for bundle in shown(told))


def test_a_program_that_runs_a_notebook_gets_stand_ins_alone(
    course_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(LAB, raising=False)
    cell = nbformat.v4.new_code_cell('from buuchinh import ask\nask("l05-q01")')
    notebook = nbformat.v4.new_notebook(cells=[cell])
    NotebookClient(notebook, resources={"metadata": {"path": str(course_copy / "lessons")}}).execute()
    text = json.dumps(notebook)
    assert "bc-standin" in text
    for word in (WIDGET, "data-buuchinh", '"widgets"'):
        assert word not in text
