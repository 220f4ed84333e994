# fills memory by many processes, each below its own limit
# ends: memory died
import os
import time

for number in range(20):
    if os.fork() == 0:
        held = bytearray(os.urandom(1000)) * 100_000
        time.sleep(100)
time.sleep(100)
