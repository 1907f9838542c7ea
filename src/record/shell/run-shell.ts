import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { messageOf } from "../../util/errors.ts";
import { quoted, shellCall, withName } from "./shell-arguments.ts";
import { OUTERMOST, type ShellSetup } from "./shims.ts";
import { eachTap, openTaps, quiet, readSpool, type Tap, type Taps } from "./tap.ts";

/** What of the process is needed to stand in for a shell. */
export type ShellHost = Pick<
  NodeJS.Process,
  "argv" | "cwd" | "env" | "exit" | "kill" | "on" | "pid" | "removeAllListeners"
>;

const FORWARDED = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"] as const;

/** In place of a shell's path: the command that is named behind it was killed with its recorder. */
const KILLED = "--killed";
const FIRST_SPOOL = 3;

/** A shell, the name it was called by, and its arguments. */
interface Shell {
  real: string;
  name: string;
  args: readonly string[];
}

/** How a command ended. */
interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/**
 * Runs a shell with its arguments (`host.argv` from the third on: its path, the name it was called by, its arguments), records the
 * command that it was given with `-c`, and ends as the shell does. Whatever fails in recording, the command is run.
 */
export async function runShell(host: ShellHost, setup: ShellSetup): Promise<void> {
  const [real = "", name = "", ...args] = host.argv.slice(2);
  if (real === KILLED) return recordKilled(host.cwd(), setup, name, args);
  const call = shellCall(args);
  if (!call) {
    const passed = spawn(real, args, { argv0: name, env: originalEnv(host.env, setup), stdio: "inherit" });
    return endLike(host, await ended(host, passed));
  }
  const shell: Shell = { real, name, args: withName(args, call, name) };
  const action_id = randomBytes(5).toString("hex");
  const pair = attempt(setup, openTaps) ?? { out: null, err: null };
  const taps = eachTap(pair);
  const child = start(host, setup, shell, pair);
  const killed = [KILLED, action_id, String(taps.length), name, ...args];
  endWithHost(child, [setup.node, "--no-warnings", setup.program, ...killed], taps);
  const end = ended(host, child);
  go(child);
  for (const tap of taps) tap.release();
  // Loaded while the command runs already, which need not wait for it.
  const steps = await import("./shell-step.ts");
  const given = { command: call.command, cwd: host.cwd(), shell: nameOf(name, args) };
  const step = attempt(setup, () => steps.ShellStep.start(setup.recording, action_id, given));
  const { duration_ms, ...how } = await end;
  const outputs = await Promise.all(taps.map((tap) => tap.drained()));
  attempt(setup, () => step?.finish(outputs, { exit_code: exitCodeOf(how), duration_ms }));
  endLike(host, how);
}

/** The name and options of a shell, such as `bash -lc`. */
function nameOf(name: string, args: readonly string[]): string {
  const call = shellCall(args);
  return [path.basename(name), ...args.slice(0, call?.index ?? 0)].map(quoted).join(" ");
}

/**
 * Starts a shell that waits for a line on descriptor 3, and ends where none comes: nothing is to run that would not end with its
 * recorder. Node raises the limit of open files for itself, and so for all that it starts.
 */
function start(host: ShellHost, setup: ShellSetup, { real, args }: Shell, taps: Taps): ChildProcess {
  const limit = host.env.CODETRACER_RECORD_FILES ?? "";
  const wait = 'read -r _ <&3 || exit; exec 3<&-; ulimit -S -n "$0" 2>/dev/null; exec "$@"';
  return spawn("/bin/sh", ["-c", wait, limit, real, ...args], {
    stdio: ["inherit", taps.out?.input ?? 1, taps.err?.input ?? 2, "pipe"],
    env: originalEnv(host.env, setup),
  });
}

function go(child: ChildProcess): void {
  const line = child.stdio[3];
  line?.on("error", () => {});
  if (line && "end" in line) line.end("go\n");
}

