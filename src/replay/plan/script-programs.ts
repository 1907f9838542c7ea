/** Edits the text of a file, all matches exact. Arguments: the file, its size, then edits as `kind file size …`. */
const EDIT_PROGRAM = `
function fail(words) { print "codetracer: " words > "/dev/stderr"; exit 1 }
function slurp(name, size,   text, line) {
  text = ""
  while ((getline line < name) > 0) text = text line "\\n"
  close(name)
  if (length(text) == size + 1) text = substr(text, 1, size)
  if (length(text) != size + 0) fail("the file holds bytes that are no text")
  return text
}
function find(from, what,   at) { at = index(substr(text, from), what); return at ? from + at - 1 : 0 }
function swap(at, old, new) { text = substr(text, 1, at - 1) new substr(text, at + length(old)) }
function line_start(number,   at, line) {
  at = 1
  for (line = 1; line < number; line++) { if (!find(at, "\\n")) return length(text) + 1; at = find(at, "\\n") + 1 }
  return at
}
BEGIN {
  text = slurp(ARGV[1], ARGV[2]); position = 1; sought = 0
  for (i = 3; i < ARGC; ) {
    kind = ARGV[i]
    if (kind == "insert") { after = ARGV[i + 1]; one = slurp(ARGV[i + 2], ARGV[i + 3]); i += 4 }
    else { one = slurp(ARGV[i + 1], ARGV[i + 2]); i += 3 }
    if (kind == "once" || kind == "all" || kind == "lines") { two = slurp(ARGV[i], ARGV[i + 1]); i += 2 }
    if (kind == "once") {
      at = find(1, one)
      if (!at) fail("the text to replace does not stand in the file")
      if (find(at + 1, one)) fail("the text to replace stands in the file more than once")
      swap(at, one, two)
    } else if (kind == "all") {
      at = find(1, one)
      if (!at) fail("the text to replace does not stand in the file")
      for (; at; at = find(at + length(two), one)) swap(at, one, two)
    } else if (kind == "seek") {
      at = find(position, one)
      if (!at) fail("the place that the patch names does not stand in the file")
      position = find(at, "\\n") ? find(at, "\\n") + 1 : length(text) + 1
      sought = 1
    } else if (kind == "lines") {
      if (length(text) && substr(text, length(text)) != "\\n") { text = text "\\n"; unended = 1 }
      at = position > 1 ? find(position - 1, "\\n" one) : (index(text, one) == 1 ? 1 : find(1, "\\n" one))
      if (!at) fail("the lines to replace do not stand in the file")
      if (substr(text, at, 1) == "\\n" && !(at == 1 && index(text, one) == 1)) at++
      swap(at, one, two)
      position = at + length(two); sought = 1
    } else {
      if (one != "" && substr(one, length(one)) != "\\n") one = one "\\n"
      if (kind == "insert") at = line_start(after + 1)
      else at = sought ? position : length(text) + 1
      if (at > 1 && substr(text, at - 1, 1) != "\\n") one = "\\n" one
      text = substr(text, 1, at - 1) one substr(text, at)
      position = at + length(one)
    }
  }
  if (unended && substr(text, length(text)) == "\\n") text = substr(text, 1, length(text) - 1)
  printf "%s", text
}`;

/**
 * What stands around a recorded command in its shell: where it begins, which variables it gets, and that both are kept for the next one. Arguments: the
 * file with the command, where the session is kept ("" = nowhere), the directory.
 */
const STEP_SHELL = `
_ct_session=$2
if [ -n "$_ct_session" ] && [ -f "$_ct_session.env" ]; then . "$_ct_session.env"; fi
_ct_directory=$3
if [ -z "$_ct_directory" ] && [ -n "$_ct_session" ] && [ -f "$_ct_session.dir" ]; then _ct_directory=$(cat "$_ct_session.dir"); fi
if [ -n "$_ct_directory" ]; then
  cd "$_ct_directory" || { echo "codetracer: the directory of the recording is not there; --map may lead to it" >&2; exit 125; }
fi
_ct_command=$(cat "$1"; printf x)
if [ -n "$_ct_session" ]; then
  trap '_ct_code=$?; pwd > "$_ct_session.dir"; export -p > "$_ct_session.env"; exit $_ct_code' EXIT
fi
set --
eval "\${_ct_command%x}"`;

/** The programs that the frame uses, by the variables that hold them. */
export const FRAME_PROGRAMS: Readonly<Record<string, string>> = {
  edit_program: EDIT_PROGRAM,
  step_shell: STEP_SHELL,
};
