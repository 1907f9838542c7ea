import type { IndexedStep } from "../../trajectory/step.ts";
import { visibleText } from "../../util/visible-text.ts";
import type { PlannedStep } from "../plan/plan.ts";

/** The output of a command, without what harness or terminal put around it. */
export interface ObservedText {
  text: string;
  /** Something is missing in its middle. */
  has_gap: boolean;
}

/** The output that a step's observation holds, or why it cannot be told from it. */
export function recordedText(step: IndexedStep, planned: PlannedStep): ObservedText | { reason: string } {
  if (planned.act.form === "files")
    return { reason: "a file tool answers in its own words; the change was made" };
  if (step.observation === null) return { reason: "what came back was not recorded" };
  const plain = tidy(step.observation);
  const { text, has_gap } = unframed(plain);
  if (!planned.typed) return { text: withoutPrompt(text), has_gap };
  const output = behindEcho(step.action, text);
  return output === null
    ? { reason: "the screen does not show the keys before their output" }
    : { text: output, has_gap };
}

/** Text as it is seen: no control sequences, one kind of line end, of overwritten lines the last state, no space at line ends. */
export function tidy(text: string): string {
  return visibleText(text.replace(/\r+\n/g, "\n"))
    .split("\n")
    .map((line) => (line.split("\r").findLast((state) => state.trim() !== "") ?? "").trimEnd())
    .join("\n")
    .replace(/^\n+|\n+$/g, "");
}

const TAGGED = /^(?:<returncode>-?\d+<\/returncode>\n)?<output>\n?([\s\S]*?)\n?<\/output>\s*$/;
const HEAD_AND_TAIL =
  /<output_head>\n?([\s\S]*?)<\/output_head>[\s\S]*?<output_tail>\n?([\s\S]*?)<\/output_tail>/;
const HEADER =
  /^(?:(?:Command|Chunk ID|Wall time|Process exited with code|Original token count|Exit code): .*\n|Process exited with code -?\d+\n)+Output:\n?/;
const EXIT_LINE = /^(?:Error: )?Exit code:? -?\d{1,3}\n?/;
const TRAILER =
  /(?:\n|^)(?:\[(?:The command (?:completed|finished|failed)|Command finished|Current working directory|Python interpreter|Jupyter)[^\n]*\]|\((?:Open file|Current directory): [^\n]*\)|bash-\$|\/\/\/PROCESS-DONE:\d+:PROCESS-DONE\/\/\/)\s*$/i;
const SCREEN_HEADER = /^(?:New Terminal Output|Current Terminal Screen|Terminal output):\n*/i;
const GAP =
  /\n?[^\n]*(?:\[\.{3}|\[…|<\.\.\.|\.{3} ?\[|… ?\+?\d|\[\d+ (?:lines|characters|bytes))[^\n]*(?:elided|truncated|omitted|left out|limited|clipped|lines|characters)[^\n]*\n?/i;

/** What stands between two parts of a text where the middle is missing. */
export const GAP_MARK = "\u0000";

function unframed(observation: string): ObservedText {
  const ends = HEAD_AND_TAIL.exec(observation);
  if (ends !== null) return { text: `${ends[1] ?? ""}${GAP_MARK}${ends[2] ?? ""}`, has_gap: true };
  let text = TAGGED.exec(observation)?.[1] ?? observation;
  text = text.replace(HEADER, "").replace(EXIT_LINE, "").replace(SCREEN_HEADER, "");
  while (TRAILER.test(text)) text = text.replace(TRAILER, "");
  return GAP.test(text) ? { text: text.replace(GAP, GAP_MARK), has_gap: true } : { text, has_gap: false };
}

const PROMPT =
  /(?:^|\n)(?:\([^()\n]{1,40}\) ?)*(?:[\w.-]{1,64}@[\w.-]{1,64}:[^\n]{0,200} ?[#$]|(?:bash|sh)-[\d.]+[#$]|[#$])\s*$/;

function withoutPrompt(text: string): string {
  return text.replace(PROMPT, "").trimEnd();
}

/** What a screen shows behind the last line of the keys; null = that line is not there. */
function behindEcho(keys: string, screen: string): string | null {
  const last = tidy(keys)
    .split("\n")
    .findLast((line) => line.trim() !== "")
    ?.trim();
  if (last === undefined) return null;
  const lines = screen.split("\n");
  const echo = lines.findLastIndex(
    (line) => line.trim() === last || (line.endsWith(last) && /[$#>] ?$/.test(line.slice(0, -last.length))),
  );
  return echo < 0 ? null : withoutPrompt(`\n${lines.slice(echo + 1).join("\n")}`).replace(/^\n+/, "");
}
