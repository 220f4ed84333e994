"""The recipe for a question type, followed: a folder in a copy of the package is a type everywhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from kit import node

ROOT = Path(__file__).parents[1]
FILES = {
    "__init__.py": """
from buuchinh.questions.question_type import QuestionType
from buuchinh.questions.types.yesno import model


class YesNoType(QuestionType):
    name = "yesno"
    place = 500
    public = model.YesNo
    authored = model.YesNoQuestion
    short = True

    def score_by_key(self, question, key, answer):
        return model.score(question, key, answer)

    def static_html(self, question, words):
        return "<p>STATIC</p>"


TYPE = YesNoType()
""",
    "model.py": """
from typing import Literal

from buuchinh.questions.asked import Asked
from buuchinh.questions.dated_keys import Keyed, Notes
from buuchinh.questions.keys import Key, Verdict
from buuchinh.questions.scored import Remark, Score


class YesNo(Asked):
    type: Literal["yesno"]


class YesNoKey(Key):
    correct: bool
    feedback: Verdict


class YesNoQuestion(YesNo, Keyed[YesNoKey], Notes):
    pass


def score(question, key, answer):
    if not isinstance(answer, bool):
        return Score(0.0, "malformed")
    right = answer == key.correct
    return Score(float(right), remarks=(Remark("", right, key.feedback.right if right else key.feedback.wrong),))
""",
    "score.js": """
import { registerScorer } from "../../../learner/src/question/registry.js";
import { byKey, remark, scored } from "../../../learner/src/question/scored.js";

function scoreYesNo(question, key, answer) {
  if (typeof answer !== "boolean") return scored(0, "malformed");
  const right = answer === key.correct;
  return scored(Number(right), null, [remark("", right, right ? key.feedback.right : key.feedback.wrong)]);
}

registerScorer("yesno", byKey(scoreYesNo));
""",
    "view.js": """
import { h } from "../../../learner/src/question/dom.js";
import { registerView } from "../../../learner/src/question/registry.js";

function viewYesNo(question, { changed }) {
  const box = h("input", { type: "checkbox", class: "yesno", onchange: () => changed() });
  return { body: [box], read: () => box.checked, show() {}, mark() {} };
}

registerView("yesno", viewYesNo);
""",
    "style.css": ".yesno { width: 44px; }\n",
    "template.yml": "  - id: $id\n    type: yesno\n",
}
QUESTION = {
    "id": "q",
    "type": "yesno",
    "stem": "Có mở gói không?",
    "bloom": "apply",
    "difficulty": 0.5,
    "intent": "CANARY",
    "keys": [{"correct": True, "provisions": ["LBC-2010/29.3"], "feedback": {"right": "Phải.", "wrong": "Không."}}],
}
SEE = """
import json, sys
from datetime import date
from pydantic import TypeAdapter
from buuchinh.authoring.templates import kinds
from buuchinh.questions.authored import AuthoredQuestion, QuestionFile
from buuchinh.questions.browser import payload
from buuchinh.questions.publish import public_json, publish
from buuchinh.questions.scoring import score
from pathlib import Path
import buuchinh
from kit.plain_page import page, questions_module

module = questions_module(Path(buuchinh.__file__).parent)
day = date(2026, 11, 25)
data = json.loads(sys.argv[1])
question = TypeAdapter(AuthoredQuestion).validate_python(data)
shown = {"mode": "practice", "on": day.isoformat(), **payload.practice(question, day)}
print(json.dumps({
    "kinds": kinds(),
    "public": public_json(publish(question, "thu")),
    "scores": [score(question, answer, day).as_json() for answer in (True, False, "x")],
    "schema": "YesNoQuestion" in QuestionFile.model_json_schema()["$defs"],
    "page": page([(question, shown)], title="T", store="t", module=module),
    "module": module,
}))
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """Return what a process sees whose package has one folder more."""
    folder = tmp_path_factory.mktemp("package")
    shutil.copytree(ROOT / "buuchinh", folder / "buuchinh", ignore=shutil.ignore_patterns("__pycache__"))
    made = folder / "buuchinh" / "questions" / "types" / "yesno"
    made.mkdir()
    for name, text in FILES.items():
        (made / name).write_text(text.removeprefix("\n"), encoding="utf-8")
    (folder / "node_modules").symlink_to(node.packages())
    subprocess.run([node.program(), folder / "buuchinh" / "learner" / "bundle.js"], check=True)
    ran = subprocess.run(
        [sys.executable, "-c", SEE, json.dumps(QUESTION)],
        env=os.environ
        | {
            "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT / "tests"))),
            "BUUCHINH_COURSE": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
        },
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_a_new_folder_is_validated_published_scored_exported_and_listed(seen):
    assert "yesno" in seen["kinds"]
    assert seen["schema"]
    assert seen["public"] == {"id": "q", "type": "yesno", "stem": "Có mở gói không?"}
    assert [score["fraction"] for score in seen["scores"]] == [1, 0, 0]
    assert [score["reason"] for score in seen["scores"]] == [None, None, "malformed"]
    assert "STATIC" in seen["page"]
    assert ".yesno" in seen["page"]


@pytest.mark.browser
def test_a_new_folder_is_shown_and_scored_on_a_page(seen, browser, tmp_path):
    file = tmp_path / "page.html"
    doors = (
        '<script type="module">const text = {};\n'
        'window.kit = await import(URL.createObjectURL(new Blob([text], {{type: "text/javascript"}})));</script>'
    )
    module = json.dumps(seen["module"], ensure_ascii=True).replace("<", "\\u003c")
    file.write_text(seen["page"] + doors.format(module), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    page.wait_for_function("window.kit")
    page.locator(".yesno").check()
    page.locator(".bc-button").click()
    assert "Phải." in page.locator(".bc-feedback").inner_text()
    found = page.evaluate(
        "(question) => [true, false, 'x'].map((answer) => kit.score(question, answer, '2026-11-25'))", QUESTION
    )
    assert found == seen["scores"]
    page.evaluate(
        "kit.mount(document.body, {question: {id: 'z', type: 'nope', stem: ''}, words: {unknown_type: '{type}?'}})"
    )
    assert page.locator("[role=alert]").inner_text() == "nope?"
    page.close()


def test_an_unknown_type_fails_loudly():
    from buuchinh.questions import types

    with pytest.raises(LookupError, match="nope"):
        types.of("nope")
