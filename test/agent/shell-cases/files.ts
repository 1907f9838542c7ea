import type { ShellCase } from "./shell-case.ts";

export const FILES_CASES: readonly ShellCase[] = [
  { command: "cat nofile", output: "cat: nofile: No such file or directory\n", exit_code: 1 },
  {
    command:
      'cat > /scratch/r.json <<\'JSON\'\n{"a": "$HOME `date` \\n", "b": [1, 2]}\nJSON\ncat /scratch/r.json; jq -c .b /scratch/r.json',
    output: '{"a": "$HOME `date` \\n", "b": [1, 2]}\n[1,2]\n',
  },
  { command: "echo one; echo two | tee /scratch/two; cat /scratch/two", output: "one\ntwo\ntwo\n" },
  {
    command: "{ echo a; echo b; } > /scratch/g; (echo c) >> /scratch/g; cat /scratch/g",
    output: "a\nb\nc\n",
  },
  {
    command:
      "exec 3>/scratch/fd; echo via3 >&3; exec 3>&-; cat /scratch/fd; echo both >/scratch/b 2>&1; wc -l < /scratch/b",
    output: "via3\n1\n",
  },
  {
    command:
      "cat nofile > /scratch/o 2>&1; cut -c1-11 /scratch/o; : > /scratch/empty; [ -s /scratch/empty ] || echo empty",
    output: "cat: nofile\nempty\n",
  },
  {
    command:
      "mkdir -p /scratch/d/e; echo deep > /scratch/d/e/f; ls -R /scratch/d; cat /scratch/d/e/f; rm -r /scratch/d; test -e /scratch/d || echo gone",
    output: "/scratch/d:\ne\n\n/scratch/d/e:\nf\ndeep\ngone\n",
  },
  {
    command:
      "cp words.txt /scratch/w; sed -i 's/pear/PEAR/' /scratch/w; head -1 /scratch/w; head -1 words.txt",
    output: "PEAR 3\npear 3\n",
  },
  {
    command: "cp -r views /scratch/vv; mv /scratch/vv/1.txt /scratch/vv/3.txt; ls /scratch/vv",
    output: "2.txt\n3.txt\n",
  },
  {
    command:
      "printf '#!/bin/sh\\necho ran \"$1\"\\n' > /scratch/s.sh; chmod +x /scratch/s.sh; /scratch/s.sh arg; sh /scratch/s.sh b; . /scratch/s.sh",
    output: "ran arg\nran b\nran \n",
  },
  {
    command:
      "echo visible > /dev/null; cat /dev/null; ls nofile 2>/dev/null || echo quiet; echo to-err > /dev/stderr",
    output: "quiet\nto-err\n",
  },
  { command: "echo a | cat - words.txt | head -2; cat < words.txt | head -1", output: "a\npear 3\npear 3\n" },
  {
    command: "cd views && cat 1.txt; cd ..; pwd; basename /a/b.txt .txt; dirname /a/b.txt",
    output: "view one\n/run\nb\n/a\n",
  },
  {
    command: "find . -name '*.txt' | sort; find . -type d | sort; find views -type f -exec cat {} \\;",
    output: "./uni.txt\n./views/1.txt\n./views/2.txt\n./words.txt\n.\n./views\nview one\nview two\n",
  },
  {
    command: "find . -maxdepth 1 -type f -name '*.json' | sort | xargs -n 1 echo",
    output: "./stage_ranges.json\n./steps.json\n",
  },
  {
    command: "printf '1\\n2\\n' | xargs -n1 echo",
    output: "1\n2\n",
    virtual: { told: "xargs -n 1", output: "xargs: invalid option -- 'n'\n", exit_code: 1 },
  },
  {
    command:
      "find . -name 'w*' -o -name 'u*' | sort; find views -name '*.txt' -print0 | xargs -0 cat | sort; find . -mindepth 2 -type f | wc -l",
    output: "./uni.txt\n./words.txt\nview one\nview two\n2\n",
  },
  {
    command: "ls views | xargs -I {} echo \"file {}\"; printf '1\\n2\\n3\\n' | xargs echo",
    output: "file 1.txt\nfile 2.txt\n1 2 3\n",
  },
  { command: "stat -c %s words.txt; ls -l words.txt | awk '{print $5, $NF}'", output: "37\n37 words.txt\n" },
  {
    command: "gzip -c words.txt | gunzip | head -1; tar cf /scratch/t.tar words.txt && tar tf /scratch/t.tar",
    output: "pear 3\nwords.txt\n",
  },
  {
    command: "steps 2-3; steps --stage 2 --full; echo $?",
    output:
      '{"step_id":2,"action":"sed -i \'s/a/b/\' f\n{"step_id":3,"action":"ls -la dir3","obs\nfull: no\nstage 2\nfull: yes\n0\n',
  },
  {
    command: "steps what; echo $?; find-text; find-text 'line one 4'",
    output: "steps: what is what?\n2\nusage: find-text 'words'\n4\n",
  },
  {
    command: "find-text 'é 7' | while read -r n; do steps \"$n\" | head -c 30; done",
    output: '{"step_id":1,"action":"ls -la ',
  },
  {
    command: "steps 1 | grep -o 'ls -la [a-z0-9]*'; steps 1-6 >/scratch/all; wc -l < /scratch/all",
    output: "ls -la dir1\n7\n",
  },
  {
    command: "echo y > words.txt; rm uni.txt; ls *.txt",
    output:
      "sh: 1: eval: cannot create words.txt: Read-only file system\nrm: cannot remove 'uni.txt': Read-only file system\nuni.txt\nwords.txt\n",
    virtual: { told: "Writing to /run", output: "words.txt\n" },
  },
  { command: "cat words.txt uni.txt | wc -l", output: "7\n" },
  {
    command: "echo x > /scratch/no/dir || echo failed",
    output: "sh: 1: eval: cannot create /scratch/no/dir: Directory nonexistent\nfailed\n",
    virtual: { told: "makes missing folders", output: "" },
  },
  {
    command: "ln -s /run/words.txt /scratch/link; head -1 /scratch/link",
    output: "pear 3\n",
    virtual: {
      told: "a link from /scratch into /run",
      output: "head: /scratch/link: No such file or directory\n",
      exit_code: 1,
    },
  },
  {
    command: "ls words.txt uni.txt",
    output: "uni.txt\nwords.txt\n",
    virtual: { told: "ls leaves blank lines", output: "words.txt\n\nuni.txt\n" },
  },
];
