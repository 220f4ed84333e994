"""Tell whether a JupyterHub started this server, and where its people log out."""

from __future__ import annotations

import os

PREFIX = "JUPYTERHUB_SERVICE_PREFIX"
"""The environment variable in which a hub names the address of one person's server, such as ``/user/gl-0123-q/``."""


def on_hub() -> bool:
    """Return whether a hub lets people in, and no token of this server."""
    return bool(os.environ.get(PREFIX))


def logout() -> str | None:
    """Return the address at which one logs out, or None if this is no hub.

    It is the server's own, which forgets this browser and leads on to the logout of the hub, wherever the hub is.
    """
    return f"{os.environ[PREFIX].rstrip('/')}/logout" if on_hub() else None
