import { tempRun } from "../../support/temp-run.ts";

const STEPS = [1, 2, 3, 4, 5, 6].map((id) => ({
  step_id: id,
  action: id % 2 === 1 ? `ls -la dir${id}` : `sed -i 's/a/b/' f${id}`,
  observation: id === 3 ? null : `line one ${id}\nline two "q" é ${id * 7}`,
  exit_code: id === 4 ? 1 : 0,
  kind: id % 2 === 1 ? "explore" : "change",
}));
const STAGES = [
  { stage_id: 1, stage: "setup", start_step_id: 1, end_step_id: 3 },
  { stage_id: 2, stage: "fix it", start_step_id: 4, end_step_id: 6 },
];

/** A folder such as the one that a tracer gets. */
export function caseFolder(): string {
  return tempRun({
    "steps.json": `[\n${STEPS.map((step) => JSON.stringify(step)).join(",\n")}\n]\n`,
    "stage_ranges.json": JSON.stringify(STAGES),
    "words.txt": "pear 3\napple 10\nfig 2\napple 1\nkiwi 7\n",
    "uni.txt": "héllo 世界 🎉\nnaïve\n",
    "views/1.txt": "view one\n",
    "views/2.txt": "view two\n",
  });
}

/** Commands of the kind that a tracer brings along. */
export const CASE_TOOLS: Readonly<Record<string, string>> = {
  steps: `#!/bin/sh
full=no
while [ $# -gt 0 ]; do
  case $1 in
    --full) full=yes ;;
    --stage) shift; echo "stage $1" ;;
    *-*) first=\${1%-*}; last=\${1#*-}; sed -n "$((first + 1)),$((last + 1))p" /run/steps.json | cut -c1-40 ;;
    [0-9]*) sed -n "$(($1 + 1))p" /run/steps.json ;;
    *) echo "steps: what is $1?" >&2; exit 2 ;;
  esac
  shift
done
echo "full: $full"
`,
  "find-text": `#!/bin/sh
[ $# -eq 1 ] || { echo "usage: find-text 'words'" >&2; exit 2; }
jq -r --arg words "$1" '.[] | select((.action + (.observation // "")) | contains($words)) | .step_id' /run/steps.json
`,
};
