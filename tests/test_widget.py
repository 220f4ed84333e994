"""The kernel's side of a question: kept, then confirmed; refused, then said."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from buuchinh.questions.browser.widget import QuestionWidget, show
from kit import question as kit

from buuchinh.errors import KitError
from buuchinh.questions.answers import Record
from buuchinh.questions.browser import widget as rooms


class Listening(QuestionWidget):
    """A widget whose messages can be read."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self.sent: list[dict[str, Any]] = []
        super().__init__(*given, **named)

    def send(self, content: Any, buffers: Any = None) -> None:
        self.sent.append(content)

    def hear(self, message: object) -> None:
        self._handle_custom_msg(message, [])


def test_an_answer_is_on_disk_before_it_is_called_saved(tmp_path: Path) -> None:
    record = Record(tmp_path, "t", "1.0.0", "GL-0123-K")
    widget = Listening(kit.exam_payload("t-single"), lambda answer: record.put("t-single", answer))
    widget.hear({"kind": "answer", "answer": "o1", "number": 7})
    kept = json.loads((tmp_path / "answers.json").read_text(encoding="utf-8"))["answers"]["t-single"]
    assert kept["answer"] == "o1"
    assert widget.sent == [{"kind": "saved", "number": 7, "at": kept["at"]}]
    assert datetime.fromisoformat(widget.sent[0]["at"]).tzinfo is not None
    assert (widget.answer, widget.answered_at) == ("o1", kept["at"])


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (KitError("Ổ đĩa đầy."), "Ổ đĩa đầy."),
        (OSError(28, "No space left on device"), "Không ghi được: ổ đĩa đã đầy (ENOSPC)."),
    ],
)
def test_what_could_not_be_kept_is_said_and_not_called_saved(fault: Exception, why: str) -> None:
    def refuse(_answer: object) -> datetime:
        raise fault

    widget = Listening(kit.exam_payload("t-single"), refuse, answer="o0")
    widget.hear({"kind": "answer", "answer": "o1", "number": 1})
    assert widget.sent == [{"kind": "failed", "number": 1, "why": why}]
    assert widget.answer == "o0"


@pytest.mark.parametrize("message", [None, [], "answer", {"kind": "other"}, {}])
def test_other_messages_change_nothing(message: object) -> None:
    kept: list[object] = []
    widget = Listening(kit.exam_payload("t-single"), kept.append)
    widget.hear(message)
    assert not kept
    assert not widget.sent


def test_outputs_are_the_same_at_every_run_but_for_the_view(monkeypatch: pytest.MonkeyPatch) -> None:
    def outputs() -> list[dict[str, Any]]:
        shown: list[dict[str, Any]] = []
        monkeypatch.setattr(rooms, "display", lambda data, raw: shown.append(data))
        show(kit.public("t-form"), Listening(kit.exam_payload("t-form"), lambda _: datetime.now().astimezone()))
        return shown

    first, second = outputs(), outputs()
    assert first[0] == second[0]
    assert [sorted(one) for one in first] == [
        ["text/html", "text/plain"],
        ["application/vnd.jupyter.widget-view+json", "text/plain"],
    ]
    assert first[1]["text/plain"] == second[1]["text/plain"]
    assert "0x" not in json.dumps(first)


def test_a_graded_widget_holds_no_key() -> None:
    for name in kit.ALL:
        state = json.dumps(Listening(kit.exam_payload(name), lambda _: datetime.now().astimezone()).payload)
        assert '"keys"' not in state
        assert "CANARY" not in state
