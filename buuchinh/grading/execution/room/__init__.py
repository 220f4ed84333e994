"""What runs inside the room, in one process with a trainee's code: it knows no key, and nobody outside believes it."""

HOME, SHARED = "/tmp", "/dev/shm"  # noqa: S108  # inside the room, made new for each hand-in
RESULTS = f"{HOME}/ket-qua.jsonl"
"""The file that ``submit`` writes to; the environment names it in ``BUUCHINH_RESULTS``."""
