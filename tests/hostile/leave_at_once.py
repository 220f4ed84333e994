# leaves in its first cell, without a word
# ends: died
import os

os._exit(0)
