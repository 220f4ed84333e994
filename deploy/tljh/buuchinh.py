"""JupyterHub's settings for the course; TLJH loads this file from /opt/tljh/config/jupyterhub_config.d/.

See docs/deploy.md. Each place can be given by a variable of the hub's own process instead.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
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
"""A table of two columns, code and hub name, where names are no codes (CSV or Excel); readable by root alone."""
GROUP = "formgrade-buuchinh"

c = get_config()  # noqa: F821  # given by whoever loads this file


def changed():
    """Return when the table was last changed, or None without one."""
    return Path(ACCOUNTS).stat().st_mtime_ns if ACCOUNTS and Path(ACCOUNTS).exists() else None


def codes():
    """Return the code of each hub name in the table, by the reader of ``collect``; ValueError if it is bad."""
    if not ACCOUNTS:
        return {}
    command = [*KIT.split(), "hub-server", "--codes", ACCOUNTS]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise ValueError(done.stderr.strip())
    return json.loads(done.stdout)


try:
    known = {"changed": changed(), "codes": codes()}
except ValueError as error:
    sys.exit(str(error))  # a hub with a bad table does not start, and says why


def code_of(spawner):
    """Return the code of a person in the table as it is now, or in the last good one, with a line in the log."""
    if (now := changed()) != known["changed"]:
        known["changed"] = now
        try:
            known["codes"] = codes()
        except ValueError as error:
            spawner.log.warning("%s", error)
    name = spawner.user.name
    return known["codes"].get(name) or known["codes"].get(f"jupyter-{name}")  # TLJH's name of the account


def of_person(spawner) -> None:
    """Give an instructor the class, and a trainee whose name is no code the code."""
    more = {}
    if GROUP in {group.name for group in spawner.user.groups}:
        more["BUUCHINH_CLASS"] = CLASS
    elif code := code_of(spawner):
        more["BUUCHINH_CODE"] = code
    spawner.environment = {**spawner.environment, **more}


c.Spawner.cmd = [*KIT.split(), "hub-server"]
c.Spawner.environment = {"BUUCHINH_BUNDLE": BUNDLE, "BUUCHINH_EXCHANGE": EXCHANGE}
c.Spawner.pre_spawn_hook = of_person
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 300  # the first start copies the course, and a class begins in the same minute
c.JupyterHub.load_groups = {GROUP: {"users": INSTRUCTORS}}
