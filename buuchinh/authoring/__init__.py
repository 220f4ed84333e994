"""Tools for course authors: check the course, audit its legal basis, create files from templates and derive files."""
