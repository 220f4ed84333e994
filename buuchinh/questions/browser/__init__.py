"""The front end in a browser: question views, scoring, keeping answers; assembled into one ECMAScript module."""
