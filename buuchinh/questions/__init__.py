"""Define question types, and score, store and display answers."""
