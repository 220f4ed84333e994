"""Take in the class list, and tell what its page shows."""
