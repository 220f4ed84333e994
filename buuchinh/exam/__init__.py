"""Build exams from a blueprint and a closed item pool, record their test forms, and set cut scores."""

DEFAULT_FORMS = 3
"""Number of test forms that are drawn for an exam if no other number is given."""
