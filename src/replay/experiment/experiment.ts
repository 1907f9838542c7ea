import { createHash } from "node:crypto";
import path from "node:path";
import { CodeTracerError } from "../../util/errors.ts";
import { makeAttempt } from "./attempt.ts";
import { attemptFolders, setAside } from "./attempt-folders.ts";
import type { AttemptContext } from "./context.ts";
import type { StopReason } from "./exclusion.ts";
import { type Attempt, Ledger } from "./ledger.ts";
import { killMarked } from "./leftovers.ts";
import { lock } from "./lock.ts";
import { preflight, readCommands } from "./preflight.ts";
import { isBegun, writeProtocol } from "./protocol.ts";
import { costOf } from "./read-run.ts";
import { type ExperimentReport, reportOf } from "./report.ts";
import { type Planned, schedule } from "./schedule.ts";
import type { ExperimentSettings } from "./settings.ts";

/** What an experiment needs beside its settings. */
export interface ExperimentContext {
  /** The environment that the user's commands get. */
  env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the user interrupts: what is at work is ended and made again the next time. */
  signal: AbortSignal;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Called after each attempt; `done` counts those of earlier calls. */
  onAttempt(attempt: Attempt, done: number, total: number): void;
  /** Called where an attempt of an earlier call that never ended was moved away. */
  onSetAside(planned: Planned): void;
}

/**
 * Runs the user's agent with and without the hint, or goes on where an earlier call was ended, and compares the arms. Finished attempts are never made
 * again. Throws CodeTracerError `bad_argument` for settings that cannot work or that differ from the earlier call's.
 */
export async function runExperiment(
  settings: ExperimentSettings,
  { env, signal, now, onAttempt, onSetAside }: ExperimentContext,
): Promise<ExperimentReport> {
  requireSense(settings);
  const commands = readCommands(settings);
  const unlock = lock(settings.out);
  try {
    const experiment_id = createHash("sha256").update(settings.out).digest("hex").slice(0, 16);
    // What an earlier call that was killed had started may still be at work in its folders.
    killMarked(`${experiment_id}:`);
    const context: AttemptContext = { settings, commands, env, experiment_id, signal, now };
    if (!isBegun(settings)) {
      await preflight(context);
      if (!signal.aborted) writeProtocol(settings, now());
    }
    const ledger = new Ledger(settings.out);
    const plan = schedule(settings.attempts, settings.seed);
    const stop = await makeMissing(plan, ledger, context, { onAttempt, onSetAside });
    return reportOf(settings, ledger.attempts, stop);
  } finally {
    unlock();
  }
}

async function makeMissing(
  plan: readonly Planned[],
  ledger: Ledger,
  context: AttemptContext,
  { onAttempt, onSetAside }: Pick<ExperimentContext, "onAttempt" | "onSetAside">,
): Promise<StopReason | null> {
  for (const planned of plan) {
    if (ledger.has(planned.order)) continue;
    const stop = stopReason(ledger.attempts, context.settings);
    if (stop !== null || context.signal.aborted) return stop;
    const { out } = context.settings;
    if (setAside(out, attemptFolders(out, planned))) onSetAside(planned);
    const attempt = await makeAttempt(planned, context);
    if (attempt === null) return null;
    ledger.append(attempt);
    onAttempt(attempt, ledger.attempts.length, plan.length);
  }
  return null;
}

/** Why no further attempt is begun; null = one may be. */
function stopReason(attempts: readonly Attempt[], { limits }: ExperimentSettings): StopReason | null {
  const { max_cost_usd, max_seconds, assumed_cost_usd } = limits;
  const started = attempts.filter(({ agent }) => agent !== null && agent.stopped !== "start");
  const seconds = started.reduce((sum, { agent }) => sum + (agent?.seconds ?? 0), 0);
  if (max_seconds !== null && seconds >= max_seconds) return "max_seconds";
  if (max_cost_usd === null) return null;
  const costs = started.map(({ run }) => run?.cost_usd ?? assumed_cost_usd);
  if (costs.includes(null)) return "unknown_cost";
  return costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0) >= max_cost_usd ? "max_cost" : null;
}

function requireSense({ hint, without_hint, limits, original, out, template }: ExperimentSettings): void {
  if (template !== null && !path.relative(template, out).startsWith(".."))
    throw new CodeTracerError(
      "bad_argument",
      `--out ${out} lies inside --template-dir, which is copied into it; give another --out`,
    );
  if (hint.text.trim() === without_hint.trim())
    throw new CodeTracerError(
      "bad_argument",
      "the hint says nothing that the other arm is not told, so there is nothing to compare; give another --hint",
    );
  if (limits.max_cost_usd !== null && limits.assumed_cost_usd === null && costOf(original) === null)
    throw new CodeTracerError(
      "bad_argument",
      "--max-cost cannot be held: this agent's run records no cost; say with --assume-cost what an attempt without a recorded cost counts for",
    );
}
