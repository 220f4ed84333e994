"""The campaign's sheets: their texts as data, the pages to print that are made of them, the square code on them."""
