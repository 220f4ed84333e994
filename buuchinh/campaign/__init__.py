"""The campaign's sheets: their texts as data, the pages to print, and their square codes."""
