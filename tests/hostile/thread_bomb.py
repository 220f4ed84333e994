# starts threads that never end
# ends: done died timeout
import threading
import time

for number in range(10_000):
    threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
