"""Import submissions: find them, read and salvage their files, merge them onto the released notebook, store them."""
