import { printable } from "../../report/printable.ts";
import { findVerbatim } from "../../trace/investigation/verbatim.ts";
import type { HintFile, HintPoint } from "../../trajectory/hint.ts";
import type { Evidence } from "../../trajectory/label.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import { type Admits, admission } from "../admissible.ts";
import type { HintMaterial } from "../material.ts";
import type { Reach } from "./reach.ts";
import type { Reply, ReplyPoint } from "./reply.ts";

const QUOTE_CHARS = 200;
const QUOTES_MAX = 3;
const MEANINGFUL_CHARS = 3;

/** What of a reply is proven, and sentences for the model about what is not. */
export interface Proven {
  material: HintMaterial;
  problems: string[];
}

/** What a reply is checked against. */
export interface ProofContext {
  workspace: TracedWorkspace;
  reach: Reach;
  allowVerifier: boolean;
}

/**
 * Keeps of a reply what stands in the run: each point with those of its quotes that are found in the steps that it may quote, as they stand there. A point
 * without one is dropped, as is whatever repeats an order to the reader or names the verifier's places. Without
 * a proven mistake there is nothing to do instead of it; in a hint of facts all advice is dropped.
 */
export function prove(reply: Reply, { workspace, reach, allowVerifier }: ProofContext): Proven {
  const admits = admission(workspace, allowVerifier);
  const problems: string[] = [];
  const take = (place: string, given: ReplyPoint, before: number): HintPoint[] => {
    const taken = provenPoint(given, before, workspace, admits);
    if (typeof taken !== "string") return [taken];
    problems.push(`${place}: ${taken}`);
    return [];
  };
  const all = (name: "facts" | "avoid", before: number): HintPoint[] =>
    reply[name].flatMap((point, index) => take(`${name}[${index}]`, point, before));
  const { scope, scope_reason, onset_step_id } = reach.gate;
  const facts = all("facts", reach.before);
  const told = { scope, scope_reason, onset_step_id, facts };
  if (scope === "facts_only")
    return { material: { ...told, mistake: null, instead: null, avoid: [] }, problems };
  const shown = reach.last + 1;
  const [point] = reply.mistake === null ? [] : take("mistake", reply.mistake, shown);
  const mistake = mistakeOf(point, reply.mistake?.recognise, admits, problems);
  const instead = mistake === null ? null : insteadOf(reply.instead, admits, problems);
  return { material: { ...told, mistake, instead, avoid: all("avoid", shown) }, problems };
}

/** A string says why the point is not taken. */
function provenPoint(
  { text, quotes }: ReplyPoint,
  before: number,
  workspace: TracedWorkspace,
  admits: Admits,
): HintPoint | string {
  if (quotes.length === 0) return "it has no quote.";
  if (quotes.every(({ step }) => step >= before)) return `its quotes must come from steps before ${before}.`;
  const evidence = quotes
    .filter(({ step }) => step < before)
    .flatMap((quote) => standing(quote, workspace) ?? [])
    .slice(0, QUOTES_MAX);
  if (evidence.length === 0)
    return "none of its quotes stands in the step that it names; copy one line exactly.";
  const point = {
    text: oneLine(text),
    evidence: evidence.filter((one) => admits({ text: "-", evidence: [one] })),
  };
  return point.evidence.length > 0 && admits(point) ? point : NOT_ADMITTED;
}

const NOT_ADMITTED = "it repeats an order to the reader, or tells of how the result is judged; leave it out.";

function standing({ step, text }: ReplyPoint["quotes"][number], { steps }: TracedWorkspace): Evidence | null {
  const place = steps.find(({ step_id }) => step_id === step);
  const found = place && findVerbatim(text, place);
  if (!found) return null;
  const quote = longestLine(found.quote)
    .slice(0, QUOTE_CHARS)
    .replace(/[\ud800-\udbff]$/, "")
    .trim();
  return quote.length < MEANINGFUL_CHARS ? null : { step_id: step, where: found.where, quote };
}

function longestLine(text: string): string {
  return text.split("\n").reduce((best, line) => (line.trim().length > best.trim().length ? line : best), "");
}

function mistakeOf(
  point: HintPoint | undefined,
  recognise: string | undefined,
  admits: Admits,
  problems: string[],
): HintFile["mistake"] {
  if (point === undefined || recognise === undefined) return null;
  const told = oneLine(recognise);
  if (!admits({ text: told, evidence: [] })) {
    problems.push(`mistake.recognise: ${NOT_ADMITTED}`);
    return null;
  }
  return { ...point, recognise: told };
}

function insteadOf(instead: Reply["instead"], admits: Admits, problems: string[]): HintFile["instead"] {
  if (instead === null) return null;
  const action = oneLine(instead.action);
  const check = instead.check === null ? null : oneLine(instead.check);
  if (admits({ text: `${action} ${check ?? ""}`, evidence: [] })) return { action, check };
  problems.push(`instead: ${NOT_ADMITTED}`);
  return null;
}

/** Safe in Markdown and on a terminal: one line, printable, without the beginning of a comment. */
function oneLine(text: string): string {
  return printable(text.replace(/\s+/g, " ")).replaceAll("<!--", "<! --").trim();
}
