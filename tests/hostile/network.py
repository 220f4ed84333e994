# connects to the machine that grades, by every family of sockets, and asks for a name
# ends: done
# prints: []
import socket

reached = []
tries = [
    (socket.AF_INET, ("127.0.0.1", int("{port}"))),
    (socket.AF_INET, ("10.0.0.1", 80)),
    (socket.AF_INET6, ("::1", int("{port}"))),
    (socket.AF_UNIX, "\0buuchinh-{port}"),
    (socket.AF_UNIX, "{course}/socket"),
    (getattr(socket, "AF_VSOCK", 40), (2, 1024)),
    (getattr(socket, "AF_NETLINK", 16), (0, 0)),
]
for family, address in tries:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as one:
            one.settimeout(1)
            one.connect(address)
            reached.append(address)
    except (OSError, TypeError, ValueError):
        pass
try:
    reached.append(socket.gethostbyname("example.org"))
except OSError:
    pass
print(reached)
