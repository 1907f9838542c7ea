import type { IndexedStep } from "../trajectory/step.ts";
import type { Book } from "./book.ts";
import { type Row, rowWidth, type Span, type Style, span } from "./spans.ts";

/** What a step is, as one character; of several steps in one column the first of these is seen. */
const SIGNS: readonly { sign: string; style: Style; name: string }[] = [
  { sign: "X", style: "red", name: "onset" },
  { sign: "x", style: "red", name: "incorrect" },
  { sign: "~", style: "yellow", name: "unuseful" },
  { sign: "!", style: "yellow", name: "failed" },
  { sign: "+", style: "plain", name: "change" },
  { sign: "·", style: "dim", name: "explore" },
];

/** The whole run in one line, a column a step or several, the current one turned; what the signs mean where there is room. */
export function mapStrip(book: Book, stepId: number, columns: number): Row {
  const perColumn = Math.ceil(book.steps.length / columns);
  const strip: Span[] = [];
  for (let first = 0; first < book.steps.length; first += perColumn) {
    const steps = book.steps.slice(first, first + perColumn);
    const rank = Math.min(...steps.map((step) => rankOf(book, step)));
    const { sign, style } = SIGNS[rank] ?? { sign: "·", style: "dim" };
    const isCurrent = stepId > first && stepId <= first + steps.length;
    strip.push({ text: sign, style: isCurrent ? "focus" : style });
  }
  const legend = span(`   ${signWords(SIGNS.length).join("")}`, "dim");
  return rowWidth([...strip, legend]) <= columns ? [...strip, legend] : strip;
}

/** What the signs mean, so many on a line. */
export function signWords(perLine: number): string[] {
  const words = SIGNS.map(({ sign, name }) => `${sign} ${name}`);
  const lines = Math.ceil(words.length / perLine);
  return Array.from({ length: lines }, (_, line) =>
    words.slice(line * perLine, (line + 1) * perLine).join("  "),
  );
}

/** The label of a step as its sign in front of a line; a space where it has none. */
export function labelSign(book: Book, stepId: number): Span {
  const step = book.step(stepId);
  const { sign, style } = SIGNS[step === undefined ? SIGNS.length : rankOf(book, step)] ?? {
    sign: " ",
    style: "plain",
  };
  return "Xx~".includes(sign) ? { text: sign, style } : { text: " ", style: "plain" };
}

function rankOf(book: Book, step: IndexedStep): number {
  const labels = book.labels(step.step_id).map((one) => one.label);
  if (book.workspace.diagnosis.onset_step_id === step.step_id) return 0;
  if (labels.includes("incorrect")) return 1;
  if (labels.includes("unuseful")) return 2;
  if (step.failed) return 3;
  return step.kind === "change" ? 4 : 5;
}
