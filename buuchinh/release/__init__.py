"""Publish exercises: sources with keys, kept versions, corrections of released keys, the trainees' bundle."""
