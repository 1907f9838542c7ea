import { extractor as atif } from "../../extractors/atif/index.ts";
import { extractor as otel } from "../../extractors/otel-genai/index.ts";
import { callsOf } from "../../src/export/call.ts";
import { type ExportRun, exportFormats } from "../../src/export/index.ts";
import { discoverRuns } from "../../src/extract/discover.ts";
import { renderAction } from "../../src/extract/toolkit/render.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import type { Step, Trajectory } from "../../src/trajectory/index.ts";
import { tempRun } from "../support/temp-run.ts";

/** The formats that a reader of ours takes, and the file that it reads. */
export const READ_BACK = {
  atif: { extractor: atif, suffix: ".trajectory.json" },
  openinference: { extractor: otel, suffix: ".spans.jsonl" },
  "gen-ai": { extractor: otel, suffix: ".spans.jsonl" },
} as const;

/** What our own reader finds in the export of a run. */
export function readBack(run: ExportRun, format: keyof typeof READ_BACK): Trajectory {
  const { extractor, suffix } = READ_BACK[format];
  const part = partOf(run, format, suffix);
  const { runs } = discoverRuns(openDirectory(tempRun({ [`run${suffix}`]: part })), [extractor]);
  const [only, ...others] = runs;
  if (!only || others.length > 0) throw new Error(`${format} holds ${runs.length} runs`);
  return extractor.extract(only.files);
}

/** The text of a run's file in a format. */
export function partOf(run: ExportRun, format: string, suffix: string): string {
  const parts = exportFormats(format).flatMap((one) => one.parts(run));
  const part = parts.find(({ path }) => path.endsWith(suffix));
  if (!part) throw new Error(`${format} has no file that ends in ${suffix}`);
  return (part.header ?? "") + part.text;
}

/** What of a step every format keeps, by call id. A parent and neighbours in a turn are named by theirs, so that the order does not matter. */
interface Kept {
  action: string;
  observation: string | null;
  thinking: string | undefined;
  tool: string | undefined;
  arguments: unknown;
  agent: string;
  parent: string | undefined;
  turn: readonly (string | undefined)[];
  tokens: unknown;
}

/** What must come back of a run's steps. The action is that of the call which stands for it. */
export function written({ workspace }: ExportRun): Map<string, Kept> {
  const calls = callsOf(workspace.steps);
  return keptOf(
    workspace.steps.map((step, index) => {
      const { id = "", name, arguments: args } = calls[index] ?? {};
      return { ...step, tool_call_id: id, tool: name ?? "", arguments: args ?? {} };
    }),
    ({ tool = "", arguments: args = {} }) => renderAction(tool, args),
  );
}

/** What came back. */
export function read({ steps }: Trajectory): Map<string, Kept> {
  return keptOf(steps, ({ action }) => action);
}

function keptOf(steps: readonly Step[], actionOf: (step: Step) => string): Map<string, Kept> {
  const idOf = (stepId: number | undefined): string | undefined =>
    steps.find(({ step_id }) => step_id === stepId)?.tool_call_id;
  return new Map(
    steps.map((step) => [
      step.tool_call_id ?? "",
      {
        action: actionOf(step),
        observation: step.observation,
        thinking: step.thinking?.trim() || undefined,
        tool: step.tool,
        arguments: step.arguments,
        agent: step.agent,
        parent: idOf(step.parent_step_id),
        turn:
          step.parallel_group === undefined
            ? [step.tool_call_id]
            : steps
                .filter(({ parallel_group }) => parallel_group === step.parallel_group)
                .map(({ tool_call_id }) => tool_call_id),
        tokens: step.tokens,
      },
    ]),
  );
}
