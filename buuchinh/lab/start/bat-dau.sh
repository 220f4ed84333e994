#!/bin/sh
# Opens the course on Linux and macOS.
set -eu
cd "$(dirname "$0")"
. ./buuchinh/lab/start/python.sh
"$found" -B -m buuchinh.lab.prepare
exec "$run" -m buuchinh lab "$@"
