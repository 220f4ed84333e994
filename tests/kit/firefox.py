"""The machine's own Firefox, driven by WebDriver BiDi: Playwright starts only a Firefox that it has patched itself."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import websocket

_NAMES = ("firefox-esr", "firefox")
_LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
_PREFERENCES = {
    "security.fileuri.strict_origin_policy": True,  # as people have it: a file is an origin of its own
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}


def installed() -> str | None:
    """Return the path of the machine's Firefox, None where it has none."""
    return os.environ.get("FIREFOX") or next(filter(None, map(shutil.which, _NAMES)), None)


class Firefox:
    """One tab. What it evaluates must be what JSON can hold."""

    def __init__(self, address: str) -> None:
        self._socket = websocket.create_connection(f"{address}/session", timeout=60, suppress_origin=True)
        self._numbers = itertools.count(1)
        self._ask("session.new", capabilities={})
        self._tab = self._ask("browsingContext.getTree")["contexts"][0]["context"]

    def goto(self, address: str) -> None:
        """Open ``address`` and wait until it has loaded."""
        self._ask("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    def reload(self) -> None:
        """Load the page again."""
        self._ask("browsingContext.reload", context=self._tab, wait="complete")

    def evaluate(self, function: str, value: Any = None) -> Any:
        """Return what the JavaScript function returns for ``value``."""
        text = f"(async () => JSON.stringify(await ({function})({json.dumps(value)}) ?? null))()"
        found = self._ask("script.evaluate", expression=text, target={"context": self._tab}, awaitPromise=True)
        assert found["type"] == "success", found
        return json.loads(found["result"]["value"])

    def until(self, function: str, seconds: float = 20) -> None:
        """Wait until the function returns something true."""
        end = time.monotonic() + seconds
        while not self.evaluate(f"async () => Boolean(await ({function})())"):
            assert time.monotonic() < end, function
            time.sleep(0.1)

    def _ask(self, method: str, **params: Any) -> Any:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            heard = json.loads(self._socket.recv())
            if heard.get("id") == number:
                assert heard["type"] == "success", heard
                return heard["result"]


@contextmanager
def started(program: str, profile: Path) -> Iterator[Firefox]:
    """Start Firefox with an empty profile, and end it."""
    profile.mkdir(parents=True)
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in _PREFERENCES.items()]
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    command = [program, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8", errors="replace",
        env=os.environ | {"HOME": str(profile)},
    ) as running:  # fmt: skip
        try:
            assert running.stderr is not None
            address = next(found[1] for line in running.stderr if (found := _LISTENS.search(line)))
            yield Firefox(address)
        finally:
            running.terminate()
