"""Tools for authors: check the course, audit its law, create files from templates, and derive generated files."""
