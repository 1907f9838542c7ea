import path from "node:path";
import type { ForbiddenText } from "../../../src/hint/check/index.ts";
import { HINT_LIMITS, type ModelHint, writeHintWithModel } from "../../../src/hint/model.ts";
import type { ChatMessage, ChatModel } from "../../../src/model/model.ts";
import { createScriptedModel } from "../../../src/model/scripted.ts";
import type { TracedWorkspace } from "../../../src/workspace/workspace.ts";
import { tempRun } from "../../support/temp-run.ts";
import { reportRun } from "../check/traced.ts";

/** A hint that stands in the run of the support file, as a model replies it. */
export const REPLY = {
  mistake: {
    text: "The attempt typed the total into `report.txt` by hand and never ran `report.py`.",
    recognise: "you are about to fill `report.txt` with `echo`.",
    quotes: [{ step: 3, text: "echo 'total 12' > report.txt" }],
  },
  instead: { action: "Run `make report`.", check: "`make check` passes." },
  facts: [
    {
      text: "`make report` calls `python3.9`.",
      quotes: [{ step: 2, text: "python3.9 report.py data.csv > report.txt" }],
    },
    { text: "The data lie in `data.csv`.", quotes: [{ step: 1, text: "data.csv" }] },
  ],
  avoid: [
    {
      text: "A total that is typed does not pass `make check`.",
      quotes: [{ step: 4, text: "check: the total of data.csv is not what report.txt says" }],
    },
  ],
};

/** How a model says it. */
export function said(reply: unknown): string {
  return `The total was typed.\n\n\`\`\`json\n${JSON.stringify(reply, null, 2)}\n\`\`\`\n`;
}

/** What came of it, and every chat that was sent. */
export interface Session extends ModelHint {
  sent: (readonly ChatMessage[])[];
}

/** Writes a hint with a model that gives these replies in turn. */
export async function session(
  replies: readonly unknown[],
  given: {
    workspace?: TracedWorkspace;
    budgetTokens?: number;
    allowVerifier?: boolean;
    forbidden?: readonly ForbiddenText[];
    calls?: number;
    costUsd?: number;
    journal?: string;
    signal?: AbortSignal;
  } = {},
): Promise<Session> {
  const script = path.join(tempRun({ "script.json": JSON.stringify(replies) }), "script.json");
  const scripted = await createScriptedModel(script, { cwd: "/" });
  const sent: (readonly ChatMessage[])[] = [];
  const model: ChatModel = {
    ...scripted,
    spec: "scripted:script.json",
    complete: (request) => {
      sent.push(request.messages);
      return scripted.complete(request);
    },
  };
  const result = await writeHintWithModel(given.workspace ?? reportRun(), {
    budgetTokens: given.budgetTokens ?? 600,
    allowVerifier: given.allowVerifier ?? false,
    model,
    limits: { ...HINT_LIMITS, calls: given.calls ?? 3, cost_usd: given.costUsd ?? null },
    budget: null,
    journal: given.journal === undefined ? null : { file: given.journal, fresh: false },
    forbidden: given.forbidden ?? [],
    now: () => 0,
    signal: given.signal ?? new AbortController().signal,
  });
  return { ...result, sent };
}
