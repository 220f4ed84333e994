"""Practice without points: short tests, mastery of objectives, spaced repetition, questions as of another day."""
