"""Read the exchange from nbgrader's settings: those of the machine, of the account and of the course."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from buuchinh import course
from buuchinh.classroom import gradebook
from buuchinh.errors import KitError
from buuchinh.exchange.places import COURSE, Exchange, of_hub, refuse_windows
from buuchinh.messages import say

_UTC = frozenset({"UTC", "Etc/UTC"})


def exchange() -> Exchange:
    """Return the class's exchange; raise ``KitError`` if nbgrader's settings would break its names."""
    refuse_windows()
    settings = gradebook.config()
    for path, config in [*_of_machine(), (course.root() / gradebook.CONFIG, settings)]:
        _refuse_zone(path, config)
    course_id = str(settings.CourseDirectory.get("course_id", COURSE))
    hub = of_hub()
    return Exchange(hub.root if hub else Path(str(settings.Exchange.root)), course_id)


def is_configured() -> bool:
    """Return whether this class has an exchange from which work can be collected."""
    if os.name != "posix":
        return False
    if of_hub():
        return True
    with contextlib.suppress(KitError, OSError):
        return exchange().inbound.is_dir()
    return False


def _of_machine() -> list[tuple[Path, Any]]:
    """Return nbgrader's settings outside the course, which stock nbgrader reads for trainees too."""
    from jupyter_core.paths import jupyter_config_path
    from traitlets.config.loader import PyFileConfigLoader

    paths = [Path(folder) / gradebook.CONFIG for folder in jupyter_config_path()]
    return [
        (path, PyFileConfigLoader(path.name, path=str(path.parent)).load_config()) for path in paths if path.is_file()
    ]


def _refuse_zone(path: Path, config: Any) -> None:
    """Raise ``KitError`` if a time zone puts a "+" into the names of submissions, which nbgrader splits there."""
    for name in sorted(config):
        zone = config[name].get("timezone") if name.startswith("Exchange") else None
        if isinstance(zone, str) and zone not in _UTC:
            message = say("exchange.zone", setting=f"{name}.timezone", zone=zone)
            raise KitError(message, say("exchange.zone_way_out"), path=str(path))
