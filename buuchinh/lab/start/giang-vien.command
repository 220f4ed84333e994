#!/bin/sh
# Opens the instructor's page on macOS, where a double click runs a file of this kind. The window stays open after a fault.
cd "$(dirname "$0")" || exit 1
sh giang-vien.sh "$@"
