import type { ShellCase } from "./shell-case.ts";

export const TEXT_CASES: readonly ShellCase[] = [
  {
    command:
      "sed -n '2,3p' words.txt; sed -n '/fig/,$p' words.txt; sed '$!d' words.txt; sed -n '$=' words.txt",
    output: "apple 10\nfig 2\nfig 2\napple 1\nkiwi 7\nkiwi 7\n5\n",
  },
  {
    command: "sed 's/apple/APPLE/; s/\\([a-z]*\\) \\([0-9]*\\)/\\2 \\1/' words.txt",
    output: "3 pear\nAPPLE10 \n2 fig\nAPPLE1 \n7 kiwi\n",
  },
  {
    command: "sed -E 's/^([a-z]+) ([0-9]+)$/\\2:\\1/' words.txt | sed '/^1/d'",
    output: "3:pear\n2:fig\n7:kiwi\n",
  },
  {
    command:
      "sed -n '/apple/{p;q}' words.txt; sed '2,3d;s/r /R /' words.txt; sed 's|a|/|g' words.txt | head -1; sed -n '2{s/apple/&&/;p}' words.txt",
    output: "apple 10\npeaR 3\napple 1\nkiwi 7\npe/r 3\nappleapple 10\n",
  },
  { command: "awk '{s += $2} END {print s, NR}' words.txt", output: "23 5\n" },
  {
    command:
      "awk '$2 > 2 {printf \"%-8s%3d\\n\", $1, $2}' words.txt; awk -v n=3 'NR==n' words.txt; awk '!seen[$1]++' words.txt",
    output: "pear      3\napple    10\nkiwi      7\nfig 2\npear 3\napple 10\nfig 2\nkiwi 7\n",
  },
  {
    command: "awk '{n[$1]++} END {for (k in n) print k, n[k]}' words.txt | sort",
    output: "apple 2\nfig 1\nkiwi 1\npear 1\n",
  },
  {
    command:
      'awk \'NR==2, NR==3\' words.txt; awk \'BEGIN { print substr("hello", 2, 3), index("hello","l"), toupper("x"), int(7/2) }\'',
    output: "apple 10\nfig 2\nell 3 X 3\n",
  },
  {
    command:
      'awk \'BEGIN { while ((getline line < "words.txt") > 0) n++; print n; split("a,b,c", p, ","); print p[3]; s="a b c"; gsub(/ /,"_",s); print s }\'',
    output: "5\nc\na_b_c\n",
  },
  {
    command:
      'awk \'BEGIN{FS=","; OFS="-"} {$1=$1; print}\' <<E\na,b\nE\nawk \'/line one/ {print FNR": "substr($0,1,20)}\' steps.json | head -2',
    output: 'a-b\n2: {"step_id":1,"action\n3: {"step_id":2,"action\n',
  },
  {
    command:
      "awk 'match($0, /[0-9]+/) {print RSTART, RLENGTH; exit}' words.txt; awk 'function f(x){return x*2} BEGIN{print f(4), 0.1+0.2, 2^10}'",
    output: "6 1\n8 0.3 1024\n",
  },
  {
    command:
      "grep -n apple words.txt; grep -c apple words.txt; grep -v apple words.txt | wc -l; grep -q nope words.txt; echo $?",
    output: "2:apple 10\n4:apple 1\n2\n3\n1\n",
  },
  {
    command:
      "grep -E '^(fig|kiwi) [0-9]$' words.txt; grep -oE '[0-9]+' words.txt | head -2; grep -i APPLE words.txt | head -1",
    output: "fig 2\nkiwi 7\n3\n10\napple 10\n",
  },
  {
    command:
      "grep -rn view views; grep -l view views/*.txt; grep -n -A1 -B1 fig words.txt; grep -F 'line one 2' steps.json | cut -c1-20",
    output:
      'views/1.txt:1:view one\nviews/2.txt:1:view two\nviews/1.txt\nviews/2.txt\n2-apple 10\n3:fig 2\n4-apple 1\n{"step_id":2,"action\n',
  },
  {
    command:
      "grep -P 'a\\w+e' words.txt | head -1; grep -w fig words.txt; grep -m1 apple words.txt; grep -L apple words.txt uni.txt",
    output: "apple 10\nfig 2\napple 10\nuni.txt\n",
  },
  {
    command:
      "sort words.txt; sort -k2,2n words.txt | head -2; cut -d' ' -f1 words.txt | sort -u; sort -k2,2nr words.txt | head -1",
    output: "apple 1\napple 10\nfig 2\nkiwi 7\npear 3\napple 1\nfig 2\napple\nfig\nkiwi\npear\napple 10\n",
  },
  {
    command:
      "cut -d' ' -f1 words.txt | sort | uniq -c | sort -rn | awk '{print $1, $2}'; printf 'a\\na\\nb\\n' | uniq -d",
    output: "2 apple\n1 pear\n1 kiwi\n1 fig\na\n",
  },
  {
    command: "wc -l words.txt; wc -l < words.txt; wc -c uni.txt; wc -w < words.txt; wc -m < uni.txt",
    output: "5 words.txt\n5\n26 uni.txt\n10\n17\n",
  },
  {
    command:
      "head -n 2 words.txt; tail -n 1 words.txt; tail -n +4 words.txt; head -c 6 words.txt; head -1 words.txt uni.txt",
    output:
      "pear 3\napple 10\nkiwi 7\napple 1\nkiwi 7\npear 3==> words.txt <==\npear 3\n\n==> uni.txt <==\nhéllo 世界 🎉\n",
  },
  {
    command: "seq 3; seq 2 2 6; seq 5 | tac | tr '\\n' ' '; seq -w 8 10",
    output: "1\n2\n3\n2\n4\n6\n5 4 3 2 1 08\n09\n10\n",
  },
  {
    command: "printf '%s-%03d-%.2f\\n' x 7 3.14159; printf '%5s|%-5s|\\n' ab cd; printf 'a\\tb\\\\n\\n'",
    output: "x-007-3.14\n   ab|cd   |\na\tb\\n\n",
  },
  {
    command:
      "echo \"a b   c\" | tr -s ' ' | cut -d' ' -f2; tr -d '\\n' < words.txt; echo; tr '[:lower:]' '[:upper:]' < words.txt | head -1",
    output: "b\npear 3apple 10fig 2apple 1kiwi 7\nPEAR 3\n",
  },
  {
    command:
      "printf 'a:b:c\\n' | cut -d: -f1,3; printf 'abcdef\\n' | cut -c2-4; printf 'a\\nb\\n' | paste - -; printf '1\\n2\\n' | paste -s -d, -",
    output: "a:c\nbcd\na\tb\n1,2\n",
  },
  {
    command: "echo 'naïve 世界' | grep -o '世.'; echo é | sed 's/é/e/'; echo 日本 | rev; cat uni.txt",
    output: "世界\ne\n本日\nhéllo 世界 🎉\nnaïve\n",
  },
  {
    command:
      "printf 'a\\nb\\n' > /scratch/1; printf 'a\\nc\\n' > /scratch/2; diff -u /scratch/1 /scratch/2 | tail -n 4; comm -12 /scratch/1 /scratch/2; diff /scratch/1 /scratch/1 && echo same",
    output: "@@ -1,2 +1,2 @@\n a\n-b\n+c\na\nsame\n",
  },
  {
    command:
      "echo aGk= | base64 -d; echo; printf hi | sha256sum | cut -c1-8; nl words.txt | head -1; column -t words.txt; expr 3 + 4",
    output: "hi\n8f434346\n     1\tpear 3\npear   3\napple  10\nfig    2\napple  1\nkiwi   7\n7\n",
  },
  { command: "date -u -d @0 +%F", output: "1970-01-01\n" },
  {
    command: "seq 1 3000 | awk '{s+=$1} END {print s, NR}'; seq 1 3000 | tail -1",
    output: "4501500 3000\n3000\n",
  },
  {
    command: "awk 'BEGIN { system(\"echo sys\") }'",
    output: "sys\n",
    virtual: {
      told: "no system()",
      output: "awk: system() is not supported - shell execution not allowed in sandboxed environment\n",
      exit_code: 2,
    },
  },
  {
    command: 'awk \'BEGIN{print "b\\na" | "sort"}\'',
    output: "a\nb\n",
    virtual: { told: "no pipes", output: "awk: Unexpected token: PIPE at line 1:20\n", exit_code: 1 },
  },
  {
    command: 'awk \'BEGIN{a["x"]="b"; gsub(/b/,"c",a["x"]); print a["x"]}\'',
    output: "c\n",
    virtual: { told: "gsub does not change an element", output: "b\n" },
  },
  {
    command: "awk 'BEGIN{printf \"%05.1f\\n\", 3.14159}'",
    output: "003.1\n",
    virtual: { told: "%05.1f", output: "  3.1\n" },
  },
  {
    command: "cut -c1-4 uni.txt | head -1",
    output: "hél\n",
    virtual: { told: "cut -c and fold count characters", output: "héll\n" },
  },
  {
    command: "grep -e fig -e kiwi words.txt",
    output: "fig 2\nkiwi 7\n",
    virtual: { told: "only the last of several -e", output: "kiwi 7\n" },
  },
  {
    command: "grep --color=never fig words.txt",
    output: "fig 2\n",
    virtual: { told: "no -s, --color", output: "grep: unrecognized option '--color=never'\n", exit_code: 1 },
  },
  {
    command: "grep -o '[0-9]*' words.txt | head -2",
    output: "3\n10\n",
    virtual: { told: "matches nothing at all", output: "grep: words.txt: No such file or directory\n" },
  },
  {
    command: "grep -rl apple .",
    output: "./words.txt\n",
    virtual: { told: "names without ./", output: "words.txt\n" },
  },
  {
    command: "sort -u -k1,1 words.txt",
    output: "apple 10\nfig 2\nkiwi 7\npear 3\n",
    virtual: { told: "sort -u with a key", output: "apple 1\nfig 2\nkiwi 7\npear 3\n" },
  },
  {
    command: "printf '1\\n2\\n' | paste -sd,",
    output: "1,2\n",
    virtual: {
      told: "paste -s -d , -",
      output: "usage: paste [-s] [-d delimiters] file ...\n",
      exit_code: 1,
    },
  },
  {
    command: "head -n -3 words.txt",
    output: "pear 3\napple 10\n",
    virtual: { told: "head -n -3", output: "head: invalid number of lines\n", exit_code: 1 },
  },
  {
    command: "printf 'b\\0a\\0' | sort -z | tr '\\0' ' '",
    output: "a b ",
    virtual: { told: "sort -z", output: "sort: invalid option -- 'z'\n" },
  },
  {
    command: "du -b words.txt",
    output: "37\twords.txt\n",
    virtual: { told: "du -b", output: "du: invalid option -- 'b'\n", exit_code: 1 },
  },
  {
    command: "printf 'b\\nA\\na\\nB\\n' | sort",
    output: "A\nB\na\nb\n",
    virtual: { told: "capitals beside small letters", output: "a\nA\nb\nB\n" },
  },
  {
    command: "printf 'a\\nb\\n' > /scratch/1; printf 'a\\nc\\n' > /scratch/2; diff /scratch/1 /scratch/2",
    output: "2c2\n< b\n---\n> c\n",
    exit_code: 1,
    virtual: {
      told: "unified form",
      output:
        "===================================================================\n--- /scratch/1\t\n+++ /scratch/2\t\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n",
      exit_code: 1,
    },
  },
  {
    command: "cut -d' ' -f1 words.txt | sort | uniq -c",
    output: "      2 apple\n      1 fig\n      1 kiwi\n      1 pear\n",
    virtual: { told: "pad differently", output: "   2 apple\n   1 fig\n   1 kiwi\n   1 pear\n" },
  },
];
