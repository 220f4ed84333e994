"""The learner's screens: scripts (``src/``, bundled in ``dist/``), their payloads (``data/``), and the server."""
