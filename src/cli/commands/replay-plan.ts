import fs from "node:fs";
import path from "node:path";
import {
  type PathMap,
  parseMap,
  planReplay,
  type ReplayPlan,
  renderPlan,
  replayScript,
} from "../../replay/plan/index.ts";
import { CodeTracerError } from "../../util/errors.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import { type ExitCode, type Io, outputWidth, useColor } from "../io.ts";
import { wholeNumber } from "../numbers.ts";
import { tracedTarget } from "../traced-target.ts";

/** Flags of `replay plan`. */
export interface ReplayPlanFlags {
  to?: string;
  script?: string;
  execute?: boolean;
  workdir?: string;
  container?: string;
  map?: string[];
  onlySafe?: boolean;
  timeoutSeconds?: string;
  network?: boolean;
  unsandboxed?: boolean;
  allowCheckout?: boolean;
  keepGoing?: boolean;
  done?: string[];
  redo?: string;
  json?: boolean;
  color?: boolean;
}

/** A plan and what it was made of. */
export interface Planned {
  plan: ReplayPlan;
  workspace: TracedWorkspace;
  maps: readonly PathMap[];
  /** Where the recording lies; null = it is not there any more. */
  run_directory: string | null;
}

/** `codetracer replay plan`: lists what rebuilds a state, writes it as a script, or runs it. */
export async function replayPlan(run: string, flags: ReplayPlanFlags, io: Io): Promise<ExitCode> {
  checkFlags(flags);
  const { workspace, folder } = await tracedTarget(run, io);
  const plan = planReplay(
    workspace,
    flags.to === undefined ? null : wholeNumber("--to", flags.to, { least: 0 }),
  );
  const maps = (flags.map ?? []).map(parseMap);
  const planned = {
    plan,
    workspace,
    maps,
    run_directory: runDirectory(folder === null ? run : workspace.extraction.run, io),
  };
  if (flags.script !== undefined || flags.execute) needsTarget(plan);
  if (flags.script !== undefined) writeScript(flags.script, planned, flags, io);
  if (flags.execute) return (await import("../replay-execution.ts")).executePlanned(planned, flags, io);
  if (flags.json) io.stdout.write(`${JSON.stringify(plan, null, 2)}\n`);
  else if (flags.script !== "-")
    io.stdout.write(
      renderPlan(plan, { color: useColor(io, io.stdout, flags.color), width: outputWidth(io) }),
    );
  return 0;
}

function checkFlags(flags: ReplayPlanFlags): void {
  const wrong = (message: string): CodeTracerError => new CodeTracerError("bad_argument", message);
  const places = [flags.workdir, flags.container].filter((place) => place !== undefined);
  if (flags.execute && places.length !== 1)
    throw wrong(
      "--execute runs what the agent ran: name where, with one of --workdir <empty folder> and --container <name>",
    );
  if (!flags.execute && places.length > 0)
    throw wrong("nothing is run without --execute; say it, or leave out --workdir and --container");
  if (flags.script === "-" && (flags.execute || flags.json))
    throw wrong("--script - prints the script alone; leave out --execute and --json");
  if (flags.container !== undefined && (flags.map !== undefined || flags.unsandboxed || flags.network))
    throw wrong(
      "--map, --network and --unsandboxed are for --workdir: a container has its own paths and network",
    );
  if (flags.network && flags.unsandboxed)
    throw wrong("--network opens the sandbox, and --unsandboxed has none; give one of them");
}

function needsTarget({ to_step_id, fork_point }: ReplayPlan): void {
  if (to_step_id === null)
    throw new CodeTracerError(
      "bad_argument",
      `there is no fork point: ${fork_point.reason}; name a step with --to <step>`,
    );
}

/** Where the raw run lies; null = a workspace was named and its run is not there any more. */
function runDirectory(run: string, io: Io): string | null {
  const place = path.resolve(io.cwd, run);
  return fs.existsSync(place) ? place : null;
}

function writeScript(file: string, planned: Planned, flags: ReplayPlanFlags, io: Io): void {
  const { plan, maps, run_directory } = planned;
  const script = replayScript(plan, { run_directory, maps, only_safe: flags.onlySafe === true });
  if (file === "-") {
    io.stdout.write(script);
    return;
  }
  const target = path.resolve(io.cwd, file);
  if (run_directory !== null && !path.relative(run_directory, target).startsWith(".."))
    throw new CodeTracerError(
      "inside_run_directory",
      `--script ${file} lies in the recorded run, where nothing is written; name another file`,
    );
  try {
    fs.writeFileSync(target, script, { mode: 0o755 });
  } catch {
    throw new CodeTracerError(
      "bad_argument",
      `--script ${file} cannot be written; name a file in a folder that is there`,
    );
  }
}
