# holds memory in sockets, which are nobody's pages: pairs, and every family that talks to itself
# ends: done
# prints: []
import _socket
import os

had = []
for family in range(46):
    for kind in (1, 2, 3, 5):
        for make in (_socket.socket, _socket.socketpair):
            try:
                made = make(family, kind)
                had.append((make.__name__, family, kind))
            except OSError:
                pass
had += [name for name in os.listdir("/proc/self/fd") if os.path.exists(f"/proc/self/fd/{name}/socket")]
print(had)
