"""Store and read attempts (all submissions of each trainee), decide which one counts, and manage extra time."""
