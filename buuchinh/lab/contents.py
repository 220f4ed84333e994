"""What a trainee's JupyterLab may write: work in ``bai-lam/``, and nothing else of the course."""

from __future__ import annotations

from typing import Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from tornado.web import HTTPError

from buuchinh.course import WORK
from buuchinh.messages import say


class ReadOnlyCourse(AsyncLargeFileManager):
    """Jupyter's own file manager, which calls everything outside ``bai-lam/`` read-only.

    A lesson that is run stays as it was delivered, so that a new version never meets a changed
    copy; JupyterLab then neither saves it nor asks about it.
    """

    async def get(self, path: str, *args: Any, **options: Any) -> dict[str, Any]:
        """Return the model of ``path``, not writable where the course may not be changed."""
        model: dict[str, Any] = await super().get(path, *args, **options)
        model["writable"] = bool(model["writable"]) and _may_change(path)
        return model

    async def save(self, model: dict[str, Any], path: str = "") -> dict[str, Any]:
        """Save a trainee's own file; raises HTTP 403 for any other."""
        _refuse_unless_own(path)
        saved: dict[str, Any] = await super().save(model, path)
        return saved

    async def delete_file(self, path: str) -> None:
        """Delete a trainee's own file; raises HTTP 403 for any other."""
        _refuse_unless_own(path)
        await super().delete_file(path)

    async def rename_file(self, old_path: str, new_path: str) -> None:
        """Rename a trainee's own file; raises HTTP 403 for any other."""
        _refuse_unless_own(old_path)
        _refuse_unless_own(new_path)
        await super().rename_file(old_path, new_path)


def _may_change(path: str) -> bool:
    parts = path.strip("/").split("/")
    return parts[0] == WORK and ".." not in parts


def _refuse_unless_own(path: str) -> None:
    if not _may_change(path):
        raise HTTPError(403, say("lab.read_only", path=path))
