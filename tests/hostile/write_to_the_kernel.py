# writes to the files by which the kernel is told things
# ends: done
# prints: []
import glob
import os

written = []
names = ["/proc/sysrq-trigger", "/proc/self/uid_map", "/proc/self/setgroups", "/proc/1/oom_score_adj"]
for name in [*names[:3], *glob.glob("/proc/sys/**/*", recursive=True)]:
    if os.path.isfile(name):
        try:
            with open(name, "r+b") as file:
                file.write(b"1")
            written.append(name)
        except OSError:
            pass
print(written)
