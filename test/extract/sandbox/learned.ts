import type { Extractor } from "../../../src/extract/extractor.ts";
import type { SandboxDefinition, SandboxLimits } from "../../../src/extract/sandbox/index.ts";
import { sandboxExtractor } from "../../../src/extract/sandbox/index.ts";
import type { DiskRun } from "../../../src/run/disk-run.ts";
import { openDirectory } from "../../../src/run/disk-run.ts";
import { CodeTracerError } from "../../../src/util/errors.ts";
import { tempRun } from "../../support/temp-run.ts";

/** A definition around a source; what it says of itself is of no matter to most tests. */
export function definition(source: string, overrides: Partial<SandboxDefinition> = {}): SandboxDefinition {
  return {
    id: "learned",
    title: "Learned",
    version: 1,
    fingerprint: { files: ["log.jsonl"], contents: "rows with a command" },
    source,
    ...overrides,
  };
}

/** An extractor of rows `{command, output}`, a step each. */
export const GOOD = `
export function detect(run) {
  const isRows = run.has("log.jsonl") && run.head("log.jsonl").includes('"command"');
  return isRows ? { confidence: 0.8, reason: "rows with a command" } : { confidence: 0, reason: "no such rows" };
}
export function extract(run) {
  const steps = [];
  for (const { value, line_start, line_end } of run.jsonl("log.jsonl")) {
    if (value.broken) throw new TypeError("secret-of-the-run");
    const place = { path: "log.jsonl", line_start, line_end };
    steps.push({
      step_id: steps.length + 1, action: value.command, observation: value.output ?? null, agent: "main",
      action_ref: place, observation_ref: null,
    });
  }
  return trajectory(steps);
}
function trajectory(steps) {
  return {
    task: null, agent: { name: null, version: null, model: null }, steps,
    outcome: { resolved: null, reward: null, exit_status: null, source: null, infrastructure_failure: null },
    files_used: ["log.jsonl"], warnings: [],
  };
}`;

/** An extractor whose result holds one step; `code` runs in `extract` and may change it, and may use `run`. */
export function source(code: string, outside = ""): string {
  return `${outside}
export function detect() { return { confidence: 0.8, reason: "always" }; }
export function extract(run) {
  const step = {
    step_id: 1, action: "ls", observation: null, agent: "main", action_ref: null, observation_ref: null,
  };
  const result = {
    task: null, agent: { name: null, version: null, model: null }, steps: [step],
    outcome: { resolved: null, reward: null, exit_status: null, source: null, infrastructure_failure: null },
    files_used: ["log.jsonl"], warnings: [],
  };
  const say = (value) => { step.observation = String(value); return result; };
  ${code}
  return result;
}`;
}

/** A run of two rows. */
export function twoRows(): DiskRun {
  const rows = [{ command: "ls", output: "a.txt" }, { command: "cat a.txt" }];
  return openDirectory(tempRun({ "log.jsonl": rows.map((row) => JSON.stringify(row)).join("\n") }));
}

/** What `say(…)` said inside the sandbox. */
export function said(code: string, limits: SandboxLimits = {}): string | null | undefined {
  return sandboxExtractor(definition(source(code)), limits).extract(twoRows()).steps[0]?.observation;
}

/** Code and message of what `extract` throws. */
export function failure(code: string, limits: SandboxLimits = {}, outside = ""): string {
  return thrownBy(sandboxExtractor(definition(source(code, outside)), limits));
}

/** Code and message of what an extractor throws on a run. */
export function thrownBy(extractor: Extractor, run = twoRows()): string {
  try {
    extractor.extract(run);
  } catch (error) {
    if (error instanceof CodeTracerError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "nothing was thrown";
}
