"""The course as pages for any browser: a view of the committed lessons, exercises, law and data."""
