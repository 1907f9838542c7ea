import path from "node:path";
import { describe, expect, it } from "vitest";
import { Asker } from "../../src/agent/ask.ts";
import { openJournal } from "../../src/agent/journal.ts";
import type { ChatMessage } from "../../src/model/model.ts";
import { ModelError } from "../../src/model/model-error.ts";
import { tempRun } from "../support/temp-run.ts";
import { LIMITS, type Said, SESSION, scripted } from "./scripted-loop.ts";

const prompt = (words: number): ChatMessage[] => [
  { role: "system", text: "You judge." },
  { role: "user", text: "word ".repeat(words) },
];

/** Asks for one call with ever shorter prompts until there is a reply, as a caller does that has all in one prompt. */
async function askWithLess(file: string, said: readonly Said[]) {
  const journal = openJournal(file, SESSION);
  const { ports, sent } = scripted(said);
  const asker = new Asker(ports, LIMITS, journal);
  const ends: string[] = [];
  for (const words of [1000, 700, 450]) {
    const asked = await asker.ask(1, prompt(words));
    if ("reply" in asked) {
      journal.append({ type: "model_replied", call: 1, ...asked.reply });
      return { ends, words, asked: sent.length, text: asked.reply.text, usage: asker.usage.total() };
    }
    ends.push(asked.end);
  }
  throw new Error("no reply");
}

describe("a call whose prompt its caller shortens", () => {
  const overflow = new ModelError("context_overflow", "too long");

  it("is told again as it went: the prompts that were too long, then the reply", async () => {
    const file = path.join(tempRun({}), "tracer.jsonl");
    const first = await askWithLess(file, [overflow, overflow, "Yes."]);
    expect(first).toMatchObject({ ends: ["context", "context"], words: 450, asked: 3, text: "Yes." });
    const again = await askWithLess(file, []);
    expect(again).toEqual({ ...first, asked: 0 });
  });

  it("is not asked again for a prompt that was too long, when the reply is still to come", async () => {
    const file = path.join(tempRun({}), "tracer.jsonl");
    await expect(askWithLess(file, [overflow, new Error("killed")])).rejects.toThrow("killed");
    expect(await askWithLess(file, ["Yes."])).toMatchObject({ ends: ["context"], words: 700, asked: 1 });
  });
});
