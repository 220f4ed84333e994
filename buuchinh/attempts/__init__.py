"""Attempts: every submission of each trainee, its time, and which one counts; their store, readers and extra time."""
