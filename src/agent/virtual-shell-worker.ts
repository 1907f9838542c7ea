import { parentPort, workerData } from "node:worker_threads";
import { Bash, type BashExecResult, type BashOptions, type CommandName } from "just-bash";
import { messageOf } from "../util/errors.ts";
import { CutOutput, FLOOD_BYTES } from "./cut-output.ts";
import { scratchOf, virtualFiles } from "./virtual-files.ts";
import type { VirtualCommand, VirtualResult, VirtualShellStart } from "./virtual-shell-messages.ts";

const MB = 1024 * 1024;
/** Exit codes of the interpreter itself. */
const OUT_OF_TIME = 124;
const OUT_OF_BOUNDS = 126;
const LAST_WORDS_CHARS = 300;
const MANY = 1_000_000_000;

/** Of the commands there are, those that a small Debian has, and jq and rg. No other interpreters, no network. */
const COMMANDS: CommandName[] = [
  ...(["echo", "cat", "printf", "ls", "mkdir", "rmdir", "touch", "rm", "cp", "mv", "ln", "chmod"] as const),
  ...([
    "pwd",
    "readlink",
    "head",
    "tail",
    "wc",
    "stat",
    "grep",
    "fgrep",
    "egrep",
    "rg",
    "sed",
    "awk",
  ] as const),
  ...(["sort", "uniq", "comm", "cut", "paste", "tr", "rev", "nl", "fold", "expand", "unexpand"] as const),
  ...(["split", "column", "join", "tee", "find", "basename", "dirname", "du", "env", "printenv"] as const),
  ...(["xargs", "true", "false", "bash", "sh", "jq", "base64", "diff", "date", "sleep", "timeout"] as const),
  ...(["seq", "expr", "md5sum", "sha1sum", "sha256sum", "which", "tac", "od", "gzip", "gunzip"] as const),
  ...(["zcat", "tar", "time", "hostname", "whoami"] as const),
];

const start = workerData as VirtualShellStart;

parentPort?.on("message", (request: VirtualCommand) => {
  void run(request).then((result) => parentPort?.postMessage(result));
});
parentPort?.postMessage("ready");

async function run({ command, scratch }: VirtualCommand): Promise<VirtualResult> {
  const files = virtualFiles(start, scratch);
  const shell = new Bash({
    fs: files,
    cwd: "/run",
    env: { PATH: "/opt/codetracer/bin:/usr/bin:/bin", HOME: "/scratch", LANG: "C.UTF-8" },
    commands: COMMANDS,
    executionLimits: executionLimits(),
  });
  const { stdout, stderr, exitCode } = await execute(shell, command);
  const output = new CutOutput(start.limits.output_chars);
  output.push(stdout);
  output.push(stderr);
  const said = (stdout + stderr).slice(-LAST_WORDS_CHARS);
  const stopped = stoppedBy(exitCode, said, stdout.length + stderr.length);
  return { ...output.result(), exit_code: exitCode, stopped, scratch: await scratchOf(files) };
}

/** The limit that ended a command, as the interpreter words it at the end. */
function stoppedBy(exitCode: number, said: string, chars: number): VirtualResult["stopped"] {
  if (chars > FLOOD_BYTES) return "output";
  if (exitCode === OUT_OF_BOUNDS && /output size (?:limit )?exceeded/.test(said)) return "output";
  return exitCode === OUT_OF_TIME && said.includes(" execution deadline") ? "time" : null;
}

/** The first line puts stderr into stdout, in order. What the files refuse, the interpreter throws. */
async function execute(
  shell: Bash,
  command: string,
): Promise<Pick<BashExecResult, "stdout" | "stderr" | "exitCode">> {
  try {
    return await shell.exec(`exec 2>&1\n${command}`, { rawScript: true });
  } catch (error) {
    return { stdout: "", stderr: `sh: ${messageOf(error)}\n`, exitCode: 1 };
  }
}

/** Counts are no limits here, since the worker is ended at the time limit; sizes are. */
function executionLimits(): NonNullable<BashOptions["executionLimits"]> {
  const { seconds, memory_mb } = start.limits;
  return {
    maxExecutionTimeMs: seconds * 1000,
    maxCommandCount: MANY,
    maxLoopIterations: MANY,
    maxAwkIterations: MANY,
    maxSedIterations: MANY,
    maxJqIterations: MANY,
    maxQueryElements: MANY,
    maxWorkUnits: MANY,
    maxOutputSize: 4 * FLOOD_BYTES,
    maxLiveBytes: Math.floor(memory_mb / 2) * MB,
    maxInputBytes: Math.floor(memory_mb / 2) * MB,
    maxArchiveBytes: 64 * MB,
  };
}
