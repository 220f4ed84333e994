"""Import submissions: find, inspect, salvage, merge onto the released notebook, store, decide which attempt counts."""
