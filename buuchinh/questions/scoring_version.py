"""Define the version of the scoring rules; importing this module loads no question type."""

SCORING_VERSION = 3
"""Raised by one with every change that may change a score, its reason or its remarks, or the points of a question.

This concerns code in ``questions/`` (scoring, comparing, types, publish, variants), ``text.py`` (which parses strings
and numbers), ``intake/submit_cells.py``, ``release.source.points``, ``grading/score.py`` and
``grading/autograded.py``. All submissions are then graded again.
"""
