"""Jupyter and nbgrader start without building grammars that no notebook asks for; who asks gets the real answer."""

from __future__ import annotations

import subprocess
import sys

import pytest


def told(program: str) -> list[str]:
    """Return what a fresh process prints: in this one the module may be loaded."""
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, encoding="utf-8")
    return done.stdout.split()


@pytest.mark.parametrize("room", ["nbformat", "nbgrader.api", "jupyter_server.serverapp"])
def test_what_reads_notebooks_builds_no_grammar(room):
    program = f"import sys, buuchinh, {room}; print('jsonschema' in sys.modules, 'lark' in sys.modules)"
    assert told(program) == ["True", "False"]


def test_an_address_is_checked_as_it_was():
    program = """
import buuchinh, jsonschema, rfc3987_syntax
checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
check = jsonschema.Draft202012Validator({"format": "iri"}, format_checker=checker)
print(*map(check.is_valid, ("https://vi.dụ/lá-thư", "khong phai", "a:b")))
print(rfc3987_syntax.is_valid_syntax_iri("a:b"), rfc3987_syntax.is_valid_syntax_iri("a b"))
"""
    assert told(program) == ["True", "False", "True", "True", "False"]


def test_where_it_is_not_installed_nothing_is_checked_and_nothing_falls():
    program = """
import sys, buuchinh
sys.path_hooks.clear(), sys.path_importer_cache.clear()
print(sys.modules["rfc3987_syntax"].is_valid_syntax("iri", "khong phai"))
"""
    assert told(program) == ["True"]
