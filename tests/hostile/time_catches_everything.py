# never ends, whatever is raised in it
# ends: timeout
import time

while True:
    try:
        time.sleep(1)
    except BaseException:
        pass
