import { cutMiddle, displayWidth } from "../report/columns.ts";
import { agentWords, outcomeWords } from "../report/words.ts";
import type { Book } from "./book.ts";
import { COMMANDS, type Command } from "./keymap.ts";
import { signWords } from "./map-strip.ts";
import { indented } from "./notes.ts";
import { laidOut, type Sheet } from "./scroll.ts";
import { type Row, rowWidth, span } from "./spans.ts";

/** A task longer than this loses its middle. */
const TASK_CHARS = 20_000;

/** From this width on the keys stand in two columns. */
const TWO_COLUMNS = 76;
/** Groups of keys in the left one. */
const LEFT_GROUPS = 3;
const KEY_COLUMNS = 10;
const SIGNS_ON_LINE = 3;

/** A page about the keys, or about the run. */
export function aboutSheet(book: Book, subject: "keys" | "run", columns: number): Sheet {
  return [laidOut(subject === "keys" ? keyRows(columns) : runRows(book, columns))];
}

/** The keys in two columns, or below each other where the page is narrow. */
function keyRows(columns: number): Row[] {
  const groups = Object.entries(COMMANDS);
  if (columns < TWO_COLUMNS) return [...groupRows(groups, columns), ...signRows(columns)];
  const room = Math.floor(columns / 2) - 1;
  const left = groupRows(groups.slice(0, LEFT_GROUPS), room);
  const right = [...groupRows(groups.slice(LEFT_GROUPS), room), ...signRows(room)];
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
    const row = left[index] ?? [];
    const gap = { text: " ".repeat(room + 2 - rowWidth(row)), style: "plain" as const };
    return [...row, gap, ...(right[index] ?? [])];
  });
}

function signRows(columns: number): Row[] {
  return [
    [],
    [span("Signs", "bold")],
    ...signWords(SIGNS_ON_LINE).flatMap((line) => indented(line, 2, "plain", columns)),
  ];
}

function groupRows(groups: readonly (readonly [string, readonly Command[]])[], columns: number): Row[] {
  return groups.flatMap(([title, list], index): Row[] => [
    ...(index === 0 ? [] : [[]]),
    [span(title, "bold")],
    ...list
      .filter((one) => one.shown !== "")
      .flatMap((one) => {
        const gap = " ".repeat(Math.max(KEY_COLUMNS - displayWidth(one.shown), 1));
        return hanging(`  ${one.shown}${gap}`, one.help, columns);
      }),
  ]);
}

function hanging(head: string, text: string, columns: number): Row[] {
  const indent = displayWidth(head);
  return indented(text, indent, "plain", columns).map((row, index) =>
    index === 0 ? [span(head, "cyan"), ...row.slice(1)] : row,
  );
}

function runRows({ workspace }: Book, columns: number): Row[] {
  const { extraction, diagnosis, task } = workspace;
  const parts: [string, string | null][] = [
    ["Run", extraction.run],
    ["Agent", agentWords(extraction)],
    ["Outcome", outcomeWords(extraction.outcome)],
    ["Diagnosis", diagnosis.summary],
    ["Root cause", diagnosis.root_cause_chain.join("\n") || null],
    ["What the next run should do", diagnosis.strategy],
    ["Task", task === null ? "not recorded" : cutMiddle(task.trim(), TASK_CHARS)],
  ];
  return parts.flatMap(([title, text]): Row[] =>
    text === null
      ? []
      : [
          [span(title, "bold")],
          ...text.split("\n").flatMap((line) => indented(line, 2, "plain", columns)),
          [],
        ],
  );
}
