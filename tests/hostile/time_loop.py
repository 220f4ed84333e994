# never ends
# ends: done
# fails
while True:
    pass
