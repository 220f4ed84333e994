# takes rights: another user, namespaces, mounts, devices
# ends: done
# prints: []
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
taken = []
for name, arguments in (
    ("setuid", (0,)),
    ("setgid", (0,)),
    ("setresuid", (0, 0, 0)),
    ("unshare", (0x10000000,)),
    ("unshare", (0x00020000,)),
    ("mount", (b"none", b"/tmp", b"tmpfs", 0, None)),
    ("umount2", (b"/tmp", 2)),
    ("umount2", (b"/proc", 2)),
    ("chroot", (b"/",)),
    ("mknod", (b"/tmp/a-device", 0o20666, 0x101)),
    ("sethostname", (b"x", 1)),
    ("setpriority", (0, 0, -20)),
):
    if getattr(libc, name)(*arguments) == 0:
        taken.append(name)
child = libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0) if os.uname().machine == "x86_64" else -1
if child == 0:
    os._exit(0)
taken += ["clone"] if child > 0 else []
print(taken)
