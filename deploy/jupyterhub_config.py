"""A plain JupyterHub on one Linux machine with Unix accounts; as root: jupyterhub -f jupyterhub_config.py."""

from __future__ import annotations

from pathlib import Path

c = get_config()  # noqa: F821  # given by JupyterHub

load_subconfig(str(Path(__file__).resolve().parent / "tljh" / "buuchinh.py"))  # noqa: F821

c.JupyterHub.bind_url = "http://127.0.0.1:8000"  # put https in front of it
c.JupyterHub.authenticator_class = "pam"
c.Authenticator.allow_all = True  # whoever has a Unix account with a password
