# shows without end
# ends: done
# fails
from IPython.display import display

while True:
    display("x" * 10**4)
