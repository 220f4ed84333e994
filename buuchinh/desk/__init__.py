"""The instructor's desk: pages in Vietnamese, each of whose buttons calls the one function that its command calls."""
