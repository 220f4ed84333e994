"""The server side of a notebook's screens: payloads and storage, over HTTP or by direct calls."""
