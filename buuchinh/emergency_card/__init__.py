"""The wall card and the phone stickers for emergencies: their content and printable pages."""
