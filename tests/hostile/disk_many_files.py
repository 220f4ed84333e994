# fills every folder that can be written to, with large files and with empty ones
# ends: done
# prints: True True
import os

written = files = 0
for place in (".", os.environ["HOME"], "/dev/shm", "/var/tmp", "/khoa-hoc"):
    for number in range(100):
        try:
            with open(f"{place}/{number}", "wb") as file:
                written += file.write(b"0" * 10_000_000)
        except OSError:
            break
    for number in range(30_000):
        try:
            os.close(os.open(f"{place}/e{number}", os.O_CREAT | os.O_WRONLY))
            files += 1
        except OSError:
            break
print(written <= 200_000_000, files <= 61_000)
