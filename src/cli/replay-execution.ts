import fs from "node:fs";
import path from "node:path";
import {
  type Confinement,
  executeReplay,
  inBubblewrap,
  inContainer,
  openWorkFolder,
  planDigest,
  REPLAY_FILE,
  type ReplayFile,
  renderReplayEnd,
  renderReplayedStep,
  unconfined,
  whyNoBubblewrap,
  whyNoContainer,
} from "../replay/execute/index.ts";
import { createRedactor } from "../run/redact/index.ts";
import { CodeTracerError } from "../util/errors.ts";
import type { Planned, ReplayPlanFlags } from "./commands/replay-plan.ts";
import { type ExitCode, type Io, outputWidth, useColor } from "./io.ts";
import { wholeNumber } from "./numbers.ts";

/** Runs a plan where the flags say, and prints what comes of it step by step. 1 = it did not rebuild the state. */
export async function executePlanned(planned: Planned, flags: ReplayPlanFlags, io: Io): Promise<ExitCode> {
  const { plan, workspace, maps, run_directory } = planned;
  const { confinement, state } = await place(planned, flags, io);
  const options = { color: useColor(io, io.stdout, flags.color), width: outputWidth(io) };
  const replay = await executeReplay({
    plan,
    steps: workspace.steps,
    confinement,
    state,
    maps,
    run_directory,
    only_safe: flags.onlySafe === true,
    keep_going: flags.keepGoing === true,
    timeout_seconds: wholeNumber("--timeout-seconds", flags.timeoutSeconds ?? "300"),
    done: (flags.done ?? []).map((step) => wholeNumber("--done", step)),
    redo: flags.redo === undefined ? null : wholeNumber("--redo", flags.redo),
    signal: io.signal,
    now: io.now,
    redact: workspace.extraction.redactions === null ? (text) => text : createRedactor().text,
    onBegin: () => {
      io.stderr.write(
        `codetracer: running what the agent ran, ${CONFINED[confinement.kind]} ${confinement.where}\n`,
      );
    },
    onStep: (step, { name }) => {
      if (!flags.json) io.stdout.write(renderReplayedStep(step, name, options));
    },
  });
  const file = path.join(state, REPLAY_FILE);
  if (flags.json) io.stdout.write(`${JSON.stringify(replay, null, 2)}\n`);
  else io.stdout.write(`\n${renderReplayEnd(replay, plan.steps, file, options)}`);
  return isRebuilt(replay) ? 0 : 1;
}

const CONFINED: Readonly<Record<Confinement["kind"], string>> = {
  bubblewrap: "in a sandbox that can change nothing but",
  container: "with all that it reaches, in the container",
  none: "without a sandbox, in",
};

function isRebuilt(replay: ReplayFile): boolean {
  return replay.finished && replay.steps.every((step) => !step.matters || step.accepted);
}

async function place(
  planned: Planned,
  flags: ReplayPlanFlags,
  io: Io,
): Promise<{ confinement: Confinement; state: string }> {
  const { plan, maps, run_directory } = planned;
  if (flags.container !== undefined) {
    const confinement = inContainer(flags.container, planDigest(plan, maps, "container"), io.env, io.cwd);
    const reason = await whyNoContainer(confinement, io.signal);
    if (reason !== null)
      throw new CodeTracerError(
        "sandbox",
        `--container ${flags.container}: nothing can be run in it: ${reason}; start it, and see that it has bash`,
      );
    const state = path.resolve(io.cwd, `codetracer-replay-${confinement.where.replaceAll(":", "-")}`);
    fs.mkdirSync(state, { recursive: true });
    return { confinement, state };
  }
  const work = openWorkFolder(path.resolve(io.cwd, flags.workdir ?? "."), {
    home: io.env.HOME ?? null,
    run: run_directory,
    allow_checkout: flags.allowCheckout === true,
  });
  if (flags.unsandboxed) return { confinement: unconfined(work, io.env), state: work.state };
  const reason = await whyNoBubblewrap(io.signal);
  if (reason === null)
    return { confinement: inBubblewrap(work, maps, flags.network === true), state: work.state };
  throw new CodeTracerError(
    "sandbox",
    `bubblewrap does not work here: ${reason}. Install bubblewrap 0.8 or newer and allow user namespaces, name a --container, or, where nothing can be lost, say --unsandboxed`,
  );
}
