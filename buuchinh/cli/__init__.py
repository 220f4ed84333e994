"""The command line, a thin layer: each command parses its arguments, calls another subpackage and prints the result.

Only the modules that ``buuchinh --help`` needs are imported up front; each command imports what it runs. A fault in the
input arrives here as a ``KitError`` and is printed line by line, never as a traceback. The same goes for a file that
the operating system refuses to read or write.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import typer

from buuchinh.cli import vietnamese
from buuchinh.cli.extras import missing_extra
from buuchinh.errors import KitError, Problem
from buuchinh.files import reason
from buuchinh.messages import say
from buuchinh.text import visible

_INTERRUPTED = 130
_NEW_OBJECTS = 50_000
"""How many objects are made between two searches for garbage: a command keeps most of what it makes, and soon ends."""
_ROOMS = ("trainee", "author", "instructor", "exam", "export", "site", "campaign", "hub")


def build() -> typer.Typer:
    """Return the application with the commands of all modules in ``_ROOMS``."""
    app = typer.Typer(
        name="buuchinh",
        help=say("cli.app"),
        invoke_without_command=True,
        callback=vietnamese.show_help,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for room in _ROOMS:
        import_module(f"buuchinh.cli.{room}").register(app)
    return app


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command in ``arguments`` (by default, those of the process) and exit with its code.

    The codes are 0 for success, 1 for a problem in the input and 2 for a mistyped command; some commands have others.
    """
    gc.set_threshold(_NEW_OBJECTS)
    _speak_utf8()
    code = run(list(sys.argv[1:] if arguments is None else arguments))
    gc.freeze()  # what is left goes with the process, and is not searched once more
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; problems are printed on stderr."""
    try:
        command = typer.main.get_command(build())
        vietnamese.translate(command)
        result = command.main(args=arguments, prog_name="buuchinh", standalone_mode=False)
    except KitError as error:
        show_problems(error.problems)
        return 1
    except (KeyboardInterrupt, typer.Abort):
        print(say("cli.stopped"), file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:  # the reader of a pipe, such as "| head", has closed it
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
        sentence = vietnamese.usage_sentence(error)
        if sentence is None:
            raise
        show_problems([Problem("", 0, sentence, say("cli.usage_way_out", command=_command_path(error)))])
        return 2
    if result == _INTERRUPTED:  # typer handles Ctrl-C itself and prints nothing
        print(say("cli.stopped"), file=sys.stderr)
    return result if isinstance(result, int) else 0


def _refused(error: OSError) -> Problem:
    """Return a problem that names the file to which the system refused access, and a way out.

    For a rename, the problem names the target, because the first name is that of an internal temporary file.
    """
    path = error.filename2 or error.filename or ""
    way_out = say("cli.close_it" if path else "cli.try_again")
    return Problem(
        os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else "",
        0,
        say("cli.refused", reason=reason(error)),
        way_out,
    )


def show_problems(problems: Sequence[Problem]) -> None:
    """Print each problem on its own line on stderr: errors in red, warnings in yellow."""
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, soft_wrap=True, highlight=False)
    for problem in problems:
        console.print(Text(visible(str(problem), lines=True), style="red" if problem.level == "error" else "yellow"))
    errors = sum(problem.level == "error" for problem in problems)
    if errors > 1:
        console.print(Text(say("cli.problems_many", count=errors), style="bold red"))


def _command_path(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    return str(getattr(context, "command_path", "") or "buuchinh")


def _speak_utf8() -> None:
    """Set the output to UTF-8, since other locales (LC_ALL=C, Windows code pages) lack Vietnamese letters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
