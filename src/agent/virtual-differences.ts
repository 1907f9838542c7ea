/**
 * In which ways the virtual shell differs from the usual one, for the model that works in it. Found by running the same commands in both; the
 * contract suite holds each sentence against what happens.
 */
export const VIRTUAL_DIFFERENCES: readonly string[] = [
  "The shell is an imitation of Bash, not /bin/sh: `[[ ]]`, arrays, `{a,b}`, `<<<` and pipefail work, `echo` leaves backslashes alone, `env` lists variables of Bash, messages and codes of errors are Bash's.",
  "A mistake of syntax anywhere keeps the whole command from running.",
  "There is no trap, yes, cmp, mktemp, realpath, id, uname, bc, python3 or perl, no `<( )` and no /dev/stdin (write `-`); `command -v` does not see the commands of this folder's own; rg is there.",
  "Writing to /run gives no error and is gone after the command; `>` makes missing folders; a link from /scratch into /run leads nowhere.",
  'jq gives wrong or empty results, without an error, for group_by (it does not sort), min_by (takes the last of equals), to_entries of an array, del of several paths and walk; inputs, INDEX and `@tsv "…"` are missing.',
  "awk has no system() and no pipes, gsub does not change an element of an array, and %05.1f pads with blanks; awk, cut -c and fold count characters where the usual ones count bytes.",
  "grep heeds only the last of several -e, knows no -s, --color or \\1, and fails on a pattern that matches nothing at all; grep -r prints names without ./.",
  "Give options and their values apart: xargs -n 1, paste -s -d , -, join -j 1; sort -z, head -n -3, cut --complement, uniq -f, wc -L and du -b are missing.",
  "sort puts capitals beside small letters, and sort -u with a key keeps another one of the equals; diff always prints the unified form; wc, uniq -c and od pad differently; ls leaves blank lines between several files.",
];
