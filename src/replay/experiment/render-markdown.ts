import { printable } from "../../report/printable.ts";
import { COMPARISON } from "./comparison.ts";
import { COUNTING_RULES, PAIR_RULE } from "./exclusion.ts";
import { PROTOCOL_FILE } from "./protocol.ts";
import type { ExperimentReport } from "./report.ts";
import {
  ARM_HEADS,
  armRows,
  attemptWords,
  missingWords,
  PAIR_HEADS,
  pairRows,
  testWords,
  verdictWords,
} from "./words.ts";

const ACTION_CHARS = 300;

/** The result of an experiment as Markdown. What comes from a run stands in code spans or is escaped. */
export function renderMarkdown(report: ExperimentReport): string {
  const { original_onset: onset, comparison } = report;
  const parts = [
    "# Does the hint help?",
    `**${capital(verdictWords(report))}.**`,
    [`- run: ${code(report.run)}`, `- hint: ${code(report.hint_source)}`]
      .concat(onset === null ? [] : [`- mistake at step ${onset.step_id}: ${code(onset.action)}`])
      .join("\n"),
    table([ARM_HEADS, ...armRows(report)]),
    "## Pairs",
    table([PAIR_HEADS, ...pairRows(comparison)]),
    testWords(comparison).join(" "),
    ...list("Left out", missingWords(report)),
    ...list("Not known", report.not_known),
    ...list("Attempts", report.attempts.map(attemptWords)),
    ...list(`As declared beforehand in \`${PROTOCOL_FILE}\``, [
      ...Object.entries(COMPARISON.verdicts).map(([name, rule]) => `${name.replaceAll("_", " ")}: ${rule}`),
      ...COUNTING_RULES,
      PAIR_RULE,
    ]),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function list(heading: string, sentences: readonly string[]): string[] {
  if (sentences.length === 0) return [];
  return [`## ${heading}`, sentences.map((one) => `- ${escaped(one)}`).join("\n")];
}

function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...rest] = rows;
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---|").join("")}`, ...rest.map(line)].join("\n");
}

/** One line as a code span, longer than any row of backticks in it. */
function code(text: string): string {
  const line = printable(text);
  const shown = line.length > ACTION_CHARS ? `${line.slice(0, ACTION_CHARS)}…` : line;
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence} ${shown} ${fence}`;
}

function escaped(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]<>|#]/g, "\\$&");
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
