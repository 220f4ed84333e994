# writes to the process's own streams, past Python
# ends: done timeout
import os
import subprocess

for number in range(1000):
    os.write(1, b"x" * 10_000)
    os.write(2, b"x" * 10_000)
subprocess.run(["/bin/sh", "-c", "head -c 100000000 /dev/zero"], check=False)
