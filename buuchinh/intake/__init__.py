"""Import submissions: find files, salvage damaged content, merge work onto the released notebook, and store it."""
