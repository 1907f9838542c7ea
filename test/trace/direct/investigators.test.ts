import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { execPrompt } from "../../../src/model/exec-prompt.ts";
import type { ChatMessage } from "../../../src/model/model.ts";
import { traceDirect } from "../../../src/trace/direct/trace-direct.ts";
import { compactViews } from "../../../src/trace/views/compact-view.ts";
import { portsOf, RUN } from "./support.ts";

type Investigator = (messages: readonly ChatMessage[]) => string;

const placeOf = (name: string): string =>
  fileURLToPath(new URL(`../../support/investigators/${name}.mjs`, import.meta.url));
const investigator = async (name: string): Promise<Investigator> =>
  ((await import(placeOf(name))) as { default: Investigator }).default;

/** A chat with these outputs so far, each after the investigator's own reply. */
function chat(reply: Investigator, outputs: readonly string[]): ChatMessage[] {
  const messages: ChatMessage[] = [
    { role: "system", text: "You work in a shell over a folder that holds the run." },
    { role: "user", text: "The task was not solved. 4 steps in 2 stages." },
  ];
  for (const text of outputs)
    messages.push({ role: "assistant", text: reply(messages) }, { role: "user", text });
  return messages;
}

const VIEWS = compactViews(RUN.steps, "0123456789ab");
const viewsOf = (from: number, to: number): string => VIEWS.slice(from - 1, to).join("");
const commandOf = (reply: string): string => /```sh\n([\s\S]*)\n```\n$/.exec(reply)?.[1] ?? "";
const reportOf = (reply: string): { stages: { stage_id: number }[]; candidates: Candidate[] } =>
  JSON.parse(/'JSON'\n([\s\S]*)\nJSON\nsubmit$/.exec(commandOf(reply))?.[1] ?? "null");
interface Candidate {
  steps: number[];
  confidence: number;
  quotes: { step: number; text: string }[];
}
const SECOND_LOOK = "Before it counts, each candidate gets a second look.";

describe("every-stage.mjs", () => {
  it("opens everything, goes on where it did not fit, reports, and looks twice", async () => {
    const reply = await investigator("every-stage");
    const outputs = [
      `${viewsOf(1, 3)}\n[steps 4-4 did not fit: ask for them next]`,
      viewsOf(4, 4),
      SECOND_LOOK,
    ];
    const [first = "", second = "", third = "", last = ""] = [0, 1, 2, 3].map((count) =>
      reply(chat(reply, outputs.slice(0, count))),
    );
    expect([first, second].map(commandOf)).toEqual(["steps --stage 1-2", "steps 4-4"]);
    expect(reportOf(third).stages.map(({ stage_id }) => stage_id)).toEqual([1, 2]);
    const told = (text: string): unknown[] =>
      reportOf(text).candidates.map(({ steps, confidence, quotes }) => [steps, confidence, quotes[0]?.text]);
    expect(told(third)).toEqual([
      [[3], 75, "./main --check"],
      [[4], 60, "echo 42 > answer.txt"],
    ]);
    expect(told(last)).toEqual([
      [[3], 75, "./main --check"],
      [[4], 30, "echo 42 > answer.txt"],
    ]);
  });
});

describe("careless.mjs", () => {
  it("mends what the host complains about", async () => {
    const reply = await investigator("careless");
    const refused =
      "The report was not taken:\n- `stages` has no entry for stage 2.\n- Candidate 2 (steps 4): step 4 was not opened in this session.";
    const outputs = [viewsOf(1, 2), refused, viewsOf(4, 4)];
    const replies = [0, 1, 2, 3].map((count) => reply(chat(reply, outputs.slice(0, count))));
    expect(replies.map((text) => commandOf(text).split("\n")[0])).toEqual([
      "steps 1-2",
      "cat > /scratch/report.json <<'JSON'",
      "steps 4",
      "cat > /scratch/report.json <<'JSON'",
    ]);
    expect(reportOf(replies[1] ?? "").stages).toHaveLength(1);
    const mended = reportOf(replies[3] ?? "");
    expect(mended.stages).toHaveLength(2);
    expect(mended.candidates.map(({ steps }) => steps)).toContainEqual([4]);
    for (const { steps, quotes } of mended.candidates)
      expect(VIEWS[(steps[0] ?? 0) - 1]).toContain(quotes[0]?.text);
  });
});

describe("direct.mjs", () => {
  it("hands in a report that holds at once", async () => {
    const { ports } = portsOf(await investigator("direct"));
    const result = await traceDirect(RUN, ports);
    expect(result).toMatchObject({ end: "done", handed_back: 0 });
    expect(result.investigation.findings.map(({ step_ids }) => step_ids)).toEqual([[3], [4]]);
  });
});

describe("exec-model.mjs", () => {
  it.each([
    ["every-stage", [viewsOf(1, 4), SECOND_LOOK]],
    ["every-stage", []],
  ])("replies to a rendered chat as %s does to its messages", async (name, outputs) => {
    const reply = await investigator(name);
    const messages = chat(reply, outputs);
    const { stdout } = await execa("node", [placeOf("exec-model")], { input: execPrompt(messages) });
    expect(stdout.trimEnd()).toBe(reply(messages).trimEnd());
  });
});
