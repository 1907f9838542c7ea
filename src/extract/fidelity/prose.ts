import type { FidelityCheck } from "../../trajectory/extraction.ts";
import type { Step } from "../../trajectory/step.ts";
import type { Answers } from "./answers.ts";
import { byKind, type Kind } from "./raw-texts.ts";
import type { Survey, SurveyedText } from "./survey.ts";

/** Of a kind of text that is read, some is in no step: what an agent says after its last call leads to none. */
const MAX_UNREAD = 0.8;
/** Of texts that hold a call beside prose. */
const MAX_UNREAD_BESIDE_CALLS = 0.4;

/** Fewer texts, and fewer places of comparison in them, may be anything. */
const MIN_TEXTS = 3;
const MIN_OF_STEPS = 0.05;
const MIN_SAMPLES = 5;
/** In runs of few steps that many places make up for texts. */
const MANY_SAMPLES = 40;

/** Prose in records unlike those of the calls is the agent's if it leads to this share of them. */
const MIN_OF_OTHERS = 0.6;
const MIN_TEXTS_OF_OTHERS = 4;

/** Whether running text that leads to calls is in the steps: each kind of text is read, or it is not. */
export function checkProse(
  steps: readonly Step[],
  survey: Survey,
  { kinds: answers }: Answers,
): FidelityCheck {
  const records = recordsOf(survey.callKinds);
  const answerRecords = recordsOf(answers);
  let judged = 0;
  const unread: SurveyedText[] = [];
  for (const [kind, texts] of byKind(proseOfCalls(survey, answers))) {
    const isTheirs = records.has(kind.record);
    if (!isTheirs && answerRecords.has(kind.record)) continue;
    judged += texts.length;
    if (isEnough(texts, steps.length, isTheirs) && isUnread(texts)) unread.push(...texts);
  }
  return {
    name: "prose between the calls is read",
    passed: judged === 0 ? null : unread.length === 0,
    value: unread.length,
    detail: `${unread.length} of ${judged} texts are of a kind that is in no step`,
  };
}

function recordsOf(kinds: ReadonlySet<Kind>): Set<string> {
  return new Set([...kinds].map((kind) => kind.record));
}

function isUnread(texts: readonly SurveyedText[]): boolean {
  const samples = sum(texts.map((text) => text.samples));
  const unread = samples - sum(texts.map((text) => text.known));
  const holdCalls = texts.filter((text) => text.calls.length > 0).length * 2 >= texts.length;
  return unread > samples * (holdCalls ? MAX_UNREAD_BESIDE_CALLS : MAX_UNREAD);
}

/** Whether the texts of a kind are enough to say that they lead to calls. */
function isEnough(texts: readonly SurveyedText[], steps: number, isTheirs: boolean): boolean {
  const samples = sum(texts.map((text) => text.samples));
  const distinct = new Set(texts.map((text) => text.text)).size;
  if (!isTheirs) return distinct > 1 && texts.length >= Math.max(MIN_TEXTS_OF_OTHERS, steps * MIN_OF_OTHERS);
  if (texts.length < steps * MIN_OF_STEPS) return false;
  if (steps <= MIN_TEXTS && samples >= MANY_SAMPLES) return true;
  return (
    samples >= MIN_SAMPLES && distinct >= Math.min(2, steps / 2) && texts.length >= Math.min(MIN_TEXTS, steps)
  );
}

/**
 * Prose that leads to a call, no answer and no other prose, such as a user's, coming between; and prose that is a
 * member of the same record as a call.
 */
function proseOfCalls(survey: Survey, answers: ReadonlySet<Kind>): SurveyedText[] {
  const { texts, callKinds, callOrders } = survey;
  const records = recordsOf(callKinds);
  const first = Math.min(...callOrders.filter((order) => order !== undefined));
  const calls = new Set(callOrders.map((order) => Math.floor(order ?? -1)));
  const callRecords = new Set(texts.filter(({ order }) => calls.has(order)).map(({ record }) => record));
  const found: SurveyedText[] = [];
  let waiting: SurveyedText[] = [];
  for (const text of texts) {
    const { order, kind, record, callStep, isProse } = text;
    const isTheirs = records.has(kind.record);
    if (answers.has(kind) || (!isTheirs && isProse)) waiting = [];
    if (isProse && !kind.isPlain && !answers.has(kind)) {
      if (callRecords.has(record)) found.push(text);
      else if (order > first || (isTheirs && standsWithCalls(kind, callKinds))) waiting.push(text);
    }
    if (!calls.has(order) && callStep === null) continue;
    found.push(...waiting);
    waiting = [];
  }
  return found;
}

/** Whether texts of a kind stand in records of the agent's, or in the record that holds its calls. */
function standsWithCalls(kind: Kind, callKinds: ReadonlySet<Kind>): boolean {
  const parent = kind.name.slice(0, kind.name.lastIndexOf("."));
  return kind.record.includes("{") || [...callKinds].some((call) => call.name.startsWith(parent));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
