import {
  DEFAULT_SHELL_LIMITS,
  type LoopEnd,
  type LoopLimits,
  openJournal,
  runLoop,
  type ShellChoice,
} from "../../agent/index.ts";
import type { LoopUsage } from "../../agent/loop-types.ts";
import { openShell } from "../../agent/open-shell.ts";
import type { Shell } from "../../agent/shell.ts";
import type { ChatMessage, ChatModel } from "../../model/model.ts";
import type { DiskRun } from "../../run/disk-run.ts";
import { fenced, fenceMark } from "../../util/fence.ts";
import { prompt, promptDigest } from "../../util/prompt.ts";
import { removeTemporaryFolder, temporaryFolder } from "../../util/temporary-folder.ts";
import { VERSION } from "../../util/version.ts";
import type { StoredVersion } from "../learned/read-store.ts";
import { DEFAULT_LIMITS } from "../sandbox/index.ts";
import type { Trial } from "./examine.ts";
import type { IdRule } from "./read-hand-in.ts";
import { copyRun, type RunCopy } from "./run-copy.ts";
import type { BadlyRead } from "./standing.ts";
import { synthesisTools } from "./tools.ts";
import { type Accepted, Workbench, type WorkbenchTools } from "./workbench.ts";

/** Every template of a session: their digest stands in the record. */
export const SYNTHESIS_PROMPTS = [
  "extractor/system",
  "extractor/start",
  "extractor/revision",
  "extractor/stand-in",
  "extractor/report",
  "extractor/refused",
  "extractor/not-tried",
  "extractor/urge",
  "agent/malformed",
  "agent/cut-off",
  "agent/nothing",
  "agent/established",
  "agent/elided",
] as const;

const URGE_AT_CALLS = 3;

/** What a reader is wanted for. */
export interface SynthesisInput {
  run: DiskRun;
  trials: readonly Trial[];
  ids: IdRule;
  version: number;
  /** The version that reads the run badly, and its report; null = there is none. */
  revised: { version: StoredVersion; report: string } | null;
  /** The run that a built-in extractor reads badly and that it is to stand in for; null = there is none. */
  badly: BadlyRead | null;
}

/** What a session works with. */
export interface SynthesisPorts {
  model: ChatModel;
  shell: ShellChoice;
  limits: LoopLimits;
  /** The record of sessions over a run of this nonce; null = none is kept. */
  journalOf(nonce: string): string | null;
  /** True sets an earlier record aside. */
  fresh: boolean;
  /** Milliseconds. */
  now(): number;
  signal: AbortSignal;
  onTry: WorkbenchTools["onTry"];
}

/** How a session went. */
export interface Synthesis {
  /** null = nothing was accepted; `end` says why the session ended. */
  accepted: Accepted | null;
  end: LoopEnd;
  usage: LoopUsage;
  checks: number;
  prompt_digest: string;
}

/**
 * Has a model write a reader for a run, in a sandboxed shell over a redacted copy of it. What it writes runs in a sandbox of its own, on the run itself. Throws
 * what the model or a sandbox throw; the journal keeps every finished call.
 */
export async function synthesize(input: SynthesisInput, ports: SynthesisPorts): Promise<Synthesis> {
  const folder = temporaryFolder();
  let shell: Shell | undefined;
  try {
    const copy = copyRun(input.run, folder);
    const tools = synthesisTools(earlierFiles(input.revised), copy.nonce);
    shell = await openShell(ports.shell, { folder, tools, limits: DEFAULT_SHELL_LIMITS });
    const { nonce, redactor } = copy;
    const { signal, onTry } = ports;
    const bench = new Workbench({ shell, nonce, redactor, signal, onTry, ...input });
    const prompt_digest = promptDigest(SYNTHESIS_PROMPTS);
    const journal = openJournal(
      ports.journalOf(nonce),
      {
        codetracer_version: VERSION,
        tracer: "extractor",
        model: ports.model.spec,
        shell: shell.kind,
        prompt_digest,
        input_digest: nonce,
        settings: { max_output_tokens: ports.limits.max_output_tokens, version: input.version },
        pass: 1,
        task: "Write a reader for this run's format.",
      },
      { fresh: ports.fresh },
    );
    const { model, limits, now } = ports;
    const loop = await runLoop(
      startOf(input, copy, shell, limits.calls),
      {
        query: (messages) =>
          model.complete({ messages, max_output_tokens: limits.max_output_tokens, signal }),
        execute: (command) => bench.execute(command),
        urge,
        now,
      },
      limits,
      journal,
    );
    return {
      accepted: bench.accepted,
      end: loop.end,
      usage: loop.usage,
      checks: bench.checks,
      prompt_digest,
    };
  } finally {
    await shell?.dispose();
    removeTemporaryFolder(folder);
  }
}

function urge(callsLeft: number): string | null {
  return callsLeft <= URGE_AT_CALLS ? prompt("extractor/urge", { calls: callsLeft }).trim() : null;
}

function earlierFiles(revised: SynthesisInput["revised"]) {
  if (revised === null) return null;
  const { source, note, record } = revised.version;
  return { source, note, format: JSON.stringify(record.format, null, 2) };
}

const EARLIER = "\n- `earlier`: writes the files of the present version to `/scratch`";

function startOf(input: SynthesisInput, copy: RunCopy, shell: Shell, calls: number): ChatMessage[] {
  const { nonce, remarks, file_count } = copy;
  const system = prompt("extractor/system", {
    shell: shell.differences.join(" "),
    earlier: input.revised === null ? "" : EARLIER,
    seconds: DEFAULT_LIMITS.seconds,
    memory_mb: DEFAULT_LIMITS.memory_mb,
    calls,
    fence: fenceMark(nonce),
  });
  const user = prompt("extractor/start", {
    what: input.run.focus === null ? "a folder" : "a single file",
    file_count,
    remarks: remarks.length === 0 ? "All of them are whole." : `\n${fenced(remarks.join("\n"), nonce)}`,
    revision: input.revised === null ? standInText(input, copy) : revisionText(input, copy),
  });
  return [
    { role: "system", text: system },
    { role: "user", text: user },
  ];
}

function standInText({ badly }: SynthesisInput, { nonce, redactor }: RunCopy): string {
  if (badly === null) return "";
  const report = fenced(redactor.text(badly.report), nonce);
  const { focus } = badly.found.files;
  const place = focus === null ? "the same folder, with `directories`" : "the same file, with `files`";
  return prompt("extractor/stand-in", { id: badly.id, report, place });
}

function revisionText({ revised, trials }: SynthesisInput, { nonce, redactor }: RunCopy): string {
  if (revised === null) return "";
  const { record } = revised.version;
  return prompt("extractor/revision", {
    id: record.format.id,
    version: record.version,
    report: fenced(redactor.text(revised.report), nonce),
    samples: trials.filter((trial) => trial.role === "sample").length,
  });
}
