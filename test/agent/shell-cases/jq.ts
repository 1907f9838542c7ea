import type { ShellCase } from "./shell-case.ts";

export const JQ_CASES: readonly ShellCase[] = [
  { command: "jq length steps.json", output: "6\n" },
  {
    command: "jq -r '.[] | \"\\(.step_id) \\(.kind) \\(.exit_code)\"' steps.json",
    output: "1 explore 0\n2 change 0\n3 explore 0\n4 change 1\n5 explore 0\n6 change 0\n",
  },
  {
    command: "jq '.[2]' steps.json",
    output:
      '{\n  "step_id": 3,\n  "action": "ls -la dir3",\n  "observation": null,\n  "exit_code": 0,\n  "kind": "explore"\n}\n',
  },
  {
    command: "jq -c 'map(select(.exit_code != 0)) | .[0] | {step_id, action}' steps.json",
    output: '{"step_id":4,"action":"sed -i \'s/a/b/\' f4"}\n',
  },
  {
    command: "jq -r '.[] | [.step_id, .kind] | @tsv' steps.json",
    output: "1\texplore\n2\tchange\n3\texplore\n4\tchange\n5\texplore\n6\tchange\n",
  },
  {
    command:
      'jq -r \'.[] | select(.observation != null) | select(.observation | test("two \\"q\\" é 7$")) | .step_id\' steps.json',
    output: "1\n",
  },
  {
    command: "jq -r '.[:2][] | .action' steps.json; jq -r '.[-1].step_id, (.[2:4] | length)' steps.json",
    output: "ls -la dir1\nsed -i 's/a/b/' f2\n6\n2\n",
  },
  {
    command: "jq -r '.[] | \"\\(.action | .[0:5])…\"' steps.json",
    output: "ls -l…\nsed -…\nls -l…\nsed -…\nls -l…\nsed -…\n",
  },
  {
    command: "jq -r '.[] | select(.step_id >= 2 and .step_id <= 3) | .observation // \"none\"' steps.json",
    output: 'line one 2\nline two "q" é 14\nnone\n',
  },
  {
    command: "jq -r '.[0] | keys_unsorted | join(\",\")' steps.json; jq -c '.[0] | keys' stage_ranges.json",
    output: 'step_id,action,observation,exit_code,kind\n["end_step_id","stage","stage_id","start_step_id"]\n',
  },
  {
    command:
      "jq --arg k change '[.[] | select(.kind == $k) | .step_id] | add' steps.json; jq --argjson n 3 -r '.[] | select(.step_id == $n) | .kind' steps.json",
    output: "12\nexplore\n",
  },
  {
    command:
      "jq -r '.[].observation | select(. != null) | split(\"\\n\")[0] | ascii_upcase' steps.json | head -2",
    output: "LINE ONE 1\nLINE ONE 2\n",
  },
  {
    command:
      "jq -r 'limit(2; .[]) | .step_id' steps.json; jq -c 'reduce .[] as $s (0; . + $s.step_id), [foreach .[] as $s (0; . + 1)], first(.[]).step_id' steps.json",
    output: "1\n2\n21\n[1,2,3,4,5,6]\n1\n",
  },
  { command: "jq -nc '[range(5)] | map(. * 2)'; jq -n '\"é世\" | length'", output: "[0,2,4,6,8]\n2\n" },
  {
    command:
      'jq -r \'.[] | select(.action | startswith("sed")) | .step_id as $s | "step \\($s)"\' steps.json',
    output: "step 2\nstep 4\nstep 6\n",
  },
  { command: "jq -e '.[0].nothing' steps.json; echo $?", output: "null\n1\n" },
  {
    command:
      "jq -c '[.[] | .exit_code] | any(. == 1), all(. == 0), index(1), (map(tostring) | join(\"-\"))' steps.json",
    output: 'true\nfalse\n3\n"0-0-0-1-0-0"\n',
  },
  {
    command:
      "jq -c 'unique_by(.kind) | map(.kind), ([.[] | .kind] | unique), (sort_by(.action) | map(.step_id))' steps.json",
    output: '["change","explore"]\n["change","explore"]\n[1,2]\n',
  },
  {
    command:
      'jq -c \'.[0] | with_entries(select(.key | test("id$"))), has("kind"), (to_entries | .[0]), del(.observation)\' steps.json | head -3',
    output: '{"step_id":1}\ntrue\n{"key":"step_id","value":1}\n',
  },
  {
    command:
      'jq -rn \'"a,b" | split(",")[1], ("x1y22" | [scan("[0-9]+")] | join("|")), ("abc" | sub("b"; "X")), ("k=v" | capture("(?<k>.)=(?<v>.)") | .v)\'',
    output: "b\n1|22\naXc\nv\n",
  },
  {
    command:
      "jq -R . words.txt | head -1; jq -Rs 'split(\"\\n\") | length' words.txt; jq -s length stage_ranges.json",
    output: '"pear 3"\n6\n1\n',
  },
  {
    command:
      'jq -r \'def f(x): x * 2; .[0].step_id | f(.)\' steps.json; jq -r \'.[] | if .exit_code == 0 then "ok" elif .exit_code == 1 then "bad" else "?" end\' steps.json | sort -u',
    output: "2\nbad\nok\n",
  },
  {
    command:
      "sed -n 3p steps.json | sed 's/,$//' | jq -r .step_id; tail -n +2 steps.json | head -6 | sed 's/,$//' | jq -r 'select(.kind==\"change\") | \"\\(.step_id): \\(.action)\"'",
    output: "2\n2: sed -i 's/a/b/' f2\n4: sed -i 's/a/b/' f4\n6: sed -i 's/a/b/' f6\n",
  },
  {
    command:
      "jq -r '.[] | \"\\(.stage_id)\\t\\(.stage)\\t\\(.start_step_id)-\\(.end_step_id)\"' stage_ranges.json",
    output: "1\tsetup\t1-3\n2\tfix it\t4-6\n",
  },
  {
    command:
      "jq -c '{steps: [.[] | select(.kind == \"change\") | {id: .step_id, a: (.action | length)}]}' steps.json",
    output: '{"steps":[{"id":2,"a":18},{"id":4,"a":18},{"id":6,"a":18}]}\n',
  },
  {
    command: "jq -c 'group_by(.kind) | map({kind: .[0].kind, n: length})' steps.json",
    output: '[{"kind":"change","n":3},{"kind":"explore","n":3}]\n',
    virtual: {
      told: "group_by (it does not sort)",
      output: '[{"kind":"explore","n":3},{"kind":"change","n":3}]\n',
    },
  },
  {
    command: "jq 'min_by(.kind) | .step_id' steps.json",
    output: "2\n",
    virtual: { told: "min_by (takes the last of equals)", output: "6\n" },
  },
  {
    command: "jq -c 'to_entries | map(.key)' steps.json",
    output: "[0,1,2,3,4,5]\n",
    virtual: { told: "to_entries of an array", output: "null\n" },
  },
  {
    command: "jq -c '.[0] | del(.observation, .action)' steps.json",
    output: '{"step_id":1,"exit_code":0,"kind":"explore"}\n',
    virtual: {
      told: "del of several paths",
      output:
        '{"step_id":1,"action":"ls -la dir1","observation":"line one 1\\nline two \\"q\\" é 7","exit_code":0,"kind":"explore"}\n',
    },
  },
  {
    command: 'jq -c \'walk(if type == "string" then "s" else . end) | .[0]\' stage_ranges.json',
    output: '{"stage_id":1,"stage":"s","start_step_id":1,"end_step_id":3}\n',
    virtual: { told: "walk", output: '{"stage_id":1,"stage":"setup","start_step_id":1,"end_step_id":3}\n' },
  },
  {
    command: "jq -Rn '[inputs] | length' words.txt",
    output: "5\n",
    virtual: { told: "inputs", output: "jq: error: Unknown function: inputs\n", exit_code: 3 },
  },
  {
    command: "jq -c 'INDEX(.step_id) | keys' steps.json",
    output: '["1","2","3","4","5","6"]\n',
    virtual: {
      told: "INDEX",
      output: 'jq: parse error: Cannot index array with string "step_id"\n',
      exit_code: 5,
    },
  },
  {
    command: "jq -r '.[0] | @tsv \"\\([.step_id, .kind])\"' steps.json",
    output: "1\texplore\n",
    virtual: {
      told: '`@tsv "…"`',
      output: "jq: parse error: Unexpected token STRING at position 12\n",
      exit_code: 5,
    },
  },
];
