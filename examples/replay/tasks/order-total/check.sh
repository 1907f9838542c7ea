# Run in the folder after an attempt: 213.75 dollars at 0.8512.
[ "$(cat total.txt)" = 181.94 ]
