# computes where Python cannot interrupt it
# ends: timeout
sum(range(10**12))
