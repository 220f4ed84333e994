"""Lays the kit's page over formgrader's: points read with a comma, refused aloud, and nothing from another host.

``templates/formgrade`` extends nbgrader's own template of the page on which a person gives points.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

_OURS = Path(__file__).with_name("templates")
_NBGRADERS = ("server_extensions", "formgrader", "templates")


def configure(settings: Any) -> None:
    """Set in nbgrader's configuration where nbconvert finds both templates, and the words of ours."""
    found = find_spec("nbgrader")
    if found is None or found.origin is None:  # a trainee's machine, on which nobody grades
        return
    theirs = Path(found.origin).parent.joinpath(*_NBGRADERS)
    settings.HTMLExporter.extra_template_basedirs = [str(_OURS), str(theirs)]
    settings.HTMLExporter.extra_template_paths = [str(theirs)]  # ours extends "formgrade/index.html.j2"
    settings.HTMLExporter.filters = {"buuchinh_words": "buuchinh.messages.section"}