/** The environment as it is outside of the recording, but for the mark that keeps shells inside of the command from being recorded. */
function originalEnv(env: NodeJS.ProcessEnv, { shims, original }: ShellSetup): NodeJS.ProcessEnv {
  const {
    CODETRACER_RECORD_FILES: _,
    CODETRACER_RECORD_OPTIONS: options,
    CODETRACER_RECORD_SEEN: __,
    ...rest
  } = env;
  const restored: NodeJS.ProcessEnv = { ...rest, CODETRACER_RECORD_INSIDE: "1" };
  const put = (key: string, value: string | null | undefined): void => {
    if (value == null || value === "") delete restored[key];
    else restored[key] = value;
  };
  put("NODE_OPTIONS", options);
  put(
    "PATH",
    env.PATH?.split(":")
      .filter((folder) => folder !== shims)
      .join(":"),
  );
  if (env.SHLVL === OUTERMOST) put("SHLVL", original.SHLVL);
  if (env.SHELL?.startsWith(shims)) put("SHELL", original.SHELL);
  if (env.BASH_ENV?.startsWith(shims)) put("BASH_ENV", original.BASH_ENV);
  return restored;
}

/**
 * Kills the command when this process is killed, since whoever kills the shell that it started means the command; then records what
 * came until then. Agents end commands that take too long so.
 */
function endWithHost(child: ChildProcess, record: readonly string[], taps: readonly Tap[]): void {
  if (child.pid === undefined) return;
  const spools = taps.map(({ spool }) => spool);
  const watch = spawn(
    "/bin/sh",
    ["-c", 'read -r _ || { kill -9 "$0"; exec "$@"; }', String(child.pid), ...record],
    {
      detached: true,
      stdio: ["pipe", "ignore", "ignore", ...spools],
    },
  );
  watch.on("error", () => {});
  watch.stdin?.on("error", () => {});
  watch.unref();
  child.once("exit", () => watch.stdin?.end("ended\n"));
}

/** Records the end of a command whose recorder was killed, from its spools at descriptor 3 and on, and what it was if need be. */
async function recordKilled(
  cwd: string,
  setup: ShellSetup,
  action_id: string,
  rest: string[],
): Promise<void> {
  const [count, name = "", ...args] = rest;
  const spools = Array.from({ length: Number(count) }, (_, index) => FIRST_SPOOL + index);
  await Promise.all(spools.map(quiet));
  const { ShellStep } = await import("./shell-step.ts");
  const command = shellCall(args)?.command ?? "";
  attempt(setup, () => {
    const outputs = spools.map((spool) => ({ ...readSpool(spool), still_open: false }));
    const given = { command, cwd, shell: nameOf(name, args) };
    const step =
      ShellStep.resume(setup.recording, action_id) ?? ShellStep.start(setup.recording, action_id, given);
    step.finish(outputs, { exit_code: exitCodeOf({ code: null, signal: "SIGKILL" }) });
  });
}

function ended(host: ShellHost, child: ChildProcess): Promise<End & { duration_ms: number }> {
  const started_ms = performance.now();
  const end = (code: number | null, signal: NodeJS.Signals | null) => ({
    code,
    signal,
    duration_ms: Math.round(performance.now() - started_ms),
  });
  for (const signal of FORWARDED) host.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.once("error", () => resolve(end(127, null)));
    child.once("exit", (code, signal) => resolve(end(code, signal)));
  });
}

/** The exit status as a shell tells it: 128 and the signal's number for a command that a signal ended. */
function exitCodeOf({ code, signal }: End): number {
  return code ?? 128 + (signal === null ? 0 : os.constants.signals[signal]);
}

function endLike(host: ShellHost, end: End): void {
  for (const signal of FORWARDED) host.removeAllListeners(signal);
  if (end.signal !== null) host.kill(host.pid, end.signal);
  host.exit(exitCodeOf(end));
}

/** A failure to record is noted for the end of the recording. The agent must not notice it. */
function attempt<T>({ failures }: ShellSetup, act: () => T): T | null {
  try {
    return act();
  } catch (error) {
    try {
      fs.appendFileSync(failures, `${messageOf(error).replaceAll("\n", " ")}\n`);
    } catch {
      // The recording has ended and taken its folder with it.
    }
    return null;
  }
}
