"""Render the campaign sheets: their contents as data, printable pages and QR codes."""
