"""What is read of a notebook's parts where no page draws them: on GitHub, on paper, in another front end."""

from __future__ import annotations

import json
import re
import tomllib

from kit.course import ROOT

from buuchinh import law
from buuchinh.notebook import display_parts
from buuchinh.notebook.citations import cited_in
from buuchinh.questions.keys import whole
from buuchinh.questions.practice import assessment

LESSONS = sorted((ROOT / "lessons").glob("0[0-8]-*.ipynb"))


def shown(part: str, name: str) -> str:
    return str(display_parts.bundle(display_parts.mount(part, id=name))["text/html"])


def test_the_law_of_a_lesson_is_read_as_a_table_with_each_provision_that_it_cites():
    table = shown("law_table", "05")
    refs = cited_in("05")
    assert len(refs) > 5
    assert all(f"<small>{ref}</small>" in table and law.cite(ref) in table for ref in refs)


def test_a_short_test_is_read_with_all_its_questions_and_no_key():
    made = shown("test", "kt1")
    questions = assessment.questions("kt1").questions
    assert made.count('class="bc-standin"') == len(questions) == 10
    said = [word for one in questions for key in one.keys for word in key.feedback.values()]  # type: ignore[attr-defined]
    feedback = [*map(whole, said), *(word.why for word in said)]
    assert feedback
    assert not [text for text in feedback if text in made]


def test_where_the_start_page_is_not_drawn_it_says_what_to_choose_without_the_button():
    """Other front ends have no button of that name; the lab draws the page and never shows these words."""
    (lesson,) = (json.loads(path.read_text(encoding="utf-8")) for path in LESSONS if path.name.startswith("00"))
    outputs = [output["data"] for cell in lesson["cells"] for output in cell.get("outputs", ())]
    (stored,) = ("".join(data["text/html"]) for data in outputs if data[display_parts.MIME]["part"] == "start")
    assert stored == display_parts.bundle(display_parts.mount("start"))["text/html"]
    assert "Không thấy nút ấy thì chọn Run &gt; Run All Cells" in stored
    assert "câu trả lời đã lưu vẫn còn" in stored


def test_each_part_of_a_lesson_is_one_output_that_says_ids_alone():
    bundles = [
        output["data"]
        for path in LESSONS
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        for output in cell.get("outputs", ())
        if display_parts.MIME in output.get("data", {})
    ]
    assert len(bundles) > 200
    for data in bundles:
        assert data.keys() == {display_parts.MIME, "text/html", "text/plain"}
        assert data[display_parts.MIME].keys() <= {"version", "part", "id", "on"}


def test_an_installed_kit_brings_the_extension_and_switches_its_server_part_on():
    shared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]["shared-data"]
    found = {target: ROOT / source for source, target in shared.items()}
    extension = json.loads(
        (found["share/jupyter/labextensions/buuchinh-learner"] / "package.json").read_text(encoding="utf-8")
    )
    assert extension["name"] == "buuchinh-learner"
    config = found["etc/jupyter/jupyter_server_config.d/buuchinh.json"].read_text(encoding="utf-8")
    (module,) = re.findall(r'"(buuchinh[\w.]+)": true', config)
    assert (ROOT / f"{module.replace('.', '/')}.py").is_file()
