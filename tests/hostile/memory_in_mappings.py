# cuts memory into sixty thousand mappings and forks, generation after generation: the kernel copies every record
# ends: memory
import ctypes
import mmap
import os
import signal
import time

signal.alarm(0)
libc = ctypes.CDLL(None)
part = mmap.mmap(-1, 4096 * 60_000, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
start = ctypes.addressof(ctypes.c_char.from_buffer(part))
part[0] = 1
for number in range(0, 60_000, 2):
    libc.mprotect(ctypes.c_void_p(start + number * 4096), ctypes.c_size_t(4096), mmap.PROT_READ)
for generation in range(60):
    if os.fork():
        break
time.sleep(100)
