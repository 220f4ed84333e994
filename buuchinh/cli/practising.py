"""Define the command ``demo``, which makes, opens and removes a class to practise on."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from buuchinh.messages import say


def register(app: typer.Typer) -> None:
    """Add ``demo`` to ``app``."""

    @app.command(help=say("cli.demo.help"))
    def demo(
        open_: Annotated[bool, typer.Option("--open", help=say("cli.demo.open"))] = False,
        again: Annotated[bool, typer.Option("--again", help=say("cli.demo.again"))] = False,
        remove: Annotated[bool, typer.Option("--remove", help=say("cli.demo.remove"))] = False,
        no_browser: Annotated[bool, typer.Option("--no-browser", help=say("cli.lab.no_browser"))] = False,
    ) -> None:
        if remove:
            _remove()
            return
        _make(again=again)
        if open_:
            _open(browser=not no_browser)


def _remove() -> None:
    from buuchinh.practice_class import practice_folder

    place = practice_folder.place()
    print(say("cli.demo.removed" if practice_folder.remove() else "cli.demo.none", path=place))


def _make(*, again: bool) -> None:
    from buuchinh.practice_class import make_practice_class
    from buuchinh.text import format_number

    def show(done: int, total: int, sentence: str) -> None:
        print(say("cli.demo.step", number=done + 1, total=total, sentence=sentence), flush=True)

    made = make_practice_class.make(again=again, show=show)
    if made.made:
        seconds = format_number(made.seconds, 0)
        print(say("cli.demo.made", path=made.folder, people=made.people, seconds=seconds))
    else:
        print(say("cli.demo.exists", path=made.folder, people=made.people))


def _open(*, browser: bool) -> None:
    """Open the class as an instructor's course; its gradebook is its own, whatever the environment names."""
    from buuchinh.classroom import gradebook
    from buuchinh.course.layout import ROOT_VARIABLE
    from buuchinh.lab import launch
    from buuchinh.practice_class import practice_folder

    os.environ[ROOT_VARIABLE] = str(practice_folder.place())
    os.environ.pop(gradebook.URL_VARIABLE, None)
    launch.serve(instructor=True, browser=browser)
