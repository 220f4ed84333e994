# raises its own limits
# ends: done
# prints: []
import resource

raised = []
for name in ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_NPROC", "RLIMIT_NOFILE", "RLIMIT_DATA"):
    for value in (resource.RLIM_INFINITY, resource.getrlimit(getattr(resource, name))[1] + 1):
        try:
            resource.setrlimit(getattr(resource, name), (value, value))
            raised.append(name)
        except (OSError, ValueError):
            pass
print(raised)
