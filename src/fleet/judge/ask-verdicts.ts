import type { LoopEnd } from "../../agent/loop-types.ts";
import type { ChatMessage } from "../../model/model.ts";
import type { BehaviourFlag, IndexedStep } from "../../trajectory/index.ts";
import type { Kept } from "./cache.ts";
import type { Calls } from "./calls.ts";
import { abstention, checkVerdict } from "./check-verdict.ts";
import { againPrompt } from "./judge-prompt.ts";
import { readVerdicts } from "./verdict.ts";

/** Shares of the room for steps that are tried in turn when the server finds the prompt too long. */
const ROOM_SHARES = [1, 0.7, 0.45] as const;

/** One prompt's worth of rubrics. */
export interface VerdictWork {
  ids: readonly string[];
  /** The prompt with this share of the room for steps. */
  prompt(roomShare: number): Promise<ChatMessage[]>;
  /** The steps that may be quoted. */
  steps: readonly IndexedStep[];
  judged_by: string;
  /** Takes each verdict as soon as it holds. */
  keep(verdicts: readonly Kept[]): void;
}

/** What came of it: how the last call ended, and the rubrics without a verdict with the reason. */
export interface VerdictAnswer {
  end: LoopEnd;
  unjudged: ReadonlyMap<string, LoopEnd>;
}

/** A verdict that was not taken. `flag` is what it said; null = it could not be read. */
interface Refused {
  flag: BehaviourFlag | null;
  problems: readonly string[];
}

/** Ends after which the same question would bring the same: what is at hand then counts. */
const FINAL: ReadonlySet<LoopEnd> = new Set<LoopEnd>(["done", "malformed", "refused", "context"]);

/**
 * Asks for verdicts. Those that do not hold are handed back once, together; what does not hold then is an abstention, and what cannot be read then stays without a
 * verdict. Throws what `Calls` throws.
 */
export async function askVerdicts(work: VerdictWork, calls: Calls): Promise<VerdictAnswer> {
  const first = await askFitting(work, calls);
  if ("end" in first) return { end: first.end, unjudged: all(work.ids, first.end) };
  const refused = take(first.reply.text, work.ids, work, first.reply.stop_reason === "length");
  if (refused.size === 0) return { end: "done", unjudged: new Map() };
  const problems = new Map([...refused].map(([id, one]) => [id, one.problems] as const));
  const second = await calls.ask(againPrompt(first.messages, first.reply.text, problems));
  if ("end" in second && !FINAL.has(second.end))
    return { end: second.end, unjudged: all([...refused.keys()], second.end) };
  const left = "end" in second ? refused : take(second.reply.text, [...refused.keys()], work, false);
  const unjudged = new Map<string, LoopEnd>();
  const abstained: Kept[] = [];
  for (const [id, { flag }] of left) {
    const said = flag ?? refused.get(id)?.flag ?? null;
    if (said === null) unjudged.set(id, "end" in second ? second.end : "malformed");
    else abstained.push({ flag: abstention(said), warning: warningOf(id) });
  }
  work.keep(abstained);
  return { end: "done", unjudged };
}

function warningOf(id: string): string {
  return `The model's verdict on ${id} counts as an abstention: what it was to be proven with does not stand in the run.`;
}

type Replied = { reply: { text: string; stop_reason: string }; messages: ChatMessage[] } | { end: LoopEnd };

async function askFitting(work: VerdictWork, calls: Calls): Promise<Replied> {
  for (const share of ROOM_SHARES) {
    const messages = await work.prompt(share);
    const asked = await calls.ask(messages);
    if ("reply" in asked) return { reply: asked.reply, messages };
    if (asked.end !== "context") return asked;
  }
  return { end: "context" };
}

/** Keeps the verdicts of a reply that hold; the others with what is wrong with them. */
function take(
  text: string,
  ids: readonly string[],
  { steps, judged_by, keep }: VerdictWork,
  isCutOff: boolean,
): Map<string, Refused> {
  const refused = new Map<string, Refused>();
  const kept: Kept[] = [];
  for (const [id, verdict] of readVerdicts(text, ids)) {
    if (typeof verdict === "string") {
      refused.set(id, { flag: null, problems: [isCutOff ? CUT_OFF : verdict] });
      continue;
    }
    const { flag, problems } = checkVerdict({ ...verdict, rubric: id }, steps, judged_by);
    if (problems.length === 0) kept.push({ flag, warning: null });
    else refused.set(id, { flag, problems });
  }
  keep(kept);
  return refused;
}

const CUT_OFF =
  "the reply ended at its limit before the verdict did: reason less, and keep the reasons short";

function all(ids: readonly string[], end: LoopEnd): Map<string, LoopEnd> {
  return new Map(ids.map((id) => [id, end]));
}
