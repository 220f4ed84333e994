"""The pages in Firefox, from a disk: answers stay, every vector scores as it says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from kit import firefox as kit
from kit import picture, question
from kit.node import TYPES
from kit.plain_page import page, questions_module

from buuchinh.site import build

VECTORS = sorted(TYPES.glob("*/vectors.json"))
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kit.Firefox]:
    program = kit.installed()
    if program is None:
        pytest.skip("not installed: a browser: firefox")
    with kit.started(program, tmp_path_factory.mktemp("firefox") / "profile") as tab:
        yield tab


def test_an_answer_is_there_when_the_page_is_opened_again_from_a_disk(tab: kit.Firefox, tmp_path: Path) -> None:
    address = (build.build(tmp_path / "hoc", public=True).folder / build.INDEX).as_uri()
    tab.goto(f"{address}#/l05/2")
    tab.until("() => document.querySelector('.bc-option input')")
    tab.evaluate("() => document.querySelectorAll('.bc-option input')[1].click()")
    tab.until("() => document.querySelector('.hoc-act').textContent === 'Trả lời'")
    tab.evaluate("() => document.querySelector('.hoc-act').click()")
    tab.until("() => document.querySelector('.bc-saved').textContent.startsWith('Đã lưu lúc')")
    tab.goto("about:blank")
    tab.goto(f"{address}#/l05/2")
    tab.until("() => document.querySelectorAll('.bc-option input')[1]?.checked")


def test_what_can_be_chosen_in_a_picture_is_outlined_where_it_is_drawn_with_its_number_beside_it(
    tab: kit.Firefox, tmp_path: Path
) -> None:
    asked = [(question.authored("t-picture"), question.practice_payload("t-picture"))]
    (tmp_path / "picture.html").write_text(page(asked, title="Tranh", store="p"), encoding="utf-8")
    tab.goto((tmp_path / "picture.html").as_uri())
    tab.until("() => document.querySelector('.bc-picture')?.shadowRoot?.querySelector('.spot')")
    found = tab.evaluate(picture.FOUND)
    assert len(found) > 1
    picture.check(found)


def test_every_vector_scores_as_it_says(tab: kit.Firefox, tmp_path: Path) -> None:
    text = json.dumps(questions_module(), ensure_ascii=True).replace("<", "\\u003c")
    (tmp_path / "kit.html").write_text(
        f'<!doctype html><script type="module">const text = {text};\n'
        'window.kit = await import(URL.createObjectURL(new Blob([text], {type: "text/javascript"})));</script>',
        encoding="utf-8",
    )
    tab.goto((tmp_path / "kit.html").as_uri())
    tab.until("() => window.kit")
    for path in VECTORS:
        for case in json.loads(path.read_text(encoding="utf-8")):
            found = tab.evaluate(
                "({question, answers, on}) => answers.map((one) => kit.score(question, one.answer, on))", case
            )
            for expected, given in zip(case["answers"], found, strict=True):
                where = f"{path.parent.name}: {case['name']}: {json.dumps(expected['answer'], ensure_ascii=False)[:80]}"
                assert given["fraction"] == pytest.approx(expected["fraction"], abs=1e-9), where
                assert given["reason"] == expected["reason"], where
