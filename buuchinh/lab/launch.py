"""Start JupyterLab for the course, reachable only from this machine and only with the token in its address."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import threading
import webbrowser
from importlib.util import find_spec
from pathlib import Path
from zlib import crc32

from buuchinh import course, routes
from buuchinh.errors import KitError
from buuchinh.files import write_text
from buuchinh.lab import running
from buuchinh.messages import say

ADDRESS = "127.0.0.1"
INSTRUCTORS_PAGE = f"/{routes.DESK}"
"""The address path of the instructor's first page, added by the first of ``_WAYS``."""
EXCHANGE = "exchange"
"""The folder that ``nbgrader_config.py`` names as nbgrader's exchange."""

_PROFILES = Path(__file__).resolve().parent
EXTENSIONS = _PROFILES.parent / "learner" / "dist" / "labextensions"
"""The folder of the kit's own JupyterLab extension, which both profiles use."""
_KERNEL_SETTINGS = "ipython_kernel_config.json"
_WAYS = ("buuchinh.desk.server.desk_extension", "buuchinh.nbgrader_plugins.formgrader")
"""The server extensions of an instructor: the desk, and the kit's own lists over formgrader's."""
_LEARNER = "buuchinh.learner.server.extension"
_NBGRADER = ("formgrader", "validate_assignment", "assignment_list", "course_list")

_FIRST_PORT, _PORTS = 20_000, 9_000
"""The first port and the number of ports, below those that Linux and Windows assign automatically."""


def serve(*, instructor: bool = False, browser: bool = True, port: int = 0) -> None:
    """Open the course in JupyterLab and block until it is stopped.

    If the course is already open for the same kind of person, it is shown again instead, so that only one program
    writes to it, on one port. With ``port`` 0, the course's own port is used, or a free one if that is taken. Raise
    ``KitError`` if the start page is missing or the port is taken, and ``ModuleNotFoundError`` if the instructor's
    profile lacks nbgrader.
    """
    root = course.root()
    if not instructor and not (root / course.START_PAGE).is_file():
        raise KitError(say("lab.no_start_page"), say("lab.no_start_page_way_out"), path=course.START_PAGE)
    if instructor and not _nbgrader_is_installed():
        raise ModuleNotFoundError(name="nbgrader")  # the command line names the extra
    served = running.instructors_address if instructor else running.address
    if not port and (address := served(root)):
        print(say("lab.open_already"), f"\n\n    {address}\n", sep="", flush=True)
        if browser:
            webbrowser.open(address)
        return
    port, token = free_port(port, root), secrets.token_urlsafe(24)
    page = INSTRUCTORS_PAGE if instructor else f"/doc/tree/{course.START_PAGE}"
    enter(root, instructor=instructor)

    from jupyterlab.labapp import LabApp  # after the environment is set: it reads its folders on import

    server = LabApp.initialize_server(argv=_arguments(root, port, token, page, instructor=instructor, browser=browser))
    # now that the server listens, whoever follows the address finds it
    print(say("lab.address"), f"\n\n    http://{ADDRESS}:{port}{page}?token={token}\n", sep="", flush=True)
    server.start()
    _release_threads()


def _release_threads() -> None:
    """End AnyIO's worker threads, in which Jupyter reads files: they wait forever if their event loop stopped first."""
    for thread in threading.enumerate():
        stop = getattr(thread, "stop", None)
        if thread.name == "AnyIO worker thread" and callable(stop):
            stop()


def enter(root: Path, *, instructor: bool) -> None:
    """Give this process, which becomes the server of the course, its environment, its settings and its folder."""
    os.environ.update(environment(root, instructor=instructor))
    _lay_style(root, instructor=instructor)
    _lay_kernel_settings(root, instructor=instructor)
    if instructor:
        (root / EXCHANGE).mkdir(exist_ok=True)  # unused, but formgrader warns on every page where it is missing
    os.chdir(root)  # nbgrader reads nbgrader_config.py from the folder it is started in


