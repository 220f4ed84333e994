"""Pictures: what may be drawn, how its regions lose the author's names, and that a file of pictures is read whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from kit.question import ALL, PICTURE, authored, public
from ruamel.yaml import YAML

from buuchinh.errors import KitError
from buuchinh.questions import question_bank
from buuchinh.questions.browser.static_html import static_html
from buuchinh.questions.publish import obscure, public_json
from buuchinh.questions.types.picture import drawing

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)"/>',
        '<g><foreignObject><body xmlns="http://www.w3.org/1999/xhtml">x</body></foreignObject></g>',
        '<image href="http://example.org/x.png"/>',
        '<use href="http://example.org/x.svg#a"/>',
        '<rect fill="url(http://example.org/x)"/>',
        '<a href="javascript:alert(1)"><rect/></a>',
        "<style>@import 'x';</style>",
        '<set attributeName="href" to="javascript:alert(1)"/>',
    ],
)
def test_what_could_run_or_reach_out_is_refused(inside: str) -> None:
    assert drawing.faults(f"{OPEN}{inside}</svg>", [])


def test_a_drawing_with_its_own_gradients_is_fine() -> None:
    inside = '<defs><linearGradient id="nen"/></defs><rect id="o" fill="url(#nen)"/><use href="#o"/>'
    assert drawing.faults(f"{OPEN}{inside}</svg>", ["o"]) == []


def test_a_bomb_of_entities_is_refused_before_it_is_read() -> None:
    text = '<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>' + OPEN + "&b;</svg>"
    assert "<!DOCTYPE>" in drawing.faults(text, [])[0]


def test_a_region_that_is_not_drawn_or_stands_twice_is_named() -> None:
    found = " ".join(drawing.faults(f'{OPEN}<g id="a"/><g id="a"/></svg>', ["a", "b"]))
    assert "b" in found
    assert "hai lần" in found


def test_regions_go_out_under_opaque_names_only() -> None:
    shown = public_json(public("t-picture"))  # type: ignore[arg-type]  # a union, given by its base
    ids = [option["id"] for option in shown["options"]]
    assert all(f'data-region="{name}"' in shown["svg"] for name in ids)
    for name in ("vet", "tem", "keo", "hinh/kien.svg"):
        assert f'"{name}"' not in str(shown)
        assert f"'{name}'" not in str(shown)
    picture: Any = obscure(authored("t-picture"), "thu")
    assert [option.id for option in picture.options] == ids


def test_the_stand_in_shows_the_drawing_and_its_words() -> None:
    html = static_html(public("t-picture"), {"standin": "mở bằng JupyterLab"})
    assert 'src="data:image/svg+xml;base64,' in html
    assert PICTURE["alt"] in html


def test_a_file_names_its_drawing_and_a_missing_one_is_told_with_its_line(tmp_path: Path) -> None:
    question = {key: value for key, value in ALL["t-picture"].items() if key != "svg"}
    file = {"unit": "t", "version": "1.0.0", "title": "Thử", "seed": "thu", "questions": [question]}
    path = tmp_path / "t.yml"
    with path.open("w", encoding="utf-8") as out:
        YAML().dump(file, out)
    with pytest.raises(KitError) as caught:
        question_bank.load(path)
    assert "hinh/kien.svg" in caught.value.problems[0].message
    assert caught.value.problems[0].line
    (tmp_path / "hinh").mkdir()
    (tmp_path / "hinh" / "kien.svg").write_text(PICTURE["svg"], encoding="utf-8")
    picture: Any = question_bank.load(path).questions[0]
    assert picture.svg == PICTURE["svg"]
