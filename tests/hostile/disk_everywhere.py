# fills every place that can be written to, with bytes and with empty files of long names
# ends: done
# prints: True True
import os

held = files = 0
for place in (".", os.environ["HOME"], "/dev/shm"):
    for number in range(25_000):
        try:
            os.close(os.open(f"{place}/{'x' * 240}{number}", os.O_CREAT | os.O_WRONLY))
            files += 1
        except OSError:
            break
    for name in os.listdir(place)[:50]:
        try:
            with open(f"{place}/{name}", "wb", buffering=0) as file:
                while True:
                    held += file.write(b"x" * 1_000_000)
        except OSError:
            pass
print(held < 70_000_000, files <= 60_000)
