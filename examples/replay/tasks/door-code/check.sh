# Run in the folder after an attempt. The code stands nowhere: only its digest is known.
[ "$(tr -d '\n' < code.txt | sha256sum | cut -c 1-16)" = 2c16a0622069b5e8 ]
