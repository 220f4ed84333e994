"""Build the course as a website for any browser, from the committed lessons, exercises, law and data."""
