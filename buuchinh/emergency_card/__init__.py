"""The wall card and the phone stickers for emergencies: what they say, and their pages to print."""
