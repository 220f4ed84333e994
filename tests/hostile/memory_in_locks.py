# locks every second byte of a file, each a record in the kernel
# ends: done
# prints: 0 True
import fcntl
import os
import struct

descriptor = os.open("x", os.O_CREAT | os.O_RDWR)
held = 0
for number in range(1_000):
    for command in (6, 7, 37, 38):
        try:
            fcntl.fcntl(descriptor, command, struct.pack("hhlli", fcntl.F_WRLCK, os.SEEK_SET, number * 2, 1, 0))
            held += 1
        except OSError:
            pass
fcntl.flock(descriptor, fcntl.LOCK_EX)  # the whole file, once: that is allowed
print(held, True)
