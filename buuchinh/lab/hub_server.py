"""Serve the course as a JupyterHub's single-user server: what ``lab`` starts, below the hub's address and login."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

from buuchinh import codes, course
from buuchinh.errors import KitError
from buuchinh.lab import home_course, hub_login, launch
from buuchinh.messages import say

USER = "JUPYTERHUB_USER"
BUNDLE = "BUUCHINH_BUNDLE"
"""The environment variable that names the trainees' course, the folder ``lab`` of a bundle."""
CLASS = "BUUCHINH_CLASS"
"""The environment variable that makes an instructor's server: the folder of the whole course with the class."""
CODE = "BUUCHINH_CODE"
"""The environment variable with a trainee's code, where the hub's name is none."""
_TLJH = "jupyter-"
_PRIVATE = 0o077


def serve() -> None:
    """Become the single-user server of the hub that started this process; does not return.

    Raise ``KitError`` if no hub did, or if the course is missing, and ``ModuleNotFoundError`` if JupyterHub is.
    """
    if not hub_login.on_hub():
        raise KitError(say("lab.hub.no_hub"), say("lab.hub.no_hub_way_out"))
    if find_spec("jupyterhub") is None:
        raise ModuleNotFoundError(name="jupyterhub")  # the command line names the extra
    os.umask(_PRIVATE)
    instructor = bool(os.environ.get(CLASS))
    root = _class() if instructor else _home()
    os.environ[course.ROOT_VARIABLE] = str(root)
    if not instructor:
        _enter_code()
    launch.enter(root, instructor=instructor)
    programs = str(Path(sys.executable).parent)  # also that of ``buuchinh``
    os.environ["PATH"] = os.pathsep.join(filter(None, (programs, os.environ.get("PATH"))))
    os.environ.pop("JUPYTERHUB_DEFAULT_URL", None)  # the course begins where the course says
    page = launch.INSTRUCTORS_PAGE if instructor else f"/doc/tree/{course.START_PAGE}"
    arguments = [f"--ServerApp.default_url={page}", *launch.course_arguments(root, instructor=instructor)]
    if instructor:
        arguments.append(f"--ServerApp.terminado_settings={{'shell_command': {_terminal(programs)!r}}}")
    os.execv(sys.executable, [sys.executable, "-m", "jupyterhub.singleuser", *arguments])  # noqa: S606  # no shell


def _terminal(programs: str) -> list[str]:
    """Return the command of a terminal: a login shell, whose profile may set another PATH, and then one's own shell."""
    return ["/bin/sh", "-l", "-c", 'PATH="$0:$PATH"; export PATH; exec "${SHELL:-/bin/sh}"', programs]


def _class() -> Path:
    root = Path(os.environ[CLASS]).expanduser()
    if not (root / course.SETTINGS).is_file() or not os.access(root / course.SETTINGS, os.R_OK):
        raise KitError(say("lab.hub.no_class"), say("lab.hub.no_class_way_out"), path=str(root))
    return root.resolve()


def _home() -> Path:
    named = os.environ.get(BUNDLE)
    if not named:
        raise KitError(say("lab.hub.no_bundle"), say("lab.hub.no_course_way_out"))
    return home_course.brought(Path(named), Path.home())


def _enter_code() -> None:
    """Enter the trainee's code, which the hub knows; where it knows none, the pages ask for it as elsewhere."""
    name = os.environ.get(CODE) or os.environ.get(USER, "").removeprefix(_TLJH)
    if codes.valid(name) and course.current_code() != codes.normalise(name):
        course.set_current_code(name)
