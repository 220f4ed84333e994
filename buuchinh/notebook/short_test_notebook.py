"""Create notebooks for the short tests, which belong to no lesson: a heading and one cell that shows the test."""

from __future__ import annotations

import json

from buuchinh.messages import say
from buuchinh.questions.practice import assessment


def notebook(unit: str) -> bytes:
    """Return the bytes of a notebook that shows the short test ``unit``; raise ``KitError`` if it does not exist."""
    assessment.questions(unit)
    heading = say("notebook.self_test.heading")
    cells = [
        {"cell_type": "markdown", "id": f"{unit}-mo-dau", "metadata": {}, "source": f"# {heading}"},
        {
            "cell_type": "code",
            "id": f"{unit}-cau-hoi",
            "metadata": {"jupyter": {"source_hidden": True}, "tags": ["giao-dien"]},
            "execution_count": None,
            "outputs": [],
            "source": f'from buuchinh import test\n\ntest("{unit}")',
        },
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    made = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
