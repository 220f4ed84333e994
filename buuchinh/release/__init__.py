"""Publication of exercises and exams: validated sources, stored versions, answer-key corrections, and bundles."""
