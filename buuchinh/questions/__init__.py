"""Questions: what they are, how they are scored, how answers are kept and shown."""
