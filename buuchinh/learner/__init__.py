"""What a learner sees, once: scripts (``src/``, bundled in ``dist/``), what they are given (``data/``), the server."""
