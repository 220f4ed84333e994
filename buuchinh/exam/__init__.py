"""Exams: a blueprint, a closed pool, forms that are built from both and recorded before release, a standard."""
