"""Find the trainee's code of an account of the hub: the account's name, or a row of a table for other names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from buuchinh import codes, spreadsheet
from buuchinh.errors import KitError, Problem
from buuchinh.messages import say

_TLJH = "jupyter-"
"""The prefix with which The Littlest JupyterHub makes a Unix account of a hub's name."""


@dataclass(frozen=True)
class Accounts:
    """The codes of a hub's accounts; ``listed`` maps accounts whose name is no code to codes."""

    listed: Mapping[str, str] = field(default_factory=dict)

    def code(self, account: str) -> str | None:
        """Return the code of an account of the hub or of Unix, or None if it has none.

        A name is a code only as the guide writes it, and not if the table gives that code to another account.
        """
        for name in (account, account.removeprefix(_TLJH)):
            if name in self.listed:
                return self.listed[name]
            if codes.valid(name) and name == (code := codes.normalise(name)).lower():
                return None if code in self.listed.values() else code
        return None

    def shared(self, accounts: Iterable[str]) -> dict[str, list[str]]:
        """Return each code that several of these or of this machine's accounts would have, with their sorted names."""
        import pwd  # Unix alone

        of_code: dict[str, set[str]] = defaultdict(set)
        for account in {*accounts, *(entry.pw_name for entry in pwd.getpwall())}:
            if code := self.code(account):
                of_code[code].add(account)
        return {code: sorted(names) for code, names in of_code.items() if len(names) > 1}


def read(table: Path | None) -> Accounts:
    """Read a table of two columns, code and account; raise ``KitError`` with each row that is wrong."""
    if table is None:
        return Accounts()
    listed: dict[str, str] = {}
    problems: list[Problem] = []
    rows = [(number, [*row, "", ""][:2]) for number, row in spreadsheet.rows(table) if any(row)]
    for place, (number, (typed, written)) in enumerate(rows):
        account = written.lower()  # as a hub has names
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
        raise KitError(say("exchange.accounts.empty"), path=table.name)
    return Accounts(listed)
