import type { ShellCase } from "./shell-case.ts";

export const LANGUAGE_CASES: readonly ShellCase[] = [
  { command: "echo hi", output: "hi\n" },
  { command: "echo out; echo err >&2; echo out2; exit 3", output: "out\nerr\nout2\n", exit_code: 3 },
  {
    command: "nosuch",
    output: "sh: 1: eval: nosuch: not found\n",
    exit_code: 127,
    virtual: {
      told: "messages and codes of errors",
      output: "bash: nosuch: command not found\n",
      exit_code: 127,
    },
  },
  { command: "pwd; ls", output: "/run\nstage_ranges.json\nsteps.json\nuni.txt\nviews\nwords.txt\n" },
  {
    command: 'x=5; echo $((x*2+1)) "${x:-no}" "${y:-none}" \'$x\' $((7 / 2)) $((7 % 3)) $((1 << 4))',
    output: "11 5 none $x 3 1 16\n",
  },
  {
    command: 'for f in views/*.txt; do echo "$f: $(cat "$f")"; done',
    output: "views/1.txt: view one\nviews/2.txt: view two\n",
  },
  {
    command:
      "i=0; while [ $i -lt 3 ]; do i=$((i+1)); [ $i -eq 2 ] && continue; echo $i; done; until [ $i -le 1 ]; do i=$((i-1)); done; echo $i",
    output: "1\n3\n1\n",
  },
  { command: "case apple in a*) echo starts-a;; *) echo no;; esac", output: "starts-a\n" },
  {
    command: "if [ -f words.txt ] && ! [ -d words.txt ]; then echo file; else echo none; fi",
    output: "file\n",
  },
  {
    command: 'f() { local a=$1; echo "got $a of $#"; return 4; }; f x y; echo $?',
    output: "got x of 2\n4\n",
  },
  {
    command: 'set -- a "b c" d; for x in "$@"; do echo "<$x>"; done; shift; echo $# $1',
    output: "<a>\n<b c>\n<d>\n2 b c\n",
  },
  {
    command:
      'options() { while getopts ab: o; do case $o in a) echo A;; b) echo "B=$OPTARG";; *) echo bad;; esac; done; }; options -a -b val',
    output: "A\nB=val\n",
  },
  {
    command: "a='x y'; set -- $a; echo $#; set -- \"$a\"; echo $#; IFS=,; v=1,2,3; set -- $v; echo $2",
    output: "2\n1\n2\n",
  },
  {
    command: "true && echo yes || echo no; false && echo yes || echo no; ! true; echo $?",
    output: "yes\nno\n1\n",
  },
  {
    command: "(exit 7); echo $?; { echo grouped; } ; (cd views; pwd); pwd",
    output: "7\ngrouped\n/run/views\n/run\n",
  },
  {
    command: "echo 'single \"double\" inside' \"double 'single' inside\" esc\\ aped",
    output: "single \"double\" inside double 'single' inside esc aped\n",
  },
  {
    command: "v=hello; echo ${#v} ${v#he} ${v%lo} ${v%%l*} ${v##*l}; p=/a/b/c.tar.gz; echo ${p##*/} ${p%.*}",
    output: "5 llo hel he o\nc.tar.gz /a/b/c.tar\n",
  },
  {
    command: 'echo "$(echo "nested $(echo deep)")"; echo `echo ticks`; eval \'echo evaled $((1+1))\'',
    output: "nested deep\nticks\nevaled 2\n",
  },
  { command: "set -e; false; echo not reached", output: "", exit_code: 1 },
  {
    command: "export A=1; sh -c 'echo $A'; A=2 sh -c 'echo $A'; unset A; echo \"[$A]\"",
    output: "1\n2\n[]\n",
  },
  {
    command: "command -v jq >/dev/null && echo have; command -v nosuch >/dev/null || echo none",
    output: "have\nnone\n",
  },
  {
    command: "command -v steps >/dev/null && echo tool",
    output: "tool\n",
    virtual: { told: "`command -v` does not see", output: "", exit_code: 1 },
  },
  { command: "sleep 0.1 & echo first; wait; echo second", output: "first\nsecond\n" },
  {
    command:
      'test 3 -gt 2 && echo gt; [ abc = abc ] && echo eq; [ -z "" ] && echo empty; [ -s words.txt ] && echo sized',
    output: "gt\neq\nempty\nsized\n",
  },
  {
    command:
      'read -r a b < words.txt; echo "$b-$a"; while read -r w n; do [ "$n" -gt 5 ] && echo "$w"; done < words.txt',
    output: "3-pear\napple\nkiwi\n",
  },
  {
    command: "N=42; cat <<E\nvalue $N $(echo sub) \\$N\nE\ncat <<'E'\nplain $N `x` \\n \"q\" 'q'\nE",
    output: "value 42 sub $N\nplain $N `x` \\n \"q\" 'q'\n",
  },
  { command: "cat <<-E\n\ttabbed\n\tE", output: "tabbed\n" },
  { command: "cat <<'A'; cat <<'B'\none\nA\ntwo\nB", output: "one\ntwo\n" },
  {
    command: "echo *.txt; echo views/[12].txt; echo 'no*match'*",
    output: "uni.txt words.txt\nviews/1.txt views/2.txt\nno*match*\n",
  },
  { command: "timeout 1 sleep 5; echo $?", output: "124\n" },
  {
    command: "echo 'a\\nb'",
    output: "a\nb\n",
    virtual: { told: "leaves backslashes alone", output: "a\\nb\n" },
  },
  { command: "echo {a,b}", output: "{a,b}\n", virtual: { told: "`{a,b}`", output: "a b\n" } },
  {
    command: "[[ abc == a* ]] && echo bash",
    output: "sh: 1: eval: [[: not found\n",
    exit_code: 127,
    virtual: { told: "`[[ ]]`", output: "bash\n" },
  },
  {
    command: "arr=(1 2 3); echo ${arr[1]}",
    output: 'sh: 1: eval: Syntax error: "(" unexpected\n',
    exit_code: 2,
    virtual: { told: "arrays", output: "2\n" },
  },
  {
    command: "cat <<< here",
    output: "sh: 1: eval: Syntax error: redirection unexpected\n",
    exit_code: 2,
    virtual: { told: "`<<<`", output: "here\n" },
  },
  {
    command: "set -o pipefail; false | true; echo $?",
    output: "sh: 1: set: Illegal option -o pipefail\n",
    exit_code: 2,
    virtual: { told: "pipefail", output: "1\n" },
  },
  {
    command: "env | cut -d= -f1 | sort | tr '\\n' ' '",
    output: "HOME LANG PATH PWD ",
    virtual: {
      told: "`env` lists variables",
      output: " ? BASHOPTS HOME HOSTNAME HOSTTYPE IFS LANG MACHTYPE OLDPWD OPTIND OSTYPE PATH PWD SHELLOPTS ",
    },
  },
  {
    command: "echo before\nif true; then echo unfinished",
    output: 'before\nsh: 2: eval: Syntax error: end of file unexpected (expecting "fi")\n',
    exit_code: 2,
    virtual: {
      told: "mistake of syntax",
      output: "bash: syntax error: Parse error at 3:30: Expected FI, got EOF\n",
      exit_code: 2,
    },
  },
  {
    command: "trap 'echo bye' EXIT; echo body",
    output: "body\nbye\n",
    virtual: { told: "no trap", output: "bash: trap: command not found\nbody\n" },
  },
  {
    command: "yes x | head -2",
    output: "x\nx\n",
    virtual: { told: "trap, yes", output: "bash: yes: command not found\n" },
  },
  {
    command: "echo in | cat /dev/stdin",
    output: "in\n",
    virtual: { told: "/dev/stdin", output: "cat: /dev/stdin: No such file or directory\n", exit_code: 1 },
  },
  {
    command: "rg -n fig words.txt",
    output: "sh: 1: eval: rg: not found\n",
    exit_code: 127,
    virtual: { told: "rg is there", output: "3:fig 2\n" },
  },
];
