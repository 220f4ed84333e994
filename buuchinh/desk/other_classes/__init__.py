"""Open another class, or the class to practise on, in a server of its own."""
