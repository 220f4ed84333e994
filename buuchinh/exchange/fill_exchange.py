"""Make the exchange's folders with their rights, and put released units and feedback into them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import tempfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from buuchinh.errors import KitError
from buuchinh.exchange.accounts import Accounts
from buuchinh.exchange.places import (
    FEEDBACK_MODE,
    INBOUND_MODE,
    OPEN_MODE,
    PUBLIC_MODE,
    ROOT_MODE,
    Exchange,
)
from buuchinh.files import remove_tree, remove_unfinished, whole_folder, write_bytes
from buuchinh.messages import say

_PROBE, _PROBE_NAME = 0o711, ".thu-"
_ACCESS_LISTS = {"system.posix_acl_access", "system.posix_acl_default"}
"""Rights beside the mode, which somebody who had the folder before may have given himself."""
_UNFINISHED_PAGE = re.compile(r"\.?(?P<name>[0-9a-f]{32})(?:-tmp\.html|(?:-tmp)?\.html\.[a-z0-9_]{8})")
"""Names of a page that is being written: by ``write_bytes``; by version 0.3.0, and nbgrader, as “…-tmp.html”."""


def set_up(exchange: Exchange, accounts: Accounts, enrolled: Collection[str]) -> None:
    """Create the folders of the exchange, or correct their permissions.

    Raise ``KitError`` if a folder is somebody else's, if the disk stores no owners and permissions, or if a trainee is
    in the group that reads submissions.
    """
    for path, mode in (  # the root last: once it is open, anybody may make a folder in it
        (exchange.folder, OPEN_MODE),
        (exchange.outbound, OPEN_MODE),
        (exchange.inbound, INBOUND_MODE),
        (exchange.feedback, FEEDBACK_MODE),
        (exchange.root, ROOT_MODE),
    ):
        _own_folder(path, mode)
    group = exchange.inbound.stat().st_gid
    for account in _members(group):
        code = accounts.code(account)
        if code in enrolled:
            message = say("exchange.publish.trainee_in_group", account=account, code=code)
            raise _refused(exchange.inbound, message, "group_way_out")


def release(exchange: Exchange, unit: str, files: Mapping[str, bytes]) -> Path:
    """Put the public files of a unit where ``nbgrader fetch_assignment`` finds them, in place of an earlier version."""
    target = exchange.outbound / unit
    with whole_folder(target) as fresh:
        for name, data in files.items():
            write_bytes(fresh / name, data)
        for path in (fresh, *fresh.rglob("*")):
            path.chmod(OPEN_MODE if path.is_dir() else PUBLIC_MODE)
    return target


def feedback(exchange: Exchange, name: str, page: bytes) -> None:
    """Put a page of feedback where ``nbgrader fetch_feedback`` finds it, by the name of ``page_name``.

    Raise ``KitError`` if the folder, or the course's, is not this account's alone.
    """
    for folder in (exchange.folder, exchange.feedback):
        if os.path.lexists(folder) and not _is_own(folder):
            raise _refused(folder, say("exchange.publish.not_own"), "anew_way_out")
    write_bytes(exchange.feedback / f"{name}.html", page, mode=PUBLIC_MODE)


def clear_unfinished(exchange: Exchange) -> None:
    """Remove what killed commands left of units and pages, and put a unit back that was being replaced.

    Folders that another account made, or may write, are left alone, and so are another account's pages. No other
    process may write there meanwhile.
    """
    if _is_own(exchange.folder) and _is_own(exchange.outbound):
        remove_unfinished(exchange.outbound)
    if _is_own(exchange.folder) and _is_own(exchange.feedback):
        for path in unfinished_pages(exchange):
            with contextlib.suppress(OSError):
                if path.lstat().st_uid == os.geteuid():
                    path.unlink()


def unfinished_pages(exchange: Exchange, names: Collection[str] | None = None) -> list[Path]:
    """Return the half-written pages of feedback in the exchange, by default all; ``names`` are those of ``page_name``.

    Where the folder cannot be listed, none are returned.
    """
    try:
        every = sorted(exchange.feedback.iterdir())
    except OSError:
        return []
    matches = ((path, _UNFINISHED_PAGE.fullmatch(path.name)) for path in every)
    return [path for path, match in matches if match and (names is None or match["name"] in names)]


def page_name(unit: str, secret: str) -> str:
    """Return the name that nbgrader gives the feedback on a notebook: a hash of the submission's secret."""
    return hashlib.md5(f"{secret}{unit}".encode(), usedforsecurity=False).hexdigest()


def _is_own(folder: Path) -> bool:
    """Return whether this is a folder, and no link to one, that this account has and no other may write."""
    try:
        seen = folder.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(seen.st_mode) and seen.st_uid == os.geteuid() and not seen.st_mode & 0o022


def _own_folder(path: Path, mode: int) -> None:
    """Make a folder, or set its rights; raise ``KitError`` if neither is possible, or the disk keeps no rights."""
    if path.is_symlink() or (path.exists() and not path.is_dir()):
        raise _refused(path, say("exchange.publish.no_folder"), "other_way_out")
    path.mkdir(parents=True, exist_ok=True)
    seen = path.stat()
    if seen.st_uid != os.geteuid():
        raise _refused(path, say("exchange.publish.not_own"), "anew_way_out")
    if set(os.listxattr(path)) & _ACCESS_LISTS:
        raise _refused(path, say("exchange.publish.listed"), "anew_way_out")
    if stat.S_IMODE(seen.st_mode) != mode:
        path.chmod(mode)
    status = path.stat()
    if stat.S_IMODE(status.st_mode) != mode or not _keeps_rights(path):
        raise _refused(path, say("exchange.no_owners"), "no_owners_way_out")


def _keeps_rights(folder: Path) -> bool:
    """Return whether a new folder gets the rights that it is given; on a FAT stick or a Windows share it does not."""
    for left in folder.glob(f"{_PROBE_NAME}*"):  # of a command that was killed
        with contextlib.suppress(OSError):
            if left.lstat().st_uid == os.geteuid():
                left.rmdir()
    probe = Path(tempfile.mkdtemp(dir=folder, prefix=_PROBE_NAME))
    try:
        probe.chmod(_PROBE)
        status = probe.stat()
        return status.st_uid == os.geteuid() and stat.S_IMODE(status.st_mode) & 0o777 == _PROBE
    finally:
        remove_tree(probe)


def _members(group: int) -> Iterator[str]:
    """Yield the names of all accounts in a group, also of those whose own group it is."""
    import grp  # Unix alone
    import pwd

    try:
        yield from grp.getgrgid(group).gr_mem
    except KeyError:
        return
    yield from (entry.pw_name for entry in pwd.getpwall() if entry.pw_gid == group)


def _refused(path: Path, message: str, way_out: str) -> KitError:
    return KitError(message, say(f"exchange.publish.{way_out}"), path=str(path))
