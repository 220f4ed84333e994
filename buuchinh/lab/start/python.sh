# Read by the start files, in the bundle's folder: finds Python ($found) and says which one will have the packages ($run).
export PYTHONUTF8=1 PYTHONNOUSERSITE=1
unset PYTHONHOME PYTHONPATH
text=buuchinh/lab/start

fits() { command -v "$1" >/dev/null && "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }
found=
if [ -d python ]; then # the bundle's own; a zip that was unpacked by some programs lost who may run what
    for python in python/bin/python3.1[1-3]; do
        [ -x "$python" ] || chmod +x "$python" 2>/dev/null || true
        if fits "$python"; then found=$python; break; fi
    done
    run=$found
    if [ -z "$found" ]; then cat $text/khong-chay-duoc.txt >&2; exit 1; fi
else
    for python in .venv/bin/python python3 python3.13 python3.12 python3.11 python; do
        if fits "$python"; then found=$python; break; fi
    done
    run=.venv/bin/python
    if [ -z "$found" ]; then cat $text/khong-co-python.txt >&2; exit 1; fi
fi
