import { once } from "node:events";
import { CodeTracerError } from "../../util/errors.ts";
import { Book, plainWalk, runWalk } from "../../walk/index.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import { type ExitCode, type Io, outputWidth, useColor } from "../io.ts";
import { tracedTarget } from "../traced-target.ts";

/** Flags of `walk`. */
export interface WalkFlags {
  step: string;
  plain?: boolean;
  json?: boolean;
  color?: boolean;
}

/** `codetracer walk`: a run step by step in the terminal; without one to draw on, all steps as text. */
export async function walk(run: string, flags: WalkFlags, io: Io): Promise<ExitCode> {
  const isDrawn = !flags.plain && !flags.json && canDraw(io);
  const { workspace } = isDrawn
    ? await patiently(() => tracedTarget(run, io), io)
    : await tracedTarget(run, io);
  const stepId = startOf(flags.step, workspace);
  const color = useColor(io, io.stdout, flags.color);
  if (flags.json) {
    await write(`${JSON.stringify(workspace, null, 2)}\n`, io);
    return 0;
  }
  if (!isDrawn || workspace.steps.length === 0) {
    for (const text of plainWalk(workspace, stepId, { color, width: outputWidth(io) })) await write(text, io);
    return 0;
  }
  const { stdin: input, stdout: output, on, raise, signal } = io;
  const ended = await runWalk(
    new Book(workspace),
    { input, output, on, raise, signal },
    { step_id: stepId, color },
  );
  return ended === "interrupted" ? 130 : 0;
}

/** A raw run takes a while to read, on a screen on which nothing else happens. */
async function patiently<T>(act: () => Promise<T>, { stderr }: Io): Promise<T> {
  if (stderr.isTTY !== true) return act();
  stderr.write("reading the run …");
  try {
    return await act();
  } finally {
    stderr.write("\r\u001b[K");
  }
}

function canDraw({ stdin, stdout, env }: Io): boolean {
  return stdout.isTTY === true && stdin.isTTY === true && env.TERM !== "dumb";
}

function startOf(text: string, { steps, diagnosis }: TracedWorkspace): number {
  if (text === "onset" && diagnosis.onset_step_id !== null) return diagnosis.onset_step_id;
  const stepId = Number(text);
  if (/^\d+$/.test(text) && stepId >= 1 && (stepId <= steps.length || stepId === 1)) return stepId;
  const what = text === "onset" ? "no onset was found in this run" : `not "${text}"`;
  throw new CodeTracerError(
    "bad_argument",
    `--step takes a step within 1-${steps.length}, or onset where one was found: ${what}`,
  );
}

async function write(text: string, { stdout }: Io): Promise<void> {
  if (!stdout.write(text)) await once(stdout, "drain");
}
