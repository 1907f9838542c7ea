import type { Label } from "../trajectory/label.ts";
import type { IndexedStep } from "../trajectory/step.ts";
import type { SlipWords } from "./detector-words.ts";
import { didWhat, isKeys, writtenFile } from "./step-words.ts";

interface Sign {
  /** In the words of the label. */
  said: RegExp;
  /** Goes on "It <did>,"; null = says nothing to a reader. */
  told: string | null;
  advise(target: string): Omit<SlipWords, "did">;
}

const TRACED = "Every value that you hand in can be traced to the output of a command of yours.";

/** By how much a sign tells about what to do instead. */
const SIGNS: readonly Sign[] = [
  {
    said: /stand-in for the real thing/,
    told: "speaking of a stand-in for the real thing",
    advise: (target) => ({
      recognise: `you speak of a placeholder, a guess, a simulation or something generic while you work on ${target}.`,
      action: "Get the real thing, or say plainly in what you hand in what is missing.",
      check: TRACED,
    }),
  },
  {
    said: /stops what hangs|terminal had to be interrupted/,
    told: "with a terminal that had to be interrupted",
    advise: () => ({
      recognise: "the terminal shows no prompt after a command and you send Ctrl-C, Ctrl-D or more text.",
      action:
        "Write files with a file tool or short here-documents, look at the screen before you type on, and start what may hang with `timeout`.",
      check: "The prompt is back before you type the next command.",
    }),
  },
  {
    said: /hands in the work/,
    told: "and handed in with it",
    advise: (target) => ({
      recognise: "you are about to hand in right after a change.",
      action: `Run ${target} once more as the task will use it, and compare its result with what the task asks.`,
      check: "The last thing before handing in is a check that could have failed and did not.",
    }),
  },
  {
    said: /settles for something simpler/,
    told: "settling for something simpler",
    advise: (target) => ({
      recognise: "you call a simpler version good enough because the full one is hard or slow.",
      action: `Keep to what the task asks of ${target}; make the full way faster or smaller instead of another result.`,
      check: "The result meets every demand of the task, not an easier one.",
    }),
  },
  {
    said: /relies on an assumption/,
    told: "on an assumption that it had not tried",
    advise: () => ({
      recognise: "you write that something should work or is usually so.",
      action: "Try the assumption with one command before you build on it.",
      check: "The output of that command stands in your session.",
    }),
  },
  {
    said: /steps before it fail|it failed|reports trouble/,
    told: "while what came just before it failed",
    advise: (target) => ({
      recognise: `you go on to ${target} while the command before it still fails.`,
      action:
        "Clear up the failure first: act on what its message names, or find another way to the same information.",
      check: "The command that failed goes through, or its information comes from elsewhere.",
    }),
  },
  {
    said: /written again later|written before|had to be done again|repeats an earlier/,
    told: "which it wrote more than once",
    advise: (target) => ({
      recognise: `you rewrite or change ${target} again without a new result of it to go by.`,
      action: `Try what you have of ${target} in the way that the task will use it, find the first thing that is wrong, and change only that.`,
      check: "You have a measured result of each version, and the last is the best.",
    }),
  },
];

/** Words for a step that no single rule names: what it did, with the signs that speak against it. */
export function wordsOfSigns(label: Label, steps: readonly IndexedStep[]): SlipWords {
  const step = steps[label.step_id - 1];
  const signs = SIGNS.filter((sign) => sign.said.test(label.reasoning));
  const target = writtenFile(step) ?? "the result";
  const told = signs.flatMap((sign) => sign.told ?? []).slice(0, 2);
  const did = [step ? doneOrStuck(step, steps) : "acted", ...told].join(", ");
  const advice = signs[0]?.advise(target) ?? {
    recognise: "you are at the same action.",
    action:
      "Compare the step with what the environment has shown so far, and try its result before you build on it.",
    check: "A command of yours shows that the result is what the task asks.",
  };
  return { did, ...advice };
}

/** Keys that stop something say little; the command that they stop says more. */
function doneOrStuck(step: IndexedStep, steps: readonly IndexedStep[]): string {
  if (!isKeys(step)) return didWhat(step);
  const stuck = steps
    .slice(0, step.step_id - 1)
    .findLast((one) => !isKeys(one) && one.action.trim().length > 5);
  return stuck ? `got stuck in the terminal after it ${didWhat(stuck)}` : didWhat(step);
}
