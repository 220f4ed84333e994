"""Build the course as pages for any browser, from the committed lessons, exercises, law and data."""
