"""Define what the desk's server gives to its scripts; ``desk/browser/payloads.d.ts`` is generated from this room."""
