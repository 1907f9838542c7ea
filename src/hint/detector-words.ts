/** How a kind of slip is put to the next attempt. */
export interface SlipWords {
  /** Goes on a sentence that begins with "It" or "Most likely it". */
  did: string;
  /** Goes on "You are there again when". */
  recognise: string;
  action: string;
  check: string;
}

const WORDS: Readonly<Record<string, SlipWords>> = {
  "stand-in-result": {
    did: "could not get the real thing and put a made-up one in its place",
    recognise:
      "you are about to write sample, placeholder, guessed or hard-coded content because the real thing failed or is missing.",
    action:
      "Get the real thing by another route than the one that failed; if it cannot be had, hand in what is proven and say what is missing.",
    check: "Every value that you hand in can be traced to the output of a command of yours.",
  },
  "unbacked-success": {
    did: "handed in its work against the evidence",
    recognise:
      "you want to finish while something still runs, a check fails, or the last change was never tried.",
    action:
      "Finish what was left open: start long work early, in the background with a log, wait for its end, and only then hand in.",
    check: "The check that the task names, run after your last change, shows success.",
  },
  "toothless-check": {
    did: "relied on a check that cannot fail",
    recognise:
      "your check prints success without comparing anything, hides an exit status, or runs a copy of the code instead of the code.",
    action:
      "Check the real result, through the real code, against what the task demands, and let the check exit with an error where they differ.",
    check: "The check fails when you break the result on purpose.",
  },
  "retried-failure": {
    did: "ran a failing action again without doing anything about the failure",
    recognise: "you are about to send an action again that failed, unchanged or almost so.",
    action: "Read what the failure says and change its cause, or take another way, before you run it again.",
    check: "The next try does not end with the same message.",
  },
  "repeated-timeout": {
    did: "started a command again in the same way after it had run out of time",
    recognise: "a command runs into the time limit and you are about to start it again.",
    action:
      "Start it in the background with its output in a file and look at the file, or make the work smaller.",
    check: "The log shows that it came to its end.",
  },
  "ignored-evidence": {
    did: "went on although the output had already told what is wrong",
    recognise: "you meet an error message that you have met before.",
    action:
      "Take what the error names as known: install it, remove it or go another way before the next action.",
    check: "The same message does not come back.",
  },
  "stuck-terminal": {
    did: "left the terminal waiting, so that what it typed was not run",
    recognise: "the screen ends in `>` or shows no prompt, and you are about to type more.",
    action:
      "Write longer text with a file tool or a script, close every quote and here-document, and give commands that may hang a time limit.",
    check: "The prompt is back before you type the next command.",
  },
  "test-regression": {
    did: "made a change that broke a check which had passed",
    recognise: "a check fails that passed before your last change.",
    action: "Take back the change that broke the check before you build on it.",
    check: "What passed before still passes.",
  },
  "discarded-edit": {
    did: "wrote a file and overwrote it without having read, run or tested it",
    recognise: "you are about to rewrite a file whole that you have not run once.",
    action:
      "Settle the design before you write, then run each version and change only what its output shows to be wrong.",
    check: "There is output of every version that you replace.",
  },
  "abandoned-direction": {
    did: "wrote much for a plan that it gave up afterwards",
    recognise: "you are about to write much code for a plan whose first assumption you have not tried.",
    action: "Try the assumption that the plan hangs on with the smallest command that can refute it.",
    check: "The smallest version of the plan gives a right result.",
  },
  "destructive-command": {
    did: "deleted or reset what it had not made",
    recognise: "you are about to delete, reset or overwrite something that was there at the start.",
    action: "Copy or commit what is there first, and delete only what you made.",
    check: "A copy of the original still lies beside it.",
  },
  "unused-edit": {
    did: "wrote something that nothing ever used",
    recognise: "you write a file that the task does not ask for and nothing runs.",
    action: "Run or test what you write, or leave it out.",
    check: "Every file that you leave is asked for or used.",
  },
};

/** The words for what a rule found; undefined for other detectors. */
export function slipWords(detector: string): SlipWords | undefined {
  return Object.hasOwn(WORDS, detector) ? WORDS[detector] : undefined;
}
