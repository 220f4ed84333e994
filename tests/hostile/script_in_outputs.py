# shows pages, scripts and drawings that would run in the instructor's browser
# ends: done
from IPython.display import HTML, SVG, Javascript, Markdown, display


class Any:
    def _repr_mimebundle_(self, **kwargs):
        script = "<script>alert(1)</script>"
        return {"text/html": script, "image/svg+xml": script, "application/javascript": "alert(1)", "text/plain": "x"}


class Picture:
    def _repr_png_(self):
        return 'iVBORw0KGgo"><script>alert(1)</script>'


svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>'
display(HTML("<script>alert(1)</script>"), Javascript("alert(1)"), Markdown("<img src=x onerror=alert(1)>"))
display(SVG(svg), Any(), Picture())
display({"text/html": "<script>alert(1)</script>", "image/png": "javascript:alert(1)"}, raw=True)
