import { placeOf, stepRanges } from "../report/words.ts";
import { type Evidence, type Label, SURE_CONFIDENCE } from "../trajectory/label.ts";
import type { Book } from "./book.ts";
import { cutRow, type Row, type Style, span, wrapRow } from "./spans.ts";

/** A quote gets one line: it stands out whole in its place, and a key goes there. */
const QUOTE_CHARS = 400;

/** What the diagnosis says about a step: its labels with reason and quotes, and what else it is to the run. */
export function stepNotes(book: Book, stepId: number, columns: number): Row[] {
  const { diagnosis } = book.workspace;
  const rows: Row[] = [];
  const say = (text: string, indent: number, style: Style): void => {
    rows.push(...indented(text, indent, style, columns));
  };
  const labels = book.labels(stepId);
  for (const label of labels) rows.push(...labelRows(label, columns));
  const decisions = diagnosis.critical_decisions.filter((one) => one.step_id === stepId);
  // The decision of a labelled step says what its label says.
  for (const { decision } of labels.length > 0 ? [] : decisions) say(`decision: ${decision}`, 0, "plain");
  const quoted = book.quotedFor(stepId);
  if (quoted.length > 0)
    say(`quoted as evidence for ${quoted.length === 1 ? "step" : "steps"} ${stepRanges(quoted)}`, 0, "cyan");
  if (diagnosis.injections.some((one) => one.step_id === stepId))
    say("holds text that reads like an order to whoever analyses the run", 0, "yellow");
  return rows;
}

function labelRows(label: Label, columns: number): Row[] {
  const { better_alternative } = label;
  const style = label.label === "incorrect" ? "red" : "yellow";
  const sure = label.confidence >= SURE_CONFIDENCE ? "" : ", a lead only";
  const title = `${label.label}, confidence ${label.confidence.toFixed(2)}${sure} (${label.detector})`;
  return [
    ...indented(title, 0, style, columns),
    ...indented(label.reasoning, 2, "plain", columns),
    ...label.evidence.map((one) =>
      cutRow([span(`  ${placeWords(one, label)}: "${one.quote.slice(0, QUOTE_CHARS)}"`, "dim")], columns),
    ),
    ...(better_alternative === undefined
      ? []
      : indented(`Instead: ${better_alternative}`, 2, "plain", columns)),
  ];
}

function placeWords(evidence: Evidence, label: Label): string {
  return evidence.step_id === label.step_id ? evidence.where : placeOf(evidence);
}

/** A text wrapped at words with an indent. */
export function indented(text: string, indent: number, style: Style, columns: number): Row[] {
  const room = Math.max(columns - indent, 8);
  const margin = { text: " ".repeat(indent), style: "plain" as const };
  return wrapRow([span(text, style)], room, "words").map((row) => [margin, ...row]);
}
