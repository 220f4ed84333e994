"""Prepare questions for display in a browser, as payloads for the front end and as static HTML."""
