"""One office's hub: copy this file to /srv/jupyterhub and change it there; as root: jupyterhub -f site_config.py."""

from __future__ import annotations

HOST = ""
"""The hub's address, such as https://hub.don-vi.vn, to give each person an origin; see docs/deploy.md."""

c = get_config()  # noqa: F821  # given by JupyterHub

load_subconfig("/opt/buuchinh-ma/deploy/jupyterhub_config.py")  # noqa: F821

c.JupyterHub.bind_url = "http://127.0.0.1:8000"
if HOST:
    c.JupyterHub.subdomain_host = HOST
