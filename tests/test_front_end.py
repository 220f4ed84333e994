"""The bundled scripts are what their sources give, and who has no node is told so by hashes."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from kit import node
from kit.course import ROOT

from buuchinh.authoring import front_end
from buuchinh.errors import KitError
from buuchinh.release import bundle_files

LEARNER = "buuchinh/learner"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of what is bundled and its bundles, beside which there is no node."""
    for name in (LEARNER, "buuchinh/questions/types"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "course.toml", tmp_path)
    monkeypatch.setenv("BUUCHINH_COURSE", str(tmp_path))
    return tmp_path


@pytest.fixture
def with_node(package: Path) -> Path:
    (package / "node_modules").symlink_to(node.packages(), target_is_directory=True)
    return package


def told() -> list[str]:
    return [problem.path for problem in front_end.differences()]


def add_line(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n// moi\n", encoding="utf-8")


def test_bundles_are_byte_for_byte_what_the_sources_give(with_node: Path) -> None:
    assert told() == []
    assert front_end.derive() == []


def test_without_node_a_changed_source_or_bundle_is_named(package: Path) -> None:
    assert told() == []
    for name in ("learner/src/page/page_host.js", "questions/types/single/view.js", "learner/dist/page.js"):
        path = package / "buuchinh" / name
        kept = path.read_bytes()
        add_line(path)
        assert told() == [f"buuchinh/{name}"]
        path.write_bytes(kept)
    (package / LEARNER / "src" / "page" / "new.js").write_text("export const made = 1;\n", encoding="utf-8")
    assert told() == [f"{LEARNER}/src/page/new.js"]
    with pytest.raises(KitError, match="node") as refused:
        front_end.derive()
    assert "make" in str(refused.value)


def test_a_bundle_that_was_edited_with_its_hash_is_found_where_there_is_node(with_node: Path) -> None:
    path = with_node / LEARNER / "dist" / "page.js"
    add_line(path)
    manifest = with_node / LEARNER / "dist" / "manifest.json"
    hashes = json.loads(manifest.read_text(encoding="utf-8"))
    hashes["outputs"]["page.js"] = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(hashes, indent=2) + "\n", encoding="utf-8")
    assert told() == [f"{LEARNER}/dist/manifest.json", f"{LEARNER}/dist/page.js"]


def test_derive_bundles_again_and_says_which_files_changed(with_node: Path) -> None:
    source = with_node / LEARNER / "src" / "page" / "stored_shapes.js"
    source.write_text(source.read_text(encoding="utf-8") + "\nwindow.changed = true;\n", encoding="utf-8")
    assert [path.name for path in front_end.derive()] == ["manifest.json", "page.js", "scorm.js"]
    assert told() == []


def test_what_esbuild_refuses_is_told_with_its_line_and_nothing_is_lost(with_node: Path) -> None:
    source = with_node / LEARNER / "src" / "page" / "stored_shapes.js"
    source.write_text("export const = ;\n", encoding="utf-8")
    before = (with_node / LEARNER / "dist" / "page.js").read_bytes()
    with pytest.raises(KitError, match=r"stored_shapes\.js:1:13"):
        front_end.derive()
    assert (with_node / LEARNER / "dist" / "page.js").read_bytes() == before


def test_the_scripts_pass_the_tests_beside_them() -> None:
    files = sorted(str(file) for place in (node.SRC, node.TYPES, node.DESK) for file in place.rglob("*.test.js"))
    command = [node.program(), "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", "--test", *files]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_test_beside_a_script_is_in_no_bundle_and_goes_out_with_none(package: Path) -> None:
    for name in (f"{LEARNER}/src/logic/made.test.js", "buuchinh/questions/types/single/score.test.js"):
        (package / name).write_text("throw 1;\n", encoding="utf-8")
        assert bundle_files.authors_only(name)
    assert told() == []
