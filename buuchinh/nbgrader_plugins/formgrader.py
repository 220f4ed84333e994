"""Override formgrader's templates: decimal commas, visible refusals, and nothing loaded from other hosts.

``templates/formgrade`` extends nbgrader's own template of the page for manual grading. ``templates/manage`` replaces
nbgrader's lists, whose buttons would release, collect and write feedback without the kit's commands and put names into
the gradebook. All pages show the trainee's name and office after the code (``names.js``); these are added when a page
is rendered and never stored, and left out while the desk is projected.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from buuchinh import routes
from buuchinh.desk.naming import projection
from buuchinh.messages import section

_OURS = Path(__file__).with_name("templates")
_LISTS = ("manage_assignments", "manage_submissions", "manage_students")
_NAMED = ("gradebook_notebook_submissions", "manage_students_assignments", "manage_students_notebook_submissions")
"""nbgrader's lists to which only the names are added."""
_NBGRADERS = ("server_extensions", "formgrader", "templates")


def lay_over(settings: Any) -> None:
    """Replace nbgrader's lists in a running server with ``templates/manage``; do nothing without nbgrader."""
    environment = settings.get("nbgrader_jinja2_env")
    if environment is None:
        return
    from jinja2 import ChoiceLoader, DictLoader, PrefixLoader
    from jupyter_server.utils import url_path_join

    theirs = environment.loader
    ours = {f"{name}.tpl": (_OURS / "manage" / f"{name}.html.j2").read_text(encoding="utf-8") for name in _LISTS}
    head = "{% block head %}{% include 'names' %}{{ super() }}{% endblock %}"
    ours |= {f"{name}.tpl": f"{{% extends 'nbgrader/{name}.tpl' %}}{head}" for name in _NAMED}
    ours["names"] = (_OURS / "manage" / "names.html.j2").read_text(encoding="utf-8")
    ours["names.js"] = (_OURS / "formgrade" / "names.js").read_text(encoding="utf-8")
    environment.loader = ChoiceLoader([DictLoader(ours), PrefixLoader({"nbgrader": theirs}), theirs])
    environment.globals["words"] = section("results.formgrader")
    environment.globals["desk"] = url_path_join(settings["base_url"], routes.DESK)
    environment.globals["people"] = projection.labels


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Replace the lists once nbgrader is loaded."""
    server.io_loop.add_callback(lambda: lay_over(server.web_app.settings))


def configure(settings: Any) -> None:
    """Set the folders of both sets of templates in nbgrader's configuration, and the filters that our templates use."""
    found = find_spec("nbgrader")
    if found is None or found.origin is None:  # a trainee's machine, on which nobody grades
        return
    theirs = Path(found.origin).parent.joinpath(*_NBGRADERS)
    settings.HTMLExporter.extra_template_basedirs = [str(_OURS), str(theirs)]
    settings.HTMLExporter.extra_template_paths = [str(theirs)]  # ours extends "formgrade/index.html.j2"
    settings.HTMLExporter.filters = {
        "buuchinh_words": "buuchinh.messages.section",
        "buuchinh_people": "buuchinh.desk.naming.projection.labels",
    }
