import { parseShell } from "../../index-run/index.ts";
import { controlKeys } from "../../index-run/terminal.ts";
import type { ExtractionFile } from "../../trajectory/extraction.ts";
import type { IndexedStep } from "../../trajectory/step.ts";
import { CodeTracerError } from "../../util/errors.ts";
import { VERSION } from "../../util/version.ts";
import { actOf } from "./act-of.ts";
import { type Diagnosed, forkPoint } from "./fork-point.ts";
import type { Act, Expected, PlannedStep, ReplayPlan } from "./plan.ts";
import { recordedRoot } from "./recorded-root.ts";
import { type Risk, risksOf } from "./risk.ts";
import { type Situation, situationsOf } from "./situation.ts";

/** What of a workspace a plan is made of. */
export interface Recorded extends Diagnosed {
  extraction: Pick<ExtractionFile, "run" | "redactions">;
}

/**
 * What has to be done again to rebuild the state after a step: after `to`, or where that is null after the fork point. Throws CodeTracerError
 * `bad_argument` where the run has no step `to`.
 */
export function planReplay(workspace: Recorded, to: number | null): ReplayPlan {
  const { steps, extraction } = workspace;
  const fork = forkPoint(workspace);
  if (to !== null && to > steps.length)
    throw new CodeTracerError(
      "bad_argument",
      `--to ${to}: the run has ${steps.length} steps; name one of them, or 0 for the start`,
    );
  const last = to ?? fork.step_id;
  const until = steps.slice(0, last ?? 0);
  const situations = situationsOf(until);
  const root = recordedRoot(until, situations);
  const isRedacted = Object.keys(extraction.redactions ?? {}).length > 0;
  const planned = until.flatMap((step, index) => {
    const situation = situations[index];
    return situation !== undefined && isNeeded(step, situation)
      ? [plannedStep(step, situation, root, isRedacted)]
      : [];
  });
  return {
    codetracer_version: VERSION,
    run: extraction.run,
    fork_point: fork,
    to_step_id: last,
    step_count: until.length,
    recorded_root: root,
    steps: markInterrupted(joinParts(planned, until, situations), until),
  };
}

const SETTERS = new Set([
  "export",
  "source",
  ".",
  "unset",
  "conda",
  "mamba",
  "module",
  "nvm",
  "pyenv",
  "activate",
  "deactivate",
]);

/** What changes state, keys of a here-document, and what sets up a shell that later steps use. */
function isNeeded(step: IndexedStep, situation: Situation): boolean {
  if (step.kind === "change" || situation.reader_before === "heredoc" || situation.reader_after === "heredoc")
    return true;
  if (!situation.keeps_session || (!situation.typed && step.action.startsWith(`${step.tool} {`)))
    return false;
  return parseShell(step.action).commands.some(({ program }) => SETTERS.has(program));
}

function plannedStep(
  step: IndexedStep,
  situation: Situation,
  root: string | null,
  isRedacted: boolean,
): PlannedStep {
  const act = actOf(step, situation, isRedacted);
  const { writes = [], deletes = [] } = step.touches;
  return {
    step_id: step.step_id,
    name: step.name,
    agent: step.agent,
    act,
    directory: situation.directory,
    typed: situation.typed,
    keeps_session: situation.keeps_session,
    files: [...new Set([...writes, ...deletes])],
    risks: [...risksOf(step, situation, root, runsInShell(step)), ...risksOfAct(act, isRedacted)],
    expected: expectedOf(step),
  };
}

function runsInShell(step: IndexedStep): boolean {
  return step.tool === undefined || !step.action.startsWith(`${step.tool} {`);
}

function risksOfAct(act: Act, isRedacted: boolean): Risk[] {
  if (act.form === "files") return [{ kind: "agent tool", detail: "" }];
  if (act.form !== "manual") return [];
  return isRedacted && act.reason.includes("redacted") ? [{ kind: "secret", detail: "" }] : [];
}

/** A command that keys stopped in the recording runs to its own end here. */
function markInterrupted(planned: readonly PlannedStep[], steps: readonly IndexedStep[]): PlannedStep[] {
  const stopped = new Map<number, number>();
  let running: IndexedStep | undefined;
  for (const step of steps) {
    const keys = controlKeys(step.action);
    if (keys === null && step.action.trim() !== "") running = step;
    else if (keys?.some((key) => /^(?:C-c|C-z|\^C|C-\\)$/.test(key)) && running?.agent === step.agent)
      stopped.set(running.step_id, step.step_id);
  }
  return planned.map((step) => {
    const by = stopped.get(step.step_id);
    if (by === undefined || step.act.form !== "shell") return step;
    return { ...step, risks: [...step.risks, { kind: "interrupted", detail: `by the keys of step ${by}` }] };
  });
}

function expectedOf({ exit_code, exit_code_source, failed }: IndexedStep): Expected {
  // Python's way of telling a signal; a shell tells it as 128 and the signal.
  const code = typeof exit_code === "number" && exit_code < 0 ? 128 - exit_code : (exit_code ?? null);
  return { exit_code: code, source: exit_code_source ?? null, failed };
}

/** Keys that were typed into a here-document over several steps run as one command, with the step that closes it. */
function joinParts(
  planned: PlannedStep[],
  steps: readonly IndexedStep[],
  situations: readonly Situation[],
): PlannedStep[] {
  const joined: PlannedStep[] = [];
  let open: PlannedStep[] = [];
  for (const step of planned) {
    const after = situations[step.step_id - 1]?.reader_after;
    const isKeys = step.act.form === "shell";
    if (after === "heredoc" && isKeys) {
      open.push(step);
      continue;
    }
    const before = situations[step.step_id - 1]?.reader_before;
    if (open.length > 0 && before === "heredoc" && isKeys) joined.push(...closed(open, step, steps));
    else joined.push(...open.map(unclosed), step);
    open = [];
  }
  return [...joined, ...open.map(unclosed)];
}

function closed(
  parts: readonly PlannedStep[],
  last: PlannedStep,
  steps: readonly IndexedStep[],
): PlannedStep[] {
  const all = [...parts, last];
  const command = all.map((part) => steps[part.step_id - 1]?.action ?? "").join("");
  const first = parts[0] ?? last;
  return [
    ...parts.map((part): PlannedStep => ({ ...part, act: { form: "part", completed_by: last.step_id } })),
    {
      ...last,
      name: first.name,
      directory: first.directory,
      act: { form: "shell", command, background: false },
      files: [...new Set(all.flatMap((part) => part.files))],
    },
  ];
}

function unclosed(step: PlannedStep): PlannedStep {
  return {
    ...step,
    act: {
      form: "manual",
      reason: "the here-document is not closed before the next step, or by keys that are not text",
    },
  };
}
