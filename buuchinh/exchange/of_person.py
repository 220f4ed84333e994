"""Find and remove what the exchange holds of one person: submissions, and pages of feedback."""

from __future__ import annotations

import shutil
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path

from buuchinh.exchange import inbound, laid_pages
from buuchinh.exchange.accounts import Accounts
from buuchinh.exchange.fill_exchange import page_name, unfinished_pages
from buuchinh.exchange.places import Exchange


@dataclass(frozen=True)
class ExchangeWork:
    """A person's submissions and pages in the exchange, and the accounts whose homes hold the work itself."""

    submissions: tuple[Path, ...] = ()
    pages: tuple[Path, ...] = ()
    accounts: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        """Everything that lies in the exchange."""
        return (*self.submissions, *self.pages)


def work_of(exchange: Exchange, code: str, collected: Container[str]) -> ExchangeWork:
    """Return what the exchange holds of a person.

    Submissions are those of accounts that have the code, and those with names in ``collected``, which were taken in as
    this person's; pages, also half-written ones, have the names of submissions' secrets, or those of before. Raise
    ``OSError`` if the exchange cannot be read.
    """
    known = Accounts()
    own = [
        submission
        for submission in inbound.every(exchange.inbound)
        if (has := known.code(submission.account)) == code or (has is None and submission.name in collected)
    ]
    secrets = [
        (submission.unit, secret) for submission in own if (secret := inbound.secret(exchange.inbound, submission))
    ]
    names = {page_name(unit, secret) for unit, secret in secrets}
    names.update(name for pages in laid_pages.of_trainee(code).values() for name in pages)
    pages = [path for name in sorted(names) if (path := exchange.feedback / f"{name}.html").is_file()]
    pages += unfinished_pages(exchange, names)
    accounts = sorted({submission.account for submission in own if submission.account})
    return ExchangeWork(tuple(exchange.inbound / submission.name for submission in own), tuple(pages), tuple(accounts))


def erase(work: ExchangeWork) -> Iterator[Path]:
    """Remove what a person has in the exchange; yield what this account may not remove."""
    for path in work.paths:
        try:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)  # follows no link, also of somebody who exchanges folders meanwhile
            else:
                path.unlink(missing_ok=True)
        except FileNotFoundError:
            continue
        except OSError:
            yield path
