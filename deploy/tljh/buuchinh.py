"""JupyterHub's settings for the course; TLJH loads this file from /opt/tljh/config/jupyterhub_config.d/.

See docs/deploy.md. Each place can be given by a variable of the hub's own process instead.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

KIT = os.environ.get("BUUCHINH_KIT", "/opt/tljh/user/bin/buuchinh")
"""The command of the installed kit."""
BUNDLE = os.environ.get("BUUCHINH_BUNDLE", "/opt/buuchinh/lab")
"""The trainees' course: the folder lab of a bundle, readable by all, without keys."""
CLASS = os.environ.get("BUUCHINH_CLASS", "/home/jupyter-gv-a/buuchinh-gv")
"""The whole course with keys and gradebook, in the home of the account that grades (mode 0700)."""
EXCHANGE = os.environ.get("BUUCHINH_EXCHANGE", "/srv/buuchinh/exchange")
"""nbgrader's exchange, a folder that belongs to the account that grades."""
INSTRUCTORS = os.environ.get("BUUCHINH_INSTRUCTORS", "gv-a").split()
"""The hub's names of those who get the desk."""
ACCOUNTS = os.environ.get("BUUCHINH_ACCOUNTS", "")
"""A CSV of two columns, code and hub name, where names are no codes; readable by root alone."""
GROUP = "formgrade-buuchinh"

c = get_config()  # noqa: F821  # given by whoever loads this file


def codes() -> dict[str, str]:
    """Return the code of each hub name that stands in the table."""
    if not ACCOUNTS:
        return {}
    with Path(ACCOUNTS).open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter=";" if ";" in file.readline() else ",")
        file.seek(0)
        return {row[1].strip().lower(): row[0].strip() for row in rows if len(row) > 1}


def of_person(spawner) -> None:
    """Give an instructor the class, and a trainee whose name is no code the code."""
    more = {}
    if GROUP in {group.name for group in spawner.user.groups}:
        more["BUUCHINH_CLASS"] = CLASS
    elif code := codes().get(spawner.user.name):
        more["BUUCHINH_CODE"] = code
    spawner.environment = {**spawner.environment, **more}


c.Spawner.cmd = [*KIT.split(), "hub-server"]
c.Spawner.environment = {"BUUCHINH_BUNDLE": BUNDLE, "BUUCHINH_EXCHANGE": EXCHANGE}
c.Spawner.pre_spawn_hook = of_person
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 300  # the first start copies the course, and a class begins in the same minute
c.JupyterHub.load_groups = {GROUP: {"users": INSTRUCTORS}}
