"""Store and read attempts (all submissions by each trainee), decide which attempt counts, and manage extra time."""
