import fs from "node:fs";
import path from "node:path";
import { writeHint } from "../../hint/index.ts";
import {
  attemptName,
  attemptWords,
  type ExperimentReport,
  type ExperimentSettings,
  LEAST_PAIRS,
  type Limits,
  renderMarkdown,
  renderTerminal,
  runExperiment,
} from "../../replay/experiment/index.ts";
import { printable } from "../../report/printable.ts";
import { plural } from "../../report/words.ts";
import { HintFileSchema } from "../../trajectory/hint.ts";
import { CodeTracerError } from "../../util/errors.ts";
import type { TracedWorkspace } from "../../workspace/workspace.ts";
import { type ExitCode, type Io, outputWidth, useColor } from "../io.ts";
import { learnedStore } from "../learned-store.ts";
import { dollars, wholeNumber } from "../numbers.ts";
import { tracedTarget } from "../traced-target.ts";
import { outFolder } from "./out-folder.ts";

/** Flags of `replay run`. */
export interface ReplayRunFlags {
  command: string;
  check: string;
  setup?: string;
  templateDir?: string;
  attempts: string;
  hint?: string;
  withoutHint: string;
  task?: string;
  timeoutSeconds: string;
  checkTimeoutSeconds: string;
  maxCost?: string;
  assumeCost?: string;
  maxSeconds?: string;
  seed: string;
  out: string;
  json?: boolean;
  quiet?: boolean;
  color?: boolean;
}

const HINT_TOKENS = 600;
const MAX_ATTEMPTS = 1000;

/** `codetracer replay run`: does the hint help? */
export async function replayRun(run: string, flags: ReplayRunFlags, io: Io): Promise<ExitCode> {
  const { workspace } = await tracedTarget(run, io);
  const say = (text: string): void => {
    if (!flags.quiet) io.stderr.write(`${printable(text)}\n`);
  };
  const settings = settingsOf(run, flags, workspace, io);
  if (workspace.extraction.outcome.resolved === true)
    say("warning: this run solved its task; a hint has little to recover");
  if (settings.attempts < LEAST_PAIRS)
    say(
      `warning: ${plural(settings.attempts, "pair")} cannot show a difference, however they end; it takes ${LEAST_PAIRS}`,
    );
  const report = await runExperiment(settings, {
    env: io.env,
    signal: io.signal,
    now: io.now,
    onAttempt: (attempt, done, total) => say(`${done} of ${total}: ${attemptWords(attempt)}`),
    onSetAside: (planned) => say(`${attemptName(planned)} was not finished; it is set aside and made again`),
  });
  if (io.signal.aborted) {
    say(
      `interrupted after ${report.attempts.length} of ${report.planned} attempts; the same command goes on`,
    );
    return 130;
  }
  writeReports(report);
  const options = { color: useColor(io, io.stdout, flags.color), width: outputWidth(io) };
  io.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : renderTerminal(report, options));
  return 0;
}

function settingsOf(
  run: string,
  flags: ReplayRunFlags,
  original: TracedWorkspace,
  io: Io,
): ExperimentSettings {
  const { command, check, setup = null, templateDir, withoutHint } = flags;
  return {
    ...{ original, command, check, setup },
    task: flags.task === undefined ? recordedTask(run, original) : readText("--task", flags.task, io),
    hint: hintOf(flags.hint, original, io),
    without_hint: withoutHint,
    template: templateDir === undefined ? null : path.resolve(io.cwd, templateDir),
    attempts: wholeNumber("--attempts", flags.attempts, { most: MAX_ATTEMPTS }),
    seed: wholeNumber("--seed", flags.seed, { least: 0 }),
    limits: limitsOf(flags),
    out: outFolder(flags.out, [run], io) ?? io.cwd,
    here: io.cwd,
    learned: learnedStore(io),
  };
}

function limitsOf({
  timeoutSeconds,
  checkTimeoutSeconds,
  maxCost,
  assumeCost,
  maxSeconds,
}: ReplayRunFlags): Limits {
  return {
    timeout_seconds: wholeNumber("--timeout-seconds", timeoutSeconds, { most: 1_000_000 }),
    check_timeout_seconds: wholeNumber("--check-timeout-seconds", checkTimeoutSeconds, { most: 1_000_000 }),
    max_cost_usd: maxCost === undefined ? null : dollars("--max-cost", maxCost),
    max_seconds: maxSeconds === undefined ? null : wholeNumber("--max-seconds", maxSeconds),
    assumed_cost_usd: assumeCost === undefined ? null : dollars("--assume-cost", assumeCost),
  };
}

function recordedTask(run: string, { task }: TracedWorkspace): string {
  if (task !== null) return task;
  throw new CodeTracerError("bad_argument", `${run}: its task is not recorded; give it with --task <file>`);
}

function hintOf(file: string | undefined, original: TracedWorkspace, io: Io): ExperimentSettings["hint"] {
  if (file === undefined) {
    const { text, scope } = writeHint(original, { budgetTokens: HINT_TOKENS, allowVerifier: false });
    return { text, source: scope === "whole" ? "written by rules" : "written by rules, facts only" };
  }
  const text = readText("--hint", file, io);
  return { text: file.endsWith(".json") ? textOfHintFile(file, text) : text, source: file };
}

function textOfHintFile(file: string, json: string): string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    value = null;
  }
  const hint = HintFileSchema.safeParse(value);
  if (hint.success) return hint.data.text;
  throw new CodeTracerError(
    "bad_argument",
    `--hint ${file} is no hint file; give one that codetracer hint wrote (codetracer schema hint prints its shape), or a text file with another ending`,
    { path: file },
  );
}

function readText(flag: string, file: string, io: Io): string {
  try {
    return fs.readFileSync(path.resolve(io.cwd, file), "utf8");
  } catch (error) {
    const { code = "error" } = error as NodeJS.ErrnoException;
    throw new CodeTracerError("bad_argument", `${flag} ${file} cannot be read (${code}); give a text file`, {
      path: file,
    });
  }
}

function writeReports(report: ExperimentReport): void {
  fs.writeFileSync(path.join(report.out, "report.json"), `${JSON.stringify(report, null, 2)}\n`);
  fs.writeFileSync(path.join(report.out, "report.md"), renderMarkdown(report));
}
