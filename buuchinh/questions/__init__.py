"""Define question types, score answers, and store and display them."""
