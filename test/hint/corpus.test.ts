import { describe, expect, it } from "vitest";
import { analyzeEach, type RunResult } from "../../src/analyze/index.ts";
import { checkHint, forbiddenNames } from "../../src/hint/check/index.ts";
import { writeHint } from "../../src/hint/index.ts";
import type { HintFile } from "../../src/trajectory/hint.ts";
import type { TracedWorkspace } from "../../src/workspace/workspace.ts";
import { UNSAFE } from "../report/report-input.ts";
import { corpusPath, hasCorpus } from "../support/corpus.ts";

const FORMATS = [
  "FIXTURES_many_agents",
  "aider",
  "claude_code",
  "codex_rollout",
  "gemini_cli",
  "harbor_atif",
  "harbor_claude_code",
  "mini_swe_agent",
  "openhands",
  "otel_spans",
  "swe_agent",
  "terminal_bench1",
  "terminal_bench1_claude_code",
  "terminus",
];
const BUDGETS = [150, 600];

describe.skipIf(!hasCorpus)("hints of real runs", () => {
  it("are within budget, quote word for word from before the onset, and can be printed", async () => {
    const sum = { runs: 0, whole: 0, facts: 0, quotes: 0 };
    const wrong: string[] = [];
    for (const format of FORMATS) {
      for (const workspace of await tracedIn(corpusPath("runs", format))) {
        if (workspace.steps.length === 0) continue;
        for (const budgetTokens of BUDGETS) {
          const hint = writeHint(workspace, { budgetTokens, allowVerifier: false });
          wrong.push(...problemsOf(hint, workspace).map((one) => `${workspace.extraction.run}: ${one}`));
          if (budgetTokens !== 600) continue;
          sum.runs++;
          sum.facts += hint.facts.length;
          sum.quotes += hint.facts.reduce((total, { evidence }) => total + evidence.length, 0);
          if (hint.scope === "whole") sum.whole++;
        }
      }
    }
    console.info(`${sum.runs} runs, ${sum.whole} whole hints, ${sum.facts} facts with ${sum.quotes} quotes`);
    expect(wrong).toEqual([]);
    expect(sum.runs).toBeGreaterThan(150);
    expect(sum.quotes).toBeGreaterThan(400);
    expect(sum.whole).toBeGreaterThan(10);
  });
});

function tracedIn(folder: string): Promise<TracedWorkspace[]> {
  const job = {
    target: folder,
    shownAs: folder,
    out: null,
    redact: true,
    trace: true,
    leftOut: [],
    force: false,
  };
  return analyzeEach(job, workspaceOf).then((found) => found.flat());
}

function workspaceOf(result: RunResult): TracedWorkspace[] {
  return result.status !== "failed" && "diagnosis" in result.workspace ? [result.workspace] : [];
}

function problemsOf(hint: HintFile, workspace: TracedWorkspace): string[] {
  const found = checkHint(hint, workspace, { forbidden: forbiddenNames(workspace) });
  const advises = hint.mistake !== null || hint.instead !== null || hint.avoid.length > 0;
  return [
    ...found.map(({ kind, place }) => `${place}: ${kind}`),
    ...(hint.scope === "facts_only" && advises ? ["advice in a hint of facts"] : []),
    ...((hint.scope === "facts_only") === (hint.scope_reason === null)
      ? ["reason and scope do not agree"]
      : []),
    ...(UNSAFE.test(hint.text) ? ["text that is not safe to print"] : []),
    ...(/(?:^|[^`])`{3}\w*\n/.test(hint.text) ? ["an open fence"] : []),
  ];
}
