# stops itself and leaves a child running
# ends: done timeout
import os
import signal
import time

if os.fork() == 0:
    time.sleep(1000)
os.kill(os.getpid(), signal.SIGSTOP)
