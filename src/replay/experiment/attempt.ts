import fs from "node:fs";
import path from "node:path";
import { AttemptCommands, howItEnded, isNotRun } from "./attempt-commands.ts";
import { type AttemptFolders, attemptFolders } from "./attempt-folders.ts";
import type { AttemptContext } from "./context.ts";
import type { Attempt, AttemptRun } from "./ledger.ts";
import type { ProcessEnd } from "./process-run.ts";
import { readRun } from "./read-run.ts";
import type { Planned } from "./schedule.ts";

/**
 * Makes one attempt: fresh folder, set-up, agent, diagnosis of its run, check. Returns null where it was interrupted. Throws CodeTracerError `bad_argument`
 * for a text that fits in no argument.
 */
export async function makeAttempt(planned: Planned, context: AttemptContext): Promise<Attempt | null> {
  const { settings, signal } = context;
  const { arm, pair, order } = planned;
  const folders = attemptFolders(settings.out, planned);
  const hint = arm === "with_hint" ? settings.hint.text : settings.without_hint;
  const commands = new AttemptCommands(planned, folders, hint, context);
  const base = { order, arm, pair, agent: null, check: null, run: null };
  const spoiled = commands.prepare();
  if (spoiled !== null) return excluded(base, "setup_failed", spoiled);
  const setup = await commands.setup();
  if (signal.aborted) return null;
  if (setup !== null && setup.exit_code !== 0) return excluded(base, "setup_failed", howItEnded(setup));
  const agent = await commands.agent();
  if (signal.aborted) return null;
  // Before the check, so that nothing of the check gets into the diagnosis.
  const run = await readOwnRun(folders, context);
  const worked = { ...base, agent: endOf(agent), run };
  if (agent.stopped === "start" || (isNotRun(agent) && (run.step_count ?? 0) === 0))
    return excluded(worked, "agent_not_started", howItEnded(agent));
  if (run.infrastructure_failure !== null)
    return excluded(worked, "infrastructure_failure", "what the agent left says so; its workspace holds why");
  const check = await commands.check();
  if (signal.aborted) return null;
  const judged = { ...worked, check: endOf(check) };
  if (isNotRun(check)) return excluded(judged, "check_not_run", howItEnded(check));
  return { ...judged, verdict: check.exit_code === 0 ? "passed" : "failed", exclusion: null };
}

/** Reads the run where the agent recorded it: in the folder that it was given for that, else in its working directory. */
function readOwnRun(folders: AttemptFolders, { settings }: AttemptContext): Promise<AttemptRun> {
  const { workdir, run_dir, results } = folders;
  const isRecorded = fs.existsSync(run_dir) && fs.readdirSync(run_dir).length > 0;
  return readRun({
    folder: isRecorded ? run_dir : workdir,
    workdir,
    out: path.join(results, "workspace"),
    original: settings.original,
    learned: settings.learned,
  });
}

function excluded(
  attempt: Omit<Attempt, "verdict" | "exclusion">,
  reason: NonNullable<Attempt["exclusion"]>["reason"],
  detail: string,
): Attempt {
  return { ...attempt, verdict: "excluded", exclusion: { reason, detail } };
}

function endOf({ exit_code, stopped, seconds }: ProcessEnd): NonNullable<Attempt["agent"]> {
  return { exit_code, stopped, seconds };
}
