# prints without end
# ends: done
# fails
while True:
    print("x" * 10**6)
