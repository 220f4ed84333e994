# asks to leave in its first cell
# ends: done
import sys

sys.exit(0)
