import { createHash } from "node:crypto";
import type { IndexedStep } from "../../trajectory/step.ts";
import { CodeTracerError } from "../../util/errors.ts";
import { VERSION } from "../../util/version.ts";
import type { PathMap } from "../plan/path-map.ts";
import type { PlannedStep, ReplayPlan } from "../plan/plan.ts";
import type { Confinement } from "./confinement.ts";
import { type ReplayedStep, type ReplayFile, readReplay } from "./replay-file.ts";

/** How a replay is run. */
export interface ReplaySetup {
  plan: ReplayPlan;
  /** All steps of the recording. */
  steps: readonly IndexedStep[];
  confinement: Confinement;
  /** Where `replay.json` is kept; nothing that runs sees it. */
  state: string;
  maps: readonly PathMap[];
  run_directory: string | null;
  only_safe: boolean;
  keep_going: boolean;
  timeout_seconds: number;
  /** Steps that were done by hand, or behind which the replay may go on as it is. */
  done: readonly number[];
  /** The step that may be done again although it was cut off or went another way. */
  redo: number | null;
  signal: AbortSignal;
  now(): number;
  /** Replaces secrets that commands print. */
  redact(text: string): string;
  /** Called before the first command runs, if one does. */
  onBegin(): void;
  /** Called as each step ends. */
  onStep(step: ReplayedStep, planned: PlannedStep): void;
}

/** Identifies what a replay does: going on with another plan in the same folder would mix two states. */
export function planDigest(
  plan: ReplayPlan,
  maps: readonly PathMap[],
  confinement: Confinement["kind"],
): string {
  const what = JSON.stringify([plan.steps, plan.to_step_id, maps, confinement]);
  return createHash("sha256").update(what).digest("hex");
}

/**
 * The replay that the folder holds, or a new one. Throws CodeTracerError `bad_argument` where it holds another one, or a step that was cut off and that
 * nobody says what to do with.
 */
export function openReplay(setup: ReplaySetup): ReplayFile {
  const { plan, confinement, maps } = setup;
  const digest = planDigest(plan, maps, confinement.kind);
  const earlier = readReplay(setup.state);
  const base: ReplayFile = earlier ?? {
    codetracer_version: VERSION,
    run: plan.run,
    to_step_id: plan.to_step_id ?? 0,
    plan_digest: digest,
    where: confinement.where,
    confinement: confinement.kind,
    in_flight: null,
    steps: [],
    stopped: null,
    finished: false,
  };
  if (base.plan_digest !== digest || base.where !== confinement.where)
    throw new CodeTracerError(
      "bad_argument",
      `${setup.state} holds another replay: of another run, up to another step, or with other --map; take another folder`,
    );
  const cutOff = base.in_flight;
  if (cutOff !== null && setup.redo !== cutOff && !setup.done.includes(cutOff))
    throw new CodeTracerError(
      "bad_argument",
      `step ${cutOff} was cut off and may be half done; look at what it left in ${base.where}, then say --redo ${cutOff}, or --done ${cutOff} where it is whole`,
    );
  const replay = {
    ...base,
    steps: base.steps.filter((step) => step.step_id !== setup.redo),
    in_flight: null,
    stopped: null,
  };
  for (const step of replay.steps) if (setup.done.includes(step.step_id)) step.accepted = true;
  return replay;
}
