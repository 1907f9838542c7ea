import type { Step, Trajectory } from "../../src/index.ts";

/** One way in which a reader goes wrong. */
export interface Mutation {
  name: string;
  /** The steps as this wrong reader would give them; null where the run gives it no occasion to go wrong. */
  spoil(steps: readonly Step[]): Step[] | null;
}

/** Texts above this length are cut by the mutation that cuts. */
const LONG_TEXT_CHARS = 1000;
const KEPT_CHARS = 500;
/** Shorter thoughts are what harnesses put where there was none. */
const MIN_THOUGHT_CHARS = 20;

/** The ways to go wrong. The steps that come out are numbered from 1 again, as a reader would number them. */
export const MUTATIONS: readonly Mutation[] = [
  { name: "drop every 7th step", spoil: dropEverySeventh },
  { name: "merge two neighbours", spoil: mergeNeighbours },
  { name: "swap two steps", spoil: swapNeighbours },
  { name: "lose observations (null)", spoil: (steps) => loseObservations(steps, null) },
  { name: "lose observations (empty)", spoil: (steps) => loseObservations(steps, "") },
  { name: "pair with the call before", spoil: (steps) => shiftObservations(steps, -1) },
  { name: "pair with the call after", spoil: (steps) => shiftObservations(steps, 1) },
  { name: "duplicate steps", spoil: duplicateSteps },
  { name: "cut long texts", spoil: cutLongTexts },
  { name: "invent a step", spoil: inventStep },
  { name: "invent an observation", spoil: inventObservation },
  { name: "refs one line too far", spoil: shiftRefs },
  { name: "drop reasoning", spoil: dropReasoning },
];

/** The trajectory that a wrong reader returns; null where the mutation finds nothing to change. */
export function mutate(trajectory: Trajectory, mutation: Mutation): Trajectory | null {
  const spoiled = mutation.spoil(trajectory.steps);
  if (spoiled === null) return null;
  return { ...trajectory, steps: spoiled.map((step, index) => ({ ...step, step_id: index + 1 })) };
}

function dropEverySeventh(steps: readonly Step[]): Step[] | null {
  return steps.length < 7 ? null : steps.filter((_, index) => index % 7 !== 6);
}

function mergeNeighbours(steps: readonly Step[]): Step[] | null {
  const at = Math.floor((steps.length - 1) / 2);
  const [first, second] = [steps[at], steps[at + 1]];
  if (!first || !second) return null;
  const observations = [first.observation, second.observation].filter((text) => text !== null);
  const merged = {
    ...first,
    action: `${first.action}\n${second.action}`,
    observation: observations.length > 0 ? observations.join("\n") : null,
    action_ref: spanOf(first.action_ref, second.action_ref),
  };
  return [...steps.slice(0, at), merged, ...steps.slice(at + 2)];
}

/** A merging reader points at both places. */
function spanOf(first: Step["action_ref"], second: Step["action_ref"]): Step["action_ref"] {
  if (first === null || second === null || first.path !== second.path) return first;
  return {
    path: first.path,
    line_start: Math.min(first.line_start, second.line_start),
    line_end: Math.max(first.line_end, second.line_end),
  };
}

function swapNeighbours(steps: readonly Step[]): Step[] | null {
  const middle = Math.floor(steps.length / 2);
  const order = [...steps.keys()].sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  const at = order.find((index) => differ(steps[index], steps[index + 1]));
  const [first, second] = at === undefined ? [] : [steps[at], steps[at + 1]];
  if (at === undefined || !first || !second) return null;
  return [...steps.slice(0, at), second, first, ...steps.slice(at + 2)];
}

function differ(first: Step | undefined, second: Step | undefined): boolean {
  return first !== undefined && second !== undefined && first.action !== second.action;
}

function loseObservations(steps: readonly Step[], lost: null | ""): Step[] | null {
  const held = steps.filter((step) => hasText(step.observation));
  const losing = new Set(held.filter((_, index) => index % 5 === 4));
  if (losing.size === 0) return null;
  return steps.map((step) =>
    losing.has(step)
      ? { ...step, observation: lost, observation_ref: lost === null ? null : step.observation_ref }
      : step,
  );
}

