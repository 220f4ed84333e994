"""Serve the desk's pages, data and files over HTTP, and do what their buttons ask for."""
