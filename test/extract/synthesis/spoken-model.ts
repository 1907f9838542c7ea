import type { LearnPorts } from "../../../src/extract/synthesis/learn.ts";
import { type ChatMessage, type ChatModel, UNKNOWN_USAGE } from "../../../src/model/model.ts";

const NOTE =
  "One step is one run line with the out lines behind it. Nothing says how the run ended, nor what was asked.";

/** A model that says what it is given, and keeps what it was sent. */
export function spokenModel(commands: readonly string[]): ChatModel & { sent: string[] } {
  const sent: string[] = [];
  return {
    spec: "scripted:test",
    context_tokens: null,
    sent,
    complete: async ({ messages }: { messages: readonly ChatMessage[] }) => {
      const asked = messages.filter(({ role }) => role === "assistant").length;
      sent.push(messages.at(-1)?.text ?? "");
      const command = commands[asked];
      if (command === undefined) throw new Error("asked too often");
      const usage = { ...UNKNOWN_USAGE, input_tokens: 100, output_tokens: 10 };
      return { text: `\`\`\`sh\n${command}\n\`\`\``, stop_reason: "end", usage, cost_usd: 0.01, model: null };
    },
  };
}

/** Ports of a session of six calls at most, over a virtual shell. */
export function portsOf(store: string, model: ChatModel): LearnPorts {
  return {
    model,
    store,
    shell: "virtual",
    limits: {
      calls: 6,
      tokens: null,
      cost_usd: null,
      seconds: null,
      malformed_replies: 3,
      max_output_tokens: 1000,
      context_tokens: 100_000,
      outputs_kept: 2,
    },
    fresh: false,
    now: () => Date.UTC(2026, 0, 1),
    signal: new AbortController().signal,
    siblings: true,
    onBegin: () => {},
    onTry: () => {},
  };
}

/** A command that writes a reader and hands it in. */
export function handedIn(verb: "check" | "submit", source: string, fingerprint: object): string {
  return `cat > /scratch/extractor.js <<'CODE'\n${source}\nCODE
cat > /scratch/fingerprint.json <<'JSON'\n${JSON.stringify(fingerprint)}\nJSON
echo '${NOTE}' > /scratch/EXTRACTOR.md
${verb}`;
}
