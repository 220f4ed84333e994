# opens files, pipes and sockets until there are no more
# ends: done
# prints: True
import os
import socket

held = []
try:
    while True:
        held += [*os.pipe(), *(one.detach() for one in socket.socketpair())]
except OSError:
    pass
for descriptor in held[:8]:
    os.close(descriptor)
print(len(held) < 2_000)
