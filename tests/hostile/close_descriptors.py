# closes every file that the process has open
# ends: died
import os

os.closerange(0, 10_000)
