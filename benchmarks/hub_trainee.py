"""A trainee on a hub by the requests that the screens send: log in, open a sheet, answer it, hand it in."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import Any

import requests

_VERSION = "X-Buuchinh-Version"
_START = {"notebook": "lessons/00-bat-dau.ipynb"}
_PATIENCE = 300


class Trainee:
    """A logged-in person: the cookies of a browser, and the notebook that is open."""

    def __init__(self, address: str, name: str, password: str) -> None:
        self.name, self._hub, self._password = name, address, password
        self._server = f"{address}/user/{name}"
        self._session = requests.Session()
        self._notebook = ""
        self._version = ""
        self.questions: Mapping[str, Any] = {}
        """The questions of the open sheet by their ids, which are the same in all its forms."""

    def enter(self) -> float:
        """Log in, and return the seconds until the person's own server has sent its first page."""
        begun = time.perf_counter()
        login = f"{self._hub}/hub/login"
        self._session.get(login, timeout=60)
        form = {"username": self.name, "password": self._password, "_xsrf": self._sign("/hub/")}
        self._session.post(login, form, timeout=_PATIENCE).raise_for_status()
        page = None
        while time.perf_counter() - begun < _PATIENCE:
            page = self._session.get(f"{self._server}/", timeout=_PATIENCE)
            if page.ok and page.url.startswith(f"{self._server}/"):
                return time.perf_counter() - begun
            time.sleep(1)
        message = f"{self.name}: no server after {_PATIENCE} s: {page.url if page else ''}"
        raise TimeoutError(message)

    def open(self, unit: str) -> None:
        """Open a unit from the start page, as its card does."""
        self._ask("GET", "course", _START)
        self._ask("GET", "journal/all", _START)
        self._notebook = self._ask("POST", "workspace", {**_START, "unit": unit})["path"]
        self._ask("GET", "journal/all", {"notebook": self._notebook})
        page = self._ask("GET", f"pages/{unit}", {"notebook": self._notebook})
        self.questions = next(iter(page["forms"].values()))

    def answer(self, unit: str, question: str, answer: Any) -> float:
        """Give an answer, and return the seconds until the server says that it is on the disk."""
        begun = time.perf_counter()
        self._ask("POST", "journal", {"notebook": self._notebook, "unit": unit, "id": question, "answer": answer})
        return time.perf_counter() - begun

    def hand_in(self, unit: str) -> Mapping[str, Any]:
        """Press "Nộp bài", and return the receipt."""
        receipt: Mapping[str, Any] = self._ask(
            "POST", "submissions", {"notebook": self._notebook, "unit": unit, "anyway": True}
        )
        return receipt

    def _ask(self, method: str, name: str, given: Mapping[str, Any]) -> Any:
        address = f"{self._server}/buuchinh/api/{name}"
        headers = {"X-XSRFToken": self._sign(f"/user/{self.name}/")} | (
            {_VERSION: self._version} if self._version else {}
        )
        body: dict[str, Any] = {"params": given} if method == "GET" else {"json": given}
        answer = self._session.request(method, address, headers=headers, timeout=_PATIENCE, **body)
        if not answer.ok:
            message = f"{self.name}: {method} {name}: {answer.status_code} {answer.text[:300]}"
            raise RuntimeError(message)
        self._version = self._version or answer.headers.get(_VERSION, "")
        return answer.json()

    def _sign(self, path: str) -> str:
        """Return the sign against forgery that the hub gave for this path."""
        found = [one.value for one in self._session.cookies if one.name == "_xsrf" and one.path == path]
        return re.sub(r'^"|"$', "", str(found[0])) if found else ""
