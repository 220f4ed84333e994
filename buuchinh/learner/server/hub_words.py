"""Say on a hub what holds there: one logs in, needs the network, and hands in without sending a file."""

from __future__ import annotations

from typing import Any

from buuchinh import course
from buuchinh.exchange import places
from buuchinh.lab import hub_login
from buuchinh.messages import section


def words() -> dict[str, Any]:
    """Return the sentences of the screens that take the place of others here, by name; elsewhere there are none."""
    return _sentences("hub", "exchange")


def reword(path: str, notebook: dict[str, Any]) -> None:
    """Replace the sentences of the start page that do not hold here, in what is served; its file stays as it is."""
    if path.strip("/") != course.START_PAGE:
        return
    instead = _sentences("hub_page", "exchange_page")
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            for said, holds in instead.values():
                cell["source"] = cell["source"].replace(said, holds)


def _sentences(hub: str, exchange: str) -> dict[str, Any]:
    """Return the messages of a hub, and of its exchange if it has one."""
    if not hub_login.on_hub():
        return {}
    return section(f"learner.{hub}") | (section(f"learner.{exchange}") if places.of_hub() else {})
