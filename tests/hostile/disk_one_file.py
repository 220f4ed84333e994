# writes one file of half a gigabyte
# ends: done died
# fails
with open("a", "wb") as file:
    for number in range(500):
        file.write(b"0" * 1_000_000)