/** Each step gets what came back for the observed step before or after it, with its place. */
function shiftObservations(steps: readonly Step[], by: 1 | -1): Step[] | null {
  const observed = steps.filter((step) => step.observation !== null);
  const texts = new Set(observed.map((step) => step.observation));
  if (texts.size < 2) return null;
  const giver = new Map(observed.map((step, index) => [step, observed[index + by]]));
  return steps.map((step) => {
    if (!giver.has(step)) return step;
    const { exit_code: _, is_error: __, ...rest } = step;
    const from = giver.get(step);
    return {
      ...rest,
      observation: from?.observation ?? null,
      observation_ref: from?.observation_ref ?? null,
      ...(from?.exit_code === undefined ? {} : { exit_code: from.exit_code }),
    };
  });
}

/** Every 9th step twice, at least one. */
function duplicateSteps(steps: readonly Step[]): Step[] | null {
  if (steps.length === 0) return null;
  const every = Math.min(9, steps.length);
  return steps.flatMap((step, index) => (index % every === every - 1 ? [step, step] : [step]));
}

function cutLongTexts(steps: readonly Step[]): Step[] | null {
  const isLong = (text: string | null | undefined): boolean => (text ?? "").length > LONG_TEXT_CHARS;
  if (!steps.some((step) => isLong(step.observation) || isLong(step.thinking))) return null;
  const cut = (text: string): string => (isLong(text) ? text.slice(0, KEPT_CHARS) : text);
  return steps.map((step) => ({
    ...step,
    observation: step.observation === null ? null : cut(step.observation),
    ...(step.thinking === undefined ? {} : { thinking: cut(step.thinking) }),
  }));
}

function inventStep(steps: readonly Step[]): Step[] | null {
  const at = Math.floor(steps.length / 2);
  const beside = steps[at];
  if (!beside) return null;
  const { tool_call_id: _, arguments: __, thinking: ___, ...rest } = beside;
  const invented = {
    ...rest,
    action: "ls -la /opt/invented",
    observation: "total 0\ndrwxr-xr-x 2 root root 40 Jan 1 00:00 of-no-run\n",
  };
  return [...steps.slice(0, at + 1), invented, ...steps.slice(at + 1)];
}

/** The first step without an observation gets one; where all have theirs, the middle one says something else. */
function inventObservation(steps: readonly Step[]): Step[] | null {
  if (steps.length === 0) return null;
  const unanswered = steps.findIndex((step) => step.observation === null);
  const at = unanswered < 0 ? Math.floor(steps.length / 2) : unanswered;
  const observation =
    "The command finished without an error and all of the 42 checks of the suite have passed.";
  return steps.map((step, index) => (index === at ? { ...step, observation } : step));
}

function shiftRefs(steps: readonly Step[]): Step[] | null {
  if (!steps.some((step) => step.action_ref ?? step.observation_ref)) return null;
  const next = (ref: Step["action_ref"]): Step["action_ref"] =>
    ref && { ...ref, line_start: ref.line_start + 1, line_end: ref.line_end + 1 };
  return steps.map((step) => ({
    ...step,
    action_ref: next(step.action_ref),
    observation_ref: next(step.observation_ref),
  }));
}

function dropReasoning(steps: readonly Step[]): Step[] | null {
  if (!steps.some((step) => saysSomething(step.thinking))) return null;
  return steps.map(({ thinking: _, ...step }) => step);
}

/** Harnesses put phrases such as `(no content)` where a model said nothing: a reader may leave them out. */
function saysSomething(text: string | undefined): boolean {
  return hasText(text) && (text ?? "").trim().length >= MIN_THOUGHT_CHARS;
}

function hasText(text: string | null | undefined): boolean {
  return text !== null && text !== undefined && text.trim() !== "";
}
