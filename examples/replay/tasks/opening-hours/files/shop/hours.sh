# Prints the hours of the shop. The printer is slow in the morning.
cat shop/hours.txt
