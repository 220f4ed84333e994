"""Call units, questions, files and people as an instructor does, and leave names out while the desk is projected."""
