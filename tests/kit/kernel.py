"""A real kernel for tests of widgets: cells are run in it, and controls are moved, as a browser does both."""

from __future__ import annotations

import os
from queue import Empty
from typing import Any

from jupyter_client.manager import start_new_kernel

from buuchinh.notebook.display_parts import LAB
from kit.course import ROOT

Message = dict[str, Any]


class Kernel:
    """A real kernel of the course's lab, spoken to as a browser speaks to it: cells, and messages of widgets."""

    def __init__(self) -> None:
        self.manager, self.client = start_new_kernel(cwd=str(ROOT), env=os.environ | {LAB: "1"})

    def run(self, code: str) -> list[Message]:
        name = self.client.execute(code)
        return self._until_idle(name)

    def set(self, widget: str, state: dict[str, Any]) -> list[Message]:
        content = {"comm_id": widget, "data": {"method": "update", "state": state, "buffer_paths": []}}
        message = self.client.session.msg("comm_msg", content)
        self.client.shell_channel.send(message)
        return self._until_idle(message["header"]["msg_id"])

    def _until_idle(self, parent: str) -> list[Message]:
        heard = []
        while True:
            try:
                message = self.client.get_iopub_msg(timeout=60)
            except Empty:
                raise AssertionError("the kernel says nothing") from None
            if message["parent_header"].get("msg_id") != parent:
                continue
            heard.append(message)
            if message["msg_type"] == "error":
                raise AssertionError("\n".join(message["content"]["traceback"]))
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return heard

    def stop(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def opened(messages: list[Message]) -> list[tuple[str, dict[str, Any]]]:
    """Return each widget that was opened with its state."""
    return [
        (one["content"]["comm_id"], one["content"]["data"]["state"])
        for one in messages
        if one["msg_type"] == "comm_open"
    ]
