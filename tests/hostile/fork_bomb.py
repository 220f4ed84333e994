# forks as often as it can, and each fork again
# ends: done died timeout
import os

for number in range(100_000):
    try:
        os.fork()
    except OSError:
        pass
