/** What every script begins with, behind its own settings. */
export const FRAME = `
usage() {
  cat <<'END'
Without arguments, prints what it would do and touches nothing.
  --execute DIR         do it in DIR, which must be empty or hold a file .codetracer-replay
  --from N, --only N    begin with step N, or do only that one
  --done N              step N was done by hand
  --redo N              step N may be done again although it was cut off
  --keep-going          go on where an exit code is not the recorded one
  --timeout-seconds N   stop a step after so long (default 300, 0 = never)
  --anywhere            do steps that reach out of DIR: only in a machine that may be lost
  --allow-checkout      DIR may be, or lie in, a git checkout
END
}
fail() { printf 'codetracer: %s\\n' "$1" >&2; exit 2; }
number() { case $1 in '' | *[!0-9]*) fail "$2 takes a number" ;; esac; }

workdir='' from=0 only='' done_by_hand='' redo='' keep_going='' allow_checkout='' anywhere='' seconds=300 state='' prepared=''
while [ $# -gt 0 ]; do
  case $1 in
    --execute | --from | --only | --done | --redo | --timeout-seconds | --state)
      [ $# -gt 1 ] || fail "$1 takes a value"
      case $1 in
        --execute) workdir=$2 ;;
        --state) state=$2 prepared=yes ;;
        --from) number "$2" "$1"; from=$2 ;;
        --only) number "$2" "$1"; only=$2 ;;
        --done) number "$2" "$1"; done_by_hand="$done_by_hand $2 " ;;
        --redo) number "$2" "$1"; redo=$2 ;;
        --timeout-seconds) number "$2" "$1"; seconds=$2 ;;
      esac
      shift 2 ;;
    --keep-going) keep_going=yes; shift ;;
    --allow-checkout) allow_checkout=yes; shift ;;
    --anywhere) anywhere=yes; shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; fail "this argument is not known: $1" ;;
  esac
done

inside() { case $1/ in "$2"/*) return 0 ;; *) return 1 ;; esac; }

# Refuses every folder that may hold something of value, and settles where the replay keeps its own state.
check_folder() {
  [ -d "$workdir" ] || fail "--execute: $workdir is no folder; make an empty one"
  workdir=$(cd "$workdir" && pwd -P)
  local home='' run='' above
  if [ -n "\${HOME:-}" ] && [ -d "$HOME" ]; then home=$(cd "$HOME" && pwd -P); fi
  if [ -n "$run_directory" ] && [ -d "$run_directory" ]; then run=$(cd "$run_directory" && pwd -P); fi
  [ "$workdir" != / ] || fail '--execute: recorded commands are not run in /'
  if [ -n "$home" ] && inside "$home" "$workdir"; then fail '--execute: the folder is, or holds, your home'; fi
  if [ -n "$run" ] && { inside "$run" "$workdir" || inside "$workdir" "$run"; }; then fail '--execute: the folder is that of the run itself'; fi
  if [ -n "$mapped" ]; then case $workdir in *[!A-Za-z0-9_./-]*) fail '--execute: with --map, take a folder whose name holds only letters, digits and _ . / -' ;; esac; fi
  state=$workdir.codetracer-replay
  if [ ! -d "$state" ]; then
    above=$workdir
    while [ -z "$allow_checkout" ]; do
      [ ! -e "$above/.git" ] || fail "--execute: $above is a git checkout; take another folder, or say --allow-checkout"
      [ "$above" != / ] || break
      above=$(dirname "$above")
    done
    if [ ! -e "$workdir/.codetracer-replay" ] && [ -n "$(ls -A "$workdir")" ] && [ ! -e "$workdir/.git" ]; then
      fail '--execute: the folder is not empty; take an empty one, or put a file .codetracer-replay into it to say that commands may change what it holds'
    fi
    mkdir "$state"
    rm -f "$workdir/.codetracer-replay"
  fi
}

texts='' sketched='' step='' title='' expected='' code=0
tidy() { if [ -n "$sketched" ]; then rm -rf "$sketched"; fi; }
trap tidy EXIT
if [ -z "$workdir" ]; then
  sketched=$(mktemp -d "\${TMPDIR:-/tmp}/codetracer-XXXXXX"); texts=$sketched
else
  if [ -n "$prepared" ]; then mkdir -p "$state"; workdir=$(cd "$workdir" && pwd -P); else check_folder; fi
  texts=$state/texts
  mkdir -p "$texts"
fi

put() {
  head -c "$2" > "$texts/$1"
  if [ -n "$mapped" ] && [ "$1" = command ]; then replace_mark "$texts/$1"; fi
}
put_base64() {
  base64 -d > "$texts/$1" 2>/dev/null
  if [ -n "$mapped" ] && [ "$1" = command ]; then replace_mark "$texts/$1"; fi
}
replace_mark() {
  local text
  text=$(cat "$1"; printf x)
  text=\${text%x}
  printf '%s' "\${text//"$mapped"/\${workdir:-DIR}}" > "$1"
}
show() { LC_ALL=C tr -d '\\000-\\010\\013-\\037\\177' < "$texts/$1" | sed 's/^/    /'; echo; }

label() { if [ -n "$mapped" ]; then printf '%s' "\${1//"$mapped"/DIR}"; else printf '%s' "$1"; fi; }

# A recorded path: absolute, below home, or from the directory of the step.
place() {
  local path=$1
  if [ -n "$mapped" ]; then path=\${path//"$mapped"/$workdir}; fi
  case $path in
    /*) ;;
    '~') path=$workdir ;;
    '~/'*) path=$workdir/\${path#??} ;;
    *) path=$workdir\${path:+/$path} ;;
  esac
  printf '%s' "$path"
}
directory=''
go_to() { if [ -n "$1" ]; then directory=$(place "$1"); else directory=''; fi; }
file() { case $1 in /* | '~'* | "\${mapped:-/}"*) place "$1" ;; *) printf '%s/%s' "\${directory:-$workdir}" "$1" ;; esac; }

run_command() {
  if [ -z "$workdir" ]; then show command; return; fi
  local session='' limit=''
  if [ -n "$1" ]; then session=$state/session-$1; fi
  if [ "$seconds" != 0 ] && command -v timeout > /dev/null 2>&1; then limit="timeout -k 5 $seconds"; fi
  code=0
  $limit env -i PATH="$PATH" HOME="$workdir" LANG=C.UTF-8 TERM=dumb bash -c "$step_shell" bash "$texts/command" "$session" "\${directory:-$([ -n "$session" ] && [ -f "$session.dir" ] || printf '%s' "$workdir")}" < /dev/null 2>&1 || code=$?
}
write_file() {
  if [ -z "$workdir" ]; then echo "    write $(label "$1"):"; show "$2"; return; fi
  local path; path=$(file "$1")
  code=0
  { mkdir -p "$(dirname "$path")" && cat "$texts/$2" > "$path"; } 2>&1 || code=1
}
append_file() {
  if [ -z "$workdir" ]; then echo "    append to $(label "$1"):"; show "$2"; return; fi
  local path; path=$(file "$1")
  code=0
  { mkdir -p "$(dirname "$path")" && cat "$texts/$2" >> "$path"; } 2>&1 || code=1
}
edit_file() {
  local name=$1 path kind; shift
  if [ -z "$workdir" ]; then
    echo "    edit $(label "$name"):"
    while [ $# -gt 0 ]; do
      kind=$1; shift
      case $kind in
        once | all | lines) echo "    ($kind) replace"; show "$1"; echo '    by'; show "$2"; shift 2 ;;
        insert) echo "    after line $1"; show "$2"; shift 2 ;;
        *) echo "    ($kind)"; show "$1"; shift ;;
      esac
    done
    return
  fi
  path=$(file "$name")
  [ -f "$path" ] || { echo 'codetracer: the file to edit is not there'; code=1; return; }
  set -- "$@" end
  while [ "$1" != end ]; do
    kind=$1; set -- "$@" "$kind"; shift
    if [ "$kind" = insert ]; then set -- "$@" "$1"; shift; fi
    set -- "$@" "$texts/$1" "$(size "$texts/$1")"; shift
    case $kind in once | all | lines) set -- "$@" "$texts/$1" "$(size "$texts/$1")"; shift ;; esac
  done
  shift
  code=0
  { LC_ALL=C awk "$edit_program" "$path" "$(size "$path")" "$@" > "$texts/edited" && cat "$texts/edited" > "$path"; } 2>&1 || code=1
}
size() { wc -c < "$1" | tr -d ' '; }
delete_file() {
  if [ -z "$workdir" ]; then echo "    delete $(label "$1")"; return; fi
  code=0
  rm "$(file "$1")" 2>&1 || code=1
}
move_file() {
  if [ -z "$workdir" ]; then echo "    move $(label "$1") to $(label "$2")"; return; fi
  code=0
  mv "$(file "$1")" "$(file "$2")" 2>&1 || code=1
}

# begin NUMBER NAME EXPECTED-EXIT-CODE RISKS: fails where the step is not to be done now.
begin() {
  step=$1 title=$2 expected=$3 code=0
  if [ -n "$only" ] && [ "$only" != "$step" ]; then return 1; fi
  if [ "$step" -lt "$from" ]; then return 1; fi
  if [ -n "$workdir" ] && [ -z "$prepared" ]; then
    if grep -qx "$step" "$state/finished" 2>/dev/null; then return 1; fi
    case $done_by_hand in *" $step "*) echo "$step" >> "$state/finished"; return 1 ;; esac
    if [ "$(cat "$state/in-flight" 2>/dev/null)" = "$step" ] && [ "$redo" != "$step" ]; then
      fail "step $step was cut off in an earlier call and may be half done; look at what it left, then say --redo $step or --done $step"
    fi
    echo "$step" > "$state/in-flight"
  fi
  if [ -z "$prepared" ]; then printf '\\n%s\\n' "── step $step: $title\${4:+ (risks: $4)}"; fi
}
finish() {
  if [ -z "$workdir" ]; then return; fi
  if [ -n "$prepared" ]; then exit "$code"; fi
  rm -f "$state/in-flight"
  if [ "$expected" != '?' ] && [ "$code" != "$expected" ]; then
    printf '%s\\n' "── step $step ended with exit code $code, in the recording with $expected" >&2
    if [ -z "$keep_going" ]; then fail "stopped at step $step; look at what it left, then say --done $step, or --keep-going"; fi
  fi
  echo "$step" >> "$state/finished"
}
leaves() {
  if [ -z "$workdir" ]; then printf '    reaches out of the folder: %s\n' "$1"; return; fi
  if [ -n "$anywhere" ]; then return; fi
  rm -f "$state/in-flight"
  fail "step $step reaches out of the folder ($1). Map what it reaches into it with codetracer's --map, do it by hand and say --done $step, or, in a machine that may be lost, say --anywhere"
}
left_out() { printf '    left out: %s\\n' "$1"; }
by_hand() {
  if [ -z "$workdir" ]; then printf '    by hand: %s\\n' "$1"; return; fi
  rm -f "$state/in-flight"
  fail "step $step cannot be done by the script: $1. Do it by hand, then say --done $step"
}
`;
