import type { FidelityCheck } from "../../trajectory/extraction.ts";
import type { Step } from "../../trajectory/step.ts";
import { type Answers, agrees } from "./answers.ts";
import { clip, squash } from "./grams.ts";
import { listed } from "./listed.ts";
import { misplacedObservations } from "./misplaced.ts";
import type { Kind } from "./raw-texts.ts";
import type { SurveyedText } from "./survey.ts";

/** What is said of a call's answers beside what its step observed. */
interface Answered {
  step: Step;
  texts: readonly SurveyedText[];
  isObserved: boolean;
  /** Something else was observed. */
  isWrong: boolean;
  /** Letters and digits that each text holds beside the whole observation; none for texts that do not hold it. */
  frames: ReadonlyMap<SurveyedText, number>;
}

/** Whether what the raw files hold as the answer to a call is the step's observation. */
export function checkObservationsBelong(steps: readonly Step[], { byStep }: Answers): FidelityCheck {
  const name = "observations belong to their calls";
  const misplaced = misplacedObservations(steps);
  if (byStep.size === 0 && misplaced === null)
    return { name, passed: null, value: null, detail: "no answer to a call was found in the raw files" };
  const turns = turnsOf(steps);
  const answered = [...byStep].flatMap(([at, texts]) => {
    const step = steps[at];
    return step ? [compare(step, at, texts, turns)] : [];
  });
  const frames = frameSizes(answered);
  const wrong = idsOf(answered.filter(({ isWrong }) => isWrong));
  const lost = idsOf(lostObservations(answered, frames));
  const parts = idsOf(partialObservations(answered, frames));
  const bad = new Set([...wrong, ...lost, ...parts, ...(misplaced ?? [])]).size;
  const all = Math.max(byStep.size, misplaced === null ? 0 : steps.length);
  return {
    name,
    passed: bad === 0,
    value: 1 - bad / all,
    detail: `${all - bad} of ${all} answers${said("observed otherwise", wrong)}${said("not observed", lost)}${said("observed in part", parts)}${said("observed at another place", misplaced ?? [])}`,
  };
}

function idsOf(answered: readonly Answered[]): number[] {
  return answered.map(({ step }) => step.step_id);
}

function said(what: string, ids: readonly number[]): string {
  return ids.length === 0 ? "" : `; ${what} in steps ${listed(ids)}`;
}

/** What came back for all steps of each turn that issued several. */
function turnsOf(steps: readonly Step[]): Map<number, string> {
  const turns = new Map<number, string>();
  for (const { parallel_group, observation } of steps)
    if (parallel_group !== undefined)
      turns.set(parallel_group, `${turns.get(parallel_group) ?? ""}${observation ?? ""}`);
  return turns;
}

/** Of texts up to these lengths it is counted what they hold beside the observation. */
const MAX_COUNTED_CHARS = 32 << 10;
const MAX_FRAMED_CHARS = 2000;

/** Where the raw text names no call, an answer may be to any step of the turn. */
function compare(
  step: Step,
  at: number,
  texts: readonly SurveyedText[],
  turns: ReadonlyMap<number, string>,
): Answered {
  const isNamed = texts.some((text) => text.callStep !== null);
  const turn = isNamed || step.parallel_group === undefined ? undefined : turns.get(step.parallel_group);
  const whole = turn ?? step.observation ?? "";
  const isOwn = ({ owner, samples, known }: SurveyedText): boolean =>
    owner?.step === at && owner.field === "observation" && known * 2 >= samples;
  const isLonger = ({ text }: SurveyedText): boolean =>
    text.length <= MAX_FRAMED_CHARS || (text.length <= MAX_COUNTED_CHARS && text.length > whole.length);
  const counted = texts.filter(isLonger);
  const isSure = turn === undefined && texts.some(isOwn);
  const observed = isSure && counted.length === 0 ? null : squash(clip(whole));
  const frames = new Map<SurveyedText, number>();
  for (const text of observed ? counted : []) {
    const raw = squash(text.text);
    if (raw.includes(observed ?? "")) frames.set(text, raw.length - (observed ?? "").length);
  }
  const isObserved = observed !== "";
  const isWrong =
    !isSure && isObserved && !texts.some(({ text }) => agrees(squash(clip(text)), observed ?? ""));
  return { step, texts, isObserved, isWrong, frames };
}

/** How many letters and digits the records of each kind put around a short text. */
function frameSizes(answered: readonly Answered[]): Map<Kind, number> {
  const sizes = new Map<Kind, number[]>();
  for (const { frames } of answered) {
    for (const [{ kind, text }, size] of frames) {
      if (text.length > MAX_FRAMED_CHARS) continue;
      const known = sizes.get(kind);
      if (known) known.push(size);
      else sizes.set(kind, [size]);
    }
  }
  const median = (of: number[]): number => of.sort((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0;
  return new Map([...sizes].map(([kind, of]) => [kind, median(of)]));
}

const EMPTY_PHRASES = /\bno output\b|not produce any output|\bno content\b/i;

/** Steps that observed nothing although their answer says something: more than the frame around it, and not that there was nothing. */
function lostObservations(answered: readonly Answered[], frames: ReadonlyMap<Kind, number>): Answered[] {
  const unobserved = answered.filter(({ isObserved }) => !isObserved);
  if (unobserved.length === 0) return [];
  const least = frames.size === 0 ? 0 : Math.min(...frames.values());
  const observedTexts = new Set(
    answered.flatMap(({ isObserved, texts }) => (isObserved ? texts.map(({ text }) => text) : [])),
  );
  // What stands behind several calls and is never observed says that there was nothing to observe.
  const counts = new Map<string, number>();
  for (const { texts } of unobserved)
    for (const key of new Set(texts.map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1);
  const isLost = (text: SurveyedText): boolean =>
    (frames.size === 0 || frames.get(text.kind) === least) &&
    (observedTexts.has(text.text) || ((counts.get(keyOf(text)) ?? 0) < 2 && tells(text.text, least)));
  return unobserved.filter(({ texts }) => texts.some(isLost));
}

function keyOf({ kind, text }: SurveyedText): string {
  return `${kind.name}\0${text}`;
}

/** Whether a text says more than its frame. */
function tells(text: string, frame: number): boolean {
  return (
    squash(text.slice(0, MAX_FRAMED_CHARS)).length > frame + 3 && !EMPTY_PHRASES.test(text.slice(0, 300))
  );
}

/** Letters and digits that may be left out: marks of a terminal, notes of a harness. */
const MAX_LEFT_OUT = 250;

/** Steps that observed a piece of their answer, where the answers of that kind are else observed as they are. */
function partialObservations(answered: readonly Answered[], sizes: ReadonlyMap<Kind, number>): Answered[] {
  return answered.filter(({ texts, frames }) => {
    const answers = texts.filter(
      ({ kind, text }) => sizes.get(kind) === 0 && text.length <= MAX_COUNTED_CHARS,
    );
    return answers.length > 0 && answers.every((text) => (frames.get(text) ?? 0) > MAX_LEFT_OUT);
  });
}
