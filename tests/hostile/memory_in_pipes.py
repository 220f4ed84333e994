# lends pages to pipes, which then hold them for nobody: a huge page behind each lent byte
# ends: done
# prints: [] 65536 True
import ctypes
import fcntl
import mmap
import os

libc = ctypes.CDLL(None, use_errno=True)


class Lent(ctypes.Structure):
    _fields_ = [("start", ctypes.c_void_p), ("size", ctypes.c_size_t)]


page = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
lent = Lent(ctypes.addressof(ctypes.c_char.from_buffer(page)), 4096)
(out, into), (out2, into2) = os.pipe(), os.pipe()
os.write(into2, b"x" * 100)
with open("x", "w+b") as file:
    file.write(b"x" * 4096)
    file.seek(0)
    had = [
        name
        for name, moved in {
            "vmsplice": libc.vmsplice(into, ctypes.byref(lent), ctypes.c_size_t(1), 0),
            "splice": libc.splice(file.fileno(), None, into, None, ctypes.c_size_t(4096), 0),
            "tee": libc.tee(out2, into, ctypes.c_size_t(100), 0),
        }.items()
        if moved != -1
    ]
try:
    fcntl.fcntl(into, 1031, 1 << 20)
except OSError:
    pass
held = []
try:
    while True:
        held.append(os.pipe())
except OSError:
    pass
os.close(held.pop()[0])
print(had, fcntl.fcntl(into, 1032), len(held) < 130)
