#!/bin/sh
# Opens the instructor's page on Linux and macOS.
set -eu
cd "$(dirname "$0")"
. ./buuchinh/lab/start/python.sh
"$found" -B -m buuchinh.lab.prepare requirements-instructor.lock
exec "$run" -m buuchinh lab --instructor "$@"
