"""Show the course to learners: scripts (``src/``, bundled in ``dist/``), page payloads (``data/``) and the server."""
