"""Build exams from a blueprint and a closed item pool, record their test forms, and set cut scores."""
