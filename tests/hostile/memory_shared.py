# fills memory that belongs to no process: shared pages, memory files, System V segments
# ends: done memory died timeout
import ctypes
import mmap
import os
import time

libc = ctypes.CDLL(None, use_errno=True)
segment = libc.shmget(0, ctypes.c_size_t(10**9), 0o1777)
try:
    os.memfd_create("x")
    print("memfd")
except OSError:
    pass
assert segment == -1
held = []
for number in range(20):
    if os.fork() == 0:
        part = mmap.mmap(-1, 100_000_000)
        part.write(b"x" * 100_000_000)
        time.sleep(100)
time.sleep(100)
