import fs from "node:fs";
import { describe, expect, it } from "vitest";
import type { ChatMessage } from "../../../src/model/model.ts";
import { UNKNOWN_USAGE } from "../../../src/model/model.ts";
import { ModelError } from "../../../src/model/model-error.ts";
import { readAtOnce } from "../../../src/trace/direct/read-at-once.ts";
import type { PassInput, PassPorts } from "../../../src/trace/pass.ts";
import { UNKNOWN_OUTCOME } from "../../../src/trajectory/outcome.ts";
import { tempRun } from "../../support/temp-run.ts";
import { HEADER, REPORT, RUN, replyWith } from "./support.ts";

const { shell: _, input_digest: __, ...header } = HEADER;
const INPUT: PassInput = { ...RUN, outcome: { ...UNKNOWN_OUTCOME, resolved: false }, tree: "root\n" };

function portsOf(reply: (messages: readonly ChatMessage[]) => string, file: string | null): PassPorts {
  return {
    loop: {
      query: async (messages) => ({
        text: reply(messages),
        stop_reason: "end",
        usage: UNKNOWN_USAGE,
        cost_usd: null,
        model: null,
      }),
      now: () => 0,
    },
    limits: {
      calls: 5,
      tokens: null,
      cost_usd: null,
      seconds: null,
      malformed_replies: 3,
      max_output_tokens: 2_000,
      context_tokens: 60_000,
      outputs_kept: 1,
    },
    shell: "auto",
    journal: file === null ? null : { file, fresh: false },
    header,
    context_tokens: null,
    signal: new AbortController().signal,
  };
}

describe("readAtOnce", () => {
  it("tells what it found and what it took, counted where the model does not say", async () => {
    const pass = await readAtOnce(
      INPUT,
      portsOf(() => replyWith(REPORT), null),
    );
    expect(pass.investigation.findings.map(({ step_ids }) => step_ids)).toEqual([[4]]);
    expect(pass.spent).toMatchObject({ calls: 1, cost_usd: null, counted: true });
    expect(pass.spent.input_tokens).toBeGreaterThan(1_000);
    expect(pass.spent.output_tokens).toBeGreaterThan(100);
  });

  it("writes the same journal again, and asks nothing again where it is there", async () => {
    const place = tempRun({});
    const files = [`${place}/one.jsonl`, `${place}/two.jsonl`];
    for (const file of files)
      await readAtOnce(
        INPUT,
        portsOf(() => replyWith(REPORT), file),
      );
    const [one, two] = files.map((file) => fs.readFileSync(file, "utf8"));
    expect(one).toBe(two);
    const types = (one ?? "")
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types).toEqual(["session_started", "model_replied", "session_ended"]);
    const never = (): string => {
      throw new Error("asked again");
    };
    await readAtOnce(INPUT, portsOf(never, files[0] ?? ""));
    expect(fs.readFileSync(files[0] ?? "", "utf8")).toBe(one);
  });

  it.each<[string, () => string, RegExp]>([
    ["no report came of it", () => "I do not know.", /No judgement of steps 1 to 4: no reply held a report/],
    [
      "it was interrupted",
      () => {
        throw new ModelError("aborted", "stop");
      },
      /interrupted/,
    ],
  ])("throws where %s", async (_case, reply, message) => {
    await expect(readAtOnce(INPUT, portsOf(reply, null))).rejects.toThrow(message);
  });
});
