# hangs memory on empty files: access lists of a hundred kilobytes, attributes
# ends: done
# prints: []
import os
import struct

everyone = 0xFFFF_FFFF
entries = [(1, 6, everyone), *[(2, 6, os.getuid())] * 8_000, (4, 6, everyone), (16, 6, everyone), (32, 4, everyone)]
long = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *one) for one in entries)
had = []
os.mkdir("d")
descriptor = os.open("x", os.O_CREAT | os.O_RDWR)
for place in ("x", "d", descriptor, os.environ["HOME"], "/dev/shm"):
    for name, value in {
        "system.posix_acl_access": long,
        "system.posix_acl_default": long,
        "user.x": b"x" * 60_000,
        "trusted.x": b"x",
    }.items():
        for follow in (True, False) if isinstance(place, str) else (True,):
            try:
                os.setxattr(place, name, value, follow_symlinks=follow)
                had.append((place, name))
            except OSError:
                pass
print(had)
