"""Restrict the files that trainees can change in JupyterLab to the folder ``bai-lam/``."""

from __future__ import annotations

import asyncio
from typing import Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from tornado.web import HTTPError

from buuchinh.course import WORK
from buuchinh.errors import KitError
from buuchinh.messages import say


class ReadOnlyCourse(AsyncLargeFileManager):
    """Jupyter's file manager, with everything outside ``bai-lam/`` read-only.

    A lesson stays as delivered even when it is run, so a new version never meets a modified copy. JupyterLab therefore
    neither saves the lesson nor asks whether to save it.
    """

    async def get(self, path: str, *args: Any, **options: Any) -> dict[str, Any]:
        """Return the model of ``path`` with its parts filled in; files outside ``bai-lam/`` are not writable."""
        model: dict[str, Any] = await super().get(path, *args, **options)
        if model["type"] == "notebook" and model.get("content"):
            await asyncio.to_thread(_show_parts, path, model["content"])
        model["writable"] = bool(model["writable"]) and _may_change(path)
        return model

    async def save(self, model: dict[str, Any], path: str = "") -> dict[str, Any]:
        """Save a trainee's own file; raise HTTP 403 for any other file."""
        _refuse_unless_own(path)
        saved: dict[str, Any] = await super().save(model, path)
        return saved

    async def copy(self, from_path: str, to_path: str | None = None) -> dict[str, Any]:
        """Copy a file or folder into ``bai-lam/``; raise HTTP 403 for any other target."""
        _refuse_unless_own(from_path.strip("/").rpartition("/")[0] if to_path is None else to_path)
        copied: dict[str, Any] = await super().copy(from_path, to_path)
        return copied

    async def delete_file(self, path: str) -> None:
        """Delete a trainee's own file; raise HTTP 403 for any other file, and for ``bai-lam/`` itself."""
        _refuse_unless_own(path, within=True)
        await super().delete_file(path)

    async def rename_file(self, old_path: str, new_path: str) -> None:
        """Rename a trainee's own file; raise HTTP 403 for any other file, and for ``bai-lam/`` itself."""
        _refuse_unless_own(old_path, within=True)
        _refuse_unless_own(new_path, within=True)
        await super().rename_file(old_path, new_path)

    async def create_checkpoint(self, path: str) -> dict[str, Any]:
        """Create a checkpoint of a trainee's own file; raise HTTP 403 for any other file."""
        _refuse_unless_own(path)
        made: dict[str, Any] = await super().create_checkpoint(path)
        return made

    async def restore_checkpoint(self, checkpoint_id: str, path: str) -> None:
        """Restore a checkpoint of a trainee's own file; raise HTTP 403 for any other file."""
        _refuse_unless_own(path)
        await super().restore_checkpoint(checkpoint_id, path)

    async def delete_checkpoint(self, checkpoint_id: str, path: str) -> None:
        """Delete a checkpoint of a trainee's own file; raise HTTP 403 for any other file."""
        _refuse_unless_own(path)
        await super().delete_checkpoint(checkpoint_id, path)


def _show_parts(path: str, notebook: dict[str, Any]) -> None:
    """Fill in the outputs of the notebook whose path within the course is ``path``."""
    from buuchinh.learner.server import cell_parts, hub_words
    from buuchinh.notebook import workspace

    try:
        folder = workspace.folder_of(path.strip("/"))  # the server begins it with a slash
    except KitError:
        return
    cell_parts.show(notebook, folder)
    hub_words.reword(path, notebook)


def _may_change(path: str, *, within: bool = False) -> bool:
    """Whether ``path`` is ``bai-lam/`` or lies below it; if ``within`` is True, it must lie below it."""
    parts = [part for part in path.replace("\\", "/").split("/") if part not in {"", "."}]
    return parts[:1] == [WORK] and ".." not in parts and len(parts) > int(within)


def _refuse_unless_own(path: str, *, within: bool = False) -> None:
    if not _may_change(path, within=within):
        raise HTTPError(403, say("learner.server.read_only", path=path))
