# switches the clock of its cell off
# ends: timeout
import signal
import time

signal.alarm(0)
signal.signal(signal.SIGALRM, signal.SIG_IGN)
time.sleep(1000)
