import { describe, expect, it } from "vitest";
import { type Compacted, compact } from "../../src/agent/compact.ts";
import type { ChatMessage } from "../../src/model/model.ts";

const START: ChatMessage[] = [
  { role: "system", text: "You look." },
  { role: "user", text: `The tree: ${"node ".repeat(200)}` },
];
const byQuarter = (text: string): number => Math.ceil(text.length / 4);

/** A conversation of that many turns: each says a finding, runs a long command, hears `output` characters. */
function talk(turns: number, output = 4000): ChatMessage[] {
  const messages = [...START];
  for (let turn = 1; turn <= turns; turn++) {
    const heredoc = `cat > /scratch/note <<'X'\n${`line of note ${turn}\n`.repeat(60)}X`;
    messages.push({ role: "assistant", text: `Finding ${turn}.\n\`\`\`sh\n${heredoc}\n\`\`\`` });
    messages.push({ role: "user", text: `${turn}`.repeat(output) });
  }
  return messages;
}

const run = (messages: readonly ChatMessage[], context_tokens: number, outputs_kept = 2): Compacted =>
  compact(messages, { context_tokens, outputs_kept }, byQuarter);
const texts = ({ messages }: Compacted): string[] => messages.map((message) => message.text);
const note = (chars: number): string =>
  `[output of ${chars} characters taken out of the conversation; run the command again to see it]`;

describe("compaction", () => {
  it("leaves a conversation as it is while its outputs are few", () => {
    const messages = talk(2);
    expect(run(messages, 1e6)).toEqual({
      messages,
      level: "none",
      elided_outputs: 0,
      estimated_tokens: messages.reduce((sum, { text }) => sum + byQuarter(text) + 4, 0),
    });
  });

  it("takes out the outputs before the newest ones, and nothing else", () => {
    const messages = talk(5);
    const sent = run(messages, 1e6);
    expect(sent).toMatchObject({ level: "outputs", elided_outputs: 3 });
    const expected = messages.map((message) => message.text);
    for (const index of [3, 5, 7]) expected[index] = note(4000);
    expect(texts(sent)).toEqual(expected);
  });

  it("neither counts nor takes out short outputs: a malformed reply costs no output", () => {
    const messages = [
      ...talk(2),
      { role: "assistant", text: "Oops." } as const,
      { role: "user", text: "Your reply held 0 commands." } as const,
    ];
    expect(run(messages, 1e6)).toMatchObject({ messages, level: "none" });
  });

  it("keeps the newest output even where none are to be kept", () => {
    expect(texts(run(talk(2), 1e6, 0)).slice(2)).toEqual([
      expect.stringContaining("Finding 1."),
      note(4000),
      expect.stringContaining("Finding 2."),
      "2".repeat(4000),
    ]);
  });

  it("shortens old commands next", () => {
    const messages = talk(5);
    const whole = run(messages, 1e6);
    const sent = run(messages, whole.estimated_tokens - 1);
    expect(sent.level).toBe("commands");
    expect(sent.messages[2]?.text).toMatch(
      /^Finding 1\.\n```sh\ncat > .*\n\[… \d+ characters …\]\n[\s\S]*X\n```$/s,
    );
    expect(sent.messages.slice(-4)).toEqual(messages.slice(-4));
    expect(sent.estimated_tokens).toBeLessThan(whole.estimated_tokens);
  });

  it("joins the prose of old turns next, and loses none of it", () => {
    const messages = talk(8);
    const sent = run(messages, 3300);
    expect(sent.level).toBe("joined");
    expect(sent.estimated_tokens).toBeLessThanOrEqual(3300);
    expect(texts(sent)).toEqual([
      ...START.map((message) => message.text),
      `What was established so far:\n\n${[1, 2, 3, 4, 5, 6].map((turn) => `Finding ${turn}.`).join("\n\n")}`,
      note(24_000),
      ...messages.slice(-4).map((message) => message.text),
    ]);
  });

  it("cuts the oldest prose in its middle once prose alone is too much, and no more of it than needed", () => {
    const said = (turn: number): string => `start${turn} ${"word ".repeat(400)}end${turn}`;
    const messages = [...START];
    for (let turn = 1; turn <= 6; turn++)
      messages.push({ role: "assistant", text: said(turn) }, { role: "user", text: "x".repeat(300) });
    const joined = run(messages, 1, 1);
    expect(joined.level).toBe("cut");
    const limit = 2400;
    const sent = run(messages, limit, 1);
    expect(sent.level).toBe("cut");
    expect(sent.estimated_tokens).toBeLessThanOrEqual(limit);
    const established = texts(sent)[2] ?? "";
    for (let turn = 1; turn <= 5; turn++) {
      expect(established).toContain(`start${turn} `);
      expect(established).toContain(`end${turn}`);
    }
    expect(established.match(/\[… \d+ characters …\]/g)).toHaveLength(3);
    expect(established).not.toContain(said(3));
    expect(established).toContain(said(4));
    expect(texts(sent).slice(-2)).toEqual(messages.slice(-2).map((message) => message.text));
  });

  it.each([0, 1, 900, 2500, 4000, 8000, 1e6])(
    "takes turns, begins and ends as before, at %d tokens",
    (room) => {
      for (const turns of [0, 1, 2, 7]) {
        const messages = talk(turns);
        const sent = run(messages, room);
        expect(sent.messages.slice(0, 2)).toEqual(START);
        expect(sent.messages.at(-1)).toEqual(messages.at(-1));
        const roles = sent.messages.slice(1).map((message) => message.role);
        expect(roles).toEqual(roles.map((_, index) => (index % 2 === 0 ? "user" : "assistant")));
        expect(sent.estimated_tokens).toBe(
          sent.messages.reduce((sum, { text }) => sum + byQuarter(text) + 4, 0),
        );
        expect(run(talk(turns), room)).toEqual(sent);
      }
    },
  );
});
