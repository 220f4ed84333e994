"""Make a class to practise on: a made-up class of 24 in a folder of its own, and remove it again."""
