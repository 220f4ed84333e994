"""Read the class once into plain data: units, people, a cell for each, and who still owes work."""
