"""The front end of questions in a browser: payloads and static HTML."""
