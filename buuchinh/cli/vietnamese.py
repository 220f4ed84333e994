"""Translate Typer's own messages into Vietnamese: the parts of a help page, and the errors for mistyped commands.

Typer has no setting for either. Its help is drawn from constants of ``typer.rich_utils``. Its usage errors come from a
private copy of click, so they are distinguished by class name, and only names are taken from their English messages.
``tests/test_cli.py`` fails if a later Typer renames a constant, an error or a part of the page. The alternative, plain
click with gettext, was rejected because every command would have to declare its parameters with decorators instead of
annotations.
"""

from __future__ import annotations

import re
from typing import Any

import typer

from buuchinh.messages import say

TITLES = {
    "ARGUMENTS_PANEL_TITLE": "arguments",
    "OPTIONS_PANEL_TITLE": "options",
    "COMMANDS_PANEL_TITLE": "commands",
    "ERRORS_PANEL_TITLE": "error",
    "REQUIRED_LONG_STRING": "required",
    "DEFAULT_STRING": "default",
}
"""Constants of ``typer.rich_utils``, each with the last part of its message key ``cli.help_…``."""


def show_help(context: typer.Context) -> None:
    """Print the overview of commands if no command was given."""
    if context.invoked_subcommand is None:
        print(context.get_help())


def translate(command: Any) -> None:
    """Translate Typer's English wording in the help pages of ``command`` and its subcommands."""
    english, draw = command.get_usage, command.format_help

    def format_help(context: Any, formatter: Any) -> None:
        _rename_parts()
        draw(context, formatter)

    command.format_help = format_help
    command.options_metavar = say("cli.metavar_options")
    command.get_usage = lambda context: english(context).replace("Usage:", say("cli.usage_title"), 1)
    option = command.get_help_option(command.context_class(command, **command.context_settings))
    if option is not None:
        option.help = say("cli.help_help")
    for below in getattr(command, "commands", {}).values():
        translate(below)
    if hasattr(command, "subcommand_metavar"):
        command.subcommand_metavar = say("cli.metavar_command")


def _rename_parts() -> None:
    """Translate the constants in ``TITLES``; done only when a page is drawn, as importing ``rich_utils`` is slow."""
    from typer import rich_utils

    for constant, word in TITLES.items():
        setattr(rich_utils, constant, say(f"cli.help_{word}"))


def usage_sentence(error: Exception) -> str | None:
    """Return a sentence on the mistyped part, or None if ``error`` is not about the command line."""
    if not hasattr(error, "format_message"):
        return None
    parameter = getattr(error, "param", None)
    name = getattr(error, "option_name", None) or next(iter(getattr(parameter, "opts", [])), "")
    match type(error).__name__:
        case "NoSuchOption":
            reason = say("cli.no_option", name=name)
        case "MissingParameter":
            reason = say("cli.missing", name=getattr(parameter, "human_readable_name", name))
        case "BadParameter":
            reason = say("cli.bad_value", name=name)
        case "UsageError" if unknown := re.match(r"No such command '(.*?)'", str(error)):
            reason = say("cli.no_command", name=unknown[1])
        case _:
            reason = say("cli.not_understood")
    guesses = getattr(error, "possibilities", None)
    if guesses:
        reason = say("cli.did_you_mean", reason=reason, guess=guesses[0])
    return say("cli.usage", reason=reason)
