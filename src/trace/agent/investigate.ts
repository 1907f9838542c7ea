import { DEFAULT_SHELL_LIMITS, openJournal, runLoop } from "../../agent/index.ts";
import { openShell } from "../../agent/open-shell.ts";
import type { Shell } from "../../agent/shell.ts";
import type { ChatMessage } from "../../model/model.ts";
import { CodeTracerError } from "../../util/errors.ts";
import { prompt } from "../../util/prompt.ts";
import { removeTemporaryFolder, temporaryFolder } from "../../util/temporary-folder.ts";
import { fenced, fenceMark, nonceOf } from "../fence.ts";
import type { Pass, PassInput, PassPorts } from "../pass.ts";
import { outcomeSentence } from "../rules/narrate.ts";
import { cutMiddle } from "../views/plain-text.ts";
import { writeAgentFolder } from "./agent-folder.ts";
import { Desk } from "./desk.ts";
import { leadsOf } from "./leads.ts";
import { createOpened } from "./opened.ts";
import { agentTools } from "./tools.ts";
import { treeForPrompt } from "./tree-for-prompt.ts";
import { whyNoReport } from "./why-no-report.ts";

/** Every template of a session: their digest stands in the diagnosis. */
export const AGENT_PROMPTS = [
  "agent/system",
  "agent/start",
  "agent/second-look",
  "agent/refused-report",
  "agent/malformed",
  "agent/cut-off",
  "agent/nothing",
  "agent/established",
  "agent/urge",
  "agent/elided",
] as const;

/** Beside them where there are hints. */
export const HINT_PROMPT = "tracer/notes";

const TASK_CHARS = 3000;
/** From so many calls left on the model is told to hand in. */
const URGE_AT_CALLS = 2;

/**
 * One investigation of a run by a model that drives a sandboxed shell over it. Throws CodeTracerError `model` where no report came of it, and what the
 * model or the sandbox throw; the journal keeps every finished call.
 */
export async function investigate(input: PassInput, ports: PassPorts): Promise<Pass> {
  const folder = temporaryFolder();
  let shell: Shell | undefined;
  try {
    const nonce = nonceOf(input);
    const leads = leadsOf(input);
    writeAgentFolder(folder, { ...input, leads, nonce });
    shell = await openShell(ports.shell, { folder, tools: agentTools(), limits: DEFAULT_SHELL_LIMITS });
    const journal = openJournal(
      ports.journal?.file ?? null,
      { ...ports.header, shell: shell.kind, input_digest: nonce },
      { fresh: ports.journal?.fresh ?? false },
    );
    const tree = treeForPrompt(input.tree, input.stages, input.steps);
    const opened = createOpened(input.steps, { nonce, hidden: [input.tree, leads, input.task ?? ""] });
    const desk = new Desk({ shell, opened, nonce, run: input, signal: ports.signal });
    const start = startOf(input, { nonce, leads, tree, shell, calls: ports.limits.calls });
    const loop = await runLoop(
      start,
      { ...ports.loop, execute: (command) => desk.execute(command), urge },
      ports.limits,
      journal,
    );
    if (loop.end === "aborted") throw new CodeTracerError("model", "the investigation was interrupted");
    const investigation = desk.outcome();
    if (investigation === null) throw new CodeTracerError("model", whyNoReport(loop.end, loop.usage.calls));
    const warnings = loop.end === "done" ? [] : [whyNoReport(loop.end, loop.usage.calls)];
    return {
      investigation: { ...investigation, warnings: [...investigation.warnings, ...warnings] },
      spent: loop.usage,
    };
  } finally {
    await shell?.dispose();
    removeTemporaryFolder(folder);
  }
}

function urge(callsLeft: number): string | null {
  return callsLeft <= URGE_AT_CALLS ? prompt("agent/urge", { calls: callsLeft }).trim() : null;
}

function hintsOf({ hints = null }: PassInput, nonce: string): string {
  return hints === null ? "" : `\n\n${prompt(HINT_PROMPT, { notes: fenced(hints, nonce) }).trim()}`;
}

function startOf(
  input: PassInput,
  told: { nonce: string; leads: string; tree: string; shell: Shell; calls: number },
): ChatMessage[] {
  const { nonce, leads, tree, shell, calls } = told;
  const system = prompt("agent/system", {
    shell: shell.differences.join(" "),
    calls,
    fence: fenceMark(nonce),
  });
  const user = prompt("agent/start", {
    outcome: outcomeSentence(input.outcome),
    step_count: input.steps.length,
    stage_count: input.stages.length,
    task: fenced(cutMiddle(input.task ?? "(not recorded)", TASK_CHARS), nonce),
    tree: fenced(tree, nonce),
    stages: input.stages.map((one) => `${one.stage_id}: ${one.start_step_id}-${one.end_step_id}`).join(", "),
    leads: `${fenced(leads, nonce)}${hintsOf(input, nonce)}`,
  });
  return [
    { role: "system", text: system },
    { role: "user", text: user },
  ];
}
