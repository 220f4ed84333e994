# lets events that nobody reads pile up: watched folders, rings, message queues, rules, filters
# ends: done
# prints: []
import ctypes
import platform

libc = ctypes.CDLL(None, use_errno=True)
rules = (ctypes.c_uint64 * 2)(0x1FFF, 0)
ring = ctypes.create_string_buffer(120)
context = ctypes.c_ulong()
allow = (ctypes.c_uint64 * 1)(0x7FFF_0000_0000_0006)


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_void_p)]


program = Program(1, ctypes.addressof(allow))
had = [
    name
    for name, number in {
        "inotify": libc.inotify_init1(0),
        "inotify of old": libc.inotify_init(),
        "fanotify": libc.fanotify_init(0x200, 0),
        "rules": libc.syscall(444, rules, ctypes.c_size_t(8), 0),
        "ring": libc.syscall(425, 8, ring),
        "ring of old": libc.syscall(206 if platform.machine() == "x86_64" else 0, 8, ctypes.byref(context)),
        "messages": libc.syscall(240 if platform.machine() == "x86_64" else 180, b"x", 0o102, 0o600, None),
        "filter": libc.prctl(22, 2, ctypes.byref(program), 0, 0),
        "filter by its own call": libc.syscall(317 if platform.machine() == "x86_64" else 277, 1, 0, ctypes.byref(program)),
        "a call of tomorrow": libc.syscall(460, 0, 0, 0),
    }.items()
    if number != -1
]
print(had)
