# Asks the caretaker for the code of a door.
echo "caretaker: nobody answers; the code of the $1 door is not available" >&2
exit 1
