"""The notebook of a short test for a path that has no lesson with it: its title and one cell."""

from __future__ import annotations

import json

from buuchinh.questions.practice import assessment


def notebook(unit: str) -> bytes:
    """Return the notebook of a test; ``KitError`` where there is no such test."""
    title = assessment.questions(unit).title
    cells = [
        {"cell_type": "markdown", "id": f"{unit}-mo-dau", "metadata": {}, "source": f"# {title}"},
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
