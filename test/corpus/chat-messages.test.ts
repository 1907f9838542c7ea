import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { extractor } from "../../extractors/chat-messages/index.ts";
import { checkRefs } from "../../src/extract/fidelity/refs.ts";
import { openDirectory } from "../../src/run/disk-run.ts";
import { corpusPath, hasCorpus } from "../support/corpus.ts";

function filesBelow(folder: string, pattern: RegExp): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => pattern.test(name))
    .map((name) => path.join(folder, name))
    .filter((file) => fs.statSync(file).size > 0);
}

/** Ids of Anthropic's tool_use blocks in a text, each once. */
function toolUseIds(text: string): number {
  return new Set([...text.matchAll(/"type":\s?"tool_use",\s?"id":\s?"([^"]+)"/g)].map(([, id]) => id)).size;
}

/** Messages of the model that hold a bash block and are answered by a return code, or by nothing at the end. */
function answeredBlocks(text: string): number {
  const document = JSON.parse(text) as { messages?: unknown[] } | unknown[];
  const messages = (Array.isArray(document) ? document : (document.messages ?? [])) as {
    role: string;
    content: string;
  }[];
  return messages.filter(
    ({ role, content }, index) =>
      role === "assistant" &&
      content.includes("```bash\n") &&
      !/^Please always/.test(messages[index + 1]?.content ?? ""),
  ).length;
}

function readAll(files: readonly string[], count: (text: string) => number): { steps: number; refs: number } {
  let steps = 0;
  let resolved = 0;
  for (const file of files) {
    const run = openDirectory(file);
    const trajectory = extractor.extract(run);
    expect(trajectory.steps.length, file).toBe(count(fs.readFileSync(file, "utf8")));
    resolved += (checkRefs(run, trajectory.steps).value ?? 1) * trajectory.steps.length;
    steps += trajectory.steps.length;
  }
  return { steps, refs: steps === 0 ? 1 : resolved / steps };
}

describe.skipIf(!hasCorpus)("real conversations, read without knowing the agent", () => {
  it("give a step for each tool_use block of a Claude Code session", () => {
    const files = filesBelow(corpusPath("runs", "claude_code"), /\.jsonl$/);
    const { steps, refs } = readAll(files, toolUseIds);
    console.info(`chat-messages: ${files.length} sessions, ${steps} steps`);
    expect(files.length).toBeGreaterThan(10);
    expect(steps).toBeGreaterThan(100);
    expect(refs).toBeGreaterThanOrEqual(0.995);
  });

  it("give a step for each answered block of mini-swe-agent 1", () => {
    const files = filesBelow(corpusPath("runs", "mini_swe_agent"), /\.traj\.json$/).filter((file) => {
      const text = fs.readFileSync(file, "utf8");
      return text.includes("```bash\\n") && !text.includes('"tool_calls": [');
    });
    const { steps, refs } = readAll(files, answeredBlocks);
    console.info(`chat-messages: ${files.length} trajectories with blocks, ${steps} steps`);
    expect(steps).toBeGreaterThan(100);
    expect(refs).toBeGreaterThanOrEqual(0.995);
  });
});
