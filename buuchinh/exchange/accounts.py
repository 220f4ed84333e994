"""Find the trainee's code of an account of the hub: the account's name, or a row of a table for other names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from buuchinh import codes, spreadsheet
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say

_TLJH = "jupyter-"
"""What The Littlest JupyterHub puts before a hub's name to make a Unix account of it."""


@dataclass(frozen=True)
class Accounts:
    """The codes of a hub's accounts; ``listed`` maps accounts whose name is no code to codes."""

    listed: Mapping[str, str] = field(default_factory=dict)

    def code(self, account: str) -> str | None:
        """Return the code of an account of the hub or of Unix, or None if it has none."""
        for name in (account, account.removeprefix(_TLJH)):
            if name in self.listed:
                return self.listed[name]
            if codes.valid(name):
                return codes.normalise(name)
        return None


def read(table: Path | None) -> Accounts:
    """Read a table of two columns, code and account; raise ``KitError`` with each row that is wrong."""
    if table is None:
        return Accounts()
    listed: dict[str, str] = {}
    problems: list[Problem] = []
    rows = [(number, [*row, "", ""][:2]) for number, row in spreadsheet.rows(table) if any(row)]
    for place, (number, (typed, account)) in enumerate(rows):
        if not codes.valid(typed):
            if place:  # the first row may be a header
                problems.append(Problem(table.name, number, say("exchange.accounts.no_code", code=typed)))
            continue
        code = codes.normalise(typed)
        if not account:
            continue
        if account in listed or code in listed.values():
            problems.append(Problem(table.name, number, say("exchange.accounts.twice", code=code, account=account)))
        listed[account] = code
    if problems:
        raise KitError(problems)
    if not listed:
        raise KitError([Problem(table.name, 0, say("exchange.accounts.empty"))])
    return Accounts(listed)
