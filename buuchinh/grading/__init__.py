"""Grading of a class: execution, scores, gradebook, outcomes."""
