"""Put a trainee's submission into the exchange, as nbgrader lays it out, where only its owner and the instructor read.

The trainee's own cache of nbgrader gets a copy with the same secret, by which ``nbgrader fetch_feedback`` finds the
feedback.
"""

from __future__ import annotations

import base64
import os
import secrets
import stat
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from buuchinh.course import TIMESTAMP
from buuchinh.errors import KitError
from buuchinh.exchange.places import FILE_MODE, FOLDER_MODE, SECRET, Exchange, refuse_windows
from buuchinh.files import PRIVATE, reason, remove_tree, whole_folder, write_bytes
from buuchinh.messages import say


def put(exchange: Exchange, unit: str, files: Mapping[str, bytes]) -> str:
    """Write a submission of this process's account, and return the name of its folder.

    Raise ``KitError`` if the exchange would let others read or replace it, or if it cannot be written; nothing is left
    in the exchange then.
    """
    refuse_windows()
    try:
        group = _safe_group(exchange)
        user, stamp = _account(), f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f} UTC"
        name = f"{user}+{unit}+{stamp}"
        marks = {TIMESTAMP: stamp.encode(), SECRET: secrets.token_hex(64).encode()}
        random = base64.urlsafe_b64encode(os.urandom(9)).decode("ascii")
        remembered = cache(exchange) / name
        _lay(remembered, {**files, **marks}, None)
        try:
            _lay(exchange.inbound / f"{name}+{random}", {**files, **marks}, group)
        except BaseException:
            remove_tree(remembered)
            raise
    except OSError as error:
        raise _refused(say("exchange.hand_in.not_written", reason=reason(error))) from error
    return f"{name}+{random}"


def cache(exchange: Exchange) -> Path:
    """Return the folder in which nbgrader remembers an account's submissions."""
    from jupyter_core.paths import jupyter_data_dir

    return Path(jupyter_data_dir()) / "nbgrader_cache" / exchange.course


def _account() -> str:
    import pwd  # Unix alone

    return pwd.getpwuid(os.geteuid()).pw_name


def _safe_group(exchange: Exchange) -> int:
    """Return the group of the instructor; raise ``KitError`` if the folder for submissions is not safe."""
    try:
        root, folder, inbound = (path.stat() for path in (exchange.root, exchange.folder, exchange.inbound))
    except FileNotFoundError as error:
        raise _refused(say("exchange.hand_in.no_inbound")) from error
    if os.geteuid() == inbound.st_uid:
        raise _refused(say("exchange.hand_in.own"))
    links = exchange.folder.is_symlink() or exchange.inbound.is_symlink()
    others_write = stat.S_IWGRP | stat.S_IWOTH
    moved = any(
        status.st_mode & others_write and not status.st_mode & stat.S_ISVTX for status in (root, folder, inbound)
    )
    if links or moved or len({root.st_uid, folder.st_uid, inbound.st_uid}) > 1 or inbound.st_mode & stat.S_IROTH:
        raise _refused(say("exchange.hand_in.open"))
    if not inbound.st_mode & stat.S_ISGID or inbound.st_gid in {os.getegid(), *os.getgroups()}:
        raise _refused(say("exchange.hand_in.no_group"))
    return inbound.st_gid


def _lay(target: Path, files: Mapping[str, bytes], group: int | None) -> None:
    """Write a folder as a whole; ``group`` is the one that may read it besides its owner."""
    with whole_folder(target) as fresh:
        for name, data in files.items():
            write_bytes(fresh / name, data, mode=PRIVATE)
            if group is not None:
                (fresh / name).chmod(FILE_MODE)
        fresh.chmod(0o700 if group is None else FOLDER_MODE)
        if group is not None:
            for path in (fresh, *fresh.iterdir()):
                _require_owner(path, group)


def _require_owner(path: Path, group: int) -> None:
    """Raise ``KitError`` if the disk has not kept whose a file is, or who may read it."""
    status = path.stat()
    if status.st_uid != os.geteuid() or status.st_mode & stat.S_IRWXO:
        raise _refused(say("exchange.no_owners"))
    if status.st_gid != group:
        raise _refused(say("exchange.hand_in.no_group"))


def _refused(message: str) -> KitError:
    return KitError(message, say("exchange.hand_in.way_out"))
