"""Define the version of the scoring rules, in a module that imports no question type."""

SCORING_VERSION = 4
"""Increase this by one with every change that may affect a score, its reason or remarks, or the points of a question.

This concerns code in ``questions/`` (scoring, comparing, types, publish, variants), ``text.py`` (which parses strings
and numbers), ``intake/submit_cells.py``, ``release.source.points``, ``grading/score.py`` and ``grading/autograded.py``.
All submissions are then graded again.
"""
