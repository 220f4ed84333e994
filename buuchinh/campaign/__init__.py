"""Read and render the information campaign's printable sheets, with QR codes that lead to the course's website."""
