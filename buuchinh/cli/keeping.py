"""Define the commands for personal data: ``backup``, ``restore``, ``leave`` and ``forget``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from buuchinh.messages import say
from buuchinh.text import format_moment, format_number

if TYPE_CHECKING:
    from buuchinh.personal_data.archive import Backup


def back_up() -> Backup:
    """Make a backup, print where it is, and return it."""
    from buuchinh import course, personal_data

    made = personal_data.backup()
    path = made.path.relative_to(course.root()).as_posix()
    print(say("cli.backup.backed_up", path=path, files=made.files, size=format_number(made.size / 1000, 0)))
    return made


def register(app: typer.Typer) -> None:
    """Add ``backup``, ``restore``, ``leave`` and ``forget`` to ``app``."""

    @app.command(help=say("cli.backup.help"))
    def backup() -> None:
        made = back_up()
        print(say("cli.backup.private"))
        if made.server:
            print(say("cli.backup.server", command=made.server))

    @app.command(help=say("cli.restore.help"))
    def restore(
        file: Annotated[Path, typer.Argument(help=say("cli.restore.file"), show_default=False)],
        yes: Annotated[bool, typer.Option("--yes", help=say("cli.restore.yes"))] = False,
        exercises: Annotated[bool, typer.Option("--exercises", help=say("cli.restore.exercises"))] = False,
    ) -> None:
        _restore(file, yes=yes, exercises=exercises)

    @app.command(help=say("cli.leave.help"))
    def leave(
        code: Annotated[str, typer.Argument(help=say("cli.forget.code"), show_default=False)],
        back: Annotated[bool, typer.Option("--back", help=say("cli.leave.back"))] = False,
    ) -> None:
        from buuchinh.classroom import leavers
        from buuchinh.personal_data.names import Names

        word = "cli.leave.is_back" if back else "cli.leave.left"
        print(say(word, code=Names.read().shown(leavers.come_back(code) if back else leavers.leave(code))))

    @app.command(help=say("cli.forget.help"))
    def forget(
        code: Annotated[str, typer.Argument(help=say("cli.forget.code"), show_default=False)],
        yes: Annotated[bool, typer.Option("--yes", help=say("cli.forget.yes"))] = False,
    ) -> None:
        _forget(code, yes=yes)


def _restore(file: Path, *, yes: bool, exercises: bool) -> None:
    """Warn that files will be replaced, ask for confirmation, restore, and print where the earlier state is kept.

    If the exercises differ, ask for that too.
    """
    from buuchinh import personal_data
    from buuchinh.personal_data.names import Names

    if not yes:
        print(say("cli.restore.will_replace", file=file.name))
        if not agreed("cli.restore.confirm"):
            print(say("cli.restore.kept"))
            return
        changed = "" if exercises else personal_data.preview(file).about_exercises
        if changed:
            print(changed)
            exercises = agreed("cli.restore.confirm_exercises")
            if not exercises:
                print(say("cli.restore.kept"))
                return
    done = personal_data.restore(file, exercises=exercises)
    print(say("cli.restore.done", files=done.files, at=format_moment(done.made_at)))
    if done.before:
        print(say("cli.restore.before", paths=", ".join(done.before)))
    if done.brought_back:
        print(say("cli.restore.brought_back", codes=Names.read().with_names(done.brought_back)))
    if not done.whole:
        print(say("cli.restore.early"))
    if done.server:
        print(say("cli.restore.server", command=done.server))


def agreed(question: str) -> bool:
    """Ask ``question`` and return whether the user typed "c" (for "có", yes) or another form of yes."""
    typed = typer.prompt(say(question), default="", show_default=False)
    return str(typed).strip().lower() in {"c", "co", "có", "y", "yes"}


def _forget(code: str, *, yes: bool) -> None:
    """Print the data to be erased, ask for confirmation, erase the data, and print the remaining traces."""
    from buuchinh import course, personal_data
    from buuchinh.codes import normalise
    from buuchinh.personal_data.names import Names

    code = normalise(code)
    trainee = Names.read().shown(code)
    places = personal_data.holds(code)
    if places and not yes:
        print(say("cli.forget.will_erase", code=trainee))
        for place in places:
            print(say("cli.forget.place", place=place))
        if not agreed("cli.forget.confirm"):
            print(say("cli.forget.kept"))
            return
    erased = personal_data.forget(code)
    print(say("cli.forget.erased", code=trainee, count=len(erased.places)))
    if any(place.startswith(f"{course.REPORTS}/") for place in erased.places):
        print(say("cli.forget.reports"))
    print(say("cli.forget.roster"))
    _show_unread(erased.unread)
    if erased.rows:
        print(say("cli.forget.row", rows="; ".join(erased.rows)))
    if erased.left:
        print(say("cli.forget.left", paths=", ".join(erased.left)))
    if erased.nobodys:
        print(say("cli.forget.nobodys", count=len(erased.nobodys), paths=", ".join(erased.nobodys)))
    for line in erased.on_hub:
        print(line)
    if erased.uncleaned:
        print(say("cli.forget.uncleaned", code=code, reason=erased.uncleaned))
    if erased.on_server:
        print(say("cli.forget.server"))
    if erased.backups:
        print(say("cli.forget.still", code=code, backups=", ".join(erased.backups)))


def _show_unread(paths: Sequence[str]) -> None:
    """Print which class lists cannot be read, and may still name the erased person."""
    if paths:
        print(say("cli.forget.unread", paths=", ".join(paths)))
