"""Compare, while no page waits, works with each other, keys with released ones, law with that of a month ahead."""
