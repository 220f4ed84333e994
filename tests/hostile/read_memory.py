# reads all of its own memory, and so all that the server had read before it was forked
# ends: done
# prints: True []
import re

needle = re.compile(b"CHIM" + b"BAO-[0-9a-f]{12}")
found, read = set(), 0
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
    for line in maps:
        span, rights = line.split()[:2]
        if not rights.startswith("r") or "[v" in line:
            continue
        start, end = (int(part, 16) for part in span.split("-"))
        try:
            memory.seek(start)
            data = memory.read(min(end - start, 50_000_000))
        except (OSError, ValueError, OverflowError, MemoryError):
            continue
        read += len(data)
        found |= {one.decode() for one in needle.findall(data)}
        del data
print(read > 10_000_000, sorted(found))
