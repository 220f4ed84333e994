"""What a cell of a notebook calls: ask, submit, start page, hand in, citations."""
