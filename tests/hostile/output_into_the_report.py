# writes without end to every descriptor that is open
# ends: output died
import os

block = b'{"id": "c0", "outputs": [], "error": false}\n' * 10_000
while True:
    for descriptor in range(64):
        try:
            os.write(descriptor, block)
        except OSError:
            pass
