import type { HintFile } from "../trajectory/hint.ts";
import type { Evidence, Label } from "../trajectory/label.ts";
import type { IndexedStep } from "../trajectory/step.ts";
import type { Admits } from "./admissible.ts";
import { aftermathOf } from "./aftermath.ts";
import { type SlipWords, slipWords } from "./detector-words.ts";
import { code } from "./quoting.ts";
import { wordsOfSigns } from "./signs.ts";
import { didWhat, isKeys, isToolCall } from "./step-words.ts";

/** From here on a label is told as what went wrong, below as what most likely did. */
const FIRM_CONFIDENCE = 0.7;
const QUOTE_CHARS = 180;
const REASON_CHARS = 400;
const QUOTES_MOST = 2;

type Advice = Pick<HintFile, "mistake" | "instead">;

/** The wrong commitment and what to do instead, from a label; null where nothing of it may be quoted. */
export function adviceFrom(label: Label, steps: readonly IndexedStep[], admits: Admits): Advice | null {
  const evidence = label.evidence.filter((one) => admits({ text: "-", evidence: [one] }));
  if (evidence.length === 0) return null;
  const words = wordsOf(label, steps);
  const step = steps[label.step_id - 1];
  const sentences = words ? told(words, label, evidence, step) : [reasoned(label, evidence)];
  const after = step ? aftermathOf(step, steps) : null;
  const mistake = {
    text: [...sentences, ...(after ? [after.text] : [])].join(" "),
    evidence: [...evidence, ...(after?.evidence ?? [])],
    recognise: words?.recognise ?? "you are about to do the same.",
  };
  if (!admits(mistake)) return null;
  const alternative = label.better_alternative === undefined ? null : plainWords(label.better_alternative);
  const action = words?.action ?? alternative;
  return { mistake, instead: action === null ? null : { action, check: words?.check ?? null } };
}

function wordsOf(label: Label, steps: readonly IndexedStep[]): SlipWords | undefined {
  return label.detector === "weighed-signs" ? wordsOfSigns(label, steps) : slipWords(label.detector);
}

function told(
  { did }: SlipWords,
  label: Label,
  evidence: readonly Evidence[],
  step: IndexedStep | undefined,
): string[] {
  const quotes = tellingQuotes(evidence, step);
  const shown =
    quotes.length === 0 ? "" : `: ${quotes.map((one) => code(one.quote, QUOTE_CHARS)).join(", then ")}`;
  const isSigns = label.detector === "weighed-signs";
  const when = step && !isSigns && !isKeys(step) ? [`That was when it ${didWhat(step)}.`] : [];
  return [`${begin(label)} ${did}${shown}.`, ...when];
}

/** What was said or shown tells more than the action, and a call's arguments tell nothing. */
function tellingQuotes(evidence: readonly Evidence[], step: IndexedStep | undefined): Evidence[] {
  const speaking = evidence.filter((one) => one.where !== "action");
  if (speaking.length > 0) return speaking.slice(0, QUOTES_MOST);
  const first = step?.action.trim().split("\n")[0];
  return evidence
    .filter(
      (one) => step !== undefined && !isToolCall(step) && one.quote !== first && !one.quote.includes("<<"),
    )
    .slice(0, 1);
}

function reasoned(label: Label, evidence: readonly Evidence[]): string {
  const quote = evidence.find((one) => one.where !== "action") ?? evidence[0];
  const isFirm = label.confidence >= FIRM_CONFIDENCE;
  return `${isFirm ? "" : "Most likely: "}${plainWords(label.reasoning)}${quote ? ` (${code(quote.quote, QUOTE_CHARS)})` : ""}`;
}

function begin({ confidence }: Label): string {
  return confidence >= FIRM_CONFIDENCE
    ? "The earlier attempt"
    : "Most likely the earlier attempt went wrong where it";
}

/** Words of a diagnosis on one line, without marks of code. */
function plainWords(text: string): string {
  const line = text.replace(/\s+/g, " ").replace(/`/g, "'").trim();
  return line.length > REASON_CHARS ? `${line.slice(0, REASON_CHARS - 1).toWellFormed()}…` : line;
}
