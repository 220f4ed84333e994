"""Prepare questions for display in a browser, either as payloads for the front end or as static HTML."""
