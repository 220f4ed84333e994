"""Import submissions: find, inspect, salvage, merge onto the released notebook, hand over to the store."""
