# looks for other processes, to read their memory, and traces its parent
# ends: done
# prints: [] 0 []
import ctypes
import os

mine = os.getpid()
others = [name for name in os.listdir("/proc") if name.isdigit() and int(name) != mine]
libc = ctypes.CDLL(None, use_errno=True)
done = []
for process in (0, os.getppid(), *range(1, 200)):
    if process != mine and libc.ptrace(16, process, None, None) == 0:
        done.append(process)
    buffer = ctypes.create_string_buffer(16)
    vector = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), 16)
    if process != mine and libc.process_vm_readv(process, vector, 1, vector, 1, 0) > 0:
        done.append(-process)
print(others, os.getppid(), done)
