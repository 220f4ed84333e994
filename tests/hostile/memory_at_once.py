# asks for ten gigabytes
# ends: done
# fails
x = bytearray(10**10)
