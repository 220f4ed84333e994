# kills the process that forked it
# ends: done
import os
import signal

os.kill(os.getppid(), signal.SIGKILL)
