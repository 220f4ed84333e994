"""Questions: their types, their scoring, and how answers are stored and shown."""
