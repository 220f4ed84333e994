# opens terminals, whose buffers no limit counts, by many processes
# ends: done
# prints: True
import os
import time

made, told = os.pipe()
for number in range(14):
    if os.fork() == 0:
        held = []
        try:
            while True:
                held.append(os.openpty())
        except OSError:
            pass
        os.write(told, bytes([len(held)]))
        time.sleep(2)
        os._exit(0)
print(sum(os.read(made, 1)[0] for number in range(14)) <= 8)
