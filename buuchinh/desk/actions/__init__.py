"""List what buttons do and which commands do the same, and run what takes long as jobs."""
