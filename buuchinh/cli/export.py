"""Define the commands that write files for a learning management system: ``export moodle``, ``export scorm``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from buuchinh.cli.vietnamese import show_help
from buuchinh.messages import say


def register(app: typer.Typer) -> None:
    """Add ``export moodle`` and ``export scorm`` to ``app``."""
    export = typer.Typer(help=say("cli.export.help"), invoke_without_command=True, callback=show_help)
    app.add_typer(export, name="export")

    @export.command(help=say("cli.export.moodle.help"))
    def moodle(
        unit: Annotated[str, typer.Argument(help=say("cli.export.moodle.unit"), show_default=False)],
        out: Annotated[Path | None, typer.Option(help=say("cli.export.moodle.out"), show_default=False)] = None,
    ) -> None:
        from buuchinh.lms import moodle_file

        export = moodle_file.write(unit, out)
        print(say("lms.export.written", count=export.count, path=export.path))
        if export.retired:
            print(say("lms.export.retired", count=export.retired))
        for sentence, by_reason in (("left_out", export.left_out), ("lost", export.lost)):
            for reason, ids in by_reason.items():
                print(say(f"lms.export.{sentence}", count=len(ids), reason=reason, ids=", ".join(ids)))
        print(say("lms.export.secret"))

    @export.command(help=say("cli.export.scorm.help"))
    def scorm(
        unit: Annotated[str, typer.Argument(help=say("cli.export.scorm.unit"), show_default=False)],
        out: Annotated[Path | None, typer.Option(help=say("cli.export.scorm.out"), show_default=False)] = None,
    ) -> None:
        from buuchinh.lms import scorm_package

        made = scorm_package.write(unit, out)
        print(say("lms.scorm.written", path=made.path, questions=made.questions, files=made.files))
