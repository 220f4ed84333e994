"""The command line: thin. It parses, calls one function of a floor below, and prints.

Only what ``buuchinh --help`` needs is imported up front; each command imports what it
runs. Whatever goes wrong through somebody's input arrives here as ``KitError`` and is
printed line by line, never as a traceback; so is a file that the system refuses.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

import typer

from buuchinh.cli.extras import missing_extra
from buuchinh.errors import KitError, Problem
from buuchinh.files import reason
from buuchinh.messages import say
from buuchinh.text import visible

_INTERRUPTED = 130
_ROOMS = ("trainee", "author", "instructor", "exam")


def build() -> typer.Typer:
    """Return the application with the commands of all rooms registered."""
    app = typer.Typer(
        name="buuchinh",
        help=say("cli.app"),
        invoke_without_command=True,
        callback=_show_help,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for room in _ROOMS:
        import_module(f"buuchinh.cli.{room}").register(app)
    return app


def _show_help(context: typer.Context) -> None:
    """Print the overview where no command was given."""
    if context.invoked_subcommand is None:
        print(context.get_help())


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and leave: exit code 0 is done, 1 a problem of the input, 2 a mistyped command."""
    _speak_utf8()
    sys.exit(run(list(sys.argv[1:] if arguments is None else arguments)))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; problems are printed on stderr."""
    try:
        command = typer.main.get_command(build())
        _translate(command)
        result = command.main(args=arguments, prog_name="buuchinh", standalone_mode=False)
    except KitError as error:
        show_problems(error.problems)
        return 1
    except (KeyboardInterrupt, typer.Abort):
        print(say("cli.stopped"), file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:  # whoever read along, as "| head" does, has what they wanted
        sys.stdout = io.StringIO()
        return 1
    except OSError as error:
        show_problems([_refused(error)])
        return 1
    except typer.Exit as leave:
        return leave.exit_code
    except ImportError as error:
        if (problem := missing_extra(error)) is None:
            raise
        show_problems([problem])
        return 1
    except Exception as error:
        sentence = _usage_sentence(error)
        if sentence is None:
            raise
        show_problems([Problem("", 0, sentence, say("cli.usage_way_out", command=_command_path(error)))])
        return 2
    if result == _INTERRUPTED:  # typer takes Ctrl-C for itself and says nothing
        print(say("cli.stopped"), file=sys.stderr)
    return result if isinstance(result, int) else 0


def _refused(error: OSError) -> Problem:
    """Say which file the system refused and what to do; a rename names the temporary file first, which nobody knows."""
    path = error.filename2 or error.filename or ""
    way_out = say("cli.close_it" if path else "cli.try_again")
    return Problem(
        os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else "",
        0,
        say("cli.refused", reason=reason(error)),
        way_out,
    )


def show_problems(problems: Sequence[Problem]) -> None:
    """Print each problem on its own line on stderr, errors in red, warnings in yellow."""
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, soft_wrap=True, highlight=False)
    for problem in problems:
        console.print(Text(visible(str(problem), lines=True), style="red" if problem.level == "error" else "yellow"))
    errors = sum(problem.level == "error" for problem in problems)
    if errors > 1:
        console.print(Text(say("cli.problems_many", count=errors), style="bold red"))


def _usage_sentence(error: Exception) -> str | None:
    """Say in Vietnamese what was mistyped; None where ``error`` is not about the command line.

    Typer carries its own copy of click at a private address, and its sentences are English:
    its exceptions are therefore told apart by their names, and of their text only names are used.
    """
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


def _command_path(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    return str(getattr(context, "command_path", "") or "buuchinh")


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale says: LC_ALL=C and a Windows code page know no Vietnamese."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _speak_vietnamese() -> None:
    """Name the parts of a help page in Vietnamese; typer reads these names when it prints.

    Only then: what draws the pages takes longer to import than a run with nothing to do takes.
    """
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = say("cli.help_arguments")
    rich_utils.OPTIONS_PANEL_TITLE = say("cli.help_options")
    rich_utils.COMMANDS_PANEL_TITLE = say("cli.help_commands")
    rich_utils.ERRORS_PANEL_TITLE = say("cli.help_error")
    rich_utils.REQUIRED_LONG_STRING = say("cli.help_required")
    rich_utils.DEFAULT_STRING = say("cli.help_default")


def _translate(command: Any) -> None:
    """Say in Vietnamese what typer writes in English into the help pages of ``command`` and those below it."""
    english, draw = command.get_usage, command.format_help

    def format_help(context: Any, formatter: Any) -> None:
        _speak_vietnamese()
        draw(context, formatter)

    command.format_help = format_help
    command.options_metavar = say("cli.metavar_options")
    command.get_usage = lambda context: english(context).replace("Usage:", say("cli.usage_title"), 1)
    option = command.get_help_option(command.context_class(command, **command.context_settings))
    if option is not None:
        option.help = say("cli.help_help")
    for below in getattr(command, "commands", {}).values():
        _translate(below)
    if hasattr(command, "subcommand_metavar"):
        command.subcommand_metavar = say("cli.metavar_command")
