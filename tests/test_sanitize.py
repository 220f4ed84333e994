"""A hand-in that wants to run script in the browser of the person who grades it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest
from kit.classroom import UNIT, make_course
from kit.course import missing, start_lab
from kit.handin import answers, code_of, hand_in

from buuchinh.classroom import gradebook
from buuchinh.execution import sandbox
from buuchinh.grading import grade_class
from buuchinh.release import release
from buuchinh.results import class_report, feedback_pages

_RUN = "window.daChay=(window.daChay||[]).concat"
TEXT = f"""> Trích & dẫn

**Đậm**, a < b, `x > 1`

<script>{_RUN}('script')</script>
<img src=x onerror="{_RUN}('img')">
<svg onload="{_RUN}('svg')"><script>{_RUN}('svg script')</script></svg>
<iframe srcdoc="<script>parent.{_RUN}('iframe')</script>"></iframe>
<details open ontoggle="{_RUN}('toggle')">x</details>
<a id=lien-ket href="javascript:{_RUN}('a')">bấm</a> [bấm nữa](javascript:{_RUN}('md'))
[bấm xuống
dòng](
 javascript:{_RUN}('md2')) [bấm mã](java&#115;cript:{_RUN}('entity')) [bấm tham chiếu][x] <javascript:{_RUN}('auto')>
[trang tốt](https://vbpl.vn/)

[x]: javascript:{_RUN}('ref')

<form><button formaction="javascript:{_RUN}('form')">bấm</button></form>
<style>@import 'http://127.0.0.1:9/x.css';</style>
&lt;script&gt;{_RUN}('entity')&lt;/script&gt; &amp;lt;script&amp;gt;
$\\href{{javascript:{_RUN}('mathjax')}}{{x}}$ $\\\\href{{javascript:{_RUN}('doubled')}}{{x}}$
\\$\\\\\\href{{javascript:{_RUN}('tripled')}}{{x}}\\$ &#36;&#92;href{{javascript:{_RUN}('entity math')}}{{x}}&#36;
&dollar;&bsol;href{{javascript:{_RUN}('named math')}}{{x}}&dollar;
$\\&#104;ref{{javascript:{_RUN}('letter')}}{{x}}$ $\\require{{html}}$

```html"><script>{_RUN}('fence')</script>
x
```
"""
WORK = f"""from IPython.display import HTML, SVG, Javascript, Markdown, display
display(HTML("<script>{_RUN}('html out')</script><img src=x onerror=\\"{_RUN}('img out')\\">"))
display(Javascript("{_RUN}('js out')"))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' onload=\\"{_RUN}('svg out')\\"><script>1</script></svg>"))
display(Markdown("<script>{_RUN}('md out')</script>"))
print("</pre><script>{_RUN}('stream')</script>")
raise ValueError("</pre><script>{_RUN}('error')</script>")
"""
STRANGE = {
    "widgets": {"application/vnd.jupyter.widget-state+json": {"x": f"</script><script>{_RUN}('widget')</script>"}},
    "title": f"</title><script>{_RUN}('title')</script>",
}


MATHJAX = re.compile(r"\\(?:href|require)\b")
"""What MathJax obeys. The test's machine loads no MathJax, so that the page's text is what can be looked at."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Return the small course with one hand-in of somebody who means harm, graded; made once, nobody changes it."""
    if sandbox.missing():
        missing(f"bubblewrap: {sandbox.missing()}")
    with pytest.MonkeyPatch.context() as patch:
        root = make_course(tmp_path_factory.mktemp("hostile"))
        patch.setenv("BUUCHINH_COURSE", str(root))
        patch.delenv("BUUCHINH_DB_URL", raising=False)
        release.release(UNIT)
        yield _graded(root)


def _graded(course):
    folder = hand_in(course, code_of(1), answers() | {"bt90-q3": TEXT}, WORK, TEXT)
    path = folder / f"{UNIT}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["metadata"] |= STRANGE
    notebook["cells"].append({"cell_type": "markdown", "id": "rieng", "metadata": {"tags": ['"><b']}, "source": TEXT})
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
    (result,) = grade_class.grade(UNIT)
    assert result.state == "graded", result
    return course


def looked_at(tab, address):
    """Open a page, click on whatever can be clicked on in the trainee's part, and return what ran."""
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(address)
    tab.wait_for_timeout(2500)
    for link in tab.query_selector_all("a, button"):
        if "bấm" in (link.inner_text() or ""):
            assert not (link.get_attribute("href") or "").lower().startswith("javascript"), link.inner_text()
            link.evaluate("node => node.click()")
    assert not tab.query_selector_all("[href^='javascript:'], [*|href^='javascript:']")
    assert not [url for url in asked if ":9/" in url]
    return tab.evaluate("window.daChay || []")


@pytest.mark.browser
def test_nothing_runs_in_formgrader(hostile, browser):
    with gradebook.opened() as book:
        (submission,) = [one.id for one in book.find_assignment(UNIT).submissions[0].notebooks]
    for lab in start_lab(hostile, "--instructor"):
        tab = browser.new_page()
        address = lab.address.replace("/giang-vien?", f"/formgrader/submissions/{submission}/?")
        assert looked_at(tab, address) == []
        words = tab.inner_text("body")
        assert "Trích & dẫn" in words
        assert "a < b" in words
        assert tab.query_selector("blockquote"), "a quotation is no quotation any more"
        assert "<script>" in words  # the instructor sees what was tried
        assert "điểm." in words
        assert "href{" in words, "the formula is not on the page, so nothing was looked at"
        assert not MATHJAX.search(words)
        assert "<p>" not in words, "the remarks of the kit itself are shown as markup"
        assert tab.query_selector("a[href='https://vbpl.vn/']"), "a good link is no link any more"
        assert tab.query_selector(".score"), "no field for points: this is not formgrader's page"
        tab.close()


@pytest.mark.browser
def test_nothing_runs_in_feedback_of_nbgrader_and_ours(hostile, browser):
    ours = feedback_pages.write(UNIT)
    stock = hostile / "nbgrader-feedback"
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_feedback", UNIT, f"--CourseDirectory.feedback_directory={stock}"],
        cwd=hostile, env=os.environ, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    pages = [*ours, *stock.rglob("*.html")]
    assert len(pages) == 2
    for page in pages:
        tab = browser.new_page()
        assert looked_at(tab, page.as_uri()) == []
        if page not in ours:  # ours loads no MathJax and shows a trainee's words as they are
            assert "href{" in tab.inner_text("body")
            assert not MATHJAX.search(tab.inner_text("body"))
        tab.close()


def test_the_report_holds_no_formula_and_no_script(hostile):
    for path in class_report.write(UNIT):
        assert b"<script" not in path.read_bytes()
