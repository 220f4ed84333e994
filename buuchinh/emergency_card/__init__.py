"""Render the wall card and the phone stickers for emergencies as printable pages."""
