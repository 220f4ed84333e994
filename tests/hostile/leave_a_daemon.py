# leaves a process behind that has cut every tie
# ends: done
import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.closerange(0, 64)
        while True:
            time.sleep(0.05)
            try:
                with open("/tmp/con-day", "a") as file:
                    file.write("x")
            except OSError:
                pass
    os._exit(0)
