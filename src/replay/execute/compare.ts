import type { IndexedStep } from "../../trajectory/step.ts";
import type { PlannedStep } from "../plan/plan.ts";
import { VARIES } from "../plan/risk.ts";
import { normalise } from "./normalise.ts";
import { GAP_MARK, type ObservedText, recordedText, tidy } from "./observed-text.ts";
import type { Comparison } from "./replay-file.ts";
import type { ProcessEnd } from "./run-process.ts";

const LINE_CHARS = 300;

/** What a step gave now beside what it gave in the recording. `rename` puts recorded paths for those of the replay. */
export function compareStep(
  step: IndexedStep,
  planned: PlannedStep,
  end: Omit<ProcessEnd, "stopped">,
  rename: (text: string) => string,
): Comparison {
  const { exit_code, source, failed } = planned.expected;
  const byExit: Comparison = {
    state: "exit_code",
    recorded: exit_code,
    recorded_failed: failed,
    replayed: end.exit_code,
  };
  const nowFailed = end.exit_code !== 0;
  if (planned.act.form === "files") {
    if (nowFailed) return byExit;
  } else if (source === "recorded" && exit_code !== end.exit_code) return byExit;
  const recorded = recordedText(step, planned);
  if ("reason" in recorded) {
    if (planned.act.form === "files" || failed === nowFailed)
      return { state: "not_compared", reason: recorded.reason };
    return byExit;
  }
  const replayed = { text: tidy(rename(end.output)), has_gap: end.elided_chars > 0 };
  const compared = compareTexts(recorded, replayed, planned.typed);
  const isUnexplained = source !== "recorded" && failed !== nowFailed;
  return compared.state === "different" && isUnexplained ? byExit : compared;
}

/** Whether a replay that goes on behind it would no longer rebuild the state of the recording. */
export function matters(comparison: Comparison, planned: PlannedStep): boolean {
  if (comparison.state === "exit_code") return true;
  return comparison.state === "different" && !planned.risks.some(({ kind }) => VARIES.has(kind));
}

/** Compares two outputs: as they are, then without what differs between two runs of the same command. Line numbers are of the outputs. */
export function compareTexts(recorded: ObservedText, replayed: ObservedText, isScreen: boolean): Comparison {
  if (recorded.text === replayed.text) return { state: "same" };
  const { first, second, rules } = normalise(recorded.text, replayed.text);
  if (first === second) return { state: "same_normalised", rules };
  if ((recorded.has_gap || replayed.has_gap) && endsAgree(first, second))
    return { state: "same_normalised", rules: [...rules, "what was left out of the recording"] };
  if (sorted(first) === sorted(second))
    return { state: "same_normalised", rules: [...rules, "order of lines"] };
  if (isScreen && packed(first) === packed(second))
    return { state: "same_normalised", rules: [...rules, "line breaks of the screen"] };
  return firstDifference(recorded.text, replayed.text, first.split("\n"), second.split("\n"));
}

function firstDifference(
  recorded: string,
  replayed: string,
  first: readonly string[],
  second: readonly string[],
): Comparison {
  const at = first.findIndex((line, index) => line !== second[index]);
  const index = at < 0 ? first.length : at;
  return {
    state: "different",
    line: index + 1,
    recorded: lineAt(recorded, index),
    replayed: lineAt(replayed, index),
  };
}

function lineAt(text: string, index: number): string | null {
  const line = text === "" ? undefined : text.split("\n")[index];
  return line === undefined ? null : line.replaceAll(GAP_MARK, "…").slice(0, LINE_CHARS).toWellFormed();
}

/** Where one of the texts has a gap: what stands before it and what stands behind it is the same. */
function endsAgree(first: string, second: string): boolean {
  const [gapped, whole] = first.includes(GAP_MARK) ? [first, second] : [second, first];
  const at = gapped.indexOf(GAP_MARK);
  if (at < 0 || whole.includes(GAP_MARK)) return false;
  const head = gapped.slice(0, at).trimEnd();
  const tail = gapped.slice(gapped.lastIndexOf(GAP_MARK) + 1).trimStart();
  return head.length + tail.length <= whole.length && whole.startsWith(head) && whole.endsWith(tail);
}

function sorted(text: string): string {
  return text.split("\n").sort().join("\n");
}

function packed(text: string): string {
  return text.replace(/\s+/g, "");
}
