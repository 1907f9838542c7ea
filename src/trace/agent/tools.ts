/** Characters that `steps` prints at most, so that the shell cuts nothing out of the middle. */
const STEPS_CHARS = 21_000;
/** What `steps` prints of a view that does not fit alone. */
const HEAD_BYTES = 12_500;
const TAIL_BYTES = 7500;
const FOUND_LINES = 30;

/** Where the commands look and write: as the shell shows it. */
export interface ToolPlaces {
  run: string;
  scratch: string;
}

/** The file of the scratch area that holds a report which was handed in. */
export const SUBMITTED = ".submitted";

/**
 * The commands of the investigator's shell, name to POSIX script: `steps`, `find-text`, `later`, `submit`. They read the folder of `writeAgentFolder` and
 * work alike in dash, bash and just-bash.
 */
export function agentTools(
  places: ToolPlaces = { run: "/run", scratch: "/scratch" },
): Record<string, string> {
  const { run, scratch } = places;
  const head = `#!/bin/sh\nviews=${run}/views\n`;
  return {
    steps: head + STEPS,
    "find-text": head + FIND_TEXT,
    later: head + LATER,
    submit: `#!/bin/sh\nreport=${scratch}/report.json\nhanded=${scratch}/${SUBMITTED}\n${SUBMIT}`,
  };
}

/**
 * One awk program decides what is printed, since shells differ more than awks do; the shell around it prints. No `continue`: the awk of just-bash leaves the
 * whole program there. Arguments come over the environment, where awk undoes no escapes.
 */
const STEPS = `set -f
plan=$(ARGS="$*" awk -v left=${STEPS_CHARS} '
  FILENAME ~ /sizes.txt$/ { last = $1; compact[$1] = $2; full[$1] = $3; next }
  { stages = $1; from[$1] = $2; to[$1] = $3 }
  function take(a, b, id, size, name) {
    name = isFull ? "full" : "compact"
    for (id = a; id <= b && id <= last; id++) {
      size = isFull ? full[id] : compact[id]
      if (size > left) break
      left -= size
      print "show " name "/" id ".txt"
    }
    if (id <= b && id <= last && left == all) { print "ends " name "/" id ".txt"; left = 0; id++ }
    if (b > last) { print "note the run ends with step " last; b = last }
    if (id <= b) { missed = missed " " (id < b ? id "-" b : id); left = 0 }
  }
  function takeItem(word, isStage, ends, parts, a, b, most, hint) {
    parts = split(word, ends, "-")
    a = ends[1] + 0
    b = ends[parts] + 0
    most = isStage ? stages : last
    hint = ""
    if (isStage && a > most && b >= a && b <= last)
      hint = "; after --stage all numbers are stages, for step " word " ask: steps " word
    if (a < 1 || a > most || b < a)
      print "none there is no " (isStage ? "stage " : "step ") word ": the run has " (isStage ? "stages" : "steps") " 1-" most hint
    else if (isStage) {
      if (b > stages) print "note the run ends with stage " stages
      take(from[a], to[b > stages ? stages : b])
    }
    else take(a, b)
  }
  END {
    all = left
    count = split(ENVIRON["ARGS"], words, /[ ,=]+/)
    for (i = 1; i <= count && !bad; i++) {
      word = words[i]
      if (word == "--full") isFull = 1
      else if (word == "--stage" || word == "--stages") byStage = 1
      else if (word == "--step" || word == "--steps") byStage = 0
      else if (word ~ /^[0-9]+(-[0-9]+)?$/ && length(word) < 15) { item[++wanted] = word; staged[wanted] = byStage }
      else if (word != "") bad = word
    }
    if (bad || !wanted) print "usage " bad
    else for (i = 1; i <= wanted; i++) takeItem(item[i], staged[i])
    if (missed) print "note steps" missed " did not fit: ask for them next"
  }' $views/sizes.txt $views/stages.txt)
case $plan in
  usage*)
    bad=\${plan#usage}
    [ -z "\${bad# }" ] || echo "steps:$bad is no step, no range like 12-15 and no option" >&2
    echo "usage: steps 12-15 30, or steps --stage 2-4; --full shows them whole" >&2
    exit 2 ;;
esac
echo "$plan" | while read -r verb rest; do
  case $verb in
    show) cat $views/$rest ;;
    ends)
      head -c ${HEAD_BYTES} $views/$rest
      printf '\\n[the middle is left out here; all of it: %s]\\n' $views/$rest
      tail -c ${TAIL_BYTES} $views/$rest ;;
    note|none) echo "[$rest]" ;;
  esac
done
case $plan in
  *show*|*ends*) exit 0 ;;
esac
exit 1
`;

const FIND_TEXT = `words=$* found=
if [ -z "$words" ]; then
  echo "usage: find-text 'words': the steps in which the words stand, upper or lower case alike" >&2
  exit 2
fi
files=$(grep -liF -e "$words" $views/full/*.txt | sed 's|.*/||' | sort -n | sed "s|^|$views/full/|")
[ -z "$files" ] || found=$(WORDS=$words awk '
  BEGIN { words = tolower(ENVIRON["WORDS"]) }
  FNR == 1 { id = FILENAME; sub(/.*\\//, "", id); sub(/[.]txt$/, "", id); next }
  shown <= ${FOUND_LINES} && (at = index(tolower($0), words)) {
    first = at > 60 ? at - 60 : 1
    shown++
    print "step " id ": " substr($0, first, 150)
  }' $files)
if [ -z "$found" ]; then
  echo "[these words stand in no step]"
  exit 1
fi
printf '%s\\n' "$found" | head -n ${FOUND_LINES}
more=$(printf '%s\\n' "$found" | sed -n ${FOUND_LINES + 1}p)
[ -z "$more" ] || echo "[there are more: take words that are rarer]"
`;

const LATER = `if [ $# -eq 0 ]; then
  echo "usage: later 12: what later steps did to the files that step 12 wrote, and its repeats" >&2
  exit 2
fi
code=0
for id in "$@"; do
  name=$id
  case $id in */*) name=none ;; esac
  if [ -f "$views/later/$name.txt" ]; then cat "$views/later/$name.txt"
  else echo "[there is no step $id: the run has steps 1-$(awk 'END { print NR }' $views/sizes.txt)]"; code=1; fi
done
exit $code
`;

const SUBMIT = `if [ ! -s $report ]; then
  echo "there is no report yet: write $report, then submit" >&2
  exit 1
fi
if ! problem=$(jq -e 'type == "object"' $report 2>&1); then
  echo "$report is no JSON object: $problem" >&2
  exit 1
fi
cp $report $handed && echo "handed in for checking"
`;
