# Asks the bank for the rate of a day.
echo "bank: connection refused; the rate of $1 is not available" >&2
exit 1
