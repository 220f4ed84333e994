"""What a button does and what its command does is one function: the table of clicks is compared with both."""

from __future__ import annotations

import ast
import inspect
import shlex
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
import typer
from kit.commands import COMMANDS

from buuchinh import cli
from buuchinh.desk.actions import clicks
from buuchinh.desk.actions.clicks import CLICKS, Click
from buuchinh.desk.actions.job_actions import ACTIONS
from buuchinh.messages import section

APP = typer.main.get_command(cli.build())
EACH = pytest.mark.parametrize("click", CLICKS, ids=lambda click: click.name)
JOBS = pytest.mark.parametrize("click", [one for one in CLICKS if one.job], ids=lambda click: click.name)


def found(name: str) -> Callable[..., Any]:
    """Return the function that the table names."""
    module, _, function = name.partition(":")
    given: Callable[..., Any] = getattr(import_module(module), function)
    return given


EVERY = {found(name) for click in CLICKS for name in (*click.functions, *click.resumed)}
"""All functions of the table, by which a call of one that is not the click's own is seen."""


def command(click: Click) -> Any:
    """Return the command of the command line that the click names."""
    node: Any = APP
    for word in click.command:
        node = getattr(node, "commands", {}).get(word, node)
    return node


def calls(function: Callable[..., Any], room: str) -> set[Callable[..., Any]]:
    """Return what a function calls, itself or by the helpers of its ``room`` that it calls."""
    seen: set[Callable[..., Any]] = set()
    todo = [inspect.unwrap(function)]
    while todo:
        here = todo.pop()
        for called in _called(here):
            if called not in seen:
                seen.add(called)
                if inspect.isfunction(called) and called.__module__.startswith(room):
                    todo.append(called)
    return seen


def _called(function: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    names = dict(vars(inspect.getmodule(function) or function))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                names[alias.asname or alias.name] = _imported(str(node.module), alias.name)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and callable(called := _value(node.func, names)):
            yield called


def _imported(module: str, name: str) -> Any:
    try:
        return import_module(f"{module}.{name}")
    except ModuleNotFoundError:
        return getattr(import_module(module), name, None)


def _value(node: ast.expr, names: dict[str, Any]) -> Any:
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        return getattr(_value(node.value, names), node.attr, None)
    return None


def differences(click: Click, of_command: set[Any], of_action: set[Any] | None) -> list[str]:
    """Say where a click's command or action calls anything but the functions of its row."""
    own = set(map(found, click.functions))
    told = [f"{click.name}: its command does not call {one.__qualname__}" for one in own - of_command]
    if of_action is not None:
        told += [f"{click.name}: its action does not call {one.__qualname__}" for one in own - of_action]
        others = (of_action & EVERY) - own - set(map(found, click.resumed))
        told += [f"{click.name}: its action calls {one.__qualname__} too" for one in others]
    return told


def calls_of(click: Click) -> tuple[set[Any], set[Any] | None]:
    action = calls(ACTIONS[click.name], "buuchinh.desk") if click.job else None
    return calls(command(click).callback, "buuchinh.cli"), action


@EACH
def test_a_click_calls_what_its_command_calls(click: Click) -> None:
    assert differences(click, *calls_of(click)) == []


def test_the_walk_sees_a_command_or_an_action_that_calls_another_function() -> None:
    backup, report = clicks.click("backup"), clicks.click("report_tests")
    of_command, of_action = calls_of(backup)
    other_command, other_action = calls_of(report)
    assert len(differences(backup, other_command, of_action)) == 1
    assert len(differences(backup, of_command, other_action)) == 2
    assert len(differences(backup, of_command, (of_action or set()) | (other_action or set()))) == 1
    assert len(differences(replace(backup, functions=report.functions), of_command, of_action)) == 3


def test_each_action_and_each_command_over_a_class_has_its_row() -> None:
    assert [one.name for one in CLICKS if one.job] == list(ACTIONS)
    assert len({one.name for one in CLICKS}) == len(CLICKS)
    assert set(COMMANDS) <= {one.command[0] for one in CLICKS}
    assert set(section("desk.jobs.titles")) == set(ACTIONS)


SAMPLES: dict[str, Any] = {
    "unit": "bt03",
    "folder": "/media/usb của chị Lan",
    "file": 'backup/bản "cuối" \\ 1.zip',
    "code": "GL-0001-9",
    "owner": "GL-0002-7",
    "until": "2099-01-15 17:00",
    "reason": "Gõ nhầm đáp án “a”.",
    "provision": "LBC-2010/7.1",
    "version": ["1.0.0", "1.1.0"],
    "question": ["bt03-q1", "bt03-q2"],
    "by": "Cô Lan",
    "prefix": "HV",
    "seen": "0123456789abcdef",
    "out": "dist/gói",
    "seed": "hạt",
    "forms": 2,
    "workers": 3,
    "scheduler": "tcp://10.0.0.1:8786",
}
"""A value of each kind of argument; what is not in it is a yes or a no."""


@EACH
def test_the_command_line_of_a_click_means_its_arguments(click: Click) -> None:
    given = {name: SAMPLES.get(name, True) for name in click.arguments}
    if click.name in {"bundle", "site"}:
        given["only"] = ["bt03", "bt05"]
    elif "only" in given:
        given["only"] = "GL-0001-9"
    words = shlex.split(clicks.command_line(click.name, given))
    assert words[0] == "buuchinh"
    node, rest = APP, words[1:]
    while commands := getattr(node, "commands", {}):
        node, rest = commands[rest[0]], rest[1:]
    parsed = node.make_context("buuchinh", rest).params
    for name, value in given.items():
        meant = parsed[name]
        meant = list(meant) if isinstance(value, list) else meant if isinstance(value, bool | int) else str(meant)
        assert meant == value, name
    assert clicks.command_line(click.name, {}).split()[1] == click.command[0]


@pytest.mark.skipif(sys.platform == "win32", reason="another shell")
def test_a_shell_reads_the_command_line_as_it_is_meant() -> None:
    file = 'usb/"$HOME" `x` $(y) \\ & *.zip'
    line = clicks.command_line("repair", {"file": file})
    done = subprocess.run(["sh", "-c", f"printf '%s|' {line}"], capture_output=True, text=True, check=True)
    assert done.stdout == f"buuchinh|repair|{file}|"


def test_what_is_no_click_and_no_argument_is_refused() -> None:
    with pytest.raises(KeyError):
        clicks.command_line("format", {})
    with pytest.raises(KeyError):
        clicks.command_line("grade", {"unit": "bt03", "yes": True})


@JOBS
def test_a_job_has_a_name_in_words(click: Click) -> None:
    name = clicks.title(click.name, {"unit": "bt03"})
    assert ("3" in name) == ("unit" in click.words)
    assert "{" not in name
