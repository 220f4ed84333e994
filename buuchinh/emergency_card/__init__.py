"""Render the printable emergency pages: the wall card and the stickers for telephones."""
