"""The version of the scoring rules; importing it loads no question type."""

SCORING_VERSION = 3
"""Raised by one with every change that may change a score, its reason or its remarks, or the points of a question.

That is code in ``questions/`` (scoring, comparing, types, publish, variants), ``text.py`` (how texts and numbers are
read), ``intake/submit_cells.py``, ``release.source.points``, ``grading/score.py`` and ``grading/autograded.py``. All
submissions are then graded again.
"""
