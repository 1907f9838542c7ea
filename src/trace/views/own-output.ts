import type { IndexedStep } from "../../trajectory/step.ts";
import { typedReader, withoutEcho, withoutHereEcho } from "./echo.ts";
import type { OutputState } from "./output-state.ts";
import { ends, plainText } from "./plain-text.ts";
import { withoutScreen } from "./screen.ts";
import { unlikeHeader } from "./step-header.ts";

const WINDOW_CHARS = 12_000;
const WRAPPER =
  /^(?:<\/?(?:output|stdout|stderr|result|tool_result)>|<(?:returncode|exit_code)>-?\d*<\/\w+>|(?:new|current) terminal (?:output|screen):)$/i;
const FOLDED_LINES_LEAST = 5;
const REPEATED_LEAST_CHARS = 40;
const KNOWN_CHARS_LEAST = 20;

/** What a step printed, for a reader who has read the steps before it. */
export interface OwnOutput {
  /** Without blank lines, frames of the recording, prompts, and what the screen still showed of earlier. */
  lines: readonly string[];
  /** The earlier step with just this output; null = none. */
  as_step: number | null;
  /** Lines that the earlier run of the same action printed as well. */
  known: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();

/** The outputs of all steps, in step order. An observation that is not recorded, or is another step's, has no lines. */
export function ownOutputs(steps: readonly IndexedStep[], states: readonly OutputState[]): OwnOutput[] {
  const firstWith = new Map<string, number>();
  const typedUpTo = typedReader();
  const latestOf = new Map<number, ReadonlySet<string>>();
  let screen: readonly string[] = [];
  return steps.map((step, index) => {
    const typed = typedUpTo(step);
    if (typeof states[index]?.of_step === "number") return { lines: [], as_step: null, known: NOTHING };
    const shown = shownLines(step.observation);
    const fresh = withoutScreen(shown, screen);
    if (step.observation !== null) screen = shown;
    const lines = folded(withoutEcho(withoutHereEcho(fresh, typed), step, typed.turn));
    const text = lines.join("\n");
    const as_step = text.length < REPEATED_LEAST_CHARS ? null : (firstWith.get(text) ?? null);
    if (as_step === null) firstWith.set(text, step.step_id);
    const origin = step.repeat_of ?? step.near_repeat_of ?? step.step_id;
    const known = latestOf.get(origin) ?? NOTHING;
    latestOf.set(origin, new Set(lines.filter((line) => line.length >= KNOWN_CHARS_LEAST)));
    return { lines, as_step, known };
  });
}

function shownLines(observation: string | null): string[] {
  const kept = ends(observation ?? "", WINDOW_CHARS, WINDOW_CHARS);
  const text = kept === null ? (observation ?? "") : `${kept.head}\n…\n${kept.tail}`;
  return unlikeHeader(plainText(text).replace(/<\/output>\s*$/, ""))
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "" && !WRAPPER.test(line));
}

/** Of many lines that follow each other and differ in their figures only, the first and the last stand. */
function folded(lines: readonly string[]): string[] {
  const groups: string[][] = [];
  let last = "";
  for (const line of lines) {
    const shape = line.replace(/\d+/g, "0");
    if (shape === last) groups.at(-1)?.push(line);
    else groups.push([line]);
    last = shape;
  }
  return groups.flatMap((group) =>
    group.length < FOLDED_LINES_LEAST
      ? group
      : [group[0] ?? "", `[… ${group.length - 2} lines like it]`, group.at(-1) ?? ""],
  );
}
