"""Serve the screens of notebooks: build payloads and store answers, over HTTP or by direct calls."""
