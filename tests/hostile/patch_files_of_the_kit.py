# writes into the kit, the libraries and the course, for those who come after
# ends: done
# prints: []
import os
import sys

import numpy

import buuchinh

written = []
folders = [os.path.dirname(module.__file__) for module in (buuchinh, numpy, os)]
for folder in (*folders, os.environ["BUUCHINH_COURSE"], sys.prefix, "/etc", "/usr/lib", "/dev", "/"):
    try:
        with open(os.path.join(folder, "sitecustomize.py"), "w") as file:
            file.write("1 / 0")
        written.append(folder)
    except OSError:
        pass
print(written)
