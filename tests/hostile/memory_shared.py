# asks for memory that belongs to no process: shared pages, memory files, System V segments and queues, huge pages
# ends: done
# prints: []
import ctypes
import mmap
import os

libc = ctypes.CDLL(None, use_errno=True)
had = []


def shared(descriptor, kind):
    part = mmap.mmap(descriptor, 10_000_000, flags=kind)
    part.write(b"x" * 10_000_000)


def zeros():
    shared(os.open("/dev/zero", os.O_RDWR), mmap.MAP_SHARED)


def files():
    os.close(os.memfd_create("x"))


tries = {
    "shared": lambda: shared(-1, mmap.MAP_SHARED),
    "shared and validated": lambda: shared(-1, 3 | mmap.MAP_ANONYMOUS),
    "huge": lambda: shared(-1, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4_0000),
    "zero": zeros,
    "memory file": files,
}
for name, attempt in tries.items():
    try:
        attempt()
        had.append(name)
    except (OSError, ValueError):
        pass
for name, number in {
    "segment": libc.shmget(0, ctypes.c_size_t(10**6), 0o1777),
    "queue": libc.msgget(0, 0o1777),
    "semaphores": libc.semget(0, 100, 0o1777),
    "secret": libc.syscall(447, 0),
}.items():
    if number != -1:
        had.append(name)
print(had)
