"""Attempts: what each trainee handed in, when, and which of it counts: one store, its readers, extra time."""
