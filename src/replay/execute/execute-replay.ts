import { CodeTracerError } from "../../util/errors.ts";
import type { PlannedStep } from "../plan/plan.ts";
import { actToWrite, replayScript } from "../plan/script.ts";
import { compareStep, matters } from "./compare.ts";
import { openReplay, type ReplaySetup } from "./open-replay.ts";
import { type ReplayedStep, type ReplayFile, writeReplay } from "./replay-file.ts";
import { runProcess } from "./run-process.ts";

const OUTPUT_CHARS = 40_000;
/** A container stops a step by itself; this long later its client is stopped. */
const GRACE_SECONDS = 15;

/**
 * Does the steps of a plan again, one after another, and compares what each gives with the recording. Goes on behind what `replay.json` says was done.
 * Stops at a step that must be done by hand, and at the first that goes another way. Throws CodeTracerError `bad_argument` where the folder
 * holds another replay, or a step that was cut off and may be half done.
 */
export async function executeReplay(setup: ReplaySetup): Promise<ReplayFile> {
  const replay = openReplay(setup);
  const script = replayScript(setup.plan, {
    run_directory: setup.run_directory,
    // In bubblewrap the recorded paths themselves are there.
    maps: setup.confinement.kind === "bubblewrap" ? [] : setup.maps,
    only_safe: setup.only_safe,
  });
  let hasBegun = false;
  const begin = (): void => {
    if (!hasBegun) setup.onBegin();
    hasBegun = true;
  };
  for (const planned of setup.plan.steps) {
    const earlier = replay.steps.find((step) => step.step_id === planned.step_id);
    if (earlier !== undefined) {
      const reason = stopReason(earlier, planned, setup);
      if (reason === null) continue;
      return ended(setup, replay, { step_id: planned.step_id, reason });
    }
    const act = actToWrite(planned, setup.only_safe);
    if (act.form === "manual" && !setup.done.includes(planned.step_id)) {
      const reason = `it must be done by hand: ${act.reason}; then say --done ${planned.step_id}`;
      return ended(setup, replay, { step_id: planned.step_id, reason });
    }
    const done = await oneStep({ ...setup, onBegin: begin }, replay, planned, script);
    if (done === null) return replay;
    const reason = stopReason(done, planned, setup);
    if (reason !== null) return ended(setup, replay, { step_id: planned.step_id, reason });
  }
  return ended(setup, replay, null);
}

function ended(setup: ReplaySetup, replay: ReplayFile, stopped: ReplayFile["stopped"]): ReplayFile {
  replay.stopped = stopped;
  replay.finished = stopped === null;
  writeReplay(setup.state, replay);
  return replay;
}

function stopReason(step: ReplayedStep, { step_id }: PlannedStep, setup: ReplaySetup): string | null {
  if (!step.matters || step.accepted || setup.keep_going) return null;
  return `it went another way than in the recording; look at what it left, then say --done ${step_id}, --redo ${step_id} or --keep-going`;
}

/** null = interrupted: it stays in flight. */
async function oneStep(
  setup: ReplaySetup,
  replay: ReplayFile,
  planned: PlannedStep,
  script: string,
): Promise<ReplayedStep | null> {
  const { form } = planned.act;
  const byHand = setup.done.includes(planned.step_id);
  const startedMs = setup.now();
  const blank: ReplayedStep = {
    step_id: planned.step_id,
    how: byHand ? "by_hand" : form === "shell" || form === "files" ? "ran" : "left_out",
    started_at: new Date(startedMs).toISOString(),
    duration_ms: 0,
    exit_code: null,
    stopped: null,
    output: "",
    elided_chars: 0,
    comparison: null,
    matters: false,
    accepted: false,
  };
  const step = blank.how === "ran" ? await ran(setup, replay, planned, script, blank) : blank;
  if (step === null) return null;
  replay.steps.push(step);
  replay.in_flight = null;
  writeReplay(setup.state, replay);
  setup.onStep(step, planned);
  return step;
}

async function ran(
  setup: ReplaySetup,
  replay: ReplayFile,
  planned: PlannedStep,
  script: string,
  blank: ReplayedStep,
): Promise<ReplayedStep | null> {
  const recorded = setup.steps[planned.step_id - 1];
  if (recorded === undefined) throw new Error(`the plan has step ${planned.step_id}, the run has not`);
  const { confinement, timeout_seconds } = setup;
  const start = confinement.start(script, planned.step_id, timeout_seconds);
  setup.onBegin();
  replay.in_flight = planned.step_id;
  writeReplay(setup.state, replay);
  const grace = confinement.kind === "container" ? GRACE_SECONDS : 0;
  const startedMs = setup.now();
  const { stopped: limit, ...ended } = await runProcess({
    ...start,
    timeout_ms: (timeout_seconds + grace) * 1000,
    max_output_chars: OUTPUT_CHARS,
    signal: setup.signal,
  });
  if (limit === "abort") return null;
  if (limit === "start") throw notStarted(setup);
  const end = { ...ended, output: setup.redact(ended.output).toWellFormed() };
  const durationMs = Math.max(0, setup.now() - startedMs);
  const stopped = isOverTime(end.exit_code, durationMs, setup) ? "time" : limit;
  const comparison = compareStep(recorded, planned, end, (text) => renamed(text, setup));
  return {
    ...blank,
    duration_ms: durationMs,
    exit_code: end.exit_code,
    stopped,
    output: end.output,
    elided_chars: end.elided_chars,
    comparison,
    matters: stopped !== null || matters(comparison, planned),
  };
}

/** In a container the limit is kept by `timeout`, which tells it by these codes. */
function isOverTime(
  exitCode: number | null,
  durationMs: number,
  { confinement, timeout_seconds }: ReplaySetup,
): boolean {
  const isCode = exitCode === 124 || exitCode === 137;
  return confinement.kind === "container" && isCode && durationMs >= timeout_seconds * 1000;
}

function notStarted({ confinement }: ReplaySetup): CodeTracerError {
  const what = { bubblewrap: "bwrap", container: "docker or podman", none: "bash" }[confinement.kind];
  return new CodeTracerError(
    "sandbox",
    `${what} cannot be started; see that it is installed and on the PATH`,
  );
}

/** Where paths were mapped by rewriting commands, their outputs name the folder of the replay. */
function renamed(text: string, { confinement, maps }: ReplaySetup): string {
  const { seen_as } = confinement;
  if (confinement.kind === "bubblewrap" || seen_as === null) return text;
  const innerFirst = [...maps].sort((a, b) => b.within.length - a.within.length);
  return innerFirst.reduce(
    (current, { recorded, within }) =>
      current.replaceAll(within === "." ? seen_as : `${seen_as}/${within}`, recorded),
    text,
  );
}
