# opens counters, timers, watchers and files until there are no more, in many processes
# ends: done
# prints: True
import os
import select
import time

made, told = os.pipe()
for number in range(30):
    if os.fork() == 0:
        held = 0
        watchers = []
        try:
            while True:
                watchers.append(select.epoll())
                for _ in range(3):
                    os.eventfd(0)
                    held += 1
        except OSError:
            pass
        os.write(told, held.to_bytes(2, "big"))
        time.sleep(1)
        os._exit(0)
print(sum(int.from_bytes(os.read(made, 2), "big") for number in range(30)) < 30 * 256)
