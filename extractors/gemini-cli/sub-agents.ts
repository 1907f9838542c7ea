import type { RunFiles, Step } from "../../src/extract/toolkit/index.ts";
import { Conversation } from "./conversation.ts";
import { readRecords, type SessionFacts } from "./session.ts";
import { formOf } from "./source.ts";

/** The session files of a session's sub-agents: they lie in a folder named after it. */
export function subAgentFiles(run: RunFiles, path: string, session_id: string | null): readonly string[] {
  if (session_id === null || !/^[\w.-]+$/.test(session_id)) return [];
  const slash = path.lastIndexOf("/");
  const folder = slash < 0 ? "" : path.slice(0, slash + 1);
  return run
    .list(`${folder}${session_id}/*.jsonl`)
    .filter((name) => formOf(run.head(name, 65_536)) === "records");
}

/**
 * The steps of a session with those of its sub-agents behind the step that started each, numbered anew. A sub-agent
 * whose call is not known stands where its first step falls in time.
 */
export function withSubAgents(
  run: RunFiles,
  path: string,
  steps: readonly Step[],
  facts: SessionFacts,
): { steps: Step[]; files: readonly string[] } {
  const files = subAgentFiles(run, path, facts.session_id);
  if (files.length === 0) return { steps: [...steps], files };
  const behind = new Map<Step | undefined, { step: Step; parent: Step | undefined }[]>();
  for (const file of files) {
    const id = file.slice(file.lastIndexOf("/") + 1).replace(/\.jsonl$/, "");
    const parent = facts.spawned.get(id);
    const conversation = new Conversation(parent?.tool ?? "sub-agent");
    readRecords(run, file, conversation);
    const own = conversation.builder.steps;
    const place = parent ?? before(steps, own[0]?.started_at);
    behind.set(place, [...(behind.get(place) ?? []), ...own.map((step) => ({ step, parent }))]);
  }
  const order = [
    ...(behind.get(undefined) ?? []),
    ...steps.flatMap((step) => [{ step, parent: undefined }, ...(behind.get(step) ?? [])]),
  ];
  for (const [index, { step }] of order.entries()) step.step_id = index + 1;
  for (const { step, parent } of order) if (parent) step.parent_step_id = parent.step_id;
  return { steps: order.map(({ step }) => step), files };
}

function before(steps: readonly Step[], time: string | undefined): Step | undefined {
  if (time === undefined) return steps.at(-1);
  return steps.findLast(({ started_at }) => started_at !== undefined && started_at <= time);
}
