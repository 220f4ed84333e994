#!/bin/sh
# Starts the course on Linux and macOS.
set -eu
cd "$(dirname "$0")"
export PYTHONUTF8=1
text=buuchinh/lab/start

fits() { command -v "$1" >/dev/null && "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }
found=
for python in python3 python3.13 python3.12 python3.11 python; do
    if fits "$python"; then found=$python; break; fi
done
if [ -z "$found" ]; then cat $text/khong-co-python.txt >&2; exit 1; fi

if ! [ -e .venv/xong.txt ]; then
    cat $text/dang-cai.txt
    [ -x .venv/bin/pip ] || "$found" -m venv .venv || { cat $text/khong-cai-duoc.txt >&2; exit 1; }
    offline=
    if [ -d wheels ]; then offline="--no-index --find-links wheels"; fi
    .venv/bin/python -m pip install -q --disable-pip-version-check $offline -r requirements.lock ||
        { cat $text/khong-cai-duoc.txt >&2; exit 1; }
    echo ok >.venv/xong.txt
fi
exec .venv/bin/python -m buuchinh lab "$@"