def environment(root: Path, *, instructor: bool) -> dict[str, str]:
    """Return the environment variables of the server and its kernels.

    Neither the user's own Jupyter settings (``~/.jupyter``) nor those left by other courses are used.
    """
    profile = _PROFILES / ("instructor" if instructor else "trainee")
    state = root / course.JUPYTER / profile.name
    package = str(_PROFILES.parents[1])
    paths = [package, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {
        "JUPYTER_CONFIG_DIR": str(state),
        "JUPYTER_CONFIG_PATH": str(profile),
        "JUPYTERLAB_SETTINGS_DIR": str(state / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(state / "workspaces"),
        "IPYTHONDIR": str(state / "ipython"),
        "BUUCHINH_COURSE": str(root),
        "BUUCHINH_LAB": "1",  # its extension draws what cells show: a kernel needs no bridge
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths)),  # a bundle runs without being installed
        "PYTHONUTF8": "1",  # kernels on Windows read and write Vietnamese
    }


def _lay_style(root: Path, *, instructor: bool) -> None:
    """Write the profile's style sheet to ``JUPYTER_CONFIG_DIR``, the only place where Jupyter looks for it."""
    name = "instructor" if instructor else "trainee"
    style = (_PROFILES / name / "custom" / "custom.css").read_text(encoding="utf-8")
    write_text(root / course.JUPYTER / name / "custom" / "custom.css", style)


def _lay_kernel_settings(root: Path, *, instructor: bool) -> None:
    """Write the settings of every kernel: errors are explained, and no history is kept outside the course."""
    settings = _PROFILES / "kernel" / _KERNEL_SETTINGS
    folder = root / course.JUPYTER / ("instructor" if instructor else "trainee") / "ipython" / "profile_default"
    write_text(folder / _KERNEL_SETTINGS, settings.read_text(encoding="utf-8"))


def _arguments(root: Path, port: int, token: str, page: str, *, instructor: bool, browser: bool) -> list[str]:
    arguments = [
        f"--ServerApp.ip={ADDRESS}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={token}",
        f"--ExtensionApp.open_browser={browser}",
        f"--LabApp.default_url={page}",
        *course_arguments(root, instructor=instructor),
    ]
    if os.name == "posix" and os.geteuid() == 0:
        arguments.append("--allow-root")  # a container's only user
    return arguments


def course_arguments(root: Path, *, instructor: bool) -> list[str]:
    """Return the arguments that make any Jupyter server serve the course, whatever its address and its login."""
    arguments = [
        f"--ServerApp.root_dir={root}",
        "--LabApp.custom_css=True",
        f"--LabApp.extra_labextensions_path={EXTENSIONS}",
        f"--ServerApp.jpserver_extensions={_LEARNER}=True",
        "--LabApp.extension_manager=readonly",
        "--JupyterApp.answer_yes=True",  # Ctrl+C stops without an English question
        *_encryption(),
        "--Application.log_level=ERROR",
    ]
    if instructor:
        arguments += [f"--ServerApp.jpserver_extensions={name}=True" for name in _WAYS]
    else:
        if _nbgrader_is_installed():
            arguments += [
                f"--ServerApp.jpserver_extensions=nbgrader.server_extensions.{name}=False" for name in _NBGRADER
            ]
        arguments += [
            "--ServerApp.terminals_enabled=False",
            "--ServerApp.contents_manager_class=buuchinh.learner.server.contents.ReadOnlyCourse",
        ]
    return arguments


def _encryption() -> list[str]:
    """Return the arguments that encrypt traffic with kernels; without them, each kernel prints an English warning."""
    import zmq

    return ["--KernelManager.transport_encryption=auto"] if zmq.has("curve") else []


def _nbgrader_is_installed() -> bool:
    """Whether nbgrader is installed, found without importing it, which takes seconds; trainees do not have it."""
    return find_spec("nbgrader") is not None


def free_port(port: int, root: Path) -> int:
    """Return ``port``; if it is 0, the course's own port, a neighbouring one, or one that the system assigns.

    A browser stores unsent answers by address and port, so the next start must use the same port to find them.
    """
    if port:
        return _bound(port)
    own = _FIRST_PORT + crc32(str(root.resolve()).encode("utf-8", "surrogatepass")) % _PORTS
    for candidate in (own, own + 1, own + 2, 0):
        with contextlib.suppress(KitError):
            return _bound(candidate)
    return _bound(own)


def _bound(port: int) -> int:
    with socket.socket() as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a lab that ended a moment ago
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            raise KitError(say("lab.port_taken", port=port), say("lab.port_way_out")) from error
        return int(probe.getsockname()[1])
