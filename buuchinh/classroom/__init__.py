"""Manage a class: its roster, the trainees' codes, and the connection to nbgrader's gradebook."""
